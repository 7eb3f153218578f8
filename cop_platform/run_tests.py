"""`make test`: the whole suite, with a Chromium found or installed for the browser journeys.

BROWSER=skip leaves the journeys out. Without it a missing Chromium is a failure: everything else
still runs, and the last line names what did not.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys

CANDIDATES = ["/usr/bin/chromium", "chromium", "chromium-browser", "google-chrome"]
PYTEST = [sys.executable, "-m", "pytest"]
# In the order of tests/plugin.py; sorted by the number of their tests, long files came last.
IN_PARALLEL = ["-n", "2", "--dist", "loadfile", "--no-loadscope-reorder"]
# They have a make target of their own.
ORDINARY = "not screenshots"


def main(arguments: list[str]) -> int:
    """Runs pytest with `arguments` and gives the exit code."""
    if os.environ.get("BROWSER") == "skip":
        return _pytest(arguments, f"{ORDINARY} and not browser")
    chromium = find_chromium() or install_chromium()
    if chromium:
        os.environ["CHROMIUM"] = chromium
        return _pytest(arguments, ORDINARY)
    code = _pytest(arguments, f"{ORDINARY} and not browser")
    journeys = _browser_journeys(arguments)
    if not journeys:
        return code
    print(f"No Chromium was found, so these journeys did not run: {', '.join(journeys)}")
    return code or 1


def find_chromium() -> str | None:
    """Gives the Chromium of this machine that runs, the one named by CHROMIUM first."""
    for name in [os.environ.get("CHROMIUM", ""), *CANDIDATES]:
        path = shutil.which(name) if name else None
        # Ubuntu's package is a stub that only says to install something else.
        if path and _succeeds([path, "--version"]):
            return path
    return None


def install_chromium() -> str | None:
    """Installs Debian's Chromium where we may; gives its path, None where we may not."""
    if os.geteuid() != 0 or shutil.which("apt-get") is None:
        return None
    print("Installing Chromium for the browser journeys ...", flush=True)
    _succeeds(["apt-get", "update", "-q"])
    _succeeds(["apt-get", "install", "-q", "-y", "--no-install-recommends", "chromium"])
    return find_chromium()


def _pytest(arguments: list[str], ordinary: str) -> int:
    # A -m among the arguments comes later and wins.
    return subprocess.run([*PYTEST, *IN_PARALLEL, "-m", ordinary, *arguments]).returncode


def _browser_journeys(arguments: list[str]) -> list[str]:
    command = [*PYTEST, "-p", "no:xdist", "--collect-only", "-q", *arguments, "-m", "browser"]
    lines = subprocess.run(command, capture_output=True, text=True).stdout.splitlines()
    return [line for line in lines if "::" in line]


def _succeeds(command: list[str]) -> bool:
    environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    ended = subprocess.run(
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env=environment,
    )
    return ended.returncode == 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
