"""Who works for a partner in the demo adopts practices, and judges nothing this partner made."""

from __future__ import annotations

from datetime import date

import pytest

import experts.demo
import feedback.reviews.demo
import materials.demo
from experts.models import Person
from feedback.reviews.domain import conflicts
from feedback.reviews.models import ReviewerIdentity
from practices import permissions
from practices.models import Practice

pytestmark = pytest.mark.django_db
ANCHOR = date(2026, 11, 24)


def test_experts_of_two_countries_speak_for_their_partner_and_sit_on_no_panel_of_it():
    experts.demo.seed(ANCHOR)
    materials.demo.seed(ANCHOR)
    feedback.reviews.demo.seed(ANCHOR)

    employed = Person.objects.filter(expert__isnull=False, partner__isnull=False)
    assert set(employed.values_list("country__code", flat=True)) == {"ES", "SE"}
    seats = ReviewerIdentity.objects.filter(person__in=employed)
    seats = seats.select_related("person", "round__version__material__owner")
    asked = [(seat.round.version.material, seat.person) for seat in seats]
    assert asked
    assert [pair for pair in asked if conflicts.about([pair[0]], [pair[1]])[pair[0].pk]] == []
    author = Person.objects.get(email="expert.de-02@demo.example")
    foreign = Practice(author=author, country=author.country)
    assert all(permissions.may_adopt.allows(person.user, foreign) for person in employed)
