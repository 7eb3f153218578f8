"""The demo's codes and themes: what its pages are meant to show, and nothing twice."""

from __future__ import annotations

from datetime import date

import pytest

import experts.demo
import sessions.demo
from feedback.changes.enums import Decision
from feedback.changes.models import ChangeRequest
from feedback.focus_groups import demo, demo_capture, demo_coding, demo_consents
from feedback.focus_groups.domain.coding import (
    agreement,
    coded,
    contradictions,
    theme_source,
    themes,
)
from feedback.focus_groups.models import Code, CoderPass, Coding, MergeProposal, Theme
from tests import factories as make

pytestmark = pytest.mark.django_db
ANCHOR = date(2026, 11, 24)


def test_the_demo_is_coded_and_seeding_twice_changes_nothing():
    experts.demo.seed(ANCHOR)
    for code in demo.CODES:
        make.version(make.material(code=code))
    sessions.demo.seed(ANCHOR)
    for part in (demo, demo_consents, demo_capture, demo_coding):
        part.seed(ANCHOR)
    tables = (Code, CoderPass, Coding, MergeProposal, Theme, ChangeRequest)
    first = [table.objects.count() for table in tables]

    demo_coding.seed(ANCHOR)

    assert [table.objects.count() for table in tables] == first
    own = {code: Theme.objects.filter(country__code=code) for code in ("BG", "DE", "IT")}
    assert {code: found.count() for code, found in own.items()} == {"BG": 4, "DE": 2, "IT": 2}
    # Two coders who agree on some codes and not on others.
    bulgaria = make.country("BG")
    among = agreement.units(bulgaria.pk)
    readings = {
        agreement.reading(agreement.of_code(code.pk, among).alpha)
        for code in Code.objects.filter(country=bulgaria)
    }
    assert {"reliable", "low"} <= readings
    assert all(one.people for one in themes.reach(Theme.objects.all()).values())
    # Experts want what the others do not.
    disputed = own["IT"].get(title__startswith="How much").codes.values_list("pk", flat=True)
    (found,) = contradictions.find(coded.with_codes(disputed), list(disputed))
    assert {side.voice for side in found.sides} == {"expert", "migrant"}
    assert MergeProposal.objects.get().is_agreed is None
    change = ChangeRequest.objects.get(source_kind=theme_source.KIND)
    assert change.decision == Decision.ACCEPT
