"""Through the real process: what the tests of ``images`` and ``pdfs`` show inside holds outside too."""

import subprocess
import sys
import threading
from concurrent.futures import ALL_COMPLETED, ThreadPoolExecutor, wait

import pytest

from portal.files import child, process
from portal.files.cleaning import clean
from portal.files.rules import MEGABYTE, Fault, Kind, Refused
from portal.kernel.errors import Unavailable

from . import makers


def refusal(kind: Kind, data: bytes) -> Fault:
    with pytest.raises(Refused) as refused:
        clean(kind, data)
    return refused.value.fault


def test_a_picture_comes_back_clean() -> None:
    cleaned = clean(Kind.JPEG, makers.everything_hidden("JPEG"))
    assert cleaned.startswith(b"\xff\xd8\xff")
    assert makers.SECRET.encode() not in cleaned


def test_a_document_comes_back_clean() -> None:
    cleaned = clean(Kind.PDF, makers.pdf_with_everything())
    assert cleaned.startswith(b"%PDF-")
    assert b"/JavaScript" not in cleaned


def test_faults_come_back_by_name() -> None:
    assert refusal(Kind.PNG, makers.bomb_png(8000, 8000)) is Fault.PIXELS
    assert refusal(Kind.PDF, b"%PDF-1.7 nothing") is Fault.BROKEN


def test_a_picture_as_large_as_allowed_fits_into_the_memory_allowed() -> None:
    assert clean(Kind.PNG, makers.encoded("PNG", makers.picture((7000, 7000)), compress_level=1))


def test_a_process_that_dies_at_its_limits_is_the_files_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    _run_instead(monkeypatch, "import os, signal; os.kill(os.getpid(), signal.SIGXCPU)")
    assert refusal(Kind.PDF, b"") is Fault.BROKEN


def test_a_process_that_cannot_work_is_our_fault_and_not_the_files(monkeypatch: pytest.MonkeyPatch) -> None:
    _run_instead(monkeypatch, "import no_such_library")
    with pytest.raises(Unavailable):
        clean(Kind.PDF, b"")


def test_a_process_that_takes_too_long_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    _run_instead(monkeypatch, "import time; time.sleep(30)")
    monkeypatch.setattr(process, "PATIENCE", 0.2)
    with pytest.raises(Unavailable):
        clean(Kind.PDF, b"")


def test_the_process_is_told_no_secret(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PORTAL_DATA_KEY", "secret")
    _run_instead(monkeypatch, "import os; print('PORTAL_DATA_KEY' in os.environ)")
    assert clean(Kind.PDF, b"") == b"False\n"


def test_the_process_limits_its_memory_and_writes_no_file(tmp_path: object) -> None:
    attempt = f"""
import resource, sys
from portal.files import child
sys.argv[1:] = ["application/pdf"]
child.sanitize = lambda data: bytes({child.MEMORY + MEGABYTE})
status = child.main()
try:
    open({str(tmp_path)!r} + "/out", "wb", buffering=0).write(b"x"); written = True
except OSError:
    written = False
sys.exit(status if not written else 3)
"""
    done = subprocess.run([sys.executable, "-c", attempt], input=b"", env=process._ENVIRONMENT, check=False)
    assert done.returncode == Fault.BROKEN


def test_slow_files_never_hold_more_threads_than_readers_can_spare(monkeypatch: pytest.MonkeyPatch) -> None:
    go_on = threading.Event()

    def slow(*_command: object, **_options: object) -> "subprocess.CompletedProcess[bytes]":
        assert go_on.wait(20)
        return subprocess.CompletedProcess([], 0, stdout=b"clean")

    monkeypatch.setattr(subprocess, "run", slow)
    monkeypatch.setattr(process, "MOMENT", 0.1)
    with ThreadPoolExecutor(8) as pool:
        attempts = [pool.submit(clean, Kind.PNG, b"x") for _ in range(8)]
        done, inside = wait(attempts, timeout=1, return_when=ALL_COMPLETED)
        go_on.set()
    assert len(inside) == process.AT_ONCE + process.WAITING
    assert all(isinstance(attempt.exception(), Unavailable) for attempt in done)
    assert [attempt.result() for attempt in inside] == [b"clean"] * len(inside)
    assert clean(Kind.PNG, b"x") == b"clean"


def _run_instead(monkeypatch: pytest.MonkeyPatch, code: str) -> None:
    real = subprocess.run
    monkeypatch.setattr(subprocess, "run", lambda command, **options: real([sys.executable, "-c", code], **options))
