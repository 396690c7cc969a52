"""Messages for tests, built in code."""

import base64

THAI = "ไฟทางหน้าโรงเรียนดับสามคืนแล้ว ขอให้ช่วยดูด้วย"


def raw(body: bytes | str = THAI, charset: str = "utf-8", kind: str = "text/plain", **headers: str) -> bytes:
    """A message of one part as bytes; ``From_``-like names become header names, ``_`` a dash."""
    heads = {"From": "Malee <malee@example.org>", "To": "inbox@meknoi.example", "Subject": "ไฟดับ", "Message-ID": "<1@example.org>"}
    heads |= {name.replace("_", "-"): value for name, value in headers.items()}
    heads |= {"Content-Type": f"{kind}; charset={charset}", "Content-Transfer-Encoding": "8bit"}
    lines = [f"{name}: {value}".encode() for name, value in heads.items() if value]
    return b"\r\n".join(lines) + b"\r\n\r\n" + (body if isinstance(body, bytes) else body.encode(charset))


def multipart(*parts: tuple[str, bytes], kind: str = "mixed", boundary: str = "b", **headers: str) -> bytes:
    """A message of several parts: header lines and content of each."""
    body = b"".join(f"--{boundary}\r\n{head}\r\n\r\n".encode() + content + b"\r\n" for head, content in parts) + f"--{boundary}--".encode()
    heads = {"From": "malee@example.org", "To": "inbox@meknoi.example", "Subject": "ไฟดับ", "Message-ID": "<2@example.org>"}
    heads |= {name.replace("_", "-"): value for name, value in headers.items()}
    lines = [f"{name}: {value}".encode() for name, value in heads.items()]
    return b"\r\n".join([*lines, f"Content-Type: multipart/{kind}; boundary={boundary}".encode()]) + b"\r\n\r\n" + body


def attached(name: str, data: bytes, kind: str = "image/png", disposition: str = "attachment") -> tuple[str, bytes]:
    """A file as a part."""
    head = f'Content-Type: {kind}\r\nContent-Disposition: {disposition}; filename="{name}"\r\nContent-Transfer-Encoding: base64'
    return head, base64.encodebytes(data)


TEXT_HEAD = "Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 8bit"


def auto_reply(number: int, **headers: str) -> bytes:
    """What a mail program answers while somebody is away."""
    heads = {"Auto-Submitted": "auto-replied", "Message-ID": f"<auto-{number}@example.org>", "Subject": "Automatic reply: ไฟดับ", **headers}
    return raw("I am away until Monday", **heads)


def bounce(about: bytes, number: int = 1, status: str = "5.1.1", action: str = "failed") -> bytes:
    """A delivery report in the form of RFC 3464, with the head of the mail that did not arrive."""
    status_part = (
        f"Reporting-MTA: dns; mx.example.org\r\n\r\nFinal-Recipient: rfc822; malee@example.org\r\nAction: {action}\r\nStatus: {status}"
    )
    return multipart(
        (TEXT_HEAD, b"This is the mail system. I could not deliver your message"),
        ("Content-Type: message/delivery-status", status_part.encode()),
        ("Content-Type: text/rfc822-headers", about),
        kind="report; report-type=delivery-status",
        From="MAILER-DAEMON@mx.example.org", Return_Path="<>", Message_ID=f"<bounce-{number}@mx.example.org>",
    )  # fmt: skip


def reply(to: str, answers_to: str = "", text: str = "ดับที่เสาต้นที่สามค่ะ", number: int = 1, **headers: str) -> bytes:
    """A person answers; ``to`` with or without a token."""
    return raw(
        text, To=to, Subject="Re: OPDC-2570-000001", **{"In-Reply-To": answers_to, "Message-ID": f"<r{number}@example.org>", **headers}
    )
