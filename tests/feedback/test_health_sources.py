"""What rooms of feedback tell the figures about communities, and what they keep to themselves."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse

from experts.enums import Role
from feedback.changes.domain import learned
from feedback.changes.models import ChangeRequest
from feedback.reviews.domain import given as given_source
from feedback.reviews.domain import identity
from feedback.validation.domain.joining import coverage
from materials.models import RequiredEdition
from practices.domain.health import upper
from tests import factories as make
from tests.feedback import world
from tests.feedback.changes import asking

pytestmark = pytest.mark.django_db


def done(home: str, *, asked_by: str = "ES") -> ChangeRequest:
    """A change of a country's material, asked for elsewhere, decided and made."""
    version = world.version(make.person(Role.AUTHOR, home), home)
    change = asking.typed(version, code=asked_by)
    asking.decided(change, make.user(Role.PROJECT_MANAGER), public_asked="Say who may work.")
    following = make.version(version.material)
    ChangeRequest.objects.filter(pk=change.pk).update(done_in=following, told_at=make.NOW)
    change.refresh_from_db()
    return change


def test_changes_are_told_of_the_country_whose_material_was_changed(as_user):
    change = done("BG", asked_by="ES")
    bulgaria, spain = make.country("BG").pk, make.country("ES").pk

    found = list(learned.done(bulgaria))

    assert [(one.words, one.key) for one in found] == [("Say who may work.", change.material_id)]
    assert list(learned.done(spain)) == []
    page = as_user(make.user(Role.PARTNER, "BG")).get(reverse("health_learned", args=["BG"]))
    assert "Say who may work." in page.content.decode()
    assert "Spain" not in page.content.decode()


def test_changes_without_words_for_the_public_are_one_line(as_user):
    change = done("BG")
    other = asking.typed(change.version)
    asking.decided(other, make.user(Role.PROJECT_MANAGER))
    ChangeRequest.objects.update(done_in=change.done_in, public_asked="")

    page = as_user(make.user(Role.PARTNER, "BG")).get(reverse("health_learned", args=["BG"]))

    assert "2 changes made" in page.content.decode()
    assert page.content.decode().count(change.material.title) == 1


def test_the_loop_knows_when_a_change_was_decided_and_told():
    change = done("BG")

    found = list(learned.asked(make.NOW.date() - timedelta(days=5)))

    assert [(one.country_id, one.raised_on, one.decided_on, one.told_on) for one in found] == [
        (make.country("BG").pk, change.raised_on, make.NOW.date(), make.NOW.date())
    ]


def test_needed_editions_and_validated_ones_are_counted_by_country():
    material = world.version().material
    for code in ("BG", "IT"):
        RequiredEdition.objects.create(material=material, country=make.country(code), language="en")

    found = coverage(make.NOW.date())

    assert sorted(found, key=lambda cell: cell.country_id) == [
        upper.Cells(pk, 1, 0) for pk in sorted([make.country("BG").pk, make.country("IT").pk])
    ]


def test_reviews_are_given_by_month_and_only_by_those_who_sent_one():
    found = asking.closed_round()
    asked_only = make.person()
    open_round = world.review_round()
    world.assigned(open_round, asked_only)

    given = list(identity.by_month())

    senders = {identity.reader_of(one).pk for one in found.assignments.all()}
    assert {person for person, _country, _month in given} == senders
    assert {month.day for _person, _country, month in given} == {1}
    one = min(senders)
    assert {person for person, _country, _month in identity.by_month({one})} == {one}
    assert {asked_only.pk, *senders} <= set(given_source.asked(make.NOW - timedelta(days=30)))
