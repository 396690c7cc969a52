"""Every macro and layout, drawn once with Thai content: what a browser and a screen reader get."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import html5lib
import pytest
import segno
from flask import Flask, render_template, render_template_string
from flask_babel import Babel
from jinja2 import ChoiceLoader, FileSystemLoader, PackageLoader, PrefixLoader
from lxml import etree
from markupsafe import Markup
from werkzeug.datastructures import MultiDict
from wtforms import (
    BooleanField,
    EmailField,
    MultipleFileField,
    PasswordField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)

from portal.kernel.actor import Actor, ActorKind, Role
from portal.kernel.thai_calendar import format_date, format_date_short, format_datetime, format_time
from portal.web.assets import asset
from portal.web.forms import Email, Length, PortalForm, Required, labelled
from tests.client import check_page, parse

TEMPLATES = Path(__file__).parents[2] / "portal" / "templates"
GALLERY = Path(__file__).parent / "gallery"
MOMENT = datetime(2007, 12, 13, 10, 23, 13, tzinfo=UTC)
ENDPOINTS = (
    *("disclosures.index", "feedback.new", "feedback.track", "cases.index", "agencies.index", "search.index", "feeds.index"),
    *("accounts.sign_in", "accounts.sign_out", "desk.index", "disclosures_desk.index", "audit.index", "corruption.new", "privacy.about"),
    *(
        "admin.index",
        "review.index",
        "samples_desk.index",
        "figures.index",
        "figures_desk.index",
        "cases_desk.keys",
        "mentions.index",
        "kept_views.index",
        "corruption_desk.index",
        "privacy_desk.index",
        "account.index",
        "calls.new",
        "transcribing.index",
    ),
    *("boxes.index", "petitions.index", "participation.index"),
    *("absences.index", "workload.index", "calendar.index"),
    *("improvements.index", "improvements_desk.index", "reports.index", "reports_desk.index"),
    *("participation_desk.index", "assessing.index"),
    *("plans.index", "plans_desk.index"),
)
OPDC = SimpleNamespace(
    name="สำนักงาน ก.พ.ร.",
    full_name="สำนักงานคณะกรรมการพัฒนาระบบราชการ",
    short="ก.พ.ร.",
    address="59/1 ถนนพิษณุโลก แขวงดุสิต เขตดุสิต กรุงเทพฯ 10300",
    seal_url=None,
    slug="opdc",
)
STAMP = {"responsible": "นางสาวสุภาวดี ศรีสวัสดิ์", "unit": "กองส่งเสริมการมีส่วนร่วม", "updated_at": MOMENT}
STATUSES = ["received", "assigned", "in_progress", "waiting_citizen", "answered", "contested", "closed", "declined", "merged", "withdrawn"]
DISPOSITIONS = ["done", "accepted", "partly_accepted", "not_accepted", "already_so", "answered", "referred"]
MONTHS = ["ต.ค.", "พ.ย.", "ธ.ค.", "ม.ค.", "ก.พ.", "มี.ค.", "เม.ย.", "พ.ค.", "มิ.ย.", "ก.ค.", "ส.ค.", "ก.ย."]
CITIZEN = "ป้ายบอกทางชั้น 2 <b>เล็กมาก</b>\r\nติดสูง\r\n\r\nอยากให้ทำตัวใหญ่ & ติดระดับสายตา"


@dataclass(frozen=True)
class Code:
    """A value of an enum of the rules, as templates see it."""

    value: str
    label: str


class Speak(PortalForm):
    """A form with every kind of field."""

    agency = SelectField("ถึงหน่วยงานใด", choices=labelled([Code("opdc", "สำนักงาน ก.พ.ร."), Code("nan", "จังหวัดน่าน")]))
    kind = RadioField("เป็นเรื่องแบบใด", [Required()], choices=labelled([Code("complaint", "ร้องเรียน"), Code("question", "สอบถาม")]))
    subject = StringField("เรื่อง", [Required(), Length(200)])
    body = TextAreaField("รายละเอียด", [Required("เขียนรายละเอียดของเรื่อง อย่างน้อยหนึ่งประโยค"), Length(10_000)])
    anonymity = RadioField(
        "อยากให้ใครรู้ว่าท่านเป็นใคร", choices=labelled([Code("anonymous", "ไม่บอกชื่อ"), Code("named", "บอกชื่อ")]), default="anonymous"
    )
    email = EmailField("อีเมล", [Email()])
    password = PasswordField("รหัสผ่าน")
    redactions = SelectMultipleField("ปิดส่วนใด", choices=labelled([Code("phone", "เบอร์โทร"), Code("place", "ที่อยู่")]))
    files = MultipleFileField("ไฟล์ ไม่เกินห้าไฟล์")
    consent = BooleanField("เมื่อตอบแล้ว เผยแพร่เรื่องนี้ให้คนอื่นได้อ่าน")


def filled() -> Speak:
    """A form that came back: the text is missing, the e-mail is cut short."""
    given = [
        ("agency", "nan"),
        ("kind", "question"),
        ("subject", 'คิว "ก" <ยาว>'),
        ("email", "malee@"),
        ("anonymity", "named"),
        ("password", "ลับมาก"),
    ]
    form = Speak(MultiDict([*given, ("redactions", "phone"), ("consent", "yes")]))
    form.validate()
    return form


@pytest.fixture(scope="module")
def app() -> Flask:
    """The templates with their loaders and filters, and routes that only have names."""
    app = Flask(__name__)
    Babel(app)
    package = PrefixLoader({"govuk_frontend_jinja": PackageLoader("govuk_frontend_jinja")})
    app.jinja_loader = ChoiceLoader([FileSystemLoader([TEMPLATES, GALLERY]), package])  # type: ignore[assignment]
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.jinja_env.globals["asset"] = asset
    formats = {"datetime": format_datetime, "date": format_date, "date_short": format_date_short, "time": format_time}
    for name, written in formats.items():
        app.jinja_env.filters[name] = lambda value, written=written: written(value, "th")
    app.jinja_env.filters["iso"] = lambda value: value.isoformat()
    for endpoint in ENDPOINTS:
        app.add_url_rule(f"/{endpoint.replace('.', '/')}", endpoint, lambda: "", methods=["GET", "POST"])
    return app


def context() -> dict[str, Any]:
    """What the context processors give to every page, and what the gallery shows."""
    qr = segno.make("http://localhost/feedback/track#04716183582634204512").svg_inline(border=0, omitsize=True, svgclass=None)
    return {
        "language": "th",
        "home_agency": OPDC,
        "other_language_url": "/en/x",
        "actor": Actor(ActorKind.USER, 1, "ธนกฤต วงศ์อารี", {Role.ADMINISTRATOR: frozenset({1})}),
        "csrf_token": "token",
        "release": "0.1.0",
        "stamp": STAMP,
        "desk_home_url": "/desk",
        "form": filled(),
        "moment": MOMENT,
        "day": date(2026, 12, 8),
        "qr": Markup(qr),
        "citizen": CITIZEN,
        "statuses": [Code(value, value.replace("_", " ")) for value in STATUSES],
        "dispositions": [Code(value, value.replace("_", " ")) for value in DISPOSITIONS],
        "months": [{"label": month, "target": 600, "actual": 400 + 37 * place} for place, month in enumerate(MONTHS)],
    }


def page(app: Flask, template: str, **values: Any) -> etree._Element:
    """A whole page, checked as every page of the portal is."""
    with app.test_request_context("/"):
        html = render_template(template, **{**context(), **values})
    html5lib.HTMLParser(strict=True).parse(html)
    check_page(html, "/")
    return plain(parse(html))


def piece(app: Flask, imports: str, source: str, **values: Any) -> etree._Element:
    """One macro alone."""
    with app.test_request_context("/"):
        html = render_template_string(f"{{% from {imports} %}}{source}", **{**context(), **values})
    return plain(html5lib.parse(html, treebuilder="lxml", namespaceHTMLElements=False).getroot())


def plain(root: etree._Element) -> etree._Element:
    """The tree with SVG elements under their bare names."""
    for element in root.iter(etree.Element):
        element.tag = etree.QName(element).localname
    return root


def text(element: etree._Element) -> str:
    """The words of an element, single-spaced."""
    return " ".join("".join(element.itertext()).split())


@pytest.fixture(scope="module")
def public(app: Flask) -> etree._Element:
    """The gallery as a citizen sees it."""
    return page(app, "public.html")


@pytest.fixture(scope="module")
def desk(app: Flask) -> etree._Element:
    """The gallery as an officer sees it."""
    return page(app, "desk.html")


def test_every_error_of_the_summary_leads_to_a_field_that_can_take_focus(public: etree._Element) -> None:
    links = public.xpath("//*[contains(@class, 'govuk-error-summary')]//a/@href")
    assert links == ["#body", "#email"]
    assert [public.xpath(f"//*[@id='{link[1:]}']")[0].tag for link in links] == ["textarea", "input"]


def test_a_field_with_an_error_is_described_by_its_hint_and_its_error_and_says_that_it_is_invalid(public: etree._Element) -> None:
    body = public.xpath("//textarea[@id='body']")[0]
    assert set(body.get("aria-describedby").split()) == {"body-hint", "body-error", "body-info"}
    assert body.get("aria-invalid") == "true"
    assert "เขียนรายละเอียดของเรื่อง" in text(public.xpath("//*[@id='body-error']")[0])


def test_a_group_of_radios_is_a_fieldset_and_its_first_radio_has_the_name_as_id(public: etree._Element) -> None:
    first = public.xpath("//input[@type='radio'][@name='anonymity']")[0]
    fieldset = first.xpath("ancestor::fieldset")[0]
    assert first.get("id") == "anonymity"
    assert fieldset.get("aria-describedby") == "anonymity-hint"
    assert text(fieldset.find("legend")) == "อยากให้ใครรู้ว่าท่านเป็นใคร"


def test_what_was_typed_and_chosen_stays_except_the_password(public: etree._Element) -> None:
    assert public.xpath("//input[@id='subject']/@value") == ['คิว "ก" <ยาว>']
    assert public.xpath("//select[@id='agency']/option[@selected]/@value") == ["nan"]
    assert public.xpath("//input[@name='kind'][@checked]/@value") == ["question"]
    assert public.xpath("//input[@name='redactions'][@checked]/@value") == ["phone"]
    assert len(public.xpath("//input[@name='consent'][@checked]")) == 1
    assert public.xpath("//input[@name='password']/@value") == []


def test_a_prefix_keeps_the_ids_of_a_second_form_apart_and_leaves_the_names(public: etree._Element) -> None:
    second = public.xpath("//textarea[@id='second-body']")[0]
    assert second.get("name") == "body"
    assert set(second.get("aria-describedby").split()) == {"second-body-error", "second-body-info"}


def test_hidden_values_are_escaped_and_none_writes_nothing(public: etree._Element) -> None:
    assert public.xpath("//input[@name='form_token']/@value") == ['abc"<']
    assert not public.xpath("//input[@name='csrf_token']")


def test_words_keep_paragraphs_and_lines_and_never_become_markup(public: etree._Element) -> None:
    words = public.xpath("//blockquote[contains(@class, 'sr-words')]")[0]
    assert [text(paragraph) for paragraph in words.findall("p")] == [
        "ป้ายบอกทางชั้น 2 <b>เล็กมาก</b>ติดสูง",
        "อยากให้ทำตัวใหญ่ & ติดระดับสายตา",
    ]
    assert len(words.findall("p/br")) == 1
    assert not words.xpath(".//b")


def test_every_status_has_its_own_words_and_a_drawing(public: etree._Element) -> None:
    tags = [tag for tag in public.iter("strong") if "govuk-tag" in (tag.get("class") or "")]
    shown = {text(tag): tag for tag in tags}
    for status in STATUSES:
        assert shown[status.replace("_", " ")].find("svg") is not None


def test_the_receipt_shows_the_code_in_one_piece_for_copying_and_the_number(public: etree._Element) -> None:
    assert "".join(public.xpath("//*[@id='receipt-code']")[0].itertext()) == "0471-6183-5826-3420-4512"
    assert text(public.xpath("//*[@id='case-number']")[0]) == "OPDC-2570-001285"
    assert public.xpath("//button[@data-copy='#receipt-code']/@hidden") == [""]


@pytest.mark.parametrize(
    ("total", "used", "state", "expected"),
    [
        (15, 9, "done", {"done": 9, "next": 6}),
        (15, 4, "open", {"past": 4, "today": 1, "next": 10}),
        (15, 0, "open", {"today": 1, "next": 14}),
        (30, 34, "late", {"late": 30}),
        (15, 15, "open", {"past": 15}),
    ],
)
def test_the_clock_draws_one_dot_a_day(app: Flask, total: int, used: int, state: str, expected: Mapping[str, int]) -> None:
    clock = piece(app, '"components/clock.html" import clock', "{{ clock(total, used, state, 'ก') }}", total=total, used=used, state=state)
    classes = [dot.get("class").removeprefix("sr-clock__") for dot in clock.iter("circle")]
    assert {name: classes.count(name) for name in set(classes)} == expected


def test_a_chart_has_every_value_in_its_table_and_bars_in_proportion(app: Flask) -> None:
    periods = [
        {"label": "1", "target": None, "actual": 50},
        {"label": "2", "target": 90, "actual": 100},
        {"label": "3", "target": 95, "actual": None},
    ]
    chart = piece(app, '"components/chart.html" import chart', "{{ chart('ก', None, '%', periods, baseline=1250.5) }}", periods=periods)
    rows = [[text(cell) for cell in row] for row in chart.xpath("//tbody/tr")]
    assert rows == [["Baseline", "–", "1,250.5"], ["1", "–", "50"], ["2", "90", "100"], ["3", "95", "–"]]
    heights = [float(bar.get("height")) for bar in chart.xpath("//svg[@class='sr-chart__wide']/rect")]
    assert heights[2] / heights[1] == pytest.approx(2, rel=0.02)
    widths = [float(bar.get("width")) for bar in chart.xpath("//svg[@class='sr-chart__narrow']/rect")]
    assert widths[0] / widths[2] == pytest.approx(12.505, rel=0.02)


@pytest.mark.parametrize("values", [[0], [None], [0.0004], [-5, 3], [7e11], [1, 2, 5, 10, 1000]])
def test_a_chart_of_any_values_stays_inside_its_frame(app: Flask, values: list[float | None]) -> None:
    periods = [{"label": str(place), "target": value, "actual": value} for place, value in enumerate(values)]
    chart = piece(app, '"components/chart.html" import chart', "{{ chart('ก', None, '', periods) }}", periods=periods)
    for svg in chart.xpath("//figure/svg"):
        _, _, width, height = map(float, svg.get("viewBox").split())
        for bar in svg.iter("rect"):
            x, y, long, high = (float(bar.get(name) or 0) for name in ("x", "y", "width", "height"))
            assert 0 <= x <= x + long <= width
            assert 0 <= y <= y + high <= height


def test_figures_write_thousands_and_lead_to_their_list(public: etree._Element) -> None:
    first = public.xpath("//dl[contains(@class, 'sr-figures')]/div")[0]
    assert text(first.xpath("dd")[0]) == "1,284"
    assert first.xpath("dt/a/@href") == ["/cases"]


def test_the_next_page_is_a_link_that_programs_know(public: etree._Element) -> None:
    assert public.xpath("//a[@rel='next']/@href") == ["/cases?cursor=x&per_page=20"]


def test_the_last_page_offers_no_next(app: Flask) -> None:
    assert not piece(app, '"components/pagination.html" import next_link', "{{ next_link(None) }}").xpath("//nav")


def test_a_conflict_shows_both_texts_and_keeps_the_officers_own_in_the_form(desk: etree._Element) -> None:
    section = desk.xpath("//section[@class='sr-conflict']")[0]
    assert "เปลี่ยนป้ายแล้ว 11 ป้าย" in text(section.xpath(".//*[contains(@class, '--theirs')]")[0])
    assert "จะเปลี่ยนป้ายภายใน <เดือนนี้>" in text(section.xpath(".//*[contains(@class, '--mine')]")[0])
    assert section.xpath(".//input[@name='version']/@value") == ["7"]


def test_the_navigation_marks_where_the_reader_is(public: etree._Element) -> None:
    assert public.xpath("//nav[@class='sr-nav']//a[@aria-current]/@href") == ["/feedback/new"]


def test_the_stamp_names_who_answers_for_the_page_and_when_it_changed(public: etree._Element) -> None:
    stamp = text(public.xpath("//*[@class='sr-stamp']")[0])
    assert "นางสาวสุภาวดี ศรีสวัสดิ์" in stamp
    assert "13 ธันวาคม 2550 17:23:13" in stamp


def test_without_a_stamp_the_agency_answers_for_the_page(app: Flask) -> None:
    stamp = page(app, "public.html", stamp=None).xpath("//*[@class='sr-stamp']")[0]
    assert "สำนักงาน ก.พ.ร." in text(stamp)
    assert not stamp.xpath(".//time")


def test_a_page_with_errors_says_so_in_its_title_and_a_page_that_is_not_to_be_found_says_that(app: Flask) -> None:
    assert (page(app, "public.html").findtext("head/title") or "").startswith("Error: ")
    quiet = page(app, "public.html", form=Speak(), noindex=True)
    assert (quiet.findtext("head/title") or "").startswith("ตัวอย่างทุกชิ้น – ")
    assert quiet.xpath("//meta[@name='robots']/@content") == ["noindex"]
    assert not quiet.xpath("//*[contains(@class, 'govuk-error-summary')]")


def test_a_page_without_another_language_offers_none(app: Flask) -> None:
    alone = page(app, "public.html", other_language_url=None)
    assert not alone.xpath("//*[@class='sr-lang'] | //link[@hreflang]")


def test_the_seal_of_the_agency_replaces_the_ring(app: Flask) -> None:
    sealed = SimpleNamespace(**{**vars(OPDC), "seal_url": "/files/seal"})
    assert page(app, "public.html", home_agency=sealed).xpath("//img[@class='sr-seal']/@src") == ["/files/seal"]


#: Which roles the bar of the desk leads to a page of their own.
OWN_PAGES = {
    "/admin/index": {Role.ADMINISTRATOR, Role.SYSTEM_ADMINISTRATOR},
    "/review/index": {Role.REVIEWER},
    "/corruption_desk/index": {Role.INTEGRITY},
    "/privacy_desk/index": {Role.PRIVACY, Role.EXECUTIVE},
}


@pytest.mark.parametrize("role", list(Role))
def test_the_bar_leads_each_role_to_its_own_pages_and_to_no_other(app: Flask, role: Role) -> None:
    person = Actor(ActorKind.USER, 2, "อรทัย", {role: frozenset({1})})
    links = set(page(app, "desk.html", actor=person).xpath("//header//nav//a/@href"))
    assert {address for address in OWN_PAGES if address in links} == {address for address, roles in OWN_PAGES.items() if role in roles}


def test_signing_out_is_a_form_with_the_token(desk: etree._Element) -> None:
    form = desk.xpath("//form[@action='/accounts/sign_out']")[0]
    assert form.get("method") == "post"
    assert form.xpath("input[@name='csrf_token']/@value") == ["token"]


@pytest.mark.parametrize("status", [400, 401, 403, 404, 405, 409, 410, 413, 415, 422, 429, 500, 503])
def test_an_error_page_gives_back_what_was_typed(app: Flask, status: int) -> None:
    kept = {"body": "\nบรรทัดแรกว่าง <b>", "unknown": "x", "empty": ""}
    found = page(app, "errors/error.html", status=status, title="ทำไม่ได้", detail="ลองใหม่", kept=kept)
    assert [area.text for area in found.iter("textarea")] == ["\nบรรทัดแรกว่าง <b>", "x"]
    assert found.xpath("//main//a/@href")[0] == "/"


@pytest.mark.parametrize("status", [500, 503])
def test_when_the_house_fails_the_error_page_asks_for_nothing(app: Flask, status: int) -> None:
    bare = {"home_agency": None, "stamp": None, "actor": None, "csrf_token": None, "release": None, "other_language_url": None}
    assert page(app, "errors/error.html", status=status, title="ขัดข้อง", detail=None, kept=None, **bare).xpath("//h1")


def test_every_icon_that_a_template_names_is_drawn(app: Flask, public: etree._Element, desk: etree._Element) -> None:
    for root in (public, desk):
        empty = [svg for svg in root.xpath("//svg[@class='sr-icon']") if not len(svg)]
        dots = root.xpath("//*[contains(@class, 'sr-timeline__dot') and not(contains(@class, '--open')) and not(svg)]")
        assert not empty
        assert not dots
