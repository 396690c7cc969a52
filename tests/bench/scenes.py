"""What is measured, and what it is compared with."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from tests.bench import visitor
from tests.bench.servers import Server

Requests = Callable[[], Sequence[bytes]]
OFFICER = "officer@demo.example"
MOST_SUBMISSIONS = 4_000


@dataclass(frozen=True)
class Side:
    """A server and the requests it is sent; ``once`` if none may be sent twice."""

    server: Server
    requests: Requests
    status: int
    once: bool = False


@dataclass(frozen=True)
class Aim:
    """What is hoped for: at least ``least`` times the other side's requests, or at most ``most`` times its 95th percentile."""

    least: float | None = None
    most: float | None = None


@dataclass(frozen=True)
class Scene:
    """Two sides that are measured in turns. ``pages`` are put before the bare server under the scene's name."""

    name: str
    real: Side
    other: Side
    other_name: str = "bare"
    aim: Aim | None = None
    connections: int = 16


@dataclass(frozen=True)
class Page:
    """A page that is compared with its bytes given by the bare server."""

    name: str
    request: bytes
    content: bytes
    aim: Aim | None = None


def pages(portal: Server) -> list[Page]:
    """The pages of the portal that are read most, and those of one case."""
    code = visitor.hand_in(portal.port)
    cookie = visitor.track(portal.port, code)
    found = [
        _page(portal, "published page", visitor.first_disclosure(portal.port), aim=Aim(least=0.7)),
        _page(portal, "home", "/"),
        _page(portal, "tracking page", "/feedback/case", cookie),
    ]
    lookup = visitor.lookup_post(code)
    answer = visitor.ask(
        portal.port, "POST", "/api/v1/receipts/lookup", lookup.split(b"\r\n\r\n", 1)[1], {"Content-Type": "application/json"}
    )
    return [*found, Page("tracking, API", lookup, visitor.expect(200, answer).body)]


def _page(portal: Server, name: str, path: str, cookie: str = "", aim: Aim | None = None) -> Page:
    headers = {"Cookie": cookie} if cookie else {}
    content = visitor.expect(200, visitor.ask(portal.port, "GET", path, headers=headers)).body
    return Page(name, visitor.get_request(path, cookie), content, aim)


def reading(page: Page, portal: Server, bare: Server) -> Scene:
    """The page against its bytes."""
    plain = visitor.get_request(f"/{slug(page.name)}")
    return Scene(page.name, Side(portal, lambda: [page.request], 200), Side(bare, lambda: [plain], 200), aim=page.aim)


def writing(portal: Server, bare: Server) -> list[Scene]:
    """Submissions through both doors against a durable row of the same size."""
    form, api = visitor.form_post(), visitor.api_post()
    return [
        Scene(
            "submission, form",
            Side(portal, partial(_many, visitor.form_post), 303, once=True),
            Side(bare, lambda: [_bare_post(form)], 201),
            aim=Aim(least=0.4),
        ),
        Scene(
            "submission, API",
            Side(portal, partial(_many, visitor.api_post), 201, once=True),
            Side(bare, lambda: [_bare_post(api)], 201),
            aim=Aim(least=0.4),
        ),
    ]


def queue(small: Server, large: Server, name: str) -> Scene:
    """The officers' queue at many cases against the same at few."""
    cookies = {server.port: visitor.sign_in(server.port, OFFICER) for server in (small, large)}
    sides = [Side(server, partial(_queue_page, cookies[server.port]), 200) for server in (large, small)]
    return Scene(name, sides[0], sides[1], other_name="at 1,000", aim=Aim(most=1.5), connections=2)


def slug(name: str) -> str:
    """The name as a path."""
    return "".join(letter if letter.isalnum() else "-" for letter in name)


def _queue_page(cookie: str) -> list[bytes]:
    return [visitor.get_request("/desk?filter=open", cookie)]


def _many(make: Callable[[], bytes]) -> list[bytes]:
    return [make() for _ in range(MOST_SUBMISSIONS)]


def _bare_post(request: bytes) -> bytes:
    return visitor.post_request("/", "application/octet-stream", request.split(b"\r\n\r\n", 1)[1])
