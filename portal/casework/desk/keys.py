"""The keys of the desk, in one place: the page that lists them is made of this, and a test holds scripts and templates to it."""

from dataclasses import dataclass
from enum import StrEnum

from portal.kernel.messages import N_


class Where(StrEnum):
    """Where a key does something."""

    ANYWHERE = "anywhere"
    LIST = "list"
    CASE = "case"

    @property
    def label(self) -> str:
        """English source text."""
        return {Where.ANYWHERE: N_("On every page"), Where.LIST: N_("In a list"), Where.CASE: N_("On a case")}[self]


@dataclass(frozen=True)
class Key:
    """What is pressed (one after the other, between spaces) and what happens, as English source text."""

    press: str
    does: str


KEYS: dict[Where, tuple[Key, ...]] = {
    Where.ANYWHERE: (
        Key("?", N_("These keys")),
        Key("/", N_("Search")),
        Key("g q", N_("Go to the queue")),
        Key("g m", N_("Go to my own cases")),
        Key("g t", N_("Go to where I was mentioned")),
        Key("g v", N_("Go to the saved views")),
    ),
    Where.LIST: (
        Key("j", N_("Next row")),
        Key("k", N_("Row before")),
        Key("x", N_("Tick the row")),
        Key("o", N_("Open the row; Enter does the same")),
        Key("b", N_("Do something with the ticked rows")),
    ),
    Where.CASE: (
        Key("r", N_("Answer the sender")),
        Key("q", N_("Ask the sender")),
        Key("c", N_("Close the case")),
        Key("n", N_("Internal note")),
        Key("t", N_("Forward to another unit or agency")),
        Key("m", N_("Merge into another case")),
        Key("p", N_("Public text")),
        Key("a", N_("Owner of the case")),
        Key("l", N_("Add tags")),
        Key("z", N_("Lay it by")),
        Key("u", N_("Back to the queue")),
    ),
}
