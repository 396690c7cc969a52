"""The load: processes that each drive a few kept-alive connections, with as little work for a request as Python allows.

Two cores are shared with the server, so what the generator spends is taken from both sides; it was measured at a fifth of the bare
server's own time.
"""

import itertools
import multiprocessing
import select
import socket
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from time import perf_counter

RECEIVE = 262_144
HEAD_END = b"\r\n\r\n"
LENGTH = b"content-length:"
TIMEOUT = 20.0


@dataclass(frozen=True)
class Load:
    """``requests`` are whole HTTP requests as bytes, sent again and again, or each once if ``once`` (then they may run out)."""

    port: int
    requests: Sequence[bytes]
    seconds: float
    connections: int = 16
    once: bool = False


@dataclass
class Outcome:
    """Latencies in seconds, how often each status came, and the time it took."""

    latencies: list[float] = field(default_factory=list)
    statuses: Counter[int] = field(default_factory=Counter)
    seconds: float = 0.0


class Client:
    """One connection that always has one request under way."""

    def __init__(self, port: int) -> None:
        self.socket = socket.create_connection(("127.0.0.1", port), timeout=TIMEOUT)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._buffer = b""
        self._needed = -1
        self.started = 0.0

    def send(self, request: bytes) -> None:
        """Begin."""
        self._buffer, self._needed, self.started = b"", -1, perf_counter()
        self.socket.sendall(request)

    def receive(self) -> int:
        """The status once the answer is complete, else 0; -1 if the connection was closed."""
        data = self.socket.recv(RECEIVE)
        if not data:
            return -1
        self._buffer = self._buffer + data if self._buffer else data
        if self._needed < 0:
            head = self._buffer.find(HEAD_END)
            if head < 0:
                return 0
            self._needed = head + len(HEAD_END) + content_length(self._buffer[:head])
        return int(self._buffer[9:12]) if len(self._buffer) >= self._needed else 0


def content_length(head: bytes) -> int:
    """Bytes of the body; 0 if the head says nothing."""
    lower = head.lower()
    start = lower.find(LENGTH)
    return int(lower[start + len(LENGTH) :].split(b"\r\n", 1)[0]) if start >= 0 else 0


def drive(load: Load) -> Outcome:
    """Keep all connections busy for the given time, or until the requests run out."""
    outcome, requests = Outcome(), iter(load.requests) if load.once else itertools.cycle(load.requests)
    poll, clients = select.epoll(), {}
    begin = perf_counter()
    deadline = begin + load.seconds
    for client in (Client(load.port) for _ in range(load.connections)):
        clients[client.socket.fileno()] = client
        poll.register(client.socket.fileno(), select.EPOLLIN)
        _next(client, requests, poll, clients)
    while clients and perf_counter() < deadline + TIMEOUT:
        for descriptor, _event in poll.poll(TIMEOUT):
            client = clients[descriptor]
            status = client.receive()
            if not status:
                continue
            finished = perf_counter()
            outcome.statuses[status] += 1
            outcome.latencies.append(finished - client.started)
            if status < 0 or finished >= deadline:
                del clients[descriptor]
                poll.unregister(descriptor)
            else:
                _next(client, requests, poll, clients)
    outcome.seconds = perf_counter() - begin
    return outcome


def _next(client: Client, requests: Iterator[bytes], poll: select.epoll, clients: dict[int, Client]) -> None:
    request = next(requests, None)
    if request is not None:
        client.send(request)
    else:
        del clients[client.socket.fileno()]
        poll.unregister(client.socket.fileno())


def run(load: Load, processes: int = 2) -> Outcome:
    """The load spread over processes; latencies and statuses together, the time of the slowest."""
    share = [
        Load(load.port, load.requests[place::processes] or load.requests, load.seconds, max(1, load.connections // processes), load.once)
        for place in range(processes)
    ]
    with multiprocessing.get_context("fork").Pool(processes) as pool:
        outcomes = pool.map(drive, share, chunksize=1)
    together = Outcome(seconds=max(outcome.seconds for outcome in outcomes))
    for outcome in outcomes:
        together.latencies.extend(outcome.latencies)
        together.statuses.update(outcome.statuses)
    return together
