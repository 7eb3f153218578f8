"""Compiling: asked for once, done once, stopped at once, and never half a release."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.core.files.storage import default_storage
from django.db import IntegrityError, InternalError, transaction
from django.utils import timezone

from cop_platform.common import periodic
from cop_platform.common.models import JobState
from cop_platform.common.refusals import Refused
from experts.enums import Role
from feedback.reports.domain import releases, runs
from feedback.reports.domain.period import Period
from feedback.reports.domain.shapes import sha256
from feedback.reports.models import Report, ReportFile, ReportRun
from feedback.reports.tasks import compile_report
from tests import factories as make

pytestmark = pytest.mark.django_db(transaction=True)

DAYS = Period(date(2026, 11, 1), date(2026, 11, 30))
LATER = make.NOW + timedelta(days=20)


@pytest.fixture(autouse=True)
def sent(monkeypatch):
    """Tasks that would have gone to the broker."""
    found = []
    monkeypatch.setattr(
        "cop_platform.common.jobs._send", lambda name, ids: found.append((name, ids))
    )
    return found


def ask(code="BG", role=Role.COORDINATOR, days=DAYS, by=None) -> ReportRun:
    make.cop()
    by = by or make.user(role, code)
    return runs.request_run(country=make.country(code), period=days, by=by, at=timezone.now())


def compiled(code="BG", days=DAYS, at=LATER) -> Report:
    make.cop()
    return releases.compile_release(country=make.country(code), period=days, by=None, at=at)


def test_a_run_becomes_a_numbered_release_with_three_files(sent):
    make.cop_session("BG")
    run = ask()

    assert runs.work(run_id=run.pk, at=LATER)

    run.refresh_from_db()
    assert (run.state, run.progress, run.step) == (JobState.READY, 100, "")
    assert run.report.number == 1
    assert sent == [("feedback.compile_report", {"run_id": run.pk})]
    files = {file.format: file for file in run.report.files.all()}
    assert sorted(files) == ["json", "pdf", "xlsx"]
    for file in files.values():
        content = file.file.read()
        assert (sha256(content), len(content)) == (file.sha256, file.size)
    assert files["json"].sha256 == run.report.dataset_sha256


def test_asking_twice_gives_the_same_run():
    by = make.user(Role.COORDINATOR)

    assert ask(by=by) == ask(by=by)
    assert ask(days=Period(DAYS.start, DAYS.start), by=by) != ask(by=by)


def test_a_second_delivery_does_nothing(monkeypatch):
    run = ask()
    calls = []
    monkeypatch.setattr(releases, "collect", lambda **_: calls.append(1) or pytest.fail("no"))
    ReportRun.objects.claim(run.pk, timezone.now())

    compile_report(run_id=run.pk)

    assert calls == []
    run.refresh_from_db()
    assert run.state == JobState.RUNNING


def test_delivered_twice_in_a_row_makes_one_release():
    run = ask()

    assert [runs.work(run_id=run.pk, at=LATER) for _ in range(2)] == [True, False]

    assert Report.objects.count() == 1


def test_a_missing_row_is_no_error():
    compile_report(run_id=10**9)


def test_the_same_data_is_the_same_release():
    make.cop_session("BG")
    first, second = compiled(), compiled(at=LATER + timedelta(days=5))

    assert first == second
    assert Report.objects.count() == 1
    assert ReportFile.objects.count() == 3


def test_changed_data_is_the_next_release_of_that_country():
    numbers = [compiled().number, compiled("IT").number]
    make.cop_session("BG")
    numbers.append(compiled().number)

    assert numbers == [1, 1, 2]


def test_a_number_taken_meanwhile_is_not_given_twice(monkeypatch):
    """Between reading the number and writing it another release of the country appears."""
    documents, other = releases._documents, []

    def slow(dataset, number, progress):
        if not other:
            other.append(1)
            compiled(days=Period(date(2026, 10, 1), date(2026, 10, 31)))
        return documents(dataset, number, progress)

    monkeypatch.setattr(releases, "_documents", slow)

    assert compiled().number == 2
    assert sorted(Report.objects.values_list("number", flat=True)) == [1, 2]


def test_a_release_and_its_files_never_change():
    report = compiled()

    for change in (
        lambda: Report.objects.update(number=7),
        lambda: Report.objects.filter(pk=report.pk).delete(),
        lambda: ReportFile.objects.update(size=1),
    ):
        with pytest.raises((InternalError, IntegrityError)), transaction.atomic():
            change()


def test_a_missing_font_fails_the_run_with_a_sentence_and_leaves_no_half_release(
    settings, tmp_path
):
    run = ask()
    settings.NODE_MODULES = tmp_path

    runs.work(run_id=run.pk, at=LATER)

    run.refresh_from_db()
    assert run.state == JobState.FAILED
    assert "font" in run.reason
    assert run.finished_at
    assert Report.objects.count() == 0


def test_an_unexpected_error_is_said_in_words_without_its_insides(monkeypatch):
    run = ask()
    monkeypatch.setattr(
        releases, "collect", lambda **_: (_ for _ in ()).throw(ValueError("s3cret"))
    )

    runs.work(run_id=run.pk, at=LATER)

    run.refresh_from_db()
    assert run.state == JobState.FAILED
    assert run.reason
    assert "s3cret" not in run.reason


def test_a_run_that_is_stopped_in_the_middle_keeps_nothing(monkeypatch):
    by = make.user(Role.COORDINATOR)
    run, documents = ask(by=by), releases._documents

    def stopping(*args):
        runs.cancel(run_id=run.pk, by=by, at=timezone.now())
        return documents(*args)

    monkeypatch.setattr(releases, "_documents", stopping)

    assert runs.work(run_id=run.pk, at=LATER)

    run.refresh_from_db()
    assert run.state == JobState.CANCELLED
    assert Report.objects.count() == 0


def test_a_run_that_is_stopped_at_the_last_moment_keeps_nothing(monkeypatch):
    by = make.user(Role.COORDINATOR)
    run, publish = ask(by=by), releases._publish

    def stopping(*args):
        runs.cancel(run_id=run.pk, by=by, at=timezone.now())
        return publish(*args)

    monkeypatch.setattr(releases, "_publish", stopping)

    runs.work(run_id=run.pk, at=LATER)

    assert ReportRun.objects.get().state == JobState.CANCELLED
    assert Report.objects.count() == 0


def test_what_has_ended_cannot_be_stopped():
    by = make.user(Role.COORDINATOR)
    run = ask(by=by)
    runs.work(run_id=run.pk, at=LATER)

    with pytest.raises(runs.RunOver):
        runs.cancel(run_id=run.pk, by=by, at=timezone.now())


@pytest.mark.parametrize(
    "role", [r for r in Role if r not in {"coordinator", "partner", "project_manager"}]
)
def test_others_do_not_compile(role):
    with pytest.raises(Refused):
        ask(role=role)
    assert ReportRun.objects.count() == 0


def test_the_reaper_ends_silent_runs_and_sends_lost_ones_again(sent):
    now, by = timezone.now(), make.user(Role.COORDINATOR)
    silent, alive, lost, fresh = (
        ask(days=Period(DAYS.start, DAYS.start + timedelta(days=n)), by=by) for n in range(4)
    )
    rows = ReportRun.objects
    rows.filter(pk=silent.pk).update(state="running", heartbeat_at=now - timedelta(minutes=11))
    rows.filter(pk=alive.pk).update(state="running", heartbeat_at=now - timedelta(minutes=9))
    rows.filter(pk=lost.pk).update(requested_at=now - timedelta(minutes=2))
    sent.clear()

    first, second = runs.reap(at=now), runs.reap(at=now)

    assert (first, second) == (
        {"failed": 1, "sent_again": 1},
        {"failed": 0, "sent_again": 0},
    )
    assert sent == [("feedback.compile_report", {"run_id": lost.pk})]
    states = [rows.get(pk=run.pk).state for run in (silent, alive, lost, fresh)]
    assert states == ["failed", "running", "queued", "queued"]
    assert "worker" in rows.get(pk=silent.pk).reason


def test_a_reaped_run_that_comes_back_to_life_writes_nothing(monkeypatch):
    run, collect = ask(), releases.collect

    def slow(**kwargs):
        runs.reap(at=timezone.now() + timedelta(minutes=11))
        return collect(**kwargs)

    monkeypatch.setattr(releases, "collect", slow)

    runs.work(run_id=run.pk, at=LATER)

    assert ReportRun.objects.get().state == JobState.FAILED
    assert Report.objects.count() == 0


def test_the_tick_knows_the_reaper():
    assert periodic.run_all(timezone.now())["reports"] == {"failed": 0, "sent_again": 0}


def test_the_same_bytes_are_kept_once():
    report = compiled()
    names = [file.file.name for file in report.files.all()]

    assert all(default_storage.exists(name) for name in names)
    assert all(
        name.endswith(file.sha256) for name, file in zip(names, report.files.all(), strict=True)
    )
