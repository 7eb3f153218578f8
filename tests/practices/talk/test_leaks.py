"""Who does not see an object sees no comment, no count and no notice of it."""

from __future__ import annotations

import pytest
from django.urls import reverse

from experts.domain import sender
from experts.enums import MessageState, Role
from experts.models import Membership, Message
from practices.domain.talk import discussed, listing, moderating, panel
from practices.models import Follow
from tests import factories as make
from tests.practices import world
from tests.practices.talk.saying import account, released, say, thread, typed

SECRET = "The director is about to resign"


@pytest.fixture
def italian(db):
    """A session of Italy with something said in it that Bulgaria must not hear."""
    writer = account(world.member("IT"))
    session = make.cop_session("IT")
    return session, say("session", session.pk, SECRET, by=writer), writer


@pytest.fixture
def stranger(db):
    return account(world.member("BG"))


def test_pages_of_an_unseen_thread_answer_as_missing(as_user, italian, stranger):
    session, comment, _writer = italian
    client = as_user(stranger)
    names = ["detail", "edit", "translate", "report"]
    pages = [reverse(f"comment_{name}", args=[comment.pk]) for name in names]
    asked = [client.get(page).status_code for page in [thread("session", session.pk), *pages]]
    posted = client.post(thread("session", session.pk), typed("Hello")).status_code
    assert [*asked, posted] == [404] * 6


def test_all_talk_shows_and_counts_only_what_is_seen(as_user, italian, stranger):
    material = released("IT")
    say("material", material.pk, "Open words", by=italian[2])
    page = as_user(stranger).get(reverse("talk_list"))

    assert page.context["page_obj"].paginator.count == 1
    assert SECRET not in page.content.decode()
    assert listing.find(italian[2], listing.Wanted()).count() == 2


def test_the_panel_says_nothing_to_who_does_not_see_the_object(italian, stranger):
    session, _comment, writer = italian
    assert list(panel.of("session")(stranger, session)) == []
    assert len(list(panel.of("session")(writer, session))) == 1


def test_a_material_before_its_release_has_no_thread_that_could_name_its_reviewers(db):
    version = make.version()
    manager = make.user(Role.PROJECT_MANAGER)
    assert discussed.find(manager, "material", version.material_id) is None


def test_a_question_with_details_in_it_has_no_thread_for_others(stranger):
    question = world.question("IT", checked_at=None)
    assert discussed.find(stranger, "question", question.pk) is None
    assert discussed.find(account(question.asked_by), "question", question.pk) is not None


def test_a_draft_of_a_practice_is_talked_about_by_those_who_see_it(stranger):
    draft = world.draft("IT").practice
    assert discussed.find(stranger, "practice", draft.pk) is None
    assert discussed.find(account(draft.author), "practice", draft.pk) is not None


@pytest.mark.parametrize("kind", ["practice", "idea", "question"])
def test_open_things_are_talked_about_by_every_member(stranger, kind):
    made = getattr(world, kind)("IT")
    found = discussed.find(stranger, kind, made.pk)
    assert (found.title, found.owners) == (
        made.current.title if kind == "practice" else made.title,
        {made.asked_by_id if kind == "question" else made.author_id},
    )


def test_a_mention_of_who_cannot_see_it_tells_nobody_and_says_so(as_user, italian, stranger):
    session, _comment, writer = italian
    page = as_user(writer).post(
        thread("session", session.pk), typed(f"@{stranger.person.name} look"), follow=True
    )
    assert f"{stranger.person.name} cannot open this page" in page.content.decode()
    assert not stranger.person.contacts.filter(kind="comment_mention").exists()


@pytest.mark.django_db(transaction=True)
def test_a_follower_who_lost_the_right_gets_neither_mail_nor_notice(as_user, sink):
    session = make.cop_session("IT")
    lost, stays = account(world.member("IT")), account(world.member("IT"))
    for user in (lost, stays):
        Follow.objects.create(person=user.person, kind="session", object_id=session.pk)
    say("session", session.pk, SECRET, by=account(world.member("IT")))
    Membership.objects.filter(person=lost.person).update(cop=make.cop(make.country("BG")))
    sender.send_due(at=make.NOW)

    assert len(sink.subjects(stays.email)) == 1
    assert sink.subjects(lost.email) == []
    assert Message.objects.get(person=lost.person, kind="comment_news").state == (
        MessageState.WITHDRAWN
    )
    assert SECRET not in as_user(lost).get(reverse("notice_list")).content.decode()


def test_a_moderator_sees_reports_of_the_own_people_on_what_they_see(italian):
    _session, comment, _writer = italian
    reporter = account(world.member("IT"))
    moderating.report(comment_id=comment.pk, why="A secret", by=reporter, at=make.NOW)

    waits = {code: moderating.waiting(make.user(Role.COORDINATOR, code)) for code in ("BG", "IT")}
    assert waits == {"BG": 0, "IT": 1}
    assert moderating.waiting(make.user(Role.PROJECT_MANAGER)) == 1


@pytest.mark.parametrize("address", ["nothing/1", "session/999999999", f"session/{10**30}"])
def test_what_does_not_exist_has_no_thread(as_user, stranger, address):
    assert as_user(stranger).get(f"/talk/{address}/").status_code == 404
