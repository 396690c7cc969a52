"""The lists as they lie in ``config/legal_lists``, read once."""

from functools import cache
from pathlib import Path

from portal.disclosures.legal.rules import Law, ListFault, ListFile, check_together, read_list

FOLDER = Path(__file__).parents[3] / "config/legal_lists"


@cache
def all_lists() -> tuple[ListFile, ...]:
    """Every list, in the order of the laws. Raises ``ListFault`` with the name of the file."""
    return read_folder(FOLDER)


def read_folder(folder: Path) -> tuple[ListFile, ...]:
    """The lists of a folder, checked one by one and together."""
    lists = [_read(path) for path in sorted(folder.glob("*.yaml"))]
    check_together(lists)
    return tuple(sorted(lists, key=lambda one: (list(Law).index(one.law), one.code)))


def by_code(code: str) -> ListFile | None:
    """The list with this code; anything may be asked for."""
    return next((one for one in all_lists() if one.code == code), None)


def _read(path: Path) -> ListFile:
    try:
        found = read_list(path.read_bytes())
    except ListFault as fault:
        raise ListFault(f"{path.name}: {fault}") from fault
    if found.code != path.stem:
        raise ListFault(f"{path.name}: the code {found.code} is not the name of the file")
    return found
