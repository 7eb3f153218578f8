"""Comments: written, quoted, changed, deleted, brought back, translated."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from cop_platform.common import panels
from cop_platform.common.refusals import NotPossible, Refused
from experts.enums import Role
from practices.domain import contributing, spam
from practices.domain.talk import following, writing
from practices.enums import Given
from practices.models import Comment, Follow
from tests import factories as make
from tests.practices import world
from tests.practices.talk.saying import account, released, say, thread, typed

pytestmark = pytest.mark.django_db
LINK = "https://example.org/"


@pytest.fixture
def session():
    return make.cop_session("BG")


@pytest.fixture
def writer():
    return account(world.member("BG"))


def test_a_comment_is_written_on_the_page_of_the_thread_and_followed(as_user, session, writer):
    answer = as_user(writer).post(thread("session", session.pk), typed("We **start** early."))

    comment = Comment.objects.get()
    assert answer.url == f"{thread('session', session.pk)}?page=1#comment-{comment.pk}"
    assert (comment.text, comment.by_id) == ("We **start** early.", writer.person.pk)
    assert following.follows(writer, "session", session.pk)
    assert b"<strong>start</strong>" in as_user(writer).get(answer.url.split("#")[0]).content


def test_the_panel_of_a_session_shows_the_last_comments_and_takes_a_new_one(
    as_user, session, writer
):
    for n in range(4):
        say("session", session.pk, f"Comment number {n}", by=writer)
    page = as_user(writer).get(session.get_absolute_url()).content.decode()

    assert "Comment number 3" in page
    assert "Comment number 0" not in page
    assert "Open the discussion: 4 comments" in page
    assert f'action="{thread("session", session.pk)}"' in page


def test_row_4_a_comment_on_page_4_of_m02_says_the_page_and_reaches_its_editor(as_user, writer):
    material = make.material("IT", code="M02")
    make.version(material, released_at=make.NOW, pages=6)
    as_user(writer).post(thread("material", material.pk), typed("This differs here.", place=4))

    assert Comment.objects.get().place == 4
    assert material.owner.contacts.get(kind="comment_news").object_id == Comment.objects.get().pk
    assert b"Page 4" in as_user(writer).get(material.get_absolute_url()).content


def test_the_discussion_comes_after_what_other_rooms_say_of_a_material(writer, monkeypatch):
    other = panels._Source(lambda _user, _material: [panels.Panel("other.html")])
    monkeypatch.setitem(panels._sources, "material", [other])
    shown = [panel.template for panel in panels.of("material", writer, released())]
    assert shown == ["other.html", "practices/talk_panel.html"]


def test_a_preview_stores_nothing_and_keeps_what_was_typed(as_user, session, writer):
    page = (
        as_user(writer)
        .post(thread("session", session.pk), typed("*maybe*", preview="yes"))
        .content.decode()
    )

    assert "<em>maybe</em>" in page
    assert ">\n*maybe*</textarea>" in page
    assert Comment.objects.count() == 0


def test_an_empty_comment_is_answered_beside_the_field(as_user, session, writer):
    page = as_user(writer).post(thread("session", session.pk), typed("  "))
    assert page.status_code == 200
    assert page.context["form"].errors["text"]


def test_a_link_bomb_is_refused_with_a_sentence_and_nothing_lost(as_user, session, writer):
    page = as_user(writer).post(thread("session", session.pk), typed(f"Buy {LINK * 4} now "))

    assert "more than three links" in str(page.context["form"].errors["text"])
    assert f"{LINK * 4} now" in page.content.decode()
    assert Comment.objects.count() == 0


def test_the_same_words_are_refused_the_third_time_within_an_hour(session, writer):
    for _ in range(2):
        say("session", session.pk, "Look here", by=writer)
    with pytest.raises(spam.Spam):
        say("session", session.pk, "Look here", by=writer)
    say("session", session.pk, "Look here", by=writer, at=make.NOW + timedelta(hours=2))


def test_an_answer_shows_whom_it_answers_and_tells_them(as_user, session, writer):
    first = say("session", session.pk, "Who brings the forms?", by=writer)
    other = account(world.member("BG"))
    as_user(other).post(thread("session", session.pk), typed("I do.", quoted=first.pk))

    page = as_user(writer).get(thread("session", session.pk)).content.decode()
    assert page.count("Who brings the forms?") == 2
    assert writer.person.contacts.filter(kind="comment_news").count() == 1


def test_a_quote_is_typed_in_for_the_writer(as_user, session, writer):
    first = say("session", session.pk, "One\ntwo", by=writer)
    page = as_user(writer).get(thread("session", session.pk), {"quote": first.pk})
    assert page.context["form"]["text"].value() == "> One\n> two\n\n"


def test_a_comment_of_another_thread_is_not_answered(session, writer):
    foreign = world.comment("session", make.cop_session("BG").pk)
    assert say("session", session.pk, "Hello", by=writer, quoted_id=foreign.pk).quoted is None


def test_changing_is_for_the_writer_alone_and_says_so(session, writer):
    comment = say("session", session.pk, "Befor", by=writer)
    deed = {"comment_id": comment.pk, "words": writing.Words("Before", "en"), "at": make.NOW}
    writing.edit(revision=1, by=writer, **deed)
    comment.refresh_from_db()

    assert (comment.text, comment.edited_at, comment.revision) == ("Before", make.NOW, 2)
    with pytest.raises(Refused):
        writing.edit(revision=2, by=make.user(Role.COORDINATOR), **deed)


def test_two_windows_show_both_texts(as_user, session, writer):
    comment = say("session", session.pk, "First", by=writer)
    address = reverse("comment_edit", args=[comment.pk])
    client = as_user(writer)
    client.post(address, typed("Second", revision=1))
    page = client.post(address, typed("Third", revision=1))

    assert page.status_code == 409
    assert b"Second" in page.content
    assert b"Third" in page.content
    client.post(address, typed("Third", revision=2))
    comment.refresh_from_db()
    assert comment.text == "Third"


def test_deleting_keeps_the_line_takes_the_words_and_can_be_undone(as_user, session, writer):
    comment = say("session", session.pk, "Secret words", by=writer)
    client = as_user(writer)
    client.post(reverse("comment_delete", args=[comment.pk]))
    page = client.get(thread("session", session.pk)).content.decode()

    assert "The writer deleted this comment." in page
    assert "Secret words" not in page
    client.post(reverse("comment_restore", args=[comment.pk]))
    assert "Secret words" in client.get(thread("session", session.pk)).content.decode()


def test_after_ten_minutes_the_words_of_a_deleted_comment_are_gone(session, writer):
    comment = say("session", session.pk, "Secret words", by=writer)
    writing.delete(comment_id=comment.pk, by=writer, at=make.NOW)

    assert writing.empty_deleted(make.NOW + timedelta(minutes=9)) == 0
    later = make.NOW + timedelta(minutes=10)
    assert [writing.empty_deleted(later), writing.empty_deleted(later)] == [1, 0]
    assert Comment.objects.get().text == ""
    with pytest.raises(NotPossible):
        writing.bring_back(comment_id=comment.pk, by=writer, at=later)


def test_a_translation_by_a_member_stands_below_the_words_themselves(as_user, session, writer):
    comment = say("session", session.pk, "Добре", by=writer, language="bg")
    other = as_user(account(world.member("BG")))
    other.post(reverse("comment_translate", args=[comment.pk]), typed("Good"))
    page = other.get(thread("session", session.pk)).content.decode().partition("<main")[2]

    assert page.index("Добре") < page.index("Good")
    assert "Written in Bulgarian. In English, translated by a member:" in page


def test_a_translation_into_the_same_language_is_refused(session, writer):
    comment = say("session", session.pk, "Good", by=writer)
    with pytest.raises(NotPossible):
        writing.translate(comment_id=comment.pk, text="Well", language="en", by=writer, at=make.NOW)


def test_following_twice_is_once_and_can_be_ended(as_user, session, writer):
    address, client = reverse("talk_follow", args=["session", session.pk]), as_user(writer)
    for _ in range(2):
        client.post(address, {"follow": "yes"})
    assert Follow.objects.count() == 1
    client.post(address, {"follow": "no"})
    assert Follow.objects.count() == 0


def test_the_platform_admin_reads_nothing_and_writes_nothing(writer):
    material = released()
    with pytest.raises(Refused):
        say("material", material.pk, "Hello", by=make.user(Role.PLATFORM_ADMIN))


def test_a_comment_is_a_contribution_to_who_is_answered_else_to_the_owner(session, writer):
    idea = world.idea("IT")
    first = say("idea", idea.pk, "Nice", by=writer)
    other = account(world.member("IT"))
    say("idea", idea.pk, "Thanks", by=other, quoted_id=first.pk)
    deleted = say("session", session.pk, "Oh", by=writer)
    writing.delete(comment_id=deleted.pk, by=writer, at=make.NOW)
    span = contributing.Span(make.NOW, make.NOW + timedelta(days=1))

    found = {
        (one.person_id, one.to_id, one.title)
        for one in contributing.of(span)
        if one.given == Given.COMMENT
    }
    assert found == {
        (writer.person.pk, idea.author_id, idea.title),
        (other.person.pk, writer.person.pk, idea.title),
    }


def test_a_thread_costs_the_same_for_one_and_three_comments(as_user, session, writer):
    client, counts = as_user(writer), []
    for rows in (1, 2):
        for n in range(rows):
            first = say("session", session.pk, f"Said {rows}{n}", by=account(world.member("BG")))
            say("session", session.pk, f"Answer {rows}{n}", by=writer, quoted_id=first.pk)
        client.get(thread("session", session.pk))
        with CaptureQueriesContext(connection) as asked:
            client.get(thread("session", session.pk))
        counts.append(len(asked))
    assert counts[0] == counts[1]
