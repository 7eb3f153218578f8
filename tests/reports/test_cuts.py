"""Named reports and the consortium's: chosen, kept, retired with a way back, compiled."""

from __future__ import annotations

from datetime import date

import pytest
from django.urls import reverse

from experts import reference
from experts.enums import Role
from feedback.reports.models import ReportCut, ReportRun
from tests import factories as make
from tests.reports import stored

pytestmark = pytest.mark.django_db


@pytest.fixture
def client(as_user):
    make.cop()
    return as_user(make.user(Role.PROJECT_MANAGER))


def test_a_named_report_keeps_what_was_chosen(client):
    bulgaria, material = make.country("BG"), make.material("BG")
    reference.forget()

    client.post(
        reverse("cut_new"),
        {
            "name": "Mid-term",
            "countries": [bulgaria.pk],
            "materials": [material.pk],
            "start": "2026-01-01",
            "end": "2026-06-30",
            "profile": "public",
        },
    )

    cut = ReportCut.objects.get()
    assert [country.code for country in cut.countries.all()] == ["BG"]
    assert list(cut.materials.all()) == [material]
    assert (cut.name, cut.profile, cut.period_end) == ("Mid-term", "public", date(2026, 6, 30))


@pytest.mark.parametrize(
    ("posted", "field"),
    [
        ({"name": ""}, "name"),
        ({"name": "x" * 200}, "name"),
        ({"name": "a\x00"}, "name"),
        ({"name": "Taken"}, "name"),
        ({"countries": ["999999"]}, "countries"),
        ({"countries": ["9" * 40]}, "countries"),
        ({"materials": ["x"]}, "materials"),
        ({"sections": ["nothing"]}, "sections"),
        ({"start": "2026-02-30"}, "start"),
        ({"start": "2026-06-01", "end": "2026-01-01"}, "end"),
        ({"profile": "everyone"}, "profile"),
    ],
)
def test_a_bad_choice_is_said_beside_its_field(client, posted, field):
    stored.cut("Taken")

    answer = client.post(reverse("cut_new"), {"name": "New", "profile": "agency"} | posted)

    assert answer.status_code == 200
    assert list(answer.context["form"].errors) == [field]
    assert ReportCut.objects.count() == 1


def test_a_named_report_is_changed_under_its_own_name(client):
    cut = stored.cut("Mid-term", "BG")

    client.post(reverse("cut_edit", args=[cut.pk]), {"name": "Mid-term", "profile": "public"})

    cut.refresh_from_db()
    assert (cut.profile, cut.countries.count()) == ("public", 0)


def test_a_retired_one_comes_back_unless_its_name_is_taken(client):
    cut = stored.cut("Mid-term")

    client.post(reverse("cut_retire", args=[cut.pk]))
    retired = ReportCut.objects.get().retired_at
    client.post(reverse("cut_bring_back", args=[cut.pk]))
    back = ReportCut.objects.get().retired_at
    client.post(reverse("cut_retire", args=[cut.pk]))
    stored.cut("Mid-term")
    client.post(reverse("cut_bring_back", args=[cut.pk]))

    cut.refresh_from_db()
    assert retired is not None
    assert back is None
    assert cut.retired_at is not None


def test_compiling_it_asks_for_a_run_about_it(client):
    cut = stored.cut("Mid-term", "BG", "IT")
    ReportCut.objects.update(period_start=date(2026, 1, 1), period_end=date(2026, 3, 31))

    answer = client.post(reverse("cut_detail", args=[cut.pk]), {"language": "de"})

    run = ReportRun.objects.get()
    assert answer.url == run.get_absolute_url()
    assert (run.cut, run.country, run.language) == (cut, None, "de")
    assert (run.period_start, run.period_end) == (date(2026, 1, 1), date(2026, 3, 31))


@pytest.mark.parametrize("language", ["", "xx", "fa"])
def test_a_language_without_reports_compiles_nothing(client, language):
    cut = stored.cut()

    answer = client.post(reverse("cut_detail", args=[cut.pk]), {"language": language})

    assert answer.status_code == 200
    assert ReportRun.objects.count() == 0


def test_a_retired_one_is_not_compiled(client):
    cut = stored.cut()
    ReportCut.objects.update(retired_at=make.NOW)

    client.post(reverse("cut_detail", args=[cut.pk]), {"language": "en"})

    assert ReportRun.objects.count() == 0


def test_the_consortiums_report_is_asked_for(client):
    posted = {"start": "2026-01-01", "end": "2026-06-30", "profile": "public", "language": "en"}

    answer = client.post(reverse("report_consortium"), posted)

    run = ReportRun.objects.get()
    assert answer.url == run.get_absolute_url()
    assert (run.country, run.cut, run.profile) == (None, None, "public")


@pytest.mark.parametrize("role", [Role.PARTNER, Role.COORDINATOR, Role.EXPERT])
def test_others_neither_see_nor_compile_them(as_user, role):
    cut, client = stored.cut("Mid-term", "BG"), as_user(make.user(role))

    answers = [
        client.get(reverse("cut_detail", args=[cut.pk])).status_code,
        client.post(reverse("cut_detail", args=[cut.pk]), {"language": "en"}).status_code,
        client.post(reverse("cut_retire", args=[cut.pk])).status_code,
        client.get(reverse("cut_list")).status_code,
        client.post(reverse("report_consortium"), {}).status_code,
    ]

    assert answers == [404, 404, 404, 403, 403]
    assert ReportRun.objects.count() == 0


def test_lists_ask_as_often_for_one_and_for_three(client, django_assert_max_num_queries):
    counts = []
    reference.countries()
    for names in (["a"], ["b", "c"]):
        for name in names:
            stored.cut(name, "BG", "IT")
        with django_assert_max_num_queries(12) as counted:
            client.get(reverse("cut_list"))
        counts.append(len(counted))

    assert counts[0] == counts[1]
