"""Single requests that make the measured ones possible: fetching pages, signing in, handing in, building requests as bytes."""

import http.client
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode
from uuid import uuid4

from portal.demo.people import PASSWORD
from portal.feedback import tokens
from tests.bench.data import SECRET

WORDS = "ไฟทางหน้าโรงเรียนดับสามต้นติดกันมาหนึ่งสัปดาห์แล้ว ตอนค่ำมืดมาก คนเดินกลับบ้านมองไม่เห็นทาง ขอให้มาดูให้ด้วย " * 4
FIELDS = {
    "agency": "meknoi",
    "kind": "grievance",
    "subject": "ไฟทางดับสามต้นหน้าโรงเรียน",
    "body": WORDS.strip(),
    "anonymity": "named",
    "name": "นางสาวทดสอบ สมมติวัด",
    "email": "measured@example.org",
    "phone": "081-000-0000",
    "answer_by": "email",
    "place": "หน้าโรงเรียนบ้านร่มเมฆ",
}


@dataclass(frozen=True)
class Answer:
    """What came back."""

    status: int
    body: bytes
    cookies: str


def ask(port: int, method: str, path: str, body: bytes = b"", headers: Mapping[str, str] | None = None) -> Answer:
    """One request on a connection of its own."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    connection.request(method, path, body or None, dict(headers or {}))
    response = connection.getresponse()
    cookies = "; ".join(cookie.split(";", 1)[0] for cookie in response.headers.get_all("Set-Cookie") or ())
    answer = Answer(response.status, response.read(), cookies)
    connection.close()
    return answer


def expect(status: int, answer: Answer) -> Answer:
    """The answer; raises ``RuntimeError`` if it has another status, because then something else would be measured."""
    if answer.status != status:
        raise RuntimeError(f"expected {status}, got {answer.status}: {answer.body[:300]!r}")
    return answer


def sign_in(port: int, email: str) -> str:
    """The cookie of a signed-in officer."""
    form = urlencode({"email": email, "password": PASSWORD}).encode()
    headers = {"Content-Type": "application/x-www-form-urlencoded"}
    return expect(303, ask(port, "POST", "/sign-in", form, headers)).cookies


def hand_in(port: int) -> str:
    """Send a submission; returns its receipt code."""
    answer = ask(port, "POST", "/api/v1/submissions", api_body(), {"Content-Type": "application/json", "Idempotency-Key": uuid4().hex})
    code: str = json.loads(expect(201, answer).body)["receipt"]
    return code


def track(port: int, code: str) -> str:
    """The cookie that opens the case."""
    headers = {"Content-Type": "application/x-www-form-urlencoded"}
    return expect(303, ask(port, "POST", "/feedback/track", urlencode({"code": code}).encode(), headers)).cookies


def first_disclosure(port: int) -> str:
    """Address of a published page."""
    page = expect(200, ask(port, "GET", "/disclosures")).body.decode()
    found = re.findall(r'href="(/disclosures/[a-z0-9-]+)"', page)
    return str(found[0])


def api_body() -> bytes:
    """A submission as JSON."""
    return json.dumps({**FIELDS, "publish_consent": True}, ensure_ascii=False).encode()


def get_request(path: str, cookie: str = "") -> bytes:
    """A GET as it goes over the wire."""
    extra = f"Cookie: {cookie}\r\n" if cookie else ""
    return f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept-Language: th\r\n{extra}\r\n".encode()


def post_request(path: str, content_type: str, body: bytes, extra: Mapping[str, str] | None = None) -> bytes:
    """A POST as it goes over the wire."""
    lines = [f"POST {path} HTTP/1.1", "Host: 127.0.0.1", f"Content-Type: {content_type}", f"Content-Length: {len(body)}"]
    lines += [f"{name}: {value}" for name, value in (extra or {}).items()]
    return "\r\n".join([*lines, "", ""]).encode() + body


def form_post() -> bytes:
    """A filled-in form as a browser sends it, with a token of its own."""
    fields = {**FIELDS, "publish_consent": "y", "form_token": tokens.write(SECRET, tokens.fresh())}
    boundary = uuid4().hex
    parts = "".join(f'--{boundary}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n' for name, value in fields.items())
    return post_request("/feedback/new", f"multipart/form-data; boundary={boundary}", f"{parts}--{boundary}--\r\n".encode())


def api_post() -> bytes:
    """A submission through the API, with a key of its own."""
    return post_request("/api/v1/submissions", "application/json", api_body(), {"Idempotency-Key": uuid4().hex})


def lookup_post(code: str) -> bytes:
    """A look at a case through the API."""
    return post_request("/api/v1/receipts/lookup", "application/json", json.dumps({"receipt": code}).encode())
