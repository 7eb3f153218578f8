"""The Chatham House rule of a session: the switch, what people read of it, who is named."""

from __future__ import annotations

import importlib

import pytest
from django.apps import apps
from django.urls import reverse

from experts.domain import message_kinds
from experts.enums import Role
from experts.models import Message
from sessions.domain import conflicts, feeds, invitations, planning
from sessions.domain.parts import Holder
from sessions.enums import Duty, FeedScope, Kind
from sessions.models import CopSession, KindTemplate
from tests import factories as make
from tests.sessions.test_session_form import draft_of

pytestmark = pytest.mark.django_db
SENTENCE = "What is said may be told; who said it and who was there may not."


@pytest.fixture
def coordinator():
    return make.user(Role.COORDINATOR, "BG")


@pytest.fixture
def leader():
    return make.person(name="Vesna Kantarija")


@pytest.fixture
def session(coordinator, leader):
    """Under the rule, with somebody who leads it."""
    return make.cop_session(
        "BG", by=coordinator, chatham_house=True, duties=(Holder(leader, Duty.FACILITATOR),)
    )


def page_of(session, client) -> str:
    return client.get(session.get_absolute_url()).content.decode()


def test_the_switch_is_in_the_form_with_a_sentence_and_is_kept(as_user, coordinator):
    client = as_user(coordinator)
    page = client.get(reverse("session_new")).content.decode()
    assert SENTENCE in page
    client.post(reverse("session_new"), draft_of(Kind.REGULAR, chatham_house="on"))
    session = CopSession.objects.get()
    assert session.chatham_house is True
    edit = client.get(reverse("session_edit", args=[session.pk]))
    assert edit.context["form"]["chatham_house"].value() is True


def test_the_kind_turns_it_on_where_the_house_says_so(as_user, coordinator):
    client = as_user(coordinator)
    for kind, expected in ((Kind.FOCUS_GROUP, True), (Kind.REGULAR, False)):
        page = client.get(f"{reverse('session_new')}?kind={kind}")
        assert page.context["form"]["chatham_house"].value() is expected


def test_another_kind_brings_its_own_rule_unless_it_was_ticked_by_hand(as_user, coordinator):
    client = as_user(coordinator)
    untouched = draft_of(Kind.REGULAR) | {"use_kind": Kind.FOCUS_GROUP.value}
    page = client.post(reverse("session_new"), untouched)
    assert page.context["form"]["chatham_house"].value() is True
    by_hand = draft_of(Kind.REGULAR, chatham_house="on") | {"use_kind": Kind.JOINT.value}
    page = client.post(reverse("session_new"), by_hand)
    assert page.context["form"]["chatham_house"].value() == "on"


def test_the_house_says_for_each_kind_whether_it_begins_with_the_rule(as_user):
    manager = as_user(make.user(Role.PROJECT_MANAGER))
    template = KindTemplate.objects.get(kind=Kind.JOINT)
    url = reverse("kind_edit", args=[template.pk])
    data = draft_of(Kind.JOINT, version="1", chatham_house="on")
    assert manager.post(url, data).status_code == 302
    template.refresh_from_db()
    assert template.chatham_house is True
    assert "Chatham House rule" in manager.get(reverse("library_list")).content.decode()


def test_two_editors_see_that_one_turned_it_on(as_user, coordinator):
    client = as_user(coordinator)
    client.post(reverse("session_new"), draft_of(Kind.JOINT))
    url = reverse("session_edit", args=[CopSession.objects.get().pk])
    client.post(url, draft_of(Kind.JOINT, version="1", chatham_house="on"))
    page = client.post(url, draft_of(Kind.JOINT, version="1"))
    rows = [(row.label, row.theirs, row.yours) for row in page.context["rows"]]
    assert rows[-1] == ("Chatham House rule", "on", "off")


def test_the_page_says_it_to_everybody(as_user, session, coordinator):
    for user in (coordinator, make.user(Role.EXPERT, "BG")):
        assert SENTENCE in page_of(session, as_user(user))
    assert SENTENCE not in page_of(make.cop_session("BG"), as_user(coordinator))


