"""Limits of a file, and what can be wrong with one as a whole."""

from enum import StrEnum

from portal.kernel.errors import Invalid
from portal.kernel.messages import N_, Message

MEGABYTE = 1024 * 1024
FILE_MOST = 20 * MEGABYTE  # bytes as sent
UNFOLDED_MOST = 300 * MEGABYTE  # bytes of what a zipped file says it holds
PACKED_MOST = 20 * MEGABYTE  # bytes of what was read, compressed
READ_MOST = 60 * MEGABYTE  # bytes of the same, unpacked: the web process holds them
ROWS_MOST = 20_000  # rows of one sheet below which the setting stays; a sheet is read no further than a few rows beyond
COLUMNS_MOST = 200
SHEETS_MOST = 30
BROKEN_MOST = 50_000  # cells of a sheet without a value or with an error
CELL_MOST = 32_767  # characters, as spreadsheets have it themselves
#: Rows that are read of a sheet: the most that an import takes, with room for headings and empty rows.
LINES_MOST = 25_000
MEMORY = 1024 * MEGABYTE  # of addresses, of the process that reads
CPU_SECONDS = 30


class SheetFault(StrEnum):
    """Why a file is refused."""

    EMPTY = "empty"
    LARGE = "large"
    NO_SHEET = "no_sheet"
    LOCKED = "locked"
    BROKEN = "broken"
    WEB_PAGE = "web_page"
    ENCODING = "encoding"
    LINES = "lines"
    COLUMNS = "columns"
    CELL = "cell"
    SHEETS = "sheets"
    FORMULAS = "formulas"
    LONG = "long"
    NOTHING = "nothing"


SENTENCES = {
    SheetFault.EMPTY: N_("The file is empty"),
    SheetFault.LARGE: N_("The file is larger than %(most)s MB; split it and import the parts one after the other"),
    SheetFault.NO_SHEET: N_("This is no spreadsheet; save it as XLSX or CSV and choose it once more"),
    SheetFault.LOCKED: N_("The file is locked by a password; save it without the lock and choose it once more"),
    SheetFault.BROKEN: N_("We cannot open this file: it is damaged, or unfolds to more than we can take. Save it again, or as CSV"),
    SheetFault.WEB_PAGE: N_("This is a web page that calls itself a spreadsheet; open it in a spreadsheet program and save it as XLSX"),
    SheetFault.ENCODING: N_("We cannot read the letters of this file; save it as CSV UTF-8 or as XLSX"),
    SheetFault.LINES: N_("A sheet has more than %(most)s rows; split it and import the parts one after the other"),
    SheetFault.COLUMNS: N_("A sheet has more than %(most)s columns"),
    SheetFault.CELL: N_("Cell %(cell)s holds more than %(most)s characters"),
    SheetFault.SHEETS: N_("The file has more than %(most)s sheets"),
    SheetFault.FORMULAS: N_("More than %(most)s cells of a sheet show an error or are formulas that were saved without their value"),
    SheetFault.LONG: N_("The texts of this file are more than %(most)s MB together; split it and import the parts one after the other"),
    SheetFault.NOTHING: N_("No sheet of this file has a row below its headings"),
}
MOST = {
    SheetFault.LARGE: FILE_MOST // MEGABYTE,
    SheetFault.LINES: LINES_MOST,
    SheetFault.COLUMNS: COLUMNS_MOST,
    SheetFault.CELL: CELL_MOST,
    SheetFault.SHEETS: SHEETS_MOST,
    SheetFault.FORMULAS: BROKEN_MOST,
    SheetFault.LONG: READ_MOST // MEGABYTE,
}


class Refused(Exception):
    """The file is refused; ``cell`` names the place where one is at fault."""

    def __init__(self, fault: SheetFault, cell: str = "") -> None:
        super().__init__(fault.value)
        self.fault, self.cell = fault, cell


def as_invalid(fault: SheetFault, cell: str = "") -> Invalid:
    """The same for the person, at the field ``file``."""
    most = f"{MOST[fault]:,}" if fault in MOST else ""
    return Invalid({"file": [Message(SENTENCES[fault], {"most": most, "cell": cell} if most else {})]})
