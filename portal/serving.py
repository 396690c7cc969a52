"""``portal serve``: Granian and, on the embedded database, one job worker beside it; both are restarted if they die."""

import contextlib
import os
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from types import FrameType

POLL_SECONDS = 0.5
RESTART_SECONDS = 2
STOP_SECONDS = 15


@dataclass
class Supervised:
    """A child process that should always run."""

    name: str
    command: Sequence[str]
    process: subprocess.Popen[bytes] | None = None
    started: float = 0.0

    def keep_running(self) -> None:
        """Start it, or start it again if it died, but not in a tight loop."""
        if self.process is not None and self.process.poll() is None:
            return
        if time.monotonic() - self.started < RESTART_SECONDS:
            return
        if self.process is not None:
            print(f"{self.name} stopped with status {self.process.returncode}, starting it again", file=sys.stderr, flush=True)
            self._end_what_outlived_it()
        # In a session of its own, so that what a killed server leaves behind can be found.
        self.process, self.started = subprocess.Popen(self.command, start_new_session=True), time.monotonic()  # noqa: S603 - our own commands

    def stop(self) -> None:
        """Ask it to end, then make it."""
        if self.process is None or self.process.poll() is not None:
            return
        self.process.terminate()
        try:
            self.process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        self._end_what_outlived_it()

    def _end_what_outlived_it(self) -> None:
        """Granian's workers outlive a killed parent and would go on answering, with the code of then, beside the new ones."""
        assert self.process is not None
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)


@dataclass
class Supervisor:
    """Runs its children until it is told to stop."""

    children: Sequence[Supervised]
    stopping: bool = field(default=False, init=False)

    def run(self) -> None:
        """Block until SIGTERM, SIGINT or SIGHUP, then stop every child."""
        for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
            signal.signal(number, self._stop)
        try:
            while not self.stopping:
                for child in self.children:
                    child.keep_running()
                time.sleep(POLL_SECONDS)
        finally:
            for child in reversed(self.children):
                child.stop()

    def _stop(self, _number: int, _frame: FrameType | None) -> None:
        self.stopping = True


def web_command(host: str, port: int, workers: int, threads: int, target: str = "portal.served:served_app") -> list[str]:
    """Granian with our settings; the benchmarks use the same ones for the bare limit."""
    return [
        sys.executable, "-m", "granian", "--interface", "wsgi", "--factory", "--host", host, "--port", str(port),
        "--workers", str(workers), "--blocking-threads", str(threads), "--backlog", "1024", "--respawn-failed-workers",
        "--no-ws", "--log-level", "warning", target,
    ]  # fmt: skip


def worker_command() -> list[str]:
    """The job worker."""
    return [sys.executable, "-m", "portal.cli", "worker"]
