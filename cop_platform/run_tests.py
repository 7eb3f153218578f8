"""`make test`: the whole suite, with a Chromium and a LibreOffice found or installed for it.

BROWSER=skip leaves the journeys out, OFFICE=skip the conversions. Without it a missing program is a
failure: everything else still runs, and the last lines name what did not.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass

CHROMIUMS = ["/usr/bin/chromium", "chromium", "chromium-browser", "google-chrome"]
OFFICES = ["soffice", "libreoffice"]
PYTEST = [sys.executable, "-m", "pytest"]
# In the order of tests/plugin.py; sorted by the number of their tests, long files came last.
BY_FILE = ["--dist", "loadfile", "--no-loadscope-reorder"]
# A container may see more processors than it may use, and a crowded one makes browsers late.
FEWEST_WORKERS, MOST_WORKERS = 2, 4
# They have a make target of their own.
ORDINARY = "not screenshots"


@dataclass(frozen=True)
class Need:
    """A program of the machine that the tests marked `marker` cannot do without.

    `find` gives its path, None where it is not or cannot be used; `packages` are Debian's. The
    variable `skipped_by` set to "skip" leaves these tests out, `told_by` hands the path to them.
    `missing` is the beginning of the line that lists the tests which did not run.
    """

    marker: str
    skipped_by: str
    packages: tuple[str, ...]
    find: Callable[[], str | None]
    missing: str
    told_by: str = ""

    @property
    def is_skipped(self) -> bool:
        return os.environ.get(self.skipped_by) == "skip"


def find_chromium() -> str | None:
    """Gives the Chromium of this machine that runs, the one named by CHROMIUM first."""
    return _first_that_runs([os.environ.get("CHROMIUM", ""), *CHROMIUMS])


def find_office() -> str | None:
    """Gives the LibreOffice of this machine, if the kernel lets us keep it from the network."""
    user = [] if os.geteuid() == 0 else ["--user", "--map-root-user"]
    room = ["unshare", *user, "--net", "--mount", "--ipc", "--uts", "--pid", "--fork", "true"]
    return _first_that_runs(OFFICES) if _succeeds(room) else None


NEEDS = (
    Need(
        marker="browser",
        skipped_by="BROWSER",
        packages=("chromium",),
        find=find_chromium,
        missing="No Chromium was found, so these journeys did not run",
        told_by="CHROMIUM",
    ),
    Need(
        marker="office",
        skipped_by="OFFICE",
        # Without windows; the room needs mount, and words need a font for their letters.
        packages=(
            "libreoffice-writer-nogui",
            "libreoffice-impress-nogui",
            "libreoffice-calc-nogui",
            "fonts-noto-core",
            "mount",
            "util-linux",
        ),
        find=find_office,
        missing="No LibreOffice that can be locked up was found, so these conversions did not run",
    ),
)


def main(arguments: list[str]) -> int:
    """Runs pytest with `arguments` and gives the exit code."""
    # Every process of a run, hundreds of them, would compile the same files and tests anew.
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    skipped = [need for need in NEEDS if need.is_skipped]
    missing = [need for need in NEEDS if not need.is_skipped and not is_there(need)]
    left_out = "".join(f" and not {need.marker}" for need in [*skipped, *missing])
    code = _pytest(arguments, ORDINARY + left_out)
    for need in missing:
        others = "".join(f" and not {one.marker}" for one in skipped)
        if tests := _collected(arguments, need.marker + others):
            print(f"{need.missing}: {', '.join(tests)}")
            code = code or 1
    return code


def is_there(need: Need) -> bool:
    """Whether the program was found or could be installed."""
    path = need.find() or (need.find() if install(need.packages) else None)
    if path and need.told_by:
        os.environ[need.told_by] = path
    return path is not None


def install(packages: tuple[str, ...]) -> bool:
    """Installs Debian's packages; False where we may not."""
    if os.geteuid() != 0 or shutil.which("apt-get") is None:
        return False
    print(f"Installing {', '.join(packages)} for the tests ...", flush=True)
    _succeeds(["apt-get", "update", "-q"])
    return _succeeds(["apt-get", "install", "-q", "-y", "--no-install-recommends", *packages])


def _first_that_runs(names: list[str]) -> str | None:
    for name in names:
        path = shutil.which(name) if name else None
        # Ubuntu's package of Chromium is a stub that only says to install something else.
        if path and _succeeds([path, "--version"]):
            return path
    return None


def workers() -> int:
    """How many processes share the tests: one for each processor, within reason."""
    return min(max(os.cpu_count() or FEWEST_WORKERS, FEWEST_WORKERS), MOST_WORKERS)


def _pytest(arguments: list[str], ordinary: str) -> int:
    # A -m or -n among the arguments comes later and wins.
    command = [*PYTEST, "-n", str(workers()), *BY_FILE, "-m", ordinary, *arguments]
    return subprocess.run(command).returncode


def _collected(arguments: list[str], marked: str) -> list[str]:
    # How much is told decides how it is told: asked for twice, "-q" gives numbers without names.
    chosen = [argument for argument in arguments if not re.fullmatch("-[qv]+", argument)]
    command = [*PYTEST, "-p", "no:xdist", "--collect-only", "-q", *chosen, "-m", marked]
    lines = subprocess.run(command, capture_output=True, text=True).stdout.splitlines()
    return [line for line in lines if "::" in line]


def _succeeds(command: list[str]) -> bool:
    environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    try:
        ended = subprocess.run(
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            env=environment,
        )
    except OSError:
        return False
    return ended.returncode == 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
