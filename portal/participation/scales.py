"""The scales that hold, from ``config/scales``: read once, in order of code and year."""

from collections.abc import Sequence
from functools import cache
from itertools import combinations
from pathlib import Path

from portal.agencies.rules import AgencyKind, AgencyLevel
from portal.kernel.actor import Role
from portal.participation.rules.computing import check_predicates
from portal.participation.rules.scales import Scale, ScaleFault, checks_of, read_scale

FOLDER = Path(__file__).parents[2] / "config/scales"


@cache
def all_scales() -> tuple[Scale, ...]:
    """Every edition of every scale."""
    return read_folder(FOLDER)


def scale_for(code: str, fiscal_year: int) -> Scale | None:
    """The edition of this scale that holds in a fiscal year (B.E.); None before its first."""
    return next((scale for scale in all_scales() if scale.code == code and scale.holds_in(fiscal_year)), None)


def scales_for(fiscal_year: int, kind: str) -> tuple[Scale, ...]:
    """What is computed for this kind of agency (a code of ``AgencyKind``) in a fiscal year (B.E.), the older scale first."""
    return tuple(scale for scale in all_scales() if scale.holds_in(fiscal_year) and kind in scale.kinds)


def read_folder(folder: Path) -> tuple[Scale, ...]:
    """The scales of a folder. Raises ``ScaleFault`` naming file and place, also where two editions hold in one year."""
    scales = sorted((read_file(path) for path in folder.glob("*.yaml")), key=lambda one: (one.code, one.first_year))
    for before, after in combinations(scales, 2):
        if before.code == after.code and before.holds_in(after.first_year):
            raise ScaleFault(f"{after.edition}.yaml: {before.edition} holds in {after.first_year} already; give it a last_year")
    return tuple(scales)


def read_file(path: Path) -> Scale:
    """One scale; its edition is the file's name, so that no edition is there twice."""
    try:
        scale = read_scale(path.read_bytes())
        check_predicates(scale)
        _known("kinds", scale.kinds, [kind.value for kind in AgencyKind])
        for check in checks_of(scale):
            _known(f"{check.id}: owner", [check.owner], [role.value for role in Role])
            _known(f"{check.id}: only_levels", check.only_levels, [level.value for level in AgencyLevel])
        if scale.edition != path.stem:
            raise ScaleFault(f"edition: must be {path.stem!r} like the name of the file")
    except ScaleFault as fault:
        raise ScaleFault(f"{path.name}: {fault}") from fault
    return scale


def _known(what: str, given: Sequence[str], codes: Sequence[str]) -> None:
    if strange := [code for code in given if code not in codes]:
        raise ScaleFault(f"{what}: {', '.join(strange)} is none of {', '.join(codes)}")
