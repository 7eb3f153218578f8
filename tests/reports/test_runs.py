"""Compiling: asked for once, done once, stopped at once, and never half a release."""

from __future__ import annotations

import errno
from contextlib import contextmanager
from datetime import date, timedelta

import pytest
from django.core.files.storage import default_storage
from django.db import IntegrityError, InternalError, transaction
from django.utils import timezone

from cop_platform.common import periodic
from cop_platform.common.models import JobState
from cop_platform.common.refusals import NotPossible, Refused
from cop_platform.common.reporting.sections import Profile
from experts.enums import Role
from experts.models import AuditEvent
from feedback.reports.domain import building, compiling, runs
from feedback.reports.domain.asking import Asked
from feedback.reports.domain.facts import sha256
from feedback.reports.domain.period import Period
from feedback.reports.models import Report, ReportCut, ReportFile, ReportRun
from feedback.reports.tasks import compile_report
from tests import factories as make

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("sent", "quickly")]

DAYS = Period(date(2026, 11, 1), date(2026, 11, 30))
LATER = make.NOW + timedelta(days=20)


def about(code="BG", days=DAYS, profile=Profile.AGENCY) -> Asked:
    make.cop()
    return Asked(period=days, profile=profile, country=make.country(code))


def ask(code="BG", role=Role.COORDINATOR, days=DAYS, by=None, language="en") -> ReportRun:
    by = by or make.user(role, code)
    return runs.request_run(asked=about(code, days), language=language, by=by, at=timezone.now())


def compiled(code="BG", days=DAYS, at=LATER, **more) -> Report:
    return compiling.compile_release(asked=about(code, days, **more), language="en", by=None, at=at)


def stopping_at(monkeypatch, deed) -> None:
    """Does `deed` once, after the data was read and before anything is written."""
    collect, done = compiling.collect, []

    def slow(**kwargs):
        dataset = collect(**kwargs)
        if not done:
            done.append(1)
            deed()
        return dataset

    monkeypatch.setattr(compiling, "collect", slow)


def test_lesson_a40_a_run_becomes_a_numbered_release_with_four_files(sent, really_built):
    make.cop_session("BG")
    run = ask()

    assert runs.work(run_id=run.pk, at=LATER)

    run.refresh_from_db()
    assert (run.state, run.progress, run.step) == (JobState.READY, 100, "")
    assert run.report.number == 1
    assert sent == [("feedback.compile_report", {"run_id": run.pk})]
    files = {file.format: file for file in run.report.files.all()}
    assert sorted(files) == ["docx", "json", "pdf", "xlsx"]
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
    monkeypatch.setattr(compiling, "collect", lambda **_: calls.append(1) or pytest.fail("no"))
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
    assert ReportFile.objects.count() == 4


def test_changed_data_is_the_next_release_of_that_country():
    numbers = [compiled().number, compiled("IT").number]
    make.cop_session("BG")
    numbers.append(compiled().number)

    assert numbers == [1, 1, 2]


def test_a_number_taken_meanwhile_is_not_given_twice(monkeypatch):
    """Between reading the data and writing it another release of the country appears."""
    earlier = Period(date(2026, 10, 1), date(2026, 10, 31))
    built, other = building.built, []

    @contextmanager
    def slow(*args, **kwargs):
        with built(*args, **kwargs) as files:
            if not other:
                other.append(1)
                compiled(days=earlier)
            yield files

    monkeypatch.setattr(building, "built", slow)

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
    settings, tmp_path, really_built
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
        compiling, "collect", lambda **_: (_ for _ in ()).throw(ValueError("s3cret"))
    )

    runs.work(run_id=run.pk, at=LATER)

    run.refresh_from_db()
    assert run.state == JobState.FAILED
    assert run.reason
    assert "s3cret" not in run.reason


def test_a_run_that_is_stopped_in_the_middle_keeps_nothing(monkeypatch):
    by = make.user(Role.COORDINATOR)
    run = ask(by=by)
    stopping_at(monkeypatch, lambda: runs.cancel(run_id=run.pk, by=by, at=timezone.now()))

    assert runs.work(run_id=run.pk, at=LATER)

    run.refresh_from_db()
    assert run.state == JobState.CANCELLED
    assert Report.objects.count() == 0


