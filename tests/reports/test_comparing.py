"""What changed since another release: figures by their place, sentences by their chapter."""

from __future__ import annotations

from dataclasses import replace

import pytest
from django.urls import reverse

from cop_platform.common.reporting.document import (
    Bullets,
    Cell,
    Chapter,
    Column,
    Document,
    Paragraph,
    Table,
)
from experts.enums import Role
from feedback.reports.domain import assembly, comparing
from feedback.reports.domain.comparing import Changed, Said
from tests import factories as make
from tests.reports import sets, stored


def table(*rows: tuple[str, str]) -> Table:
    return Table(
        key="sessions",
        caption="Sessions held",
        columns=(Column("Kind"), Column("Sessions")),
        rows=tuple((Cell(kind), Cell(said, value=float(said))) for kind, said in rows),
    )


def document(*blocks: object, key: str = "sessions") -> Document:
    whole = assembly.document(sets.dataset(), sets.edition())
    return replace(whole, chapters=(Chapter(key, "Sessions", tuple(blocks)),), annexes=())


def test_the_same_document_changed_in_nothing():
    same = document(table(("Regular", "3")), Paragraph("Three sessions were held."))

    assert comparing.documents(same, same).is_empty


def test_figures_are_compared_by_table_row_and_column():
    before = document(table(("Regular", "3"), ("Focus group", "1")))
    after = document(table(("Regular", "4"), ("World café", "2")))

    found = comparing.documents(before, after)

    assert set(found.figures) == {
        Changed("Sessions held", "Regular", "Sessions", "3", "4"),
        Changed("Sessions held", "World café", "Sessions", "", "2"),
        Changed("Sessions held", "Focus group", "Sessions", "1", ""),
    }


def test_rows_that_begin_alike_do_not_hide_each_other():
    before = document(table(("Regular", "3"), ("Regular", "5")))
    after = document(table(("Regular", "3"), ("Regular", "6")))

    figures = comparing.documents(before, after).figures

    assert [(f.before, f.after) for f in figures] == [("5", "6")]


def test_words_are_compared_by_chapter():
    before = document(Paragraph("Three sessions."), Bullets(("One gap.", "Another.")))
    after = document(Paragraph("Four sessions."), Bullets(("One gap.",)))

    found = comparing.documents(before, after)

    assert found.texts == (Said("Sessions", ("Three sessions.", "Another."), ("Four sessions.",)),)


def test_a_chapter_that_is_gone_or_new_is_named():
    before, after = document(Paragraph("Old."), key="old"), document(Paragraph("New."), key="new")

    texts = comparing.documents(before, after).texts

    assert [(said.gone, said.new) for said in texts] == [((), ("New.",)), (("Old.",), ())]


def test_the_manifest_of_two_releases_is_no_change():
    first, second = (assembly.document(sets.dataset(), sets.edition(number)) for number in (1, 2))

    assert comparing.documents(first, second).is_empty


@pytest.mark.django_db
def test_the_page_compares_two_releases_in_the_order_they_were_made(as_user):
    earlier = stored.held(sets.dataset(), number=1)
    later = stored.held(sets.dataset(acronym="NEW", start="2026-02-01"), number=2)
    client = as_user(make.user(Role.PARTNER))

    html = client.get(reverse("report_compare"), {"a": later.pk, "b": earlier.pk}).content.decode()
    ticked = client.get(reverse("report_compare"), {"chosen": [earlier.pk, later.pk]})

    assert "From release BG 1 to release BG 2" in html
    assert "Said no more" in html
    assert ticked.status_code == 200


@pytest.mark.django_db
@pytest.mark.parametrize(
    "asked", [{}, {"a": "1"}, {"chosen": ["1"]}, {"chosen": ["1", "2", "3"]}, {"a": "1", "b": "1"}]
)
def test_anything_but_two_releases_is_a_sentence(as_user, asked):
    answer = as_user(make.user(Role.PARTNER)).get(reverse("report_compare"), asked)

    assert answer.status_code == 200
    assert "exactly two releases" in answer.content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize("key", ["x", "-1", "9" * 40, "1; DROP"])
def test_a_key_that_is_none_is_not_there(as_user, key):
    report = stored.held(sets.dataset())

    answer = as_user(make.user(Role.PARTNER)).get(
        reverse("report_compare"), {"a": report.pk, "b": key}
    )

    assert answer.status_code == 404


@pytest.mark.django_db
def test_a_release_of_another_country_is_not_compared(as_user):
    own, foreign = stored.held(sets.dataset()), stored.report("IT")

    answer = as_user(make.user(Role.PARTNER)).get(
        reverse("report_compare"), {"a": own.pk, "b": foreign.pk}
    )

    assert answer.status_code == 404


@pytest.mark.django_db
def test_a_release_of_an_older_form_cannot_be_compared_and_says_so(as_user):
    own, old = stored.held(sets.dataset()), stored.report("BG", number=7)

    html = (
        as_user(make.user(Role.PARTNER))
        .get(reverse("report_compare"), {"a": own.pk, "b": old.pk})
        .content.decode()
    )

    assert "another version" in html
