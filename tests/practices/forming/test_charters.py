"""A charter is drafted, voted on and accepted; a draft binds nobody anywhere."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from cop_platform.common import needs, periodic
from cop_platform.common.needs import told
from cop_platform.common.refusals import NotPossible, Refused
from experts.domain.report import charter as report_section
from experts.enums import CharterState, Role, TopicState
from experts.models import Charter, CharterAcceptance, CharterVote, Topic, TopicProposal
from practices.domain.forming import accepting, charters, comparing, pages, topics, voting
from practices.domain.forming import needs as own
from sessions.domain import filters
from tests import factories as make
from tests.practices.forming import world
from tests.reports.sections import checks

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
AFTER_VOTE = make.NOW + 12 * DAY


def titles(user, at=make.NOW) -> list[str]:
    """What waits, but the pulse of the quarter, which waits for everybody."""
    return [n.title for n in needs.of(user, at) if n.url != reverse("health_pulse")]


def cast(charter, ballot="yes", user=None, **more):
    values = {"remark": "", "by": user or make.user(), "at": make.NOW}
    return voting.cast(charter_id=charter.pk, ballot=ballot, **values | more)


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


def test_opening_a_vote_writes_down_who_may_vote_and_the_quorum():
    draft = world.draft()
    by = make.user(Role.COORDINATOR)
    for _ in range(4):
        make.person()
    make.person(code="IT")

    opened = voting.open_vote(charter_id=draft.pk, until=date(2026, 12, 8), by=by, at=make.NOW)

    assert (opened.state, opened.electors, opened.quorum) == ("voting", 5, 3)


@pytest.mark.parametrize("until", [date(2026, 11, 25), date(2027, 3, 1)])
def test_a_vote_of_a_day_or_of_months_is_refused(as_user, until):
    draft = world.draft()

    page = as_user(make.user(Role.COORDINATOR)).post(
        reverse("charter_open", args=[draft.pk]), {"until": until.isoformat()}
    )

    assert page.status_code == 200
    assert Charter.objects.get(pk=draft.pk).state == CharterState.DRAFT


def test_somebody_votes_once_and_may_change_it():
    charter, user = world.voting(), make.user()

    cast(charter, "no", user, remark="Too long")
    cast(charter, "yes", user)

    assert [v.ballot for v in CharterVote.objects.filter(charter=charter)] == ["yes"]


def test_people_of_other_countries_do_not_vote():
    with pytest.raises(Refused):
        cast(world.voting("BG"), user=make.user(Role.EXPERT, "IT"))


def test_a_no_says_what_has_to_change(as_user):
    charter = world.voting(until=date(2099, 1, 1))
    client = as_user(make.user())

    page = client.post(reverse("charter_vote", args=[charter.pk]), {"ballot": "no"})

    assert "what has to change" in page.content.decode()
    assert not charter.votes.exists()


def test_after_the_last_day_nobody_votes():
    charter = world.voting()
    cast(charter, at=make.NOW + 10 * DAY)

    with pytest.raises(NotPossible):
        cast(charter, at=make.NOW + 11 * DAY)


@pytest.mark.parametrize(
    ("yes", "no", "quorum", "carries"),
    [(2, 1, 3, True), (1, 1, 2, False), (2, 0, 3, False), (0, 0, 0, False), (4, 2, 6, True)],
)
def test_the_rule_of_the_vote(yes, no, quorum, carries):
    assert voting.Tally(yes, no, quorum, electors=9).carries is carries


@pytest.mark.parametrize(("electors", "quorum"), [(0, 1), (1, 1), (2, 1), (3, 2), (9, 5)])
def test_the_quorum_is_half_of_the_members(electors, quorum):
    assert voting.quorum_of(electors) == quorum


def test_a_vote_that_carries_puts_the_version_in_force():
    before, charter = world.charter(), world.voting()
    users = [make.user(), make.user()]
    for user in users:
        cast(charter, user=user)

    settled = periodic.run_all(AFTER_VOTE)["charter votes"]

    charter.refresh_from_db()
    before.refresh_from_db()
    assert settled == 1
    assert (charter.state, before.state) == (CharterState.ADOPTED, CharterState.SUPERSEDED)
    assert charter.adopted_on == date(2026, 12, 6)
    assert {a.person.user for a in charter.acceptances.all()} == set(users)
    assert voting.settle_due(AFTER_VOTE) == 0


def test_a_vote_without_quorum_gives_the_draft_back_with_the_figures(as_user):
    world.charter()
    charter = world.voting()
    cast(charter)

    voting.settle_due(AFTER_VOTE)

    charter.refresh_from_db()
    assert (charter.state, charter.adopted_on) == (CharterState.DRAFT, None)
    page = as_user(make.user(Role.COORDINATOR)).get(charter.get_absolute_url()).content.decode()
    assert "1 of 4 members voted: 1 yes, 0 no. It takes 2 votes" in page
    assert "not adopted and is a draft again" in page


def test_a_vote_whose_last_day_goes_on_is_left_alone():
    world.voting()

    assert voting.settle_due(make.NOW + 10 * DAY) == 0


def test_a_failing_adoption_leaves_the_charter_in_force(monkeypatch):
    before, charter = world.charter(), world.voting()
    for _ in range(2):
        cast(charter)
    monkeypatch.setattr(CharterAcceptance.objects, "bulk_create", _broken)

    with pytest.raises(RuntimeError):
        voting.settle_due(AFTER_VOTE)

    charter.refresh_from_db()
    before.refresh_from_db()
    assert (charter.state, before.state) == (CharterState.VOTING, CharterState.ADOPTED)


def _broken(*_args, **_kwargs):
    raise RuntimeError


def test_accepting_waits_on_the_first_page_until_it_is_done():
    charter, user = world.charter(), make.user()
    assert "Accept the charter of CoP Bulgaria" in titles(user)

    for _ in range(2):
        accepting.accept(charter_id=charter.pk, by=user, at=make.NOW)

    assert "Accept the charter of CoP Bulgaria" not in titles(user)
    assert charter.acceptances.count() == 1


def test_a_new_version_is_accepted_anew():
    charter, user = world.charter(), make.user()
    accepting.accept(charter_id=charter.pk, by=user, at=make.NOW)
    Charter.objects.filter(pk=charter.pk).update(state=CharterState.SUPERSEDED)
    world.charter(version=2)

    assert "Accept the charter of CoP Bulgaria" in titles(user)


def test_a_draft_is_not_accepted():
    with pytest.raises(NotPossible):
        accepting.accept(charter_id=world.draft().pk, by=make.user(), at=make.NOW)


def test_an_open_vote_waits_for_members_who_have_not_voted():
    charter, user = world.voting(), make.user()
    assert "Vote on the charter of CoP Bulgaria" in titles(user)

    cast(charter, user=user)

    assert titles(user) == []


def test_a_review_day_that_passed_waits_for_the_coordinator_alone():
    world.charter(review_on=date(2026, 11, 1))

    title = "Look at the charter of CoP Bulgaria again"
    assert title in titles(make.user(Role.COORDINATOR))
    assert title not in titles(make.user(Role.EXPERT))
    assert title not in titles(make.user(Role.COORDINATOR, "IT"))


def test_what_charters_wait_for_takes_one_question(django_assert_num_queries):
    world.charter("BG", review_on=date(2026, 11, 1))
    user = make.user(Role.PROJECT_MANAGER)
    assert user.person
    assert user.access
    for code in ("BG", "IT", "ES"):
        with django_assert_num_queries(1):
            told([own.of], user, make.NOW)
        world.proposal(code)


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


def test_three_votes_take_as_many_questions_as_one(as_user):
    world.charter()
    charter = world.voting()
    client = as_user(make.user())
    url = charter.get_absolute_url()
    cast(charter, remark="One")
    world.proposal()
    client.get(url)
    before = _count(client, url)
    for _ in range(2):
        cast(charter, remark="More")
        world.proposal()

    assert _count(client, url) == before


def _count(client, url) -> int:
    with CaptureQueriesContext(connection) as caught:
        client.get(url)
    return len(caught)


def test_a_foreign_topic_is_proposed_with_its_name_filled_in(as_user):
    world.charter()
    client = as_user(make.user())

    assert "Health papers" in client.get("/topics/propose/?name=Health papers").content.decode()
    typed = {
        "name": "Health papers",
        "reason": "Nurses ask.",
        "community": make.cop(make.country()).pk,
    }
    client.post("/topics/propose/", typed)

    assert TopicProposal.objects.get().name == "Health papers"


@pytest.mark.parametrize("name", ["recognition", "Waits already"])
def test_a_topic_there_is_already_is_refused_beside_the_field(as_user, name):
    charter = world.charter()
    world.proposal(name="Waits already")
    typed = {"name": name, "reason": "Because", "community": charter.cop_id}

    page = as_user(make.user()).post(reverse("topic_propose"), typed)

    assert "already" in page.content.decode()
    assert TopicProposal.objects.count() == 1


def test_taking_a_topic_puts_it_into_the_next_draft():
    charter, proposal = world.charter(), world.proposal(name="Families")

    draft = topics.take(proposal_id=proposal.pk, by=make.user(Role.COORDINATOR), at=make.NOW)

    assert (draft.version, draft.state) == (2, CharterState.DRAFT)
    assert "Families" in [t.name for t in draft.topics.all()]
    assert "Families" not in [t.name for t in charter.topics.all()]


def test_while_a_vote_is_on_a_topic_waits():
    world.voting()
    proposal = world.proposal()

    with pytest.raises(NotPossible):
        topics.take(proposal_id=proposal.pk, by=make.user(Role.COORDINATOR), at=make.NOW)

    proposal.refresh_from_db()
    assert proposal.state == TopicState.OPEN


def test_declining_needs_a_reason_that_members_read(as_user):
    charter, proposal = world.charter(), world.proposal()
    client = as_user(make.user(Role.COORDINATOR))
    url = reverse("topic_answer", args=[proposal.pk])

    assert "give the reason" in client.post(url, {"deed": "decline"}).content.decode()
    client.post(url, {"deed": "decline", "why": "The city does it."})

    assert "The city does it." in client.get(charter.get_absolute_url()).content.decode()


def test_a_topic_is_answered_once():
    proposal, by = world.proposal(), make.user(Role.COORDINATOR)
    topics.decline(proposal_id=proposal.pk, why="No", by=by, at=make.NOW)

    with pytest.raises(NotPossible):
        topics.take(proposal_id=proposal.pk, by=by, at=make.NOW)


def test_a_dropped_draft_lets_its_topics_wait_again():
    world.charter()
    proposal, by = world.proposal(), make.user(Role.COORDINATOR)
    draft = topics.take(proposal_id=proposal.pk, by=by, at=make.NOW)

    charters.drop_draft(charter_id=draft.pk, by=by, at=make.NOW)

    proposal.refresh_from_db()
    assert proposal.state == TopicState.OPEN
    assert not Charter.objects.at_work().exists()
