"""XLSX, XLSM, XLSB, XLS and ODS, by calamine; formulas and errors, which it does not tell from empty cells, from the XML of XLSX."""

import io
import math
import re
import zipfile
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from xml.etree import ElementTree  # expat 2.4.1 and later refuses to unfold entities; the limits of the process stand behind it

from python_calamine import CalamineError, CalamineWorkbook, PasswordError, SheetTypeEnum, SheetVisibleEnum

from portal.feedback.sheets.reading.book import Book, Cell, Sheet, place, row_of
from portal.feedback.sheets.reading.faults import BROKEN_MOST, LINES_MOST, SHEETS_MOST, UNFOLDED_MOST, Refused, SheetFault
from portal.feedback.sheets.reading.text import trimmed

ZIP, OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
#: Name of the stream that an encrypted workbook lies in, as OLE writes it.
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_NAMED_MOST = 1000  # ranges that are named
_ODS = b"application/vnd.oasis.opendocument.spreadsheet"
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"


def read_workbook(data: bytes) -> Book:
    """Every sheet; raises ``Refused``."""
    archive = _archive(data) if data.startswith(ZIP) else None
    kind = _kind(archive) if archive else "xls"
    if not archive and _ENCRYPTED in data:
        raise Refused(SheetFault.LOCKED)
    try:
        with CalamineWorkbook.from_filelike(io.BytesIO(data)) as workbook:
            sheets = [_sheet(workbook, metadata) for metadata in _metadata(workbook)]
    except PasswordError as error:
        raise Refused(SheetFault.LOCKED) from error
    except (CalamineError, ValueError, OSError) as error:
        raise Refused(SheetFault.BROKEN) from error
    if archive and kind == "xlsx":
        paths = _paths(archive)
        sheets = [_with_broken(sheet, _broken(archive, paths.get(sheet.name, ""))) for sheet in sheets]
    macros = bool(archive and any(name.endswith("vbaProject.bin") for name in archive.namelist()))
    return Book(kind, sorted(sheets, key=lambda sheet: sheet.hidden), macros=macros)


def _archive(data: bytes) -> zipfile.ZipFile:
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except (zipfile.BadZipFile, ValueError, NotImplementedError) as error:
        raise Refused(SheetFault.BROKEN) from error
    if sum(info.file_size for info in archive.infolist()) > UNFOLDED_MOST:
        raise Refused(SheetFault.BROKEN)
    if any(info.flag_bits & 1 for info in archive.infolist()):
        raise Refused(SheetFault.LOCKED)
    return archive


def _kind(archive: zipfile.ZipFile) -> str:
    names = set(archive.namelist())
    if "xl/workbook.bin" in names:
        return "xlsb"
    if any(name.startswith("xl/") for name in names):
        return "xlsx"
    if "mimetype" in names and _member(archive, "mimetype").strip() == _ODS:
        return "ods"
    raise Refused(SheetFault.NO_SHEET)


def _metadata(workbook: CalamineWorkbook) -> list[tuple[str, bool]]:
    """Name of each sheet of cells, and whether it is hidden."""
    found = [one for one in workbook.sheets_metadata if one.typ is SheetTypeEnum.WorkSheet]
    if len(found) > SHEETS_MOST:
        raise Refused(SheetFault.SHEETS)
    return [(one.name, one.visible is not SheetVisibleEnum.Visible) for one in found]


def _sheet(workbook: CalamineWorkbook, metadata: tuple[str, bool]) -> Sheet:
    name, hidden = metadata
    sheet = workbook.get_sheet_by_name(name)
    merged = [f"{place(first[0] + 1, first[1])}:{place(last[0] + 1, last[1])}" for first, last in sheet.merged_cell_ranges or []]
    if sheet.start is None:
        return Sheet(name, [], hidden)
    rows = []
    for number, row in enumerate(sheet.to_python(skip_empty_area=False, nrows=LINES_MOST + 1), 1):
        if cells := trimmed([_cell(value) for value in row], number):
            if number > LINES_MOST:
                raise Refused(SheetFault.LINES)
            rows.append((number, cells))
    return Sheet(name, rows, hidden, merged[:_NAMED_MOST])


