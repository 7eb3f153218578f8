"""A charter is drafted and compared; a draft binds nobody anywhere."""

from __future__ import annotations

from datetime import date

import pytest
from django.urls import reverse

from experts.domain.report import charter as report_section
from experts.enums import CharterState, Role
from experts.models import Charter, Topic
from practices.domain.forming import charters, comparing, pages
from sessions.domain import filters
from tests import factories as make
from tests.practices.forming import world
from tests.reports.sections import checks

pytestmark = pytest.mark.django_db


def test_a_draft_begins_with_what_is_in_force():
    current = world.charter()

    draft = charters.start_draft(cop_id=current.cop_id, by=make.user(Role.COORDINATOR), at=make.NOW)

    assert (draft.version, draft.state, draft.purpose) == (2, "draft", current.purpose)
    assert [t.name for t in draft.topics.all()] == [t.name for t in current.topics.all()]


def test_beginning_twice_gives_the_same_draft():
    cop, by = world.charter().cop, make.user(Role.COORDINATOR)

    made = [charters.start_draft(cop_id=cop.pk, by=by, at=make.NOW).pk for _ in range(2)]

    assert made[0] == made[1]


@pytest.mark.parametrize("state", [CharterState.DRAFT, CharterState.VOTING])
def test_a_draft_is_never_the_current_one(as_user, state):
    world.charter(topics=("Recognition",))
    draft = world.draft(topics=("Only drafted",), domain="Only a draft")
    if state == CharterState.VOTING:
        Charter.objects.filter(pk=draft.pk).update(
            state=state, vote_opened_at=make.NOW, vote_until=date(2026, 12, 4)
        )

    facts = report_section.SECTION.collect(checks.scope("BG"))
    country = as_user(make.user()).get("/countries/BG/").content.decode()

    assert [c.version for c in facts.charters] == [1]
    assert "Only a draft" not in country
    assert filters.topics() == ("Recognition",)
    assert [t.name for t in Topic.objects.current()] == ["Recognition"]
    assert Charter.objects.current().get().version == 1


def test_members_of_other_communities_do_not_read_drafts():
    draft = world.draft("IT")

    seen = Charter.objects.visible_to(make.user(Role.EXPERT, "BG")).filter(pk=draft.pk)

    assert not seen.exists()


def test_a_draft_saved_by_somebody_else_meanwhile_asks_again(as_user):
    draft = world.draft(revision=4)
    client = as_user(make.user(Role.COORDINATOR))
    typed = {"revision": 3, "domain": "D", "purpose": "What I typed", "topics": "One"}

    page = client.post(reverse("charter_edit", args=[draft.pk]), typed)

    assert page.status_code == 409
    assert "What I typed" in page.content.decode()
    assert Charter.objects.get(pk=draft.pk).purpose == draft.purpose


def test_writing_a_draft_in_the_browser_replaces_its_topics(as_user):
    draft = world.draft()
    typed = {"revision": 1, "domain": "D", "purpose": "P", "topics": "Families\nfamilies\n\nWork"}

    page = as_user(make.user(Role.COORDINATOR)).post(
        reverse("charter_edit", args=[draft.pk]), typed
    )

    assert page.status_code == 302
    assert sorted(t.name for t in draft.topics.all()) == ["Work", "families"]


def test_too_many_topics_are_refused_beside_the_field(as_user):
    draft = world.draft()
    typed = {"revision": 1, "domain": "D", "purpose": "P", "topics": "\n".join(map(str, range(13)))}

    page = as_user(make.user(Role.COORDINATOR)).post(
        reverse("charter_edit", args=[draft.pk]), typed
    )

    assert "at most 12 topics" in page.content.decode()


def test_what_changed_is_said_part_by_part():
    old = world.charter(topics=("Recognition", "First job"))
    new = world.draft(topics=("Recognition", "Families"), sponsor="The city")

    found = comparing.compare(old, new)

    assert [change.label for change in found.changes] == ["Purpose", "Sponsor"]
    kinds = [(part.kind, part.text) for part in found.changes[0].parts]
    assert ("removed", "share") in kinds
    assert ("added", "write down") in kinds
    assert (found.came, found.went, found.stayed) == (["Families"], ["First job"], ["Recognition"])


def test_the_changes_are_read_without_colours(as_user):
    world.charter()
    new = world.draft()

    page = as_user(make.user()).get(reverse("charter_compare", args=[new.pk])).content.decode()

    assert "<ins><span" in page
    assert "Taken out:" in page


def test_a_first_version_has_nothing_to_be_compared_with(as_user):
    page = as_user(make.user()).get(reverse("charter_compare", args=[world.charter().pk]))

    assert "no such earlier version" in page.content.decode()


@pytest.mark.parametrize(("asked", "status"), [("1", 200), ("99", 200), ("x", 400), ("-1", 400)])
def test_an_odd_version_to_compare_with_is_no_fault_of_ours(as_user, asked, status):
    world.charter()
    new = world.draft()

    page = as_user(make.user()).get(reverse("charter_compare", args=[new.pk]), {"with": asked})

    assert page.status_code == status


def test_five_lines_say_what_somebody_new_needs():
    charter = world.charter(scope_out="Legal advice. Jobs.", sponsor="The city")

    lines = pages.five_lines(charter, ["Recognition", "First job"])

    assert [text for _label, text in lines] == [
        "Working with people who arrive",
        "We help people show what they can do.",
        "Recognition, First job",
        "Legal advice.",
        "The city",
    ]
