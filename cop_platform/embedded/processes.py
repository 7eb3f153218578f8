"""Starting a server as a child that outlives or dies with this process."""

from __future__ import annotations

import ctypes
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from cop_platform.embedded.paths import Account

PR_SET_PDEATHSIG = 1
# Kept so that a child that ended is reaped at the next call and leaves no zombie behind.
_children: list[subprocess.Popen[bytes]] = []


def death_signal(number: signal.Signals) -> Callable[[], None] | None:
    """Gives a `preexec_fn` that has the kernel send `number` to the child when we end, even by
    kill -9; None where the system cannot do that."""
    if sys.platform != "linux":
        return None
    libc = ctypes.CDLL(None, use_errno=True)
    parent = os.getpid()

    def ask_kernel() -> None:
        # What is started in the background of a shell inherits that it ignores some signals.
        signal.signal(number, signal.SIG_DFL)
        libc.prctl(PR_SET_PDEATHSIG, int(number), 0, 0, 0)
        if os.getppid() != parent:
            os._exit(1)

    return ask_kernel


def launch(
    command: list[str], *, account: Account, log: Path, dies_with_us: bool
) -> subprocess.Popen[bytes]:
    """Starts `command` as `account` in a session of its own, so that Ctrl-C does not reach it.

    Its output goes to the file `log`. `dies_with_us` ties its life to this process.
    """
    _children[:] = [child for child in _children if child.poll() is None]
    with log.open("ab") as output:
        child = subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            cwd="/",
            env=plain_environment(),
            start_new_session=True,
            preexec_fn=death_signal(signal.SIGQUIT) if dies_with_us else None,
            **account.popen_keywords(),
        )
    _children.append(child)
    return child


def run(command: list[str], *, account: Account, log: Path) -> int:
    """Runs `command` as `account` to its end, its output in `log`; gives the exit code."""
    # A captured pipe would be inherited by a server the command starts and never be closed.
    with log.open("ab") as output:
        return subprocess.run(
            command,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            cwd="/",
            env=plain_environment(),
            check=False,
            **account.popen_keywords(),
        ).returncode


def listens(path: Path) -> bool:
    """Says whether a server listens on the unix socket `path`, ready or not."""
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as client:
        client.settimeout(3)
        try:
            client.connect(str(path))
        except TimeoutError:
            return True  # its queue of callers is full: it is there, and busy
        except OSError:
            return False
    return True


def plain_environment() -> dict[str, str]:
    """Gives the same environment on every machine: the caller's PG* and locale stay outside."""
    return {"PATH": os.defpath, "LC_ALL": "C", "TZ": "UTC"}


def last_lines(log: Path, count: int = 5) -> str:
    """Gives the end of a log for an error message."""
    return "\n".join(log.read_text(errors="replace").splitlines()[-count:])
