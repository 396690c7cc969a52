"""Clients that do what a careful client does: when no answer comes they send the very same thing again, under the same key."""

import hashlib
import http.client
import io
import json
import re
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from random import Random
from uuid import uuid4

from PIL import Image

from portal.feedback import tokens

PATIENCE_SECONDS = 90.0
PAUSE_SECONDS = 0.1
JPEG = b"image/jpeg"
#: Nothing was taken, and the sender was told so. 422 comes for a picture whose cleaning process was killed: it counts as broken.
NOT_TAKEN = (503, 422)
CODE = re.compile(r'id="receipt-code">(.*?)</p>', re.DOTALL)
NUMBER = re.compile(r'id="case-number">(.*?)</dd>', re.DOTALL)


@dataclass(frozen=True)
class Job:
    """One submission to make. ``form`` uses the page's door, else the API; ``picture`` goes with it."""

    place: int
    form: bool
    picture: bytes | None

    @property
    def subject(self) -> str:
        """Unlike any other's."""
        return f"เรื่องทดสอบความคงทน {self.place}"

    @property
    def fields(self) -> dict[str, str]:
        """What is handed in."""
        body = f"ไฟทางดับ {self.place} ต้น\nขอให้มาดูด้วย"
        return {"agency": "opdc", "kind": "grievance", "subject": self.subject, "body": body, "anonymity": "anonymous", "answer_by": "code"}


@dataclass(frozen=True)
class Acknowledged:
    """What the sender was told is stored: code, number, sha256 of the files as sent."""

    job: Job
    code: str
    number: str
    files: Sequence[str] = ()


@dataclass
class Ledger:
    """What all clients were told."""

    told: list[Acknowledged] = field(default_factory=list)
    repeats: int = 0
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def add(self, one: Acknowledged) -> None:
        """Write it down."""
        with self._lock:
            self.told.append(one)

    def repeat(self) -> None:
        """Count a request that had to be sent once more."""
        with self._lock:
            self.repeats += 1


@dataclass(frozen=True)
class Answer:
    """A whole answer."""

    status: int
    body: bytes
    cookie: str


@dataclass(frozen=True)
class Sender:
    """Sends jobs to one portal."""

    port: int
    secret: str
    ledger: Ledger

    def send(self, job: Job) -> None:
        """Until it is acknowledged, and written down."""
        self.ledger.add(self._through_form(job) if job.form else self._through_api(job))

    def _through_api(self, job: Job) -> Acknowledged:
        body = json.dumps(job.fields).encode()
        headers = {"Content-Type": "application/json", "Idempotency-Key": uuid4().hex}
        answer = json.loads(self._until((200, 201), "POST", "/api/v1/submissions", body, headers).body)
        files = []
        if job.picture:
            content, kind = multipart({"receipt": answer["receipt"]}, "file", job.picture)
            self._until((200, 201), "POST", "/api/v1/receipts/files", content, {"Content-Type": kind})
            files.append(hashlib.sha256(job.picture).hexdigest())
        return Acknowledged(job, answer["receipt"], answer["case_number"], files)

    def _through_form(self, job: Job) -> Acknowledged:
        fields = {**job.fields, "form_token": tokens.write(self.secret, tokens.fresh())}
        content, kind = multipart(fields, "files", job.picture)
        sent = self._until((303,), "POST", "/feedback/new", content, {"Content-Type": kind})
        page = self._until((200,), "GET", "/feedback/receipt", b"", {"Cookie": sent.cookie}).body.decode()
        code, number = (re.sub(r"<[^>]*>|\s", "", pattern.findall(page)[0]) for pattern in (CODE, NUMBER))
        return Acknowledged(job, code, number, [hashlib.sha256(job.picture).hexdigest()] if job.picture else [])

    def _until(self, wanted: Sequence[int], method: str, path: str, body: bytes, headers: Mapping[str, str]) -> Answer:
        """Send the same request until one of the wanted answers comes; any other answer than "not taken" is an error."""
        deadline = time.monotonic() + PATIENCE_SECONDS
        while time.monotonic() < deadline:
            try:
                answer = ask(self.port, method, path, body, headers)
            except (OSError, http.client.HTTPException):
                answer = None
            if answer and answer.status in wanted:
                return answer
            if answer and (answer.status not in NOT_TAKEN or (answer.status == 422 and JPEG not in body)):
                raise AssertionError(f"{method} {path}: {answer.status} {visible(answer.body)}")
            self.ledger.repeat()
            time.sleep(PAUSE_SECONDS)
        raise AssertionError(f"{method} {path}: no answer in {PATIENCE_SECONDS} seconds")


def ask(port: int, method: str, path: str, body: bytes, headers: Mapping[str, str]) -> Answer:
    """One request on a connection of its own; an answer that breaks off is an exception."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    try:
        connection.request(method, path, body or None, dict(headers))
        response = connection.getresponse()
        cookie = "; ".join(one.split(";", 1)[0] for one in response.headers.get_all("Set-Cookie") or ())
        return Answer(response.status, response.read(), cookie)
    finally:
        connection.close()


def jobs(count: int, rng: Random, *, with_files: bool = True) -> list[Job]:
    """Two thirds through the API, a third through the form; every tenth with a picture, by either door in turns."""
    made = []
    for place in range(count):
        pictured = with_files and place % 10 == 5
        form = place % 20 == 5 if pictured else rng.random() < 1 / 3
        made.append(Job(place, form and with_files, picture(place) if pictured else None))
    return made


def picture(place: int) -> bytes:
    """A small photograph unlike any other."""
    out = io.BytesIO()
    Image.new("RGB", (48 + place % 50, 32), (place % 256, place // 256 * 40, 120)).save(out, "JPEG")
    return out.getvalue()


def multipart(fields: Mapping[str, str], name: str, content: bytes | None) -> tuple[bytes, str]:
    """A form as a browser sends it, and its content type."""
    boundary = "suanruam-durability"
    parts = [f'--{boundary}\r\nContent-Disposition: form-data; name="{key}"\r\n\r\n{value}\r\n'.encode() for key, value in fields.items()]
    if content:
        head = f'--{boundary}\r\nContent-Disposition: form-data; name="{name}"; filename="p.jpg"\r\nContent-Type: image/jpeg\r\n\r\n'
        parts += [head.encode(), content, b"\r\n"]
    return b"".join([*parts, f"--{boundary}--\r\n".encode()]), f"multipart/form-data; boundary={boundary}"


def send_all(sender: Sender, jobs: Sequence[Job], threads: int, while_sending: Callable[[], None]) -> None:
    """All jobs from several threads, with something done meanwhile; raises what a client met."""
    with ThreadPoolExecutor(threads) as pool:
        waiting = [pool.submit(sender.send, job) for job in jobs]
        while_sending()
        for one in waiting:
            one.result()


def visible(page: bytes) -> str:
    """What a page says, for the message of a failure."""
    text = page.decode(errors="replace").partition("<main")[2] or page.decode(errors="replace")
    return " ".join(re.sub(r"<[^>]*>", " ", text).split())[:600]
