"""`make test` finds, installs or names what is missing; tried with programs of our own."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from cop_platform import run_tests

ROOT = Path(__file__).resolve().parents[2]
# The runner as a child: with the pytest of the machine, and no Chromium at a fixed place.
START = (
    "import sys; from cop_platform import run_tests as r;"
    "r.CHROMIUMS[:], r.PYTEST[:] = ['chromium'], ['pytest'];"
    "sys.exit(r.main(sys.argv[1:]))"
)


@pytest.fixture
def machine(tmp_path, monkeypatch) -> Callable[[str, str], None]:
    """A machine with a pytest and nothing else; gives the way to put a program there."""

    def put(name: str, script: str) -> None:
        path = tmp_path / name
        path.write_text(f"#!/bin/sh\n{script}\n")
        path.chmod(0o755)

    put("pytest", 'case "$*" in *--collect-only*) echo "a.py::$*";; *) echo "ran $*";; esac')
    monkeypatch.setenv("PATH", str(tmp_path))
    for name in ("CHROMIUM", "BROWSER", "OFFICE"):
        monkeypatch.delenv(name, raising=False)
    return put


def run(**environment: str) -> tuple[int, list[str]]:
    """The exit code and what was said, for `make test ARGS=-q`."""
    ended = subprocess.run(
        [sys.executable, "-c", START, "-q"],
        cwd=ROOT,
        env=os.environ | environment,
        capture_output=True,
        text=True,
        check=False,
    )
    return ended.returncode, ended.stdout.splitlines()


def ran(marked: str) -> str:
    shared = f"-n {run_tests.workers()} --dist loadfile --no-loadscope-reorder"
    return f"ran {shared} -m not screenshots{marked} -q"


def listed(marked: str) -> str:
    return f"a.py::-p no:xdist --collect-only -q -m {marked}"


def test_what_is_missing_is_named_in_the_end_and_fails(machine):
    assert run() == (
        1,
        [
            ran(" and not browser and not office"),
            f"No Chromium was found, so these journeys did not run: {listed('browser')}",
            "No LibreOffice that can be locked up was found, so these conversions did not run: "
            f"{listed('office')}",
        ],
    )


def test_a_failure_stays_the_failure_it_was(machine):
    machine("pytest", "exit 3")
    assert run() == (3, [])


def test_nothing_is_said_when_no_chosen_test_needed_it(machine):
    machine("pytest", "exit 0")
    assert run() == (0, [])


def test_what_is_skipped_is_neither_run_nor_named(machine):
    assert run(BROWSER="skip", OFFICE="skip") == (0, [ran(" and not browser and not office")])


def test_what_is_there_is_used(machine):
    for name in ("chromium", "soffice", "unshare"):
        machine(name, "exit 0")
    assert run() == (0, [ran("")])


@pytest.mark.parametrize(
    ("processors", "expected"), [(None, 2), (1, 2), (2, 2), (3, 3), (4, 4), (64, 4)]
)
def test_each_processor_gets_a_worker_within_reason(monkeypatch, processors, expected):
    monkeypatch.setattr(os, "cpu_count", lambda: processors)
    assert run_tests.workers() == expected


def test_what_was_compiled_is_kept_for_the_next_process(machine):
    machine("pytest", 'echo "kept:$PYTHONDONTWRITEBYTECODE"')
    ended = run(BROWSER="skip", OFFICE="skip", PYTHONDONTWRITEBYTECODE="1")
    assert ended == (0, ["kept:"])


def test_an_office_that_cannot_be_kept_from_the_network_is_none(machine):
    machine("soffice", "exit 0")
    machine("unshare", "exit 1")
    code, (first, last) = run(BROWSER="skip")
    assert (code, first) == (1, ran(" and not browser and not office"))
    assert last.endswith(listed("office and not browser"))


@pytest.mark.skipif(os.geteuid() != 0, reason="only root installs packages")
def test_what_is_missing_is_installed_where_we_may(machine, tmp_path):
    said, new = tmp_path / "said", tmp_path / "soffice"
    machine("unshare", "exit 0")
    machine(
        "apt-get",
        f'echo "$*" >> {said}; [ "$1" = update ] && exit 0\n'
        f"printf '#!/bin/sh\\nexit 0\\n' > {new}; /bin/chmod 755 {new}",
    )
    code, lines = run(BROWSER="skip")
    update, install = said.read_text().splitlines()
    assert update == "update -q"
    assert install.startswith("install -q -y --no-install-recommends libreoffice-writer-nogui ")
    assert "libreoffice-impress-nogui libreoffice-calc-nogui" in install
    assert (code, lines[1:]) == (0, [ran(" and not browser")])
