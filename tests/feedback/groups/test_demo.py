"""The demo's focus groups: in every country, with one fault to be found, and nothing twice."""

from __future__ import annotations

from collections import Counter
from datetime import date

import pytest

import experts.demo
import sessions.demo
from feedback.focus_groups import demo
from feedback.focus_groups.models import AttendanceLine, FocusGroup, Guide, ReferralCard
from sessions.enums import Kind
from sessions.models import CopSession
from tests import factories as make

pytestmark = pytest.mark.django_db
ANCHOR = date(2026, 11, 24)


def test_every_country_hears_migrants_and_mentors_and_seeding_twice_changes_nothing():
    experts.demo.seed(ANCHOR)
    for code in demo.CODES:
        make.version(make.material(code=code))
    sessions.demo.seed(ANCHOR)
    demo.seed(ANCHOR)
    tables = (CopSession, FocusGroup, AttendanceLine, ReferralCard, Guide)
    first = [table.objects.count() for table in tables]

    demo.seed(ANCHOR)

    assert [table.objects.count() for table in tables] == first
    groups = FocusGroup.objects.select_related("country", "session")
    heard = {(group.country.code, group.voice) for group in groups}
    codes = ("BG", "DE", "EL", "IT", "ES", "SE")
    assert {(code, voice) for code in codes for voice in ("migrant", "mentor")} <= heard
    assert Counter(group.country.code for group in groups)["BG"] == 3
    unplanned = CopSession.objects.filter(kind=Kind.FOCUS_GROUP, focus_group=None)
    assert not unplanned.exists()
    assert {tuple(group.session.competences) for group in groups} == {("lifecomp.s1",)}
    assert {g.closed_on is None for g in groups if g.session.wall_day >= ANCHOR} == {True}
    assert {g.closed_on is None for g in groups if g.session.wall_day < ANCHOR} == {False}
    parents = groups.get(session__title="Focus group with parents")
    assert parents.attendance.count() == 4
    assert all(group.versions.count() == 2 for group in groups)
    card = ReferralCard.objects.get(country__code="EL")
    assert sorted(card.texts) == ["ar", "el", "en", "uk"]
