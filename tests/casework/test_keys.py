"""The one list of keys, and everything that answers to them."""

import re
from pathlib import Path

from portal.casework.desk.keys import KEYS, Where

ROOT = Path(__file__).parents[2] / "portal"
SCRIPT = (ROOT / "static/suanruam.js").read_text(encoding="utf-8")
PAGES = "\n".join(path.read_text(encoding="utf-8") for path in (ROOT / "templates/cases_desk").glob("*.html"))
LAYOUT = (ROOT / "templates/layout/desk.html").read_text(encoding="utf-8")


def of_script() -> set[str]:
    (table,) = re.findall(r"const keys = \{(.*?)\n\};", SCRIPT, re.DOTALL)
    return set(re.findall(r'^  "?(.)"?:', table, re.MULTILINE))


def of_case() -> set[str]:
    named = set(re.findall(r'data-key="(\w)"', PAGES))
    return (
        named
        | {letter.lower() for letter in re.findall(r'\(_\("[^"]+"\)[^()]*?, "([A-Z])"\)', PAGES)}
        | {letter.lower() for letter in re.findall(r', "([A-Z])"\)', PAGES)}
    )


def test_every_key_that_does_something_is_listed_and_every_listed_one_does() -> None:
    pressed = {where: {key.press for key in keys} for where, keys in KEYS.items()}
    ways = {f"g {letter}" for letter in re.findall(r'data-go="(\w)"', LAYOUT)}
    assert of_script() | ways == pressed[Where.LIST] | pressed[Where.ANYWHERE]
    assert of_case() == pressed[Where.CASE]


def test_no_key_is_listed_twice() -> None:
    for keys in KEYS.values():
        assert len({key.press for key in keys}) == len(keys)
    assert not {key.press for key in KEYS[Where.CASE]} & of_script()
