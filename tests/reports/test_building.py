"""All files of a release come out of one process, or none of them, with a sentence."""

from __future__ import annotations

import os
import resource
import signal
import subprocess
import tempfile
import time
from datetime import timedelta

import psutil
import pytest

from cop_platform.common.long_work import Stopped
from feedback.reports.domain import attachments, building, facts
from feedback.reports.domain.building import NotBuilt
from feedback.reports.enums import FileFormat
from tests.reports import sets


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch):
    """Where job folders are made; nothing may be left there."""
    jobs = tmp_path / "jobs"
    jobs.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(jobs))
    yield jobs
    assert list(jobs.iterdir()) == []


def build(progress=lambda percent, step: None) -> dict[FileFormat, bytes]:
    with building.built(sets.dataset(), sets.edition(), progress=progress) as files:
        return {kind: path.read_bytes() for kind, path in files.items()}


def children() -> list[psutil.Process]:
    """The process that writes the files, and what it started; the servers of the tests are not."""
    own = psutil.Process().children()
    found = [process for process in own if _writes(process)]
    return found + [child for process in found for child in process.children(recursive=True)]


def _writes(process: psutil.Process) -> bool:
    try:
        return "feedback.reports.apart" in process.cmdline()
    except psutil.Error:
        return False


def test_two_builds_of_one_dataset_are_byte_identical_in_all_four_formats():
    steps = []

    first, second = build(lambda percent, step: steps.append((percent, step))), build()

    assert sorted(first) == sorted(FileFormat)
    assert first == second
    assert first[FileFormat.JSON] == facts.to_json(sets.dataset())
    percents = [percent for percent, _step in steps]
    assert percents == sorted(percents)
    assert {15, 30, 60, 75, 88} <= set(percents)


def test_the_pdf_carries_what_it_was_made_of(tmp_path):
    path = tmp_path / "report.pdf"
    path.write_bytes(build()[FileFormat.PDF])

    held = attachments.in_pdf(path)

    assert facts.from_json(held[attachments.DATASET]) == sets.dataset()
    assert attachments.read_edition(held[attachments.EDITION]) == sets.edition()
    assert attachments.read_tables(held[attachments.TABLES])


@pytest.mark.parametrize("percent", [10, 30, 88])
def test_a_child_killed_at_any_point_is_a_sentence_and_leaves_nothing(percent):
    killed = []

    def kill(now: int, _step: str) -> None:
        if now >= percent and not killed:
            killed.append(now)
            for process in children():
                process.send_signal(signal.SIGKILL)

    with pytest.raises(NotBuilt) as caught:
        build(kill)

    assert str(caught.value).endswith("again.")


@pytest.mark.parametrize("percent", [60])
def test_work_that_is_stopped_ends_the_process_at_once(percent):
    def stop(now: int, _step: str) -> None:
        if now >= percent:
            raise Stopped

    with pytest.raises(Stopped):
        build(stop)

    assert [p for p in children() if p.status() != psutil.STATUS_ZOMBIE] == []


@pytest.mark.parametrize("size", [100, 20_000])
def test_security_36_a_full_disk_is_a_clear_sentence_and_no_half_file(size):
    """The largest file a process may write stands in for the disk that is full."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        with pytest.raises(NotBuilt) as caught:
            build()
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)

    assert "space" in str(caught.value)


def test_a_process_that_crashes_is_a_sentence_without_its_insides(monkeypatch):
    broken = lambda _dataset: b'{"sections": {}}'  # noqa: E731 one line says it
    monkeypatch.setattr(building, "to_json", broken)

    with pytest.raises(NotBuilt) as caught:
        build()

    assert str(caught.value).endswith(".")
    assert "Traceback" not in str(caught.value)


def test_work_that_takes_too_long_is_given_up(monkeypatch):
    monkeypatch.setattr(building, "LONGEST", timedelta(seconds=0.2))

    with pytest.raises(NotBuilt, match="too long"):
        build()


def test_the_process_gets_neither_the_database_nor_the_key(monkeypatch):
    seen = []
    start = subprocess.Popen

    def watched(*args, **kwargs):
        seen.append(kwargs["env"])
        return start(*args, **kwargs)

    monkeypatch.setenv("PROJECT_SIGNING_KEY", "secret")
    monkeypatch.setattr(building.subprocess, "Popen", watched)
    build()

    assert seen[0]["PROJECT_SIGNING_KEY"] == ""
    assert seen[0]["DATABASE_URL"] != os.environ["DATABASE_URL"]


def test_folders_of_killed_workers_are_swept_when_they_are_old(folder):
    old, young = folder / f"{building.PREFIX}old", folder / f"{building.PREFIX}young"
    for path in (old, young):
        path.mkdir()
        (path / "report.pdf").write_bytes(b"half")
    os.utime(old, (1, 1))

    swept = building.sweep(older_than=time.time() - 3600)

    assert (swept, old.exists(), young.exists()) == (1, False, True)
    building.sweep(older_than=time.time() + 3600)
