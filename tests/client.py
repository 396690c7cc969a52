"""The one client that fetches pages, and what it demands of every page.

Valid HTML, one title and one h1, the right language, unique ids, references that lead somewhere, a label for every
field, errors tied to their field, nothing inline that the CSP refuses, and no cookie on a public page.
"""

import re
from collections import Counter
from functools import lru_cache
from io import BufferedRandom
from typing import Any

import html5lib
from flask.testing import FlaskClient
from lxml import etree
from werkzeug.test import TestResponse

from portal.web.audience import Audience, rule_of
from portal.web.language import WITHOUT_LANGUAGE

TAG = re.compile(r"(<[^>]*>)")
VALUE = re.compile(r'(?<!\stype)="[^"&\x00-\x1f]*"')
WORDS = re.compile(r"&#?\w*;?|\s+|[^\s&\x00-\x1f\x7f-\x9f]+")
#: Shapes of pages that were found valid in this process: a validator takes longer than the portal does to answer.
_valid: set[int] = set()
LABELLED = ("input", "select", "textarea")
NEEDS_NO_LABEL = {"hidden", "submit", "button", "image"}
#: Addresses that have no language, so that the prefix makes them unknown ones.
NO_LANGUAGE = tuple(f"/en{path}" for path in WITHOUT_LANGUAGE)
REFERENCES = ("aria-describedby", "aria-labelledby", "aria-controls")


class PageClient(FlaskClient):
    """A browser without scripts."""

    def open(self, *args: Any, **kwargs: Any) -> TestResponse:
        """Fetch, and look at what came."""
        response = super().open(*args, **kwargs)
        _let_go_of_body(response)
        if response.mimetype == "text/html" and response.request.method != "HEAD" and not 300 <= response.status_code < 400:
            check_page(response.get_data(as_text=True), path=response.request.path)
        self._check_cookie(response)
        assert response.status_code != 500, response.get_data(as_text=True)
        assert response.headers.get("X-Content-Type-Options") == "nosniff" or response.request.path.startswith("/static/")
        return response

    def _check_cookie(self, response: TestResponse) -> None:
        path = response.request.path.removeprefix("/en") or "/"
        adapter = self.application.url_map.bind("localhost")
        try:
            endpoint, _ = adapter.match(path, method=response.request.method)
        except Exception:
            return
        rule = rule_of(self.application, endpoint)
        public = rule is not None and rule.audience is Audience.PUBLIC
        if public and response.request.method in ("GET", "HEAD"):
            assert "Set-Cookie" not in response.headers, f"{path} sets a cookie"

    def sign_in(self, email: str, password: str) -> TestResponse:
        """Sign in as a person would."""
        return self.post("/sign-in", data={"email": email, "password": password})

    def post_form(self, page: TestResponse, ending: str, follow_redirects: bool = False, **values: Any) -> TestResponse:
        """Fill in the form whose action ends so (or that has this field) and send it with its hidden fields."""
        form = find_form(page.get_data(as_text=True), ending)
        fields = {**form_fields(form), **values}
        action = form.get("action") or page.request.path
        files = any(isinstance(value, tuple | list) for value in values.values())
        content = {"content_type": "multipart/form-data"} if files else {}
        return self.post(action, data=fields, follow_redirects=follow_redirects, **content)


def _let_go_of_body(response: TestResponse) -> None:
    """Werkzeug's client keeps a large body in a temporary file of its own, and leaves it open."""
    body = response.request.environ["wsgi.input"]
    if isinstance(body, BufferedRandom):
        body.close()


@lru_cache(maxsize=8)  # a page is looked at when it comes, and again for the form that is sent from it
def parse(html: str) -> etree._Element:
    """The page as a tree that nobody may change; raises on HTML that a validator would refuse to parse."""
    shape = hash(_shape(html))
    if shape not in _valid:
        parser = html5lib.HTMLParser()
        parser.parse(html)
        problems = [f"{place}: {code} {data}" for place, code, data in parser.errors]
        assert not problems, f"invalid HTML: {problems[:5]}"
        _valid.add(shape)
    root = etree.fromstring(html.encode(), etree.HTMLParser(encoding="utf-8"))
    for field in root.iter("textarea", "pre"):
        field.text = (field.text or "").removeprefix("\n")  # as browsers read it
    return root


def _shape(html: str) -> str:
    """All of a page that its validity depends on: without its words, and without what attributes say but for ``type``."""
    return "".join(VALUE.sub('="v"', part) if part.startswith("<") else WORDS.sub(_word, part) for part in TAG.split(html))


def _word(found: re.Match[str]) -> str:
    """Whether there is one may matter, which one does not."""
    return " " if found[0].isspace() else found[0] if found[0].startswith("&") else "x"


