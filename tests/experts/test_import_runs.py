"""Importing as long work: seen while it goes on, all or nothing, stopped at once, done once."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, connection, transaction
from django.urls import reverse
from django.utils import timezone

from cop_platform.common import periodic
from cop_platform.common.long_work import SILENT, RunOver
from cop_platform.common.models import JobState
from cop_platform.common.refusals import Refused
from experts.domain import import_runs, importing
from experts.domain.expert_lists import COLUMNS
from experts.enums import Role
from experts.models import AuditEvent, Expert, ImportRun, Membership, Person
from experts.tasks import import_experts
from tests import factories as make
from tests.experts import imports

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def sent(monkeypatch):
    """Tasks that would have gone to the broker."""
    found = []
    monkeypatch.setattr(
        "cop_platform.common.jobs._send", lambda name, ids: found.append((name, ids))
    )
    return found


@pytest.fixture
def by():
    return make.user(Role.COORDINATOR, "BG")


def table(number: int = 3, code: str = "BG") -> list[list[str]]:
    return [
        list(COLUMNS),
        *(
            [f"Expert {letter}", f"x{n}@example.org", code, "case_worker", "3", "", "en", ""]
            for n, letter in enumerate(["A", "B", "C"][:number])
        ),
    ]


def ask(by, rows=None, token="one") -> ImportRun:
    return import_runs.request_run(table=rows or table(), token=token, by=by, at=timezone.now())


def work(run: ImportRun) -> ImportRun:
    import_experts(run_id=run.pk)
    run.refresh_from_db()
    return run


def written() -> int:
    return Expert.objects.count()


def elsewhere(ask):
    """The answer another connection gets, as the page that polls."""

    def there():
        try:
            return ask()
        finally:
            connection.close()

    with ThreadPoolExecutor(max_workers=1) as beside:
        return beside.submit(there).result()


def test_a_confirmed_list_is_written_and_the_row_says_what_became_of_it(by, sent):
    make.person(code="BG", account=False, email="x0@example.org")

    run = ask(by)

    assert (written(), run.state, sent) == (
        0,
        JobState.QUEUED,
        [("experts.import_experts", {"run_id": run.pk})],
    )
    run = work(run)
    assert (run.state, run.progress, run.created, run.updated) == (JobState.READY, 100, 2, 1)
    assert [cop.country.code for cop in run.communities.all()] == ["BG"]
    assert written() == 3


def test_progress_is_seen_while_the_transaction_is_open(by, monkeypatch):
    run, seen, write = ask(by), [], importing._write_memberships

    def watched(*args):
        seen.append(elsewhere(lambda: ImportRun.objects.values("progress", "step").get(pk=run.pk)))
        seen.append(elsewhere(written))
        return write(*args)

    monkeypatch.setattr(importing, "_write_memberships", watched)

    work(run)

    assert seen == [{"progress": 75, "step": "Writing what they are experts in"}, 0]


@pytest.mark.parametrize("moment", ["_write_people", "_write_memberships", "_record"])
def test_an_import_that_is_stopped_while_it_writes_keeps_nothing(by, monkeypatch, moment):
    run, step = ask(by), getattr(importing, moment)

    def stopping(*args):
        elsewhere(lambda: import_runs.cancel(run_id=run.pk, by=by, at=timezone.now()))
        return step(*args)

    monkeypatch.setattr(importing, moment, stopping)

    run = work(run)

    assert (run.state, run.listing, written()) == (JobState.CANCELLED, "", 0)
    assert Membership.objects.filter(person__email="x0@example.org").count() == 0


def test_what_has_ended_cannot_be_stopped(by):
    run = work(ask(by))

    with pytest.raises(RunOver):
        import_runs.cancel(run_id=run.pk, by=by, at=timezone.now())


def test_one_bad_row_writes_nothing_and_is_named(by):
    rows = table()
    run = ask(by, rows)
    # The address went to somebody of another country after the list was looked at.
    make.person(code="IT", account=False, email="x1@example.org")

    run = work(run)

    assert (run.state, written()) == (JobState.FAILED, 0)
    assert (
        run.reason == "Row 3, column “email”: This address belongs to somebody of another country."
    )


def test_somebody_who_lost_the_right_meanwhile_imports_nothing(by):
    run = ask(by)
    by.person.memberships.update(left_on=timezone.now().date())

    run = work(run)

    assert (run.state, written()) == (JobState.FAILED, 0)
    assert "Only coordinators" in run.reason


def test_an_unexpected_error_writes_nothing_and_shows_no_insides(by, monkeypatch):
    run = ask(by)
    monkeypatch.setattr(importing, "_record", lambda *_: (_ for _ in ()).throw(ValueError("s3cr")))

    run = work(run)

    assert (run.state, written()) == (JobState.FAILED, 0)
    assert run.reason
    assert "s3cr" not in run.reason


def test_pressed_twice_and_delivered_twice_is_one_import(by):
    first, second = ask(by), ask(by)
    assert first == second
    assert AuditEvent.objects.filter(deed="import requested").count() == 1

    done = [import_runs.work(run_id=first.pk, at=timezone.now()) for _ in range(2)]

    assert done == [True, False]
    assert AuditEvent.objects.filter(deed="experts imported").count() == 1
    # Going back in the browser and pressing once more shows what became of it.
    assert ask(by).state == JobState.READY
    assert ask(by, token="another look") != first


def test_a_missing_row_is_no_error():
    import_experts(run_id=10**9)


def test_the_reaper_ends_silent_imports_and_sends_lost_ones_again(by, sent):
    now, rows = timezone.now(), ImportRun.objects
    silent, alive, lost = (ask(by, token=str(n)) for n in range(3))
    rows.filter(pk=silent.pk).update(state="running", heartbeat_at=now - timedelta(minutes=11))
    rows.filter(pk=alive.pk).update(state="running", heartbeat_at=now - timedelta(minutes=9))
    rows.filter(pk=lost.pk).update(requested_at=now - timedelta(minutes=2))
    sent.clear()

    results = [import_runs.reap(at=now), periodic.run_all(now)["imports"]]

    assert results == [{"failed": 1, "sent_again": 1}, {"failed": 0, "sent_again": 0}]
    # Some hours of the day a tick sends mails and the reports of the night as well.
    imports = [job for job in sent if job[0] == "experts.import_experts"]
    assert imports == [("experts.import_experts", {"run_id": lost.pk})]
    assert [rows.get(pk=r.pk).state for r in (silent, alive, lost)] == [
        "failed",
        "running",
        "queued",
    ]
    assert rows.get(pk=silent.pk).listing == ""


def test_a_reaped_import_that_comes_back_to_life_writes_nothing(by, monkeypatch):
    run, record = ask(by), importing._record

    def slow(*args):
        elsewhere(lambda: import_runs.reap(at=timezone.now() + SILENT + timedelta(minutes=1)))
        return record(*args)

    monkeypatch.setattr(importing, "_record", slow)

    run = work(run)

    assert (run.state, written()) == (JobState.FAILED, 0)


def test_an_import_that_waits_for_another_says_so_and_can_be_stopped(by, monkeypatch):
    run = ask(by)

    def stopping(_seconds):
        elsewhere(lambda: import_runs.cancel(run_id=run.pk, by=by, at=timezone.now()))

    monkeypatch.setattr(importing, "sleep", stopping)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [importing._LOCK])
        elsewhere(lambda: import_experts(run_id=run.pk))

    run.refresh_from_db()
    assert run.state == JobState.CANCELLED
    assert written() == 0


def test_the_list_is_never_kept_when_the_work_is_over(by):
    run = ask(by)

    with pytest.raises(IntegrityError), transaction.atomic():
        ImportRun.objects.filter(pk=run.pk).update(state="failed", finished_at=timezone.now())

    assert "x0@example.org" in ImportRun.objects.get(pk=run.pk).listing
    assert work(run).listing == ""


def test_cells_under_a_column_without_a_name_may_hold_anything(by):
    rows = [[*row, "\x00\udc80"] for row in table()]
    rows[0][-1] = ""

    assert work(ask(by, rows)).state == JobState.READY


@pytest.mark.parametrize("role", [Role.EXPERT, Role.PARTNER, Role.FACILITATOR])
def test_nobody_else_asks_for_an_import(role):
    with pytest.raises(Refused):
        ask(make.user(role, "BG"))
    assert ImportRun.objects.count() == 0


def test_from_the_file_to_the_result_on_the_page(as_user, by):
    client, page = as_user(by), reverse("person_import")
    data = "\n".join(",".join(row) for row in table()).encode()
    shown = client.post(page, {"file": SimpleUploadedFile("list.csv", data)})

    answers = [client.post(page, {"sealed": shown.context["sealed"]}) for _ in range(2)]

    run = ImportRun.objects.get()
    assert [a.headers["Location"] for a in answers] == [run.get_absolute_url()] * 2
    assert run.get_absolute_url() in client.get(page).content.decode()
    ImportRun.objects.claim(run.pk, timezone.now())
    ImportRun.objects.report(run.pk, 40, "Half way", timezone.now())
    going = client.get(run.get_absolute_url(), headers={"HX-Request": "true"}).content.decode()
    assert 'hx-trigger="every 1s"' in going
    assert 'value="40"' in going
    assert "Half way" in going
    assert "<html" not in going
    ImportRun.objects.filter(pk=run.pk).update(state="queued")
    work(run)
    assert run.get_absolute_url() in client.get(page).content.decode()
    over = client.get(run.get_absolute_url(), headers={"HX-Request": "true"}).content.decode()
    assert "hx-trigger" not in over
    assert "3 people were added." in over
    assert reverse("country_detail", args=["BG"]) in over


def test_the_button_stops_the_work_and_a_second_press_says_it_is_over(as_user, by):
    run, client = ask(by), as_user(by)
    url = reverse("import_run_cancel", args=[run.pk])

    pages = [client.post(url, follow=True).content.decode() for _ in range(2)]

    assert "nothing was written" in pages[0]
    assert "ended already" in pages[1]
    run.refresh_from_db()
    assert run.state == JobState.CANCELLED


def test_an_import_is_seen_by_who_asked_and_by_the_manager_alone(as_user, by):
    run = imports.run("BG")
    asker = run.requested_by.user
    others = [make.user(Role.PROJECT_MANAGER), by, make.user(Role.COORDINATOR, "IT")]

    seen = [
        (
            as_user(user).get(run.get_absolute_url()).status_code,
            as_user(user).post(reverse("import_run_cancel", args=[run.pk])).status_code,
        )
        for user in (asker, *others)
    ]

    assert seen == [(200, 302), (200, 302), (404, 404), (404, 404)]


def test_the_result_asks_the_same_number_of_questions_for_one_and_three_communities(
    as_user, by, django_assert_max_num_queries
):
    client, run = as_user(make.user(Role.PROJECT_MANAGER)), work(ask(by))
    counts = []
    for codes in (["BG"], ["BG", "IT", "EL"]):
        run.communities.set([make.country(code).cop for code in codes])
        client.get(run.get_absolute_url())
        with django_assert_max_num_queries(12) as counted:
            client.get(run.get_absolute_url())
        counts.append(len(counted))
    assert counts[0] == counts[1]


def test_a_person_changed_by_the_import_is_the_asker_too(by):
    """The worker reports on a connection of its own; no row it holds stands in its way."""
    rows = table()
    rows[1][1] = by.person.email

    run = work(ask(by, rows))

    assert (run.state, run.updated) == (JobState.READY, 1)
    assert Person.objects.get(pk=by.person.pk).name == "Expert A"
