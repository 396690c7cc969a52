"""Bytes to a letter: encodings told wrongly, broken headers, nested parts, what must not be taken for words."""

import base64
import time

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from portal.feedback.mail_in.reading import Trouble, read
from portal.feedback.mail_in.reading.charsets import decode
from portal.feedback.mail_in.reading.headers import text_of
from portal.feedback.mail_in.reading.letter import Machine
from portal.feedback.mail_in.reading.texts import of_html, unflowed
from tests.feedback.mail_in.letters import TEXT_HEAD, THAI, attached, auto_reply, bounce, multipart, raw

WORD = "ขอความช่วยเหลือเรื่องน้ำท่วม"


@pytest.mark.parametrize(
    ("codec", "declared"),
    [
        ("cp874", "tis-620"),
        ("cp874", "windows-874"),
        ("cp874", "ISO-8859-11"),
        ("cp874", "us-ascii"),
        ("cp874", "iso-8859-1"),
        ("cp874", ""),
        ("cp874", "x-no-such-thing"),
        ("utf-8", "tis-620"),
        ("utf-8", "us-ascii"),
        ("utf-8", ""),
        ("utf-8-sig", "utf-8"),
        ("utf-16", "utf-16"),
        ("utf-16-le", ""),
        ("utf-16-be", "utf-8"),
        ("utf-7", "utf-7"),
    ],
)
def test_thai_is_read_whatever_is_declared(codec: str, declared: str) -> None:
    text = f"{WORD} 123 and some English"
    assert decode(text.encode(codec), declared).text == text
    assert decode(text.encode(codec), declared).certain


@pytest.mark.parametrize(
    ("text", "codec"),
    [("日本語のメール", "iso2022_jp"), ("été à Paris", "cp1252"), ("한국어", "euc_kr"), ("中文", "gb18030"), ("Привет", "koi8_r")],
)
def test_other_encodings_are_believed_where_the_bytes_do_not_speak_against_them(text: str, codec: str) -> None:
    declared = {"iso2022_jp": "iso-2022-jp", "cp1252": "windows-1252", "euc_kr": "euc-kr", "gb18030": "gb2312", "koi8_r": "koi8-r"}[codec]
    assert decode(text.encode(codec), declared).text == text


def test_what_cannot_be_told_is_no_certain_text() -> None:
    assert not decode(bytes(range(128, 256)) * 3, "utf-8").certain
    assert not decode(b"\x81\xff\x81 \x8d x", "").certain


@given(
    st.binary(max_size=300),
    st.sampled_from(["", "utf-8", "tis-620", "utf-7", "utf-16", "iso-2022-jp", "gb2312", "punycode", "zip", "\x00"]),
)
@settings(max_examples=60)
def test_any_bytes_become_text_that_a_database_takes(data: bytes, declared: str) -> None:
    decode(data, declared).text.encode("utf-8")


def test_encoded_words_are_put_together_before_they_are_decoded() -> None:
    whole = WORD.encode()
    halves = [base64.b64encode(part).decode() for part in (whole[:7], whole[7:])]  # a Thai letter is torn in two
    assert text_of(f"=?UTF-8?B?{halves[0]}?= \n =?utf-8?B?{halves[1]}?=") == WORD
    quoted = "".join(f"={byte:02X}" for byte in WORD.encode("cp874"))
    assert text_of(f"Re: =?TIS-620?Q?{quoted}?=") == f"Re: {WORD}"
    assert text_of(WORD.encode("cp874").decode("ascii", "surrogateescape")) == WORD
    for broken in ("=?UTF-8?B?!!!?=", "=?nonsense?Q?a=ZZ?=", "=?UTF-8?B?4Lij", "=?utf-8?q??=", "=??b?YQ==?="):
        text_of(broken).encode()


def test_ten_encodings_in_one_message() -> None:
    codecs = ("utf-8", "tis-620", "windows-874", "utf-16", "iso-8859-11", "us-ascii", "iso-2022-jp", "koi8-r", "gb2312", "utf-7")
    words = [WORD, WORD, WORD, WORD, WORD, "plain", "日本", "мир", "中文", WORD]
    python = {"tis-620": "cp874", "windows-874": "cp874", "iso-8859-11": "cp874", "gb2312": "gb18030"}
    parts = [
        (
            f"Content-Type: text/plain; charset={codec}\r\nContent-Transfer-Encoding: base64",
            base64.encodebytes(word.encode(python.get(codec, codec))),
        )
        for codec, word in zip(codecs, words, strict=True)
    ]
    assert read(multipart(*parts)).text.split("\n\n") == words


