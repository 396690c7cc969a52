"""Every text has its Thai and its English, none fuzzy, and the compiled catalogues are the written ones."""

import io
import re
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import read_mo
from babel.messages.pofile import read_po

ROOT = Path(__file__).parent.parent
TRANSLATIONS = ROOT / "portal/translations"
METHODS = [("**.py", "python"), ("templates/**.html", "jinja2"), ("templates/**.txt", "jinja2")]
KEYWORDS = {"N_": None, "_": None, "gettext": None, "lazy_gettext": None}


@pytest.fixture(scope="module")
def texts() -> set[str]:
    """Every marked text of code and templates."""
    found = extract_from_dir(ROOT / "portal", METHODS, keywords=KEYWORDS)
    return {message if isinstance(message, str) else message[0] for _file, _line, message, _comments, _context in found}


def catalog(language: str) -> Catalog:
    with (TRANSLATIONS / language / "LC_MESSAGES/messages.po").open("rb") as file:
        return read_po(file)


@pytest.mark.parametrize("language", ["th", "en"])
def test_every_text_is_translated(texts: set[str], language: str) -> None:
    words = catalog(language)
    missing = sorted(text for text in texts if text and not (words.get(text) and words[text].string))
    assert not missing, f"{len(missing)} texts without {language}: {missing[:10]}"
    assert [message.id for message in words if message.fuzzy and message.id] == []


@pytest.mark.parametrize("language", ["th", "en"])
def test_translations_keep_the_named_values(language: str) -> None:
    named = re.compile(r"%\(\w+\)[sd]|\{\w\}")
    for message in catalog(language):
        if message.id:
            assert set(named.findall(str(message.id))) == set(named.findall(str(message.string))), message.id


def test_thai_is_thai() -> None:
    latin_only = [message.id for message in catalog("th") if message.id and not re.search("[ก-๙]", str(message.string))]
    assert set(latin_only) <= {"LINE", "Facebook", "English", "EN"}, latin_only


@pytest.mark.parametrize("language", ["th", "en"])
def test_the_compiled_catalogue_is_the_written_one(language: str) -> None:
    compiled = read_mo(io.BytesIO((TRANSLATIONS / language / "LC_MESSAGES/messages.mo").read_bytes()))
    written = catalog(language)
    assert texts_of(compiled) == texts_of(written)


def texts_of(words: Catalog) -> dict[str, str]:
    return {str(message.id): str(message.string) for message in words if message.id}