def find_form(html: str, ending: str) -> etree._Element:
    """The form whose action ends so, or that holds a field of this name."""
    for form in parse(html).iter("form"):
        names = {field.get("name") for field in form.iter(*LABELLED)}
        if (form.get("action") or "").split("?")[0].endswith(ending) or ending in names:
            return form
    raise AssertionError(f"no form {ending!r} on the page")


def form_fields(form: etree._Element) -> dict[str, str]:
    """What a browser would send if nothing were filled in."""
    fields: dict[str, str] = {}
    outside = form.xpath("//*[@form = $id]", id=form.get("id", "")) if form.get("id") else []
    for field in (*form.iter(*LABELLED), *(field for field in outside if field.tag in LABELLED)):
        name, kind = field.get("name"), field.get("type", "text")
        if not name or field.get("disabled") is not None:
            continue
        if field.tag == "textarea":
            fields[name] = "".join(field.itertext())
        elif field.tag == "select":
            options = list(field.iter("option"))
            chosen = [option for option in options if option.get("selected") is not None] or options[:1]
            fields[name] = chosen[0].get("value", "") if chosen else ""
        elif kind in ("radio", "checkbox"):
            if field.get("checked") is not None:
                fields[name] = field.get("value", "on")
        elif kind not in ("submit", "button", "file", "image"):
            fields[name] = field.get("value", "")
    return fields


def check_page(html: str, path: str) -> None:
    """Raise an ``AssertionError`` that names what is wrong with the page."""
    root = parse(html)
    _check_frame(root, path)
    ids = _check_ids(root)
    _check_fields(root, ids)
    _check_forms(root)
    assert not root.xpath("//*[@style]"), "inline style"
    assert not root.xpath("//script[not(@src)]"), "inline script"
    assert not root.xpath("//@*[starts-with(name(), 'on')]"), "inline handler"
    assert not root.xpath("//img[not(@alt)]"), "picture without alt"
    outside = [url for url in root.xpath("//script/@src | //link[@rel='stylesheet']/@href | //img/@src") if re.match(r"(https?:)?//", url)]
    assert not outside, f"asks a third party: {outside}"
    text = " ".join(root.xpath("//body//text()[not(ancestor::code) and not(ancestor::pre) and not(ancestor::textarea)]"))
    assert not re.search(r"%\(\w+\)s|\{\{|\}\}|\bNone\b|Undefined", text), "an unfilled template on the page"


def _check_frame(root: etree._Element, path: str) -> None:
    language = "en" if (path == "/en" or path.startswith("/en/")) and not path.startswith(NO_LANGUAGE) else "th"
    assert root.get("lang") == language, f"language {root.get('lang')} at {path}"
    titles = root.findall("head/title")
    assert len(titles) == 1, "one title"
    assert (titles[0].text or "").strip(" –"), "an empty title"
    assert len(root.xpath("//h1")) == 1, "one h1"
    assert len(root.xpath("//main")) == 1, "one main"


def _check_ids(root: etree._Element) -> set[str]:
    ids = root.xpath("//@id")
    known = set(ids)
    assert len(known) == len(ids), f"ids used twice: {[value for value, times in Counter(ids).items() if times > 1]}"
    for attribute in REFERENCES:
        for value in root.xpath(f"//@{attribute}"):
            assert set(value.split()) <= known, f"{attribute} leads nowhere: {value}"
    nowhere = [link for link in root.xpath("//a/@href") if link.startswith("#") and len(link) > 1 and link[1:] not in known]
    assert not nowhere, f"links that lead nowhere on the page: {nowhere}"
    return known


def _check_fields(root: etree._Element, ids: set[str]) -> None:
    labels = set(root.xpath("//label/@for"))
    assert labels <= ids, f"labels without field: {labels - ids}"
    for field in root.iter(*LABELLED):
        if field.get("type") in NEEDS_NO_LABEL:
            continue
        named = field.get("id") in labels or field.get("aria-label") or field.get("aria-labelledby")
        assert named, f"no label for {field.get('name')}"
        if field.get("type") == "radio":
            assert field.xpath("ancestor::fieldset/legend"), f"radios without legend: {field.get('name')}"
    for message in root.xpath("//*[contains(@class, 'govuk-error-message')]/@id"):
        assert root.xpath(f"//*[contains(concat(' ', @aria-describedby, ' '), ' {message} ')]"), f"error {message} is tied to no field"


def _check_forms(root: etree._Element) -> None:
    for form in root.iter("form"):
        assert form.get("method", "get").lower() in ("get", "post")
        if any(field.get("type") == "file" for field in form.iter("input")):
            assert form.get("enctype") == "multipart/form-data", "a file field in a form that cannot carry files"
