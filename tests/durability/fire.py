"""The processes under fire: the web server and the job worker, each kept running as ``portal serve`` does, each killed at random."""

import os
import random
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from portal.serving import web_command, worker_command
from tests.bench.servers import family, free_port, wait_until_ready

MEND_SECONDS = 0.05


@dataclass
class Kept:
    """A process that is started again when it dies; ``groups`` are those of all its lives, for whatever outlives it."""

    command: list[str]
    environment: Mapping[str, str]
    log: Path
    process: subprocess.Popen[bytes] | None = None
    groups: list[int] = field(default_factory=list)

    def mend(self) -> None:
        """Start it if it does not run."""
        if self.process is None or self.process.poll() is not None:
            with self.log.open("ab") as log:
                self.process = subprocess.Popen(self.command, env=self.environment, start_new_session=True, stderr=log)
            self.groups.append(self.process.pid)

    def alive(self) -> list[int]:
        """Ids of the process and of all it started."""
        return family(self.process.pid) if self.process and self.process.poll() is None else []

    def end(self) -> None:
        """Kill every life of it."""
        for group in self.groups:
            try:
                os.killpg(group, signal.SIGKILL)
            except ProcessLookupError:
                continue
        if self.process:
            self.process.wait()


class Portal:
    """The portal on a free port, with a thread that keeps its processes running."""

    def __init__(self, environment: Mapping[str, str], log: Path, seed: int = 2550) -> None:
        self.port = free_port()
        whole = {**os.environ, **environment, "PYTHONWARNINGS": "ignore"}
        self.web = Kept(web_command("127.0.0.1", self.port, 2, 8, "tests.durability.wsgi:create_app"), whole, log)
        self.worker = Kept(worker_command(), whole, log)
        self.kills: list[str] = []
        self._rng = random.Random(seed)
        self._over = threading.Event()
        self._mender = threading.Thread(target=self._mend, daemon=True)

    def __enter__(self) -> "Portal":
        self.web.mend()
        self.worker.mend()
        assert self.web.process
        wait_until_ready(self.port, "/readyz", self.web.process)
        self._mender.start()
        return self

    def __exit__(self, *_: object) -> None:
        """The end is sudden too: nothing gets a chance to tidy up."""
        self._over.set()
        self._mender.join()
        for kept in (self.web, self.worker):
            kept.end()

    def kill_one(self) -> None:
        """SIGKILL one of all processes: Granian's own, one of its workers, or the job worker; another if that one has just died."""
        killed = False
        while not killed:
            web, jobs = self.web.alive(), self.worker.alive()
            if alive := [*web, *jobs]:
                victim = self._rng.choice(alive)
                killed = self.kill(victim, "jobs" if victim in jobs else "server" if victim == web[0] else "web")
            if not killed:
                time.sleep(MEND_SECONDS)

    def kill_web(self) -> None:
        """SIGKILL everything that answers."""
        for victim in self.web.alive():
            self.kill(victim, "web")

    def kill(self, victim: int, name: str) -> bool:
        """SIGKILL one process; False if it has died just now."""
        try:
            os.kill(victim, signal.SIGKILL)
        except ProcessLookupError:
            return False
        self.kills.append(name)
        return True

    def _mend(self) -> None:
        while not self._over.wait(MEND_SECONDS):
            for kept in (self.web, self.worker):
                kept.mend()


def say(text: str) -> None:
    """Progress for who runs the test by hand with ``-s``."""
    print(f"{time.strftime('%H:%M:%S')} {text}", file=sys.stderr, flush=True)