def _cell(value: object) -> Cell:
    if isinstance(value, datetime):
        return [value.isoformat()]
    if isinstance(value, date):
        return [datetime.combine(value, time()).isoformat()]
    if isinstance(value, time | timedelta):
        return str(value)
    if isinstance(value, float) and not math.isfinite(value):
        return str(value)
    if isinstance(value, float) and value.is_integer() and abs(value) < 10**15:
        return int(value)
    return value if isinstance(value, str | int | float | bool) else None


def _paths(archive: zipfile.ZipFile) -> dict[str, str]:
    """Where the XML of each sheet lies, by its name."""
    targets = {one.get("Id"): one.get("Target", "") for one in _xml(archive, "xl/_rels/workbook.xml.rels").iter() if one.get("Id")}
    found = {}
    for one in _xml(archive, "xl/workbook.xml").findall(".//{*}sheet"):
        target = targets.get(one.get(_RELATION) or _strict(one.attrib), "")
        found[one.get("name", "")] = target.removeprefix("/") if target.startswith("/") else f"xl/{target}"
    return found


def _strict(attributes: dict[str, str]) -> str:
    """The same attribute in the strict form of the standard."""
    return next((value for name, value in attributes.items() if name.endswith("}id")), "")


def _with_broken(sheet: Sheet, broken: dict[str, str]) -> Sheet:
    """A row in which nothing else stands is a row all the same: what it lacks has to be told."""
    there = {number for number, _ in sheet.rows}
    lacking = {row_of(name) for name in broken} - there
    empty: list[Cell] = [""]
    rows = sorted([*sheet.rows, *((number, empty) for number in lacking if number)], key=lambda row: row[0])
    return Sheet(sheet.name, rows, sheet.hidden, sheet.merged, broken)


def _broken(archive: zipfile.ZipFile, path: str) -> dict[str, str]:
    """Cells of a formula without a value, and cells that show an error."""
    data = _member(archive, path)
    if b"<f" not in data and b":f" not in data and not re.search(rb"\bt=[\"']e[\"']", data):
        return {}
    found = dict(pair for pair, _ in zip(_broken_cells(data), range(BROKEN_MOST + 1), strict=False))
    if len(found) > BROKEN_MOST:
        raise Refused(SheetFault.FORMULAS)
    return found


def _broken_cells(data: bytes) -> Iterator[tuple[str, str]]:
    try:
        for _, element in ElementTree.iterparse(io.BytesIO(data)):  # noqa: S314 - see the import
            name = element.tag.rpartition("}")[2]
            if name == "c" and (fault := _fault(element)):
                yield element.get("r", ""), fault
            if name == "row":
                element.clear()
    except ElementTree.ParseError as error:
        raise Refused(SheetFault.BROKEN) from error


def _fault(cell: ElementTree.Element) -> str:
    value, kind = cell.findtext("{*}v") or "", cell.get("t", "n")
    if kind == "e":
        return value or "error"
    # a formula whose value is the empty text is of kind "str" and has its value
    return "formula" if cell.find("{*}f") is not None and not value and kind != "str" else ""


def _xml(archive: zipfile.ZipFile, path: str) -> ElementTree.Element:
    try:
        return ElementTree.fromstring(_member(archive, path) or b"<none/>")  # noqa: S314 - see the import
    except ElementTree.ParseError as error:
        raise Refused(SheetFault.BROKEN) from error


def _member(archive: zipfile.ZipFile, path: str) -> bytes:
    """A file of the archive, empty if there is none; never more than the whole may unfold to, whatever its header says."""
    try:
        with archive.open(path) as member:
            data = member.read(UNFOLDED_MOST + 1)
    except KeyError:
        return b""
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, RuntimeError) as error:
        raise Refused(SheetFault.BROKEN) from error
    if len(data) > UNFOLDED_MOST:
        raise Refused(SheetFault.BROKEN)
    return data
