"""`make demo`: prepares the demo project, runs web, worker, beat and mailbox, and looks after them.

What it prints and the file `demo.json` are a contract: the log-ins first, then as the last line
`Ready: http://127.0.0.1:PORT`. Ctrl-C and SIGTERM stop everything in order with exit code 0.
"""

from __future__ import annotations

import fcntl
import hashlib
import http.client
import json
import logging
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TypedDict

from cop_platform import embedded, running
from cop_platform.embedded.paths import CHECKOUT
from cop_platform.embedded.processes import death_signal, last_lines
from cop_platform.supervisor import Child, Supervisor

HOST = "127.0.0.1"
# The web server of a demo that was just killed needs a moment to leave its port.
PORT_PATIENCE = 3.0
READY_SECONDS = 90.0
LOOK_SECONDS = 1.0
LOGIN_COLUMNS = ("role", "country", "email", "password")


class Login(TypedDict):
    """One line of the table of log-ins."""

    role: str
    country: str
    email: str
    password: str


class DemoError(Exception):
    """The demo cannot run; the message says why in one sentence."""


def main() -> int:
    """Runs the demo until it is told to stop; gives the exit code."""
    # SIGINT too: a shell starts its background jobs with SIGINT ignored.
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, _interrupt)
    try:
        port = _chosen_port()
        _refuse_busy_port(port)
        with _only_demo_here(port), embedded.serving():
            _run(port)
    except (DemoError, embedded.EmbeddedError) as error:
        print(error, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 0
    return 0


def _run(port: int) -> None:
    os.environ |= {
        "COP_ENV": "demo",
        "COP_DEMO": "1",
        "PORT": str(port),
        "EMAIL_HOST": HOST,
        "EMAIL_PORT": str(_free_port()),
        "STATE_DIR": str(embedded.state_dir()),
    }
    _log_folder().mkdir(parents=True, exist_ok=True)
    _keep_log()
    running.announce()
    supervisor = Supervisor()
    try:
        _prepare()
        for child in _children(port):
            supervisor.start(child)
        _wait_until_ready(port, supervisor)
        _announce(port)
        while True:
            time.sleep(LOOK_SECONDS)
            for name in embedded.revive():
                logging.getLogger(__name__).warning("%s was gone, started it again", name)
            supervisor.look_after()
    finally:
        # From here on a second Ctrl-C must not leave half of it running.
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
        supervisor.stop()
        running.withdraw()


def _prepare() -> None:
    _say("Preparing the database")
    _manage("migrate", "--noinput")
    _collect_static_files()
    _say("Loading the demo project")
    _manage("seed_demo")


def _children(port: int) -> Iterator[Child]:
    """Gives the processes in the order in which they start."""
    celery = ["-m", "celery", "-A", "cop_platform"]
    worker = ["worker", "--prefetch-multiplier", "1", "--loglevel", "info", "--concurrency", "1"]
    long_worker = [*worker, "--queues", "long", "--hostname", "long@%h"]
    draw_worker = [*worker, "--queues", "draw", "--hostname", "draw@%h"]
    schedule = str(embedded.state_dir() / "celerybeat-schedule")
    web = ["-m", "gunicorn", "--workers", "2", "--bind", f"{HOST}:{port}", "--timeout", "60"]
    web += ["--graceful-timeout", "10", "--no-control-socket", "cop_platform.wsgi:application"]
    yield _child("mailbox", ["-m", "cop_platform.mailbox"], stop_seconds=5)
    yield _child("worker", [*celery, *worker, "--queues", "celery"], stop_seconds=20)
    # Reports take minutes; the mails of these minutes must not wait behind them.
    yield _child("long-worker", [*celery, *long_worker], stop_seconds=20)
    yield _child("draw-worker", [*celery, *draw_worker], stop_seconds=20)
    yield _child(
        "beat",
        [*celery, "beat", "--schedule", schedule, "--pidfile", "", "--loglevel", "info"],
        stop_seconds=5,
    )
    yield _child("web", web, stop_seconds=12)


def _child(name: str, arguments: list[str], *, stop_seconds: float) -> Child:
    log = _log_folder() / f"{name}.log"
    return Child(name, [sys.executable, *arguments], log, stop_seconds)


def _wait_until_ready(port: int, supervisor: Supervisor) -> None:
    _say("Starting web server, worker and mailbox")
    give_up = time.monotonic() + READY_SECONDS
    while not _answers_ready(port):
        if time.monotonic() > give_up:
            raise DemoError(
                f"The web server does not get ready:\n{last_lines(_log_folder() / 'web.log', 20)}"
            )
        supervisor.look_after()
        time.sleep(0.2)


def _answers_ready(port: int) -> bool:
    connection = http.client.HTTPConnection(HOST, port, timeout=10)
    try:
        connection.request("GET", "/readyz")
        return connection.getresponse().status == 200
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


def _announce(port: int) -> None:
    url = f"http://{HOST}:{port}"
    logins: list[Login] = json.loads((embedded.state_dir() / "demo_logins.json").read_text())
    known = {"url": url, "mailbox_url": f"{url}/demo/mailbox/", "logins": logins}
    _write_whole(embedded.state_dir() / "demo.json", json.dumps(known, indent=1))
    one_per_role = list({login["role"]: login for login in reversed(logins)}.values())[::-1]
    print("\n".join(_table(one_per_role)))
    print(f"Ready: {url}", flush=True)


def _table(logins: list[Login]) -> Iterator[str]:
    rows = [LOGIN_COLUMNS]
    rows += [(one["role"], one["country"], one["email"], one["password"]) for one in logins]
    widths = [max(len(row[column]) for row in rows) for column in range(len(LOGIN_COLUMNS))]
    for row in rows:
        cells = (cell.ljust(width) for cell, width in zip(row, widths, strict=True))
        yield "  ".join(cells).rstrip()


def _collect_static_files() -> None:
    stamp = embedded.state_dir() / "static.stamp"
    fingerprint = _static_fingerprint()
    if stamp.exists() and stamp.read_text() == fingerprint:
        return
    _say("Collecting the static files")
    _manage("collectstatic", "--noinput", "--clear")
    _write_whole(stamp, fingerprint)


def _static_fingerprint() -> str:
    """Gives a hash of whatever decides which static files there are."""
    sources = [CHECKOUT / name for name in ("package-lock.json", "requirements.txt")]
    sources += (CHECKOUT / "cop_platform").glob("**/*.py")
    for folder in [CHECKOUT, *(apps.parent for apps in CHECKOUT.glob("*/apps.py"))]:
        sources += (folder / "static").rglob("*")
    known = hashlib.sha256()
    for path in sorted(set(sources)):
        if path.is_file():
            status = path.stat()
            known.update(f"{path}\0{status.st_size}\0{status.st_mtime_ns}\n".encode())
    return known.hexdigest()


def _manage(*arguments: str) -> None:
    """Runs a command of manage.py to its end, its output in a log of its own."""
    log = _log_folder() / f"{arguments[0]}.log"
    with log.open("wb") as output:
        ended = subprocess.run(
            [sys.executable, "manage.py", *arguments],
            cwd=CHECKOUT,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            preexec_fn=death_signal(signal.SIGTERM),
        )
    if ended.returncode != 0:
        raise DemoError(f"`manage.py {arguments[0]}` failed:\n{last_lines(log, 20)}")


def _chosen_port() -> int:
    text = os.environ.get("PORT") or "8000"
    if not text.isdecimal() or not 0 < int(text) < 65536:
        raise DemoError(f"PORT must be a number from 1 to 65535, not {text!r}.")
    return int(text)


def _refuse_busy_port(port: int) -> None:
    give_up = time.monotonic() + PORT_PATIENCE
    while not _is_free(port):
        if time.monotonic() > give_up:
            raise DemoError(
                f"Port {port} is in use by another program; choose another one: make demo PORT=8001"
            )
        time.sleep(0.2)


def _is_free(port: int) -> bool:
    with socket.socket() as probe:
        # As gunicorn does: connections of an ended server that linger do no harm.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError:
            return False
    return True


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        number: int = probe.getsockname()[1]
    return number


@contextmanager
def _only_demo_here(port: int) -> Iterator[None]:
    """Refuses a second demo on the same state folder: both would number the same mailbox."""
    state = embedded.state_dir()
    state.mkdir(parents=True, exist_ok=True)
    with (state / "demo.lock").open("a+") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            lock.seek(0)
            raise DemoError(
                f"The demo of this folder runs already on port {lock.read()}; stop it first, "
                "or give this one another folder by STATE_DIR."
            ) from None
        lock.truncate(0)
        lock.write(str(port))
        lock.flush()
        yield


def _write_whole(path: Path, text: str) -> None:
    unfinished = path.with_name(f"{path.name}.part")
    unfinished.write_text(text)
    unfinished.rename(path)


def _keep_log() -> None:
    handlers: list[logging.Handler] = [
        logging.StreamHandler(),
        logging.FileHandler(_log_folder() / "supervisor.log"),
    ]
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s", handlers=handlers)


def _log_folder() -> Path:
    return embedded.state_dir() / "log"


def _say(sentence: str) -> None:
    print(f"{sentence} ...", flush=True)


def _interrupt(_number: int, _frame: object) -> None:
    raise KeyboardInterrupt


if __name__ == "__main__":
    sys.exit(main())
