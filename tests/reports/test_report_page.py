"""A release as a page: who reads it, in which language, and where its figures lead."""

from __future__ import annotations

import re

import pytest
from django.urls import reverse

from cop_platform.common.reporting.document import Align, Cell, Chapter, Column, Quote, Table
from experts import reference
from experts.enums import Role
from feedback.reports.domain import rows
from feedback.reports.enums import Step
from feedback.reports.models import Report
from tests import factories as make
from tests.reports import stored, told
from tests.reports.documents import HOSTILE, sample

pytestmark = pytest.mark.django_db
PUBLIC = (Step.SIGNED, Step.PUBLIC)


@pytest.fixture(autouse=True)
def _sections(monkeypatch):
    told.registered(monkeypatch)


def page_of(client, report: Report, name: str = "report_detail", query: str = "") -> str:
    answer = client.get(reverse(name, args=[report.pk]) + query)
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.mark.parametrize("name", ["report_detail", "report_data"])
@pytest.mark.parametrize(
    ("role", "code", "steps", "status"),
    [
        (Role.COORDINATOR, "BG", (), 200),
        (Role.PARTNER, "BG", (), 200),
        (Role.PROJECT_MANAGER, "BG", (), 200),
        (Role.EXPERT, "BG", (), 404),
        (Role.COORDINATOR, "IT", (), 404),
        (Role.EXPERT, "BG", (Step.SIGNED,), 404),
        (Role.EXPERT, "IT", PUBLIC, 200),
        (None, "", (), 404),
        (None, "", (Step.SIGNED,), 404),
        (None, "", PUBLIC, 200),
    ],
)
def test_who_reads_a_release(client, as_user, name, role, code, steps, status):
    report = told.release(None, *steps)
    asked = as_user(make.user(role, code)) if role else client

    assert asked.get(reverse(name, args=[report.pk])).status_code == status


def test_a_withdrawn_release_says_why(client):
    page = page_of(client, told.release(None, *PUBLIC, Step.WITHDRAWN))

    assert "A table was wrong." in page


def test_every_block_of_the_document_stands_on_the_page(client):
    page = page_of(client, told.release(None, *PUBLIC))

    assert page.count("<svg") >= 8
    assert page.count('role="img"') == page.count('class="drawing drawing-fits"') == 8
    assert page.count("<details>") == 9
    for words in ("The panel said", "Too few answers to show.", "In translation", "Case worker"):
        assert words in page
    assert 'href="#c-ratings"' in page
    assert 'id="c-ratings"' in page


def test_the_reader_chooses_the_language_of_the_report(client):
    report = told.release(None, *PUBLIC)

    arabic = page_of(client, report, query="?language=ar")
    unknown = page_of(client, report, query="?language=xx")

    assert '<article class="report" lang="ar" dir="rtl">' in arabic
    assert '<article class="report" lang="en" dir="ltr">' in unknown
    assert 'direction="rtl"' in arabic


def test_words_in_another_language_say_which(client):
    page = page_of(client, told.release(None, *PUBLIC))

    assert '<blockquote lang="bg" dir="auto">A plain remark.</blockquote>' in page
    assert '<span class="report-soft" lang="de" dir="auto"> ein Satz</span>' in page


def test_whatever_people_type_stays_text(client, monkeypatch):
    quotes = tuple(Quote(text, "bg") for text in HOSTILE)
    told.registered(monkeypatch, (Chapter("ratings", "Ratings", quotes),))
    report = told.release(told.dataset(said=HOSTILE[3]), *PUBLIC)

    shown = page_of(client, report)
    data = page_of(client, report, "report_data", "?section=ratings")

    for page in (shown, data):
        assert "<script>alert" not in page
        assert "&lt;script&gt;alert(1)&lt;/script&gt; {{ 7*7 }}" in page
    assert "[U+202E]" in shown


def test_a_figure_leads_to_the_row_it_comes_from(client, monkeypatch):
    cell = Cell("0.83", value=0.83, source="/sections/ratings/items/1/i_cvi")
    found = Table("t", "T", (Column("A"), Column("N", 1, Align.END)), ((Cell("C1"), cell),))
    told.registered(monkeypatch, (Chapter("ratings", "Ratings", (found,)),))
    report = told.release(None, *PUBLIC)

    address = re.search(r'<td class="number"><a href="([^"]+)">0\.83', page_of(client, report))[1]
    path, _hash, anchor = address.partition("#")

    assert anchor == "/items/1"
    assert f'id="{anchor}"' in client.get(f"/reports/{report.pk}/{path}").content.decode()


@pytest.mark.parametrize(
    ("pointer", "expected"),
    [
        ("/sections/ratings/items/1", "?section=ratings#/items/1"),
        ("/sections/ratings/items/1/i_cvi", "?section=ratings#/items/1"),
        ("/sections/ratings/items/9/i_cvi", "?section=ratings#/items"),
        ("/sections/ratings/title", "?section=ratings"),
        ("/countries/0/code", "?section=report#/countries/0"),
        ("/sections/unknown/items", ""),
        ("", "?section=report"),
    ],
)
def test_a_pointer_leads_to_its_nearest_row(pointer, expected):
    raw = {
        "countries": [{"code": "BG"}],
        "sections": {"ratings": {"title": "T", "items": [{"i_cvi": 1.0}, {"i_cvi": 0.5}]}},
    }

    assert rows.address(raw, pointer) == expected


def test_rows_of_an_unknown_section_are_missing(client):
    report = told.release(None, *PUBLIC)

    answer = client.get(reverse("report_data", args=[report.pk]), {"section": "unknown"})

    assert answer.status_code == 404


def test_a_release_of_the_earlier_form_says_so(as_user):
    page = page_of(as_user(make.user(Role.PARTNER, "BG")), stored.report("BG"))

    assert "compiled in an earlier form" in page
    assert "report_pdf" not in page
    assert "BG-validation-report-1.pdf" in page


def test_a_page_asks_few_questions_however_long_the_report(
    as_user, monkeypatch, django_assert_max_num_queries
):
    client = as_user(make.user(Role.PARTNER, "BG"))
    told.registered(monkeypatch, sample(tables=60).chapters)
    report = told.release(told.dataset(rows=300))
    reference.countries()

    with django_assert_max_num_queries(12):
        page = page_of(client, report)

    assert len(page.encode()) < 400_000
    with django_assert_max_num_queries(12):
        page_of(client, report, "report_data", "?section=ratings")


def test_rows_are_told_in_the_order_of_the_facts(client):
    page = page_of(client, told.release(None, *PUBLIC), "report_data", "?section=ratings")

    heads = re.findall(r'<th scope="col">([^<]+)</th>', page)

    assert heads == ["#", "code", "i cvi", "said"]


def test_a_card_leads_to_the_page_to_read(as_user):
    report = told.release()
    client = as_user(make.user(Role.PARTNER, "BG"))

    listed = client.get(reverse("country_reports", args=["BG"])).content.decode()

    assert f'href="/reports/{report.pk}/"' in listed