def test_who_leads_is_told_to_coordinators_and_to_those_who_lead(
    as_user, session, coordinator, leader
):
    told = {
        "coordinator": page_of(session, as_user(coordinator)),
        "leader": page_of(session, as_user(leader.user)),
    }
    assert [who for who, page in told.items() if "Vesna Kantarija" not in page] == []
    member = page_of(session, as_user(make.user(Role.EXPERT, "BG")))
    assert "Vesna Kantarija" not in member
    assert "Facilitator" in member
    assert "A participant" in member


def test_without_the_rule_every_member_reads_who_leads(as_user, session):
    CopSession.objects.update(chatham_house=False)
    assert "Vesna Kantarija" in page_of(session, as_user(make.user(Role.EXPERT, "BG")))


def test_an_invited_expert_of_another_country_reads_no_guest(as_user, session):
    guest, other = make.user(Role.EXPERT, "IT"), make.person(code="IT", name="Tullia Zanardi")
    for person in (guest.person, other):
        make.invitation(session, person)
    page = page_of(session, as_user(guest))
    assert "Tullia Zanardi" not in page
    assert "Vesna Kantarija" not in page


def test_a_clash_with_it_is_told_to_others_without_saying_which_session(session, leader):
    """Elsewhere a planner hears that somebody is busy, which everybody may know of anybody."""
    elsewhere = make.user(Role.COORDINATOR, "IT")
    make.invitation(session, elsewhere.person)
    make.invitation(session, leader)
    times = {"starts_at": session.starts_at, "ends_at": session.ends_at, "people": [leader.pk]}
    sentence = conflicts.sentences(conflicts.of(**times, by=elsewhere), zone="Europe/Rome")
    assert [session.title in line for line in sentence] == [False]
    own = conflicts.sentences(
        conflicts.of(**times, by=session.planned_by.user), zone="Europe/Sofia"
    )
    assert [session.title in line for line in own] == [True]


@pytest.mark.parametrize("name", ["session_invitation", "session_change", "session_reminder"])
def test_the_mails_say_the_rule(session, name):
    asked = make.invitation(session, make.person())
    message = Message.objects.get(object_id=asked.pk, kind="session_invitation")
    kind = message_kinds.get(name)
    invitation = kind.load([message])[message.pk]
    said = "who said it and who was there may not"
    assert said in kind.render(message, invitation, make.NOW).text
    invitation.session.chatham_house = False
    assert said not in kind.render(message, invitation, make.NOW).text


def test_the_page_behind_the_link_says_it(client, session):
    asked = make.invitation(session, make.person())
    page = client.get(reverse("session_answer", args=[invitations.link_token(asked)]))
    assert SENTENCE in page.content.decode()


def test_a_subscribed_calendar_names_not_even_who_planned_it(session):
    planner = session.planned_by.name
    owner = make.user(Role.EXPERT, "BG")
    feed = feeds.make(scope=FeedScope.PROJECT, cop=None, by=owner, at=make.NOW)
    assert planner not in feeds.render(feeds.look(feed, make.NOW)).decode()
    CopSession.objects.update(chatham_house=False)
    assert planner in feeds.render(feeds.look(feed, make.NOW)).decode()


def test_a_plan_that_says_nothing_of_it_leaves_it_as_it_is(session, coordinator):
    session = CopSession.objects.get()
    planning.change_session(
        session_id=session.pk,
        version=session.version,
        plan=planning.as_planned(session),
        by=coordinator,
        at=make.NOW,
    )
    session.refresh_from_db()
    assert session.chatham_house is True


def test_houses_that_run_already_get_it_for_focus_groups():
    KindTemplate.objects.update(chatham_house=False)
    migration = importlib.import_module("sessions.migrations.0009_chatham")
    migration.for_focus_groups(apps, None)
    ruled = KindTemplate.objects.filter(chatham_house=True)
    assert list(ruled.values_list("kind", flat=True)) == [Kind.FOCUS_GROUP]
