"""What a verdict rests on: whose ratings and changes count for whom, and what stays withheld."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from experts import reference
from experts.enums import Profession
from experts.models import Expert
from feedback.changes.enums import Decision, Severity
from feedback.reviews.models import ReviewRound
from feedback.validation.domain.judging import basis
from tests import factories as make
from tests.feedback import world
from tests.feedback.changes import asking

pytestmark = pytest.mark.django_db


def several(**panels: tuple[str, ...]) -> ReviewRound:
    """A closed round of all countries whose experts gave these scores to the first criterion."""
    found = world.review_round(None)
    for code, firsts in panels.items():
        for first in firsts:
            world.answered(found, make.person(code=code), first)
    return world.gone_on(found, "closed")


def first(found: basis.Basis) -> tuple[int, int]:
    item = found.counts.items[0]
    return item.relevant, item.n


def by_code(found: ReviewRound) -> dict[str, basis.Basis]:
    return {one.country.code if one.country else "": one for one in basis.gather(found).values()}


def test_a_country_counts_its_own_reviews_and_the_consortium_all():
    found = by_code(several(BG=("4", "4", "2"), IT=("4", "4", "4")))
    assert (first(found["BG"]), first(found["IT"]), first(found[""])) == ((2, 3), (3, 3), (5, 6))
    assert not found[""].is_hidden


def test_a_small_panel_gives_no_counts():
    found = by_code(several(BG=("4", "4", "4"), ES=("1", "2")))
    assert (found["ES"].counts.raters, found["ES"].counts.items) == (2, ())
    assert first(found[""]) == (3, 5)


def test_the_consortium_is_hidden_where_its_counts_would_tell_those_of_a_small_panel():
    assert by_code(several(BG=("4", "4", "4"), ES=("1", "2")))[""].is_hidden
    assert not by_code(several(ES=("1", "2"), IT=("4",)))[""].is_hidden


def test_professions_are_counted_for_the_quotas():
    found = world.review_round()
    for profession in (Profession.CASE_WORKER, Profession.RESEARCHER, Profession.LIVED_EXPERIENCE):
        person = make.person()
        Expert.objects.update_or_create(person=person, defaults={"profession": profession})
        world.answered(found, person)
    counts = by_code(found)["BG"].counts
    assert (counts.practitioners, counts.lived) == (1, 1)


@pytest.mark.parametrize(
    ("severity", "decision", "expected"),
    [
        (Severity.CRITICAL, Decision.OPEN, (1, 0)),
        (Severity.MAJOR, Decision.OPEN, (1, 0)),
        (Severity.MINOR, Decision.OPEN, (0, 0)),
        (Severity.MINOR, Decision.ACCEPT, (0, 1)),
        (Severity.MINOR, Decision.DECLINE, (0, 0)),
    ],
)
def test_changes_of_the_ledger_count_where_they_were_asked_for(
    severity: str, decision: str, expected: tuple[int, int]
):
    found = several(BG=("4", "4", "4"), IT=("4", "4", "4"))
    change = asking.typed(found.version, code="BG", severity=severity)
    if decision != Decision.OPEN:
        type(change).objects.filter(pk=change.pk).update(
            decision=decision, reason="So.", decided_at=make.NOW
        )
    bases = by_code(found)
    counted = {code: (one.counts.open_changes, one.counts.not_done) for code, one in bases.items()}
    assert counted == {"BG": expected, "": expected, "IT": (0, 0)}


def test_what_is_stored_gives_the_same_counts_and_the_same_hash():
    one = by_code(several(BG=("4", "3", "2")))["BG"]
    assert basis.read(one.stored()) == one.counts
    assert basis.digest(one.stored()) == basis.digest(dict(reversed(one.stored().items())))


def test_three_countries_ask_as_many_questions_as_one():
    asked = []
    for panels in ({"BG": ("4",) * 3}, dict.fromkeys(("BG", "IT", "ES"), ("4",) * 3)):
        found = ReviewRound.objects.with_version().get(pk=several(**panels).pk)
        reference.countries()
        with CaptureQueriesContext(
            connection,
        ) as queries:
            basis.gather(found)
        asked.append(len(queries))
    assert asked == [5, 5]
