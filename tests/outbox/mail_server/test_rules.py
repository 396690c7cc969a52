"""What may be entered as a mail server, and what of it reaches the address that mails leave by."""

from ipaddress import ip_address
from urllib.parse import urlsplit

import pytest

from portal.kernel.errors import Invalid
from portal.outbox.mail import sender_of
from portal.outbox.mail_server.rules import MailServer, Security, checked, refused_address

GOOD = {
    "host": "Smtp.Agency.go.th",
    "port": "๕๘๗",
    "security": "starttls",
    "user": "portal@agency.go.th",
    "password": "p@ss:w/rd ก",
    "sender": "no-reply@agency.go.th",
}


def test_a_usual_server_is_taken_and_thai_digits_too() -> None:
    server = checked(GOOD)
    assert (server.host, server.port, server.security) == ("smtp.agency.go.th", 587, Security.STARTTLS)


def test_its_address_says_the_same_whatever_the_password_holds() -> None:
    parts = urlsplit(checked(GOOD).url)
    assert (parts.scheme, parts.hostname, parts.port) == ("smtp+starttls", "smtp.agency.go.th", 587)
    assert sender_of(checked(GOOD).url) == "no-reply@agency.go.th"
    assert urlsplit(checked({**GOOD, "host": "2001:db8::25"}).url).hostname == "2001:db8::25"


@pytest.mark.parametrize(
    ("field", "text"),
    [
        ("host", ""),
        ("host", "file:///etc/passwd"),
        ("host", "http://smtp.agency.go.th"),
        ("host", "smtp.agency.go.th/path"),
        ("host", "user@smtp.agency.go.th"),
        ("host", "smtp..go.th"),
        ("host", "1234"),
        ("host", "999.1.2.3"),
        ("host", "169.254.169.254"),
        ("host", "::ffff:169.254.169.254"),
        ("host", "0.0.0.0"),
        ("host", "224.0.0.1"),
        ("host", "h" * 254),
        ("host", "เมล.ไทย"),
        ("port", ""),
        ("port", "22"),
        ("port", "0"),
        ("port", "65536"),
        ("port", "587.0"),
        ("security", "file"),
        ("sender", "no-reply"),
        ("sender", "no-reply@agency.go.th\r\nBcc: everybody@example.org"),
        ("sender", "ส่วนร่วม <no-reply@agency.go.th>"),
        ("user", "portal\nAUTH"),
        ("password", "p" * 201),
    ],
)
def test_what_is_refused_names_its_field(field: str, text: str) -> None:
    with pytest.raises(Invalid) as refused:
        checked({**GOOD, field: text})
    assert set(refused.value.fields) == {field}


def test_a_password_never_travels_openly_but_inside_this_machine() -> None:
    with pytest.raises(Invalid) as refused:
        checked({**GOOD, "security": "none"})
    assert set(refused.value.fields) == {"security"}
    assert checked({**GOOD, "security": "none", "host": "localhost", "port": "25"}).is_local
    assert checked({**GOOD, "security": "none", "user": "", "password": "", "port": "25"}).user == ""


@pytest.mark.parametrize("address", ["10.0.0.5", "192.168.1.4", "127.0.0.1", "203.150.7.7", "fd00::25"])
def test_servers_inside_the_office_are_allowed(address: str) -> None:
    assert not refused_address(ip_address(address))


def test_the_password_is_not_shown_where_the_server_is_printed() -> None:
    assert "secret" not in repr(MailServer("h", 25, Security.TLS, "u", "secret"))
