"""Mail servers of the tests, each with one manner, on a port of this machine."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field


@dataclass
class Spoken:
    """A server that answers by the first word of a line; what it was sent is kept."""

    answers: dict[str, str] = field(default_factory=dict)
    silent: bool = False
    port: int = 0
    lines: list[str] = field(default_factory=list)

    def answer(self, line: str) -> str:
        word = line.split(":")[0].split(" ")[0].upper()
        usual = {"EHLO": "250-here\r\n250 AUTH PLAIN LOGIN", "DATA": "354 go on", "QUIT": "221 bye"}
        return self.answers.get(word, usual.get(word, "250 fine"))

    def talk(self, connection: socket.socket) -> None:
        with suppress(OSError), connection:
            if self.silent:
                connection.recv(1)
                return
            connection.sendall(b"220 here\r\n")
            in_data = False
            for raw in connection.makefile("rb"):
                line = raw.decode(errors="replace").rstrip("\r\n")
                self.lines.append(line)
                if in_data and line != ".":
                    continue
                in_data = line.upper() == "DATA"
                connection.sendall(self.answer(line).encode() + b"\r\n")


@contextmanager
def serving(server: Spoken) -> Iterator[Spoken]:
    """Listen until the block ends."""
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        listening.listen()
        server.port = listening.getsockname()[1]
        open_ones: list[socket.socket] = []

        def accept() -> None:
            with suppress(OSError):
                while True:
                    connection, _address = listening.accept()
                    open_ones.append(connection)
                    threading.Thread(target=server.talk, args=(connection,), daemon=True).start()

        threading.Thread(target=accept, daemon=True).start()
        try:
            yield server
        finally:
            for one in (listening, *open_ones):  # a thread that waits in accept would keep the port
                with suppress(OSError):
                    one.shutdown(socket.SHUT_RDWR)