def test_a_plain_letter() -> None:
    letter = read(
        raw(THAI.encode("cp874"), "windows-874", Subject="=?tis-620?B?" + base64.b64encode("ไฟดับ".encode("cp874")).decode() + "?=")
    )
    assert (letter.subject, letter.sender, letter.text, letter.recipients) == ("ไฟดับ", "malee@example.org", THAI, ("inbox@meknoi.example",))
    assert (letter.trouble, letter.machine, letter.report, letter.to_many) == (None, Machine.NONE, None, False)


@pytest.mark.parametrize("sender", ["", "nobody", "a@b.example, c@d.example", "<>", "=?utf-8?q?", "a@b@c@", "@", '"' * 3000])
def test_a_sender_that_is_none_or_several_is_nobody(sender: str) -> None:
    assert read(raw(From=sender)).sender in ("", "a@b@c@")


def test_html_alone_becomes_text() -> None:
    page = (
        "<html><head><title>x</title><style>p{}</style></head><body><p>เรียน&nbsp;ท่าน</p><div>ไฟ<b>ดับ</b><br>สามคืน</div><ul><li>หนึ่ง<li>สอง</ul>"
        '<a href="https://example.org/a">ดูที่นี่</a><img src="https://tracker.example/1.gif"><script>alert(1)</script>'
        "<blockquote>เดิม<p>สอง</p></blockquote><!-- no --></body>"
    )
    text = read(raw(page, kind="text/html")).text
    assert text == "เรียน ท่าน\n\nไฟดับ\nสามคืน\n- หนึ่ง\n- สอง\nดูที่นี่ (https://example.org/a)\n> เดิม\n> สอง"
    assert of_html("") == ""
    assert of_html("<" * 5000) is not None
    assert isinstance(of_html("<div>" * 3000 + "deep"), str)


def test_the_plain_version_is_taken_and_the_files_of_the_other_kept() -> None:
    related = b"Content-Type: text/html\r\n\r\n<p>rich</p>\r\n--i\r\nContent-Type: image/png; name=photo.png\r\n\r\n" + b"x" * 30_000
    letter = read(
        multipart(
            (TEXT_HEAD, "ธรรมดา".encode()),
            ("Content-Type: multipart/related; boundary=i", b"--i\r\n" + related + b"\r\n--i--"),
            kind="alternative",
        )
    )
    assert letter.text == "ธรรมดา"
    assert [one.name for one in letter.attachments] == ["photo.png"]
    blank = multipart((TEXT_HEAD, b" \r\n"), ("Content-Type: text/html; charset=utf-8", "<p>มีคำ</p>".encode()), kind="alternative")
    assert read(blank).text == "มีคำ"


def test_flowed_lines_are_joined() -> None:
    assert unflowed("one \ntwo\n> a \n> b\nend\n-- \nname") == "one two\n> a b\nend\n--\nname"
    assert unflowed("one \ntwo", delsp=True) == "onetwo"
    assert read(raw("ยาว \r\nต่อ", kind="text/plain; format=flowed")).text == "ยาว ต่อ"


def test_a_forwarded_message_stands_below_under_its_subject() -> None:
    inner = raw("ข้อความเดิม", Subject="เรื่องเดิม")
    letter = read(multipart((TEXT_HEAD, "ส่งต่อค่ะ".encode()), ("Content-Type: message/rfc822", inner)))
    assert letter.text == "ส่งต่อค่ะ\n\n---------- เรื่องเดิม ----------\n\nข้อความเดิม"


def test_what_belongs_to_the_layout_is_left_out_by_name() -> None:
    letter = read(
        multipart(
            (TEXT_HEAD, b"hi"),
            attached("logo.png", b"x" * 500, disposition="inline"),
            attached("big.png", b"x" * 30_000, disposition="inline"),
            attached("smime.p7s", b"x", "application/pkcs7-signature"),
            attached("invite.ics", b"x", "text/calendar"),
            attached("รูป.exe", b"MZ", "application/octet-stream"),
        )
    )
    assert [one.name for one in letter.left_out] == ["logo.png", "smime.p7s", "invite.ics"]
    assert [one.name for one in letter.attachments] == ["big.png", "รูป.exe"]


