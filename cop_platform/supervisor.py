"""Keeps the processes of the demo running and stops them in order."""

from __future__ import annotations

import contextlib
import logging
import os
import signal
import subprocess
import time
from dataclasses import dataclass, field
from pathlib import Path

from cop_platform.embedded.paths import CHECKOUT
from cop_platform.embedded.processes import death_signal

logger = logging.getLogger("cop_platform.demo")
LONGEST_PAUSE = 30.0
# A process that ran this long and then died is started again at once.
HEALTHY_SECONDS = 60.0


@dataclass
class Child:
    """One process: how it is started and how it fares."""

    name: str
    command: list[str]
    log: Path
    stop_seconds: float
    process: subprocess.Popen[bytes] = field(init=False)
    started_at: float = 0.0
    pause: float = 0.0

    def start(self) -> None:
        """Starts the process in a session of its own; the kernel ends it when we are killed."""
        with self.log.open("ab") as output:
            self.process = subprocess.Popen(
                self.command,
                cwd=CHECKOUT,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,
                preexec_fn=death_signal(signal.SIGTERM),
            )
        self.started_at = time.monotonic()

    def restart_if_dead(self) -> None:
        """Starts a process that ended again, after a pause that grows while it keeps dying."""
        if self.process.poll() is None:
            return
        lived = time.monotonic() - self.started_at
        if lived < self.pause:
            return
        self._kill_group()
        self.pause = 0.0 if lived > HEALTHY_SECONDS else min(LONGEST_PAUSE, self.pause * 2 + 1)
        logger.warning("%s ended with code %s, starting it again", self.name, self.process.poll())
        self.start()

    def stop(self) -> None:
        """Asks the process to end, insists after its time, and leaves no grandchild behind."""
        self.process.terminate()
        with contextlib.suppress(subprocess.TimeoutExpired):
            self.process.wait(self.stop_seconds)
        self._kill_group()
        self.process.wait()

    def _kill_group(self) -> None:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)


@dataclass
class Supervisor:
    """The processes in the order in which they start; they stop in the opposite order."""

    children: list[Child] = field(default_factory=list)

    def start(self, child: Child) -> None:
        """Starts `child` and looks after it from now on."""
        child.start()
        self.children.append(child)

    def look_after(self) -> None:
        """Starts what died since the last look."""
        for child in self.children:
            child.restart_if_dead()

    def stop(self) -> None:
        """Stops all processes, the last one started first."""
        for child in reversed(self.children):
            child.stop()