def test_a_run_that_is_stopped_at_the_last_moment_keeps_nothing(monkeypatch):
    by = make.user(Role.COORDINATOR)
    run, publish = ask(by=by), compiling._publish

    def stopping(*args):
        runs.cancel(run_id=run.pk, by=by, at=timezone.now())
        return publish(*args)

    monkeypatch.setattr(compiling, "_publish", stopping)

    runs.work(run_id=run.pk, at=LATER)

    assert ReportRun.objects.get().state == JobState.CANCELLED
    assert Report.objects.count() == 0


def test_security_36_a_full_disk_at_the_store_fails_the_run_and_leaves_no_half_row(monkeypatch):
    run = ask()

    def full(path, key):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(compiling.store, "keep", full)

    runs.work(run_id=run.pk, at=LATER)

    run.refresh_from_db()
    assert run.state == JobState.FAILED
    assert "space" in run.reason
    assert (Report.objects.count(), ReportFile.objects.count()) == (0, 0)


def test_security_31_what_a_killed_worker_left_is_failed_in_words_and_can_be_done_again():
    by = make.user(Role.COORDINATOR)
    run = ask(by=by)
    ReportRun.objects.claim(run.pk, timezone.now() - timedelta(minutes=11))

    runs.reap(at=timezone.now())
    again = runs.retry(run_id=run.pk, by=by, at=timezone.now())
    runs.work(run_id=again.pk, at=LATER)

    assert ReportRun.objects.get(pk=run.pk).state == JobState.FAILED
    assert ReportRun.objects.get(pk=again.pk).report.number == 1


def test_what_goes_on_or_ended_well_is_not_done_again():
    by = make.user(Role.COORDINATOR)
    run = ask(by=by)

    with pytest.raises(NotPossible):
        runs.retry(run_id=run.pk, by=by, at=timezone.now())


def test_the_last_good_release_stays_when_the_next_work_fails(monkeypatch):
    good = compiled()
    run = ask(days=Period(DAYS.start, DAYS.start))
    monkeypatch.setattr(compiling, "collect", lambda **_: (_ for _ in ()).throw(NotPossible("No.")))

    runs.work(run_id=run.pk, at=LATER)

    assert ReportRun.objects.get().state == JobState.FAILED
    assert list(Report.objects.all()) == [good]


def test_lesson_a28_who_asks_does_not_change_what_is_read_and_is_written_down():
    """An organiser who has also sent in a review compiles the same report as the manager."""
    make.cop_session("BG")
    organiser, manager = make.user(Role.COORDINATOR), make.user(Role.PROJECT_MANAGER)
    asked = about()

    first, second = (
        compiling.compile_release(asked=asked, language=language, by=by, at=LATER)
        for by, language in ((organiser, "en"), (manager, "bg"))
    )

    assert first.dataset_sha256 == second.dataset_sha256
    deeds = AuditEvent.objects.filter(deed="report compiled").order_by("pk")
    assert [deed.actor for deed in deeds] == [organiser.public_code, manager.public_code]
    assert {deed.detail["service"] for deed in deeds} == {compiling.SERVICE}


def test_lesson_a29_every_report_comes_in_two_profiles_and_any_language():
    numbers = {compiled(profile=profile).number for profile in (Profile.PUBLIC, Profile.AGENCY)}

    assert numbers == {1, 2}
    assert sorted(Report.objects.values_list("profile", flat=True)) == ["agency", "public"]


def test_a_consortium_and_a_named_report_are_numbered_by_themselves():
    make.cop_session("BG")
    country = compiled()
    cut = ReportCut.objects.create(
        name="Two countries", created_by=make.person(Role.PROJECT_MANAGER), created_at=make.NOW
    )

    both = [
        compiling.compile_release(
            asked=Asked(period=DAYS, profile=Profile.AGENCY, cut=each),
            language="en",
            by=None,
            at=LATER,
        )
        for each in (None, cut)
    ]

    assert [str(report) for report in (country, *both)] == ["BG 1", "ALL 1", f"cut{cut.pk} 1"]


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
    run = ask()
    stopping_at(monkeypatch, lambda: runs.reap(at=timezone.now() + timedelta(minutes=11)))

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
