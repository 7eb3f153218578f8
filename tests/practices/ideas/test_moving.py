"""The answer an idea is owed, and where it goes: for reasons, tested, adopted."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.urls import reverse

from cop_platform.common.refusals import NotPossible, Refused
from experts import fields
from experts.domain import message_kinds
from experts.enums import CharterState, Role
from experts.fields import label_of
from experts.models import AuditEvent, Message
from practices.domain.ideas import answered, merging, moving, testing
from practices.domain.ideas.acting import Promised
from practices.domain.ideas.testing import Card
from practices.enums import CheckStep, IdeaState, Outcome
from practices.forms.ideas import MoveForm
from practices.models import Idea
from sessions.models import ActionItem
from tests import factories as make
from tests.practices import world
from tests.practices.forming import world as charters

pytestmark = pytest.mark.django_db


@pytest.fixture
def lead():
    return make.user(Role.COORDINATOR)


def answer(idea: Idea, lead, *, state: str = IdeaState.EXPLORED, **more) -> Idea:
    values = {"revision": idea.revision, "text": "We will look into it."} | more
    return moving.answer(idea_id=idea.pk, state=state, by=lead, at=make.NOW, **values)


def adopt(idea: Idea, lead, *, action: str = "") -> Idea:
    return moving.adopt(
        idea_id=idea.pk,
        revision=idea.revision,
        action=Promised(action, make.person(), date(2026, 12, 10)) if action else None,
        why="It works.",
        by=lead,
        at=make.NOW,
    )


def test_an_answer_goes_to_the_author_by_mail_and_moves_the_idea_on(lead):
    idea = answer(world.idea(), lead)

    assert (idea.state, idea.answer) == (IdeaState.EXPLORED, "We will look into it.")
    assert idea.answered_on == date(2026, 11, 24)
    message = Message.objects.get(kind=answered.KIND)
    assert message.person == idea.author
    kind = message_kinds.get(answered.KIND)
    assert kind.still_true(message, idea, make.NOW)
    mail = kind.render(message, idea, make.NOW)
    assert "We will look into it." in mail.text
    assert mail.link == idea.get_absolute_url()


def test_the_authors_of_merged_ideas_get_the_answer_too_and_each_once(lead):
    idea, same = world.idea(), world.idea("IT")
    again = world.idea(author=same.author)
    for other in (same, again):
        merging.merge(idea_id=other.pk, into_id=idea.pk, by=lead, at=make.NOW)

    answer(idea, lead)

    told = Message.objects.filter(kind=answered.KIND).values_list("person", flat=True)
    assert sorted(told) == sorted([idea.author_id, same.author_id])


def test_an_answer_may_be_changed_and_the_day_of_the_first_counts(lead):
    idea = answer(world.idea(), lead)

    moving.answer(
        idea_id=idea.pk,
        revision=idea.revision,
        text="Better said.",
        state="",
        by=lead,
        at=make.NOW + timedelta(days=9),
    )

    idea.refresh_from_db()
    assert (idea.answer, idea.answered_on) == ("Better said.", date(2026, 11, 24))
    assert idea.state == IdeaState.EXPLORED


def test_two_who_answer_at_once_do_not_overwrite_each_other(as_user, lead):
    idea = world.idea()
    answer(idea, lead)

    page = as_user(lead).post(
        reverse("idea_answer", args=[idea.pk]), {"revision": 1, "text": "Mine.", "state": ""}
    )

    assert page.status_code == 409
    said = page.content.decode()
    assert "Mine." in said
    assert "We will look into it." in said
    idea.refresh_from_db()
    assert idea.answer == "We will look into it."


@pytest.mark.parametrize("role", [Role.EXPERT, Role.PARTNER, Role.FACILITATOR, Role.AUTHOR])
def test_ideas_are_answered_by_those_who_lead(role):
    with pytest.raises(Refused):
        answer(world.idea(), make.user(role))


def test_an_idea_is_answered_before_it_goes_anywhere(lead):
    idea = world.idea()

    with pytest.raises(NotPossible, match="Answer its author first"):
        moving.move(
            idea_id=idea.pk, revision=1, state=IdeaState.PARKED, why="No.", by=lead, at=make.NOW
        )
    with pytest.raises(NotPossible, match="Answer its author first"):
        adopt(idea, lead)


@pytest.mark.parametrize("now", list(IdeaState))
@pytest.mark.parametrize("then", list(IdeaState))
def test_an_idea_goes_only_where_a_way_leads(lead, now, then):
    idea = world.idea(state=now, answered_on=world.DAY, answer="Yes.")
    deed = {"idea_id": idea.pk, "revision": 1, "why": "Because.", "by": lead, "at": make.NOW}

    if then in moving.WAYS[now]:
        moving.move(state=then, **deed)
    else:
        with pytest.raises(NotPossible, match="does not go to"):
            moving.move(state=then, **deed)

    idea.refresh_from_db()
    assert idea.state == (then if then in moving.WAYS[now] else now)


def test_a_parked_idea_keeps_its_reason_and_its_day(lead):
    idea = answer(world.idea(), lead, state=IdeaState.PARKED, text="No room this year.")

    assert idea.settled_on == date(2026, 11, 24)
    assert idea.steps.get(state=IdeaState.PARKED).note == "No room this year."
    assert AuditEvent.objects.filter(deed="idea_answered", object_id=idea.pk).count() == 1


def card(first: date = date(2026, 11, 24), days: int = 14) -> Card:
    last = first + timedelta(days=days)
    return Card("Voices are easier.", "Five people try.", "Three finish.", first, last)


def test_a_test_makes_an_idea_tried_and_leaves_the_answer_owed():
    idea, member = world.idea(), world.member("IT")

    test = testing.start(idea_id=idea.pk, card=card(), by=member.user, at=make.NOW)

    assert (test.owner, test.country.code) == (member, "IT")
    idea.refresh_from_db()
    assert idea.state == IdeaState.TRIED
    assert list(Idea.objects.unanswered()) == [idea]


def test_a_test_does_not_end_before_it_starts(as_user):
    idea = world.idea()
    typed = {"hypothesis": "A", "test": "B", "sign": "C"}

    page = as_user(world.member().user).post(
        reverse("experiment_new", args=[idea.pk]),
        typed | {"starts_on": "2026-11-24", "ends_on": "2026-11-23"},
    )

    assert page.context["form"].errors["ends_on"]
    assert idea.experiments.count() == 0
    with pytest.raises(NotPossible):
        testing.start(idea_id=idea.pk, card=card(days=-1), by=world.member().user, at=make.NOW)


def test_the_owner_tells_the_result_in_words(as_user):
    test = world.experiment(world.idea(), owner=world.member("IT"))
    client, url = as_user(test.owner.user), reverse("experiment_edit", args=[test.pk])

    refused = client.post(url, {"revision": 1, "outcome": "held", "result": ""})
    client.post(url, {"revision": 1, "outcome": "partly", "result": "Three of five finished."})
    late = client.post(url, {"revision": 1, "outcome": "failed", "result": "None."})

    assert refused.context["form"].errors["result"]
    test.refresh_from_db()
    assert (test.outcome, test.result) == (Outcome.PARTLY, "Three of five finished.")
    assert late.status_code == 409


def test_a_result_is_told_by_the_owner_or_the_owners_coordinator():
    test = world.experiment(world.idea())
    deed = {"experiment_id": test.pk, "result": "Well.", "outcome": "held", "at": make.NOW}

    with pytest.raises(Refused):
        testing.report(revision=1, by=world.member().user, **deed)
    with pytest.raises(Refused):
        testing.report(revision=1, by=make.user(Role.COORDINATOR, "IT"), **deed)
    testing.report(revision=1, by=make.user(Role.COORDINATOR, "BG"), **deed)


def test_an_adopted_idea_becomes_the_draft_of_its_authors_practice(lead):
    idea = world.idea("IT", title="Voice CV", text="People speak before they write.")
    world.experiment(idea, outcome=Outcome.HELD, result="All finished.", test="Record a minute.")
    world.experiment(idea, test="Still going on.")

    idea = adopt(answer(idea, lead), lead)

    practice = idea.became_practice
    assert (practice.author, practice.country, practice.partner) == (
        idea.author,
        idea.country,
        idea.author.partner,
    )
    draft = practice.versions.get()
    assert (draft.step, draft.title) == (CheckStep.DRAFT, "Voice CV")
    assert (draft.need, draft.steps, draft.result) == (
        "People speak before they write.",
        "Record a minute.",
        "All finished.",
    )
    assert list(practice.from_ideas.all()) == [idea]
    assert idea.state == IdeaState.ADOPTED


def test_an_adopted_idea_may_become_an_action_instead(as_user, lead):
    idea = answer(world.idea(), lead)
    url, client = reverse("idea_move", args=[idea.pk]), as_user(lead)
    typed = {"revision": idea.revision, "to": "action", "why": "Easy to do."}

    refused = client.post(url, typed)
    owner = make.person(code="IT")
    promised = {"owner": label_of(owner), "due_on": "2026-12-10"}
    client.post(url, typed | promised | {"action": "An hour online each Tuesday."})

    assert set(refused.context["form"].errors) == {"action", "owner", "due_on"}
    idea.refresh_from_db()
    action = ActionItem.objects.joint().get()
    assert (action.owner, action.due_on) == (owner, date(2026, 12, 10))
    assert idea.get_absolute_url() in client.get(action.get_absolute_url()).content.decode()
    assert (idea.state, idea.became_practice) == (IdeaState.ADOPTED, None)
    shown = client.get(idea.get_absolute_url()).content.decode()
    assert "An hour online each Tuesday." in shown
    assert action.get_absolute_url() in shown


def test_an_idea_of_no_country_becomes_no_practice(lead):
    manager = make.user(Role.PROJECT_MANAGER)
    idea = world.idea(author=manager.person)
    Idea.objects.filter(pk=idea.pk).update(country=None)

    with pytest.raises(NotPossible, match="name an action"):
        adopt(answer(idea, lead), lead)


def test_nothing_is_adopted_twice(lead):
    idea = adopt(answer(world.idea(), lead), lead, action="A list.")

    with pytest.raises(NotPossible, match="adopted already"):
        adopt(idea, lead)


def test_a_merged_idea_is_led_on_where_it_went(lead):
    stands = world.idea()
    merged = world.idea(merged_into=stands, merged_with=stands)

    with pytest.raises(NotPossible, match="go on there"):
        answer(merged, lead)
    with pytest.raises(NotPossible, match="go on there"):
        testing.start(idea_id=merged.pk, card=card(), by=lead, at=make.NOW)


def test_the_draft_carries_the_topic_of_that_name_in_the_charter_of_today(lead):
    old = charters.charter("IT", state=CharterState.SUPERSEDED, topics=("Papers",))
    new = charters.charter("IT", version=2, topics=("Papers",))
    idea = answer(world.idea("IT", topic=old.topics.get()), lead)

    practice = adopt(idea, lead).became_practice

    assert practice.topic == new.topics.get()


def test_a_topic_that_no_charter_names_any_more_stays_empty_with_a_hint(as_user, lead):
    old = charters.charter("IT", state=CharterState.SUPERSEDED, topics=("Papers",))
    charters.charter("IT", version=2, topics=("Families",))
    idea = answer(world.idea("IT", topic=old.topics.get()), lead)

    practice = adopt(idea, lead).became_practice

    edit = reverse("practice_edit", args=[practice.versions.get().pk])
    page = as_user(practice.author.user).get(edit).content.decode()
    assert practice.topic is None
    assert "The idea stood under “Papers”, which no charter names now." in page


def test_who_does_it_is_typed_and_no_list_of_everybody_is_sent(as_user, lead, monkeypatch):
    monkeypatch.setattr(fields, "OFFERED", 2)
    for _n in range(4):
        make.person(code="IT")
    idea = answer(world.idea(), lead)
    client, url = as_user(lead), reverse("idea_move", args=[idea.pk])
    typed = {"revision": idea.revision, "to": "action", "why": "Easy.", "action": "An hour."}

    page = client.get(url).content.decode()
    wrong = client.post(url, typed | {"owner": "Nobody Known", "due_on": "2026-12-10"})

    assert page.count("<option") == 2 + len(MoveForm(idea=idea, user=lead)["to"])
    assert "Nobody of this name is in the directory." in wrong.content.decode()
    assert 'value="Nobody Known"' in wrong.content.decode()
    assert not ActionItem.objects.exists()


def test_an_owner_of_no_country_is_refused_beside_the_field(as_user, lead):
    idea = answer(world.idea(), lead)
    manager = make.person(Role.PROJECT_MANAGER)
    typed = {"revision": idea.revision, "to": "action", "why": "Easy.", "action": "An hour."}

    page = as_user(lead).post(
        reverse("idea_move", args=[idea.pk]),
        typed | {"owner": label_of(manager), "due_on": "2026-12-10"},
    )

    assert list(page.context["form"].errors) == ["owner"]


def test_the_result_of_a_test_is_told_beside_what_was_planned(as_user):
    test = world.experiment(world.idea(), owner=world.member("IT"))
    page = as_user(test.owner.user).get(reverse("experiment_edit", args=[test.pk])).content.decode()

    labels = ["We believe that", "To find out, we", "We are right if"]
    said = [f"<dt>{label}</dt>" in page for label in labels]

    assert said == [True, True, bool(test.sign)]
