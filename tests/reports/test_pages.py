"""The pages about reports: who sees them, what they take, what they give."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from experts.enums import Role
from feedback.reports.models import ReportRun
from tests import factories as make
from tests.reports import stored

pytestmark = pytest.mark.django_db

READERS = {Role.COORDINATOR, Role.PARTNER, Role.PROJECT_MANAGER}


def page(code="BG") -> str:
    return reverse("country_reports", args=[code])


@pytest.mark.parametrize("role", list(Role))
@pytest.mark.parametrize("file_format", ["pdf", "xlsx", "json"])
def test_who_downloads(as_user, role, file_format):
    own, foreign = stored.report("BG"), stored.report("IT")
    client = as_user(make.user(role, "BG"))

    answers = [
        client.get(reverse(f"report_{file_format}", args=[report.pk])).status_code
        for report in (own, foreign)
    ]

    sees = role in READERS
    assert answers == [200 if sees else 404, 200 if role == Role.PROJECT_MANAGER else 404]


def test_a_partner_of_another_country_gets_the_same_answer_as_for_nothing(as_user):
    report, client = stored.report("BG"), as_user(make.user(Role.PARTNER, "IT"))

    foreign = client.get(reverse("report_pdf", args=[report.pk]))
    missing = client.get(reverse("report_pdf", args=[10**9]))

    assert (foreign.status_code, foreign.content) == (404, missing.content)


def test_a_file_is_named_attached_and_harmless(as_user):
    report = stored.report("BG", number=3)

    answer = as_user(make.user(Role.PARTNER)).get(reverse("report_pdf", args=[report.pk]))

    assert answer["Content-Disposition"] == 'attachment; filename="BG-validation-report-3.pdf"'
    assert answer["Content-Type"] == "application/pdf"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert b"".join(answer.streaming_content) == b"pdf of BG 3"


def test_a_file_that_is_gone_from_the_disk_is_missing(as_user):
    report = stored.report("BG")
    for file in report.files.all():
        file.file.storage.delete(file.file.name)

    client = as_user(make.user(Role.PARTNER))

    assert client.get(reverse("report_pdf", args=[report.pk])).status_code == 404


@pytest.mark.parametrize("role", list(Role))
def test_who_opens_the_list(as_user, role):
    make.country("BG")
    make.country("IT")
    client = as_user(make.user(role, "BG"))

    answers = [client.get(page(code)).status_code for code in ("BG", "IT", "XX")]

    own = 200 if role in READERS else 404
    assert answers == [own, 200 if role == Role.PROJECT_MANAGER else 404, 404]


def test_the_list_shows_every_release_with_its_hashes(as_user):
    report = stored.report("BG", number=2)

    html = as_user(make.user(Role.PARTNER)).get(page()).content.decode()

    assert "Release 2" in html
    assert report.dataset_sha256 in html
    for file in report.files.all():
        assert file.sha256 in html
        assert file.get_absolute_url() in html


def test_the_iso_code_leads_to_the_page(as_user):
    client = as_user(make.user(Role.PARTNER, "EL"))

    assert client.get(page("GR")).url == page("EL")


@pytest.mark.parametrize("role", [Role.COORDINATOR, Role.PARTNER, Role.PROJECT_MANAGER])
def test_compile_starts_a_run(as_user, role):
    make.country()
    client = as_user(make.user(role))

    answer = client.post(page(), {"start": "2026-01-01", "end": "2026-06-30"})

    run = ReportRun.objects.get()
    assert answer.url == run.get_absolute_url()
    assert (run.period_start, run.period_end) == (date(2026, 1, 1), date(2026, 6, 30))


@pytest.mark.parametrize(
    "posted",
    [
        {},
        {"start": "", "end": ""},
        {"start": "never", "end": "2026-01-01"},
        {"start": "2026-02-01", "end": "2026-01-01"},
        {"start": "0001-01-01", "end": "9999-12-31"},
        {"start": "2026-02-30", "end": "2026-03-01"},
        {"start": "<script>", "end": "' OR 1=1"},
    ],
)
def test_a_bad_period_is_shown_beside_the_form(as_user, posted):
    client = as_user(make.user(Role.PARTNER))

    answer = client.post(page(), posted)

    assert answer.status_code == 200
    assert ReportRun.objects.count() == 0


@pytest.mark.parametrize("role", [Role.EXPERT, Role.FACILITATOR, Role.PLATFORM_ADMIN, Role.AUTHOR])
def test_others_start_nothing(as_user, role):
    make.country()

    answer = as_user(make.user(role)).post(page(), {"start": "2026-01-01", "end": "2026-06-30"})

    assert answer.status_code == 404
    assert ReportRun.objects.count() == 0


def test_the_bar_moves_and_stops(as_user):
    run, client = stored.run("BG"), as_user(make.user(Role.PARTNER))
    url = reverse("report_run", args=[run.pk])
    ReportRun.objects.filter(pk=run.pk).update(state="running", progress=40, step="Half way")

    going = client.get(url, headers={"HX-Request": "true"}).content.decode()
    whole = client.get(url).content.decode()
    ReportRun.objects.filter(pk=run.pk).update(
        state="failed", reason="No font.", finished_at=timezone.now()
    )
    over = client.get(url, headers={"HX-Request": "true"}).content.decode()

    assert 'hx-trigger="every 1s"' in going
    assert 'value="40"' in going
    assert "<html" not in going
    assert "Half way" in whole
    assert "<html" in whole
    assert "hx-trigger" not in over
    assert "No font." in over


def test_the_cancel_button_of_the_moving_part_carries_its_token(as_user):
    run, client = stored.run("BG"), as_user(make.user(Role.PARTNER))

    for headers in ({}, {"HX-Request": "true"}):
        html = client.get(reverse("report_run", args=[run.pk]), headers=headers).content.decode()
        assert 'name="csrfmiddlewaretoken" value="' in html
        assert 'name="csrfmiddlewaretoken" value=""' not in html


def test_work_can_be_stopped(as_user):
    run, client = stored.run("BG"), as_user(make.user(Role.PARTNER))
    url = reverse("report_run_cancel", args=[run.pk])

    first, second = client.post(url), client.post(url)

    assert (first.status_code, second.status_code) == (302, 302)
    run.refresh_from_db()
    assert run.state == "cancelled"


def test_the_countrys_page_shows_reports_to_those_who_read_them(as_user):
    stored.report("BG", number=4)
    url = reverse("country_detail", args=["BG"])

    seen = [
        "Release 4" in as_user(make.user(role)).get(url).content.decode()
        for role in (Role.PARTNER, Role.EXPERT)
    ]

    assert seen == [True, False]


def test_pages_ask_the_same_number_of_questions_for_one_and_three(
    as_user, django_assert_max_num_queries
):
    client, counts = as_user(make.user(Role.PARTNER)), []
    for numbers in ([1], [2, 3]):
        for n in numbers:
            stored.report("BG", number=n)
            stored.run("BG", end=date(2026, 1, 1) + timedelta(days=n))
        for url in (page(), reverse("country_detail", args=["BG"])):
            with django_assert_max_num_queries(12) as counted:
                client.get(url)
            counts.append(len(counted))

    assert counts[:2] == counts[2:]