@pytest.mark.parametrize(
    ("message", "trouble"),
    [
        (multipart((TEXT_HEAD, b"x"), attached("winmail.dat", b"x", "application/ms-tnef")), Trouble.TNEF),
        (multipart((TEXT_HEAD, b"x"), attached("WINMAIL.DAT", b"x", "application/octet-stream")), Trouble.TNEF),
        (multipart(("Content-Type: application/pgp-encrypted", b"Version: 1"), kind="encrypted"), Trouble.ENCRYPTED),
        (raw("x", kind="application/pkcs7-mime; smime-type=enveloped-data"), Trouble.ENCRYPTED),
        (raw("-----BEGIN PGP MESSAGE-----\nabc"), Trouble.ENCRYPTED),
        (raw(bytes(range(128, 256)) * 5, "utf-8"), Trouble.UNREADABLE),
        (multipart(*[(TEXT_HEAD, b"Content-Type: multipart/mixed; boundary=x")] * 70), Trouble.TOO_COMPLEX),
        (multipart(*[(TEXT_HEAD, b"x")] * 300), Trouble.TOO_COMPLEX),
    ],
)
def test_what_a_machine_should_not_judge(message: bytes, trouble: Trouble) -> None:
    letter = read(message)
    assert letter.trouble is trouble
    assert letter.subject == "ไฟดับ"


def test_a_signed_letter_is_read() -> None:
    letter = read(multipart((TEXT_HEAD, "ลงนาม".encode()), attached("s.asc", b"x", "application/pgp-signature"), kind="signed"))
    assert (letter.text, letter.trouble) == ("ลงนาม", None)


def test_machines_say_so() -> None:
    assert read(auto_reply(1)).machine is Machine.ANSWERS
    assert read(raw(X_Autoreply="yes")).machine is Machine.ANSWERS
    assert read(raw(Precedence="auto_reply")).machine is Machine.ANSWERS
    assert read(raw(Auto_Submitted="auto-generated")).machine is Machine.SENDS
    assert read(raw(X_Auto_Response_Suppress="All")).machine is Machine.SENDS
    assert read(raw(Auto_Submitted="no")).machine is Machine.NONE
    assert read(raw(List_Id="<l.example>")).to_many
    assert read(raw(Precedence="bulk")).to_many
    assert read(raw(Return_Path="<>")).no_return_path
    assert not read(raw(Return_Path="<a@b.example>")).no_return_path


def test_a_bounce_names_our_mail() -> None:
    token = "abcdefghijklmnopqrstuvwxyz"
    report = read(bounce(f"Message-ID: <1.2.case-event-5.t-{token}@agency.example>".encode())).report
    assert report is not None
    assert report.failed
    assert report.tokens == (token,)
    assert not read(bounce(b"", 1, "4.2.2", "delayed")).report.failed
    old = read(raw("could not deliver", From="MAILER-DAEMON@mx.example.org", Return_Path="<>"))
    assert old.report is not None
    assert old.report.failed
    assert read(raw(From="postmaster@example.org")).report is None


@given(st.binary(max_size=400))
@example(b"Content-Type: multipart/mixed; boundary=\r\n\r\n--\r\n\r\n--")
@example(b"Content-Type: text/plain; charset*=x''%\r\n\r\nx")
@example(b"From: =?utf-8?b?=FF?= <\xff@\xfe>\r\nDate: 99 Foo -1\r\n\r\n\xff")
@example(b"Content-Type: message/rfc822\r\nContent-Transfer-Encoding: base64\r\n\r\n\xff\xff")
@example(b'Content-Disposition: attachment; filename*0*=x; filename*1="\xe0\r\nContent-Type: image/png\r\n\r\nx')
@example(b"Content-Type: text/plain\r\nContent-Transfer-Encoding: x-uuencode\r\n\r\nbegin 666\r\nM")
@settings(max_examples=80)
def test_nothing_in_a_message_raises(tail: bytes) -> None:
    for message in (tail, b"From: a@b.example\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n" + tail + b"\r\n--b--"):
        letter = read(message)
        for text in (letter.subject, letter.text, letter.sender, letter.message_id, letter.written_at):
            assert isinstance(text, str)


def test_made_to_cost_time_it_costs_little() -> None:
    nested = b"Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n" * 3000
    began = time.process_time()
    flowed = raw("a \n" * 500_000, kind="text/plain; format=flowed")
    one_line = raw("<b>a</b> " * 200_000, kind="text/html")
    quoted = raw("<blockquote>" * 200 + "a<br>" * 300_000, kind="text/html")
    parameters = multipart((f"Content-Type: image/png{';a=b' * 500_000}", b"x"))
    words = b"Subject: " + b"=?utf-8?q?a?= " * 50_000
    for message in (nested, words, b"x" * 2_000_000, b"From: " + b"(" * 100_000 + b"\r\n\r\nx", flowed, one_line, quoted, parameters):
        read(message)
    assert time.process_time() - began < 15  # of CPU; what is quadratic takes minutes
