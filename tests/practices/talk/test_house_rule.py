"""The Chatham House rule in a thread: what was said stays, who said it is nowhere to be read."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from cop_platform.common.refusals import Refused
from experts.domain import message_kinds
from experts.enums import Role
from experts.models import AuditEvent, Message, User
from materials.domain.wording import read
from practices.domain.people import streams
from practices.domain.talk import following, found, listing, moderating, reading, week
from practices.domain.talk.naming import NamesSomebody
from practices.models import Comment
from sessions.models import CopSession
from tests import factories as make
from tests.practices import world
from tests.practices.talk.saying import account, say, thread, typed

pytestmark = pytest.mark.django_db
WRITER, REPLIER = "Wilhelmina Oosterhout", "Radoslava Zhivkova"
LATER = make.NOW + timedelta(days=1)


@dataclass
class Scene:
    """A session of Bulgaria and Greece under the rule, in whose thread two people wrote."""

    session: CopSession
    writer: User
    replier: User
    first: Comment
    answer: Comment


@pytest.fixture
def scene() -> Scene:
    host = make.user(Role.COORDINATOR, "BG")
    session = make.cop_session("BG", "EL", by=host, chatham_house=True)
    writer = account(world.member("EL", name=WRITER))
    replier = account(world.member("BG", name=REPLIER))
    first = say("session", session.pk, "We signed too early.", by=writer)
    answer = say("session", session.pk, "So did we.", by=replier, quoted_id=first.pk)
    return Scene(session, writer, replier, first, answer)


def pages(scene: Scene, client) -> str:
    """Every page on which the thread, or a part of it, is shown."""
    addresses = (
        thread("session", scene.session.pk),
        f"{thread('session', scene.session.pk)}?quote={scene.first.pk}",
        f"{thread('session', scene.session.pk)}?reply={scene.first.pk}",
        scene.session.get_absolute_url(),
        reverse("talk_list"),
        *(reverse("comment_detail", args=[c.pk]) for c in (scene.first, scene.answer)),
        *(reverse("comment_report", args=[c.pk]) for c in (scene.first, scene.answer)),
        *(reverse("comment_translate", args=[c.pk]) for c in (scene.first, scene.answer)),
    )
    shown = [client.get(address) for address in addresses]
    return "\n".join(page.content.decode() for page in shown if page.status_code == 200)


@pytest.mark.parametrize("role", [Role.EXPERT, Role.PARTNER, Role.FACILITATOR])
def test_others_read_a_participant_on_every_page(as_user, scene, role):
    shown = pages(scene, as_user(make.user(role, "BG")))
    assert "We signed too early." in shown
    assert "A participant" in shown
    assert [name for name in (WRITER, REPLIER) if name in shown] == []


def test_no_country_stands_beside_it(scene):
    reader = make.user(Role.EXPERT, "BG")
    comments = Comment.objects.with_people().order_by("pk")
    lines = reading.lines(comments, reader, make.NOW)
    assert [(line.name, line.country) for line in lines] == [("A participant", "")] * 2
    assert lines[1].quoted.name == "A participant"
    assert [line.may_moderate for line in lines] == [False, False]


def test_the_writer_reads_the_own_name_and_no_other(as_user, scene):
    shown = pages(scene, as_user(scene.writer))
    thread_page = as_user(scene.writer).get(thread("session", scene.session.pk)).content.decode()
    assert WRITER in thread_page
    assert REPLIER not in shown


@pytest.mark.parametrize(
    ("role", "code", "told"),
    [
        (Role.COORDINATOR, "BG", True),
        (Role.COORDINATOR, "EL", True),
        (Role.PROJECT_MANAGER, "BG", True),
        (Role.COORDINATOR, "IT", False),
    ],
)
def test_moderators_of_the_hosts_are_told(scene, role, code, told):
    reader = make.user(role, code)
    [line] = reading.lines(
        Comment.objects.with_people().filter(pk=scene.first.pk), reader, make.NOW
    )
    assert (line.name == WRITER, line.may_moderate) == (told, told)


def test_a_coordinator_of_the_writers_country_who_does_not_host_takes_nothing_down(scene):
    """Being able to would tell from which country somebody wrote."""
    guest = account(world.member("IT"))
    make.invitation(scene.session, guest.person)
    said = say("session", scene.session.pk, "At our place too.", by=guest)
    away, host = make.user(Role.COORDINATOR, "IT"), make.user(Role.COORDINATOR, "EL")
    make.invitation(scene.session, away.person)
    with pytest.raises(Refused):
        moderating.take_down(comment_id=said.pk, why="No.", by=away, at=make.NOW)
    moderating.report(comment_id=said.pk, why="Rude.", by=scene.writer, at=make.NOW)
    assert [moderating.waiting(user) for user in (away, host)] == [0, 1]
    moderating.take_down(comment_id=said.pk, why="No.", by=host, at=make.NOW)
    assert AuditEvent.objects.get(deed="comment taken down").country_id is None


def test_turned_off_again_nothing_that_was_written_under_it_is_told(as_user, scene):
    CopSession.objects.update(chatham_house=False)
    say("session", scene.session.pk, "Written in the open.", by=scene.replier)
    reader = make.user(Role.EXPERT, "BG")
    lines = reading.lines(Comment.objects.with_people().order_by("pk"), reader, make.NOW)
    assert [line.name for line in lines] == ["A participant", "A participant", REPLIER]
    assert WRITER not in pages(scene, as_user(reader))


def test_turned_on_later_it_holds_for_what_was_said_before():
    session = make.cop_session("BG")
    said = say("session", session.pk, "Before.", by=account(world.member(name=WRITER)))
    CopSession.objects.update(chatham_house=True)
    reader = make.user(Role.EXPERT, "BG")
    [line] = reading.lines(Comment.objects.with_people(), reader, make.NOW)
    assert line.name == "A participant"
    assert Comment.objects.get(pk=said.pk).unnamed is False


def test_what_is_changed_under_it_stays_under_it(as_user):
    session = make.cop_session("BG")
    writer = account(world.member(name=WRITER))
    said = say("session", session.pk, "Before.", by=writer)
    CopSession.objects.update(chatham_house=True)
    edit = typed("After.", revision=1)
    as_user(writer).post(reverse("comment_edit", args=[said.pk]), edit)
    said.refresh_from_db()
    assert (said.text, said.unnamed) == ("After.", True)


@pytest.mark.parametrize(
    "text",
    ["I agree with @Radoslava here.", f"As {REPLIER} said.", "Write to anna@example.org, please."],
)
def test_a_text_that_names_somebody_is_refused_and_kept(as_user, scene, text):
    before = Comment.objects.count()
    page = as_user(scene.writer).post(thread("session", scene.session.pk), typed(text))
    assert "nobody is named" in page.content.decode()
    assert page.context["form"]["text"].value() == text
    assert Comment.objects.count() == before


def test_a_translation_names_nobody_either(as_user, scene):
    url = reverse("comment_translate", args=[scene.first.pk])
    page = as_user(scene.replier).post(url, {"language": "bg", "text": f"{WRITER} подписа рано."})
    assert "nobody is named" in page.content.decode()
    scene.first.refresh_from_db()
    assert scene.first.translation == ""


def test_an_at_that_means_nobody_is_a_word(scene):
    said = say("session", scene.session.pk, "We meet @noon.", by=scene.writer)
    assert said.mentioned.count() == 0


def test_a_mention_from_before_is_shown_to_nobody():
    session = make.cop_session("BG")
    world.member(name=REPLIER)
    writer = account(world.member(name=WRITER))
    say("session", session.pk, f"Ask @{REPLIER} about it.", by=writer)
    CopSession.objects.update(chatham_house=True)
    reader = make.user(Role.EXPERT, "BG")
    [line] = reading.lines(Comment.objects.with_people(), reader, make.NOW)
    assert line.mentioned == []
    assert line.html.strip() == "<p>Ask @… about it.</p>"
    assert reading.as_quote(line.comment).strip() == "> Ask @… about it."
    assert list(found._comments(reader, read("about"))) == []


def test_the_mails_name_nobody_whoever_reads_them(scene):
    messages = Message.objects.filter(kind__startswith="comment_")
    assert messages.count() >= 2
    for message in messages:
        kind = message_kinds.get(message.kind)
        mail = kind.render(message, kind.load([message])[message.pk], make.NOW)
        whole = f"{mail.subject} {mail.text} {mail.html}"
        assert "A participant" in mail.subject
        greeted = message.person.name
        assert [n for n in (WRITER, REPLIER) if n in whole and n != greeted] == []


def test_the_weekly_digest_names_nobody(scene):
    reader = account(world.member("BG"))
    following.follow(kind="session", object_id=scene.session.pk, wanted=True, by=reader)
    told = week.of([reader.person], make.NOW - timedelta(days=1), LATER)[reader.person.pk]
    assert [(line.title, line.comments) for line in told.talks] == [(scene.session.title, 2)]
    assert [name for name in (WRITER, REPLIER) if name in repr(told)] == []


def test_the_stream_of_a_person_does_not_tell_of_it(scene):
    told = streams.stream(scene.writer.person, LATER)
    assert (told.counts, told.lines) == ((), ())
    other = make.cop_session("BG", "EL")
    say("session", other.pk, "In the open.", by=scene.writer)
    assert len(streams.stream(scene.writer.person, LATER).lines) == 1


def test_no_filter_by_country_finds_them(scene):
    reader = make.user(Role.EXPERT, "BG")
    countries = [scene.writer.person.country, scene.replier.person.country]
    for country, other in ((countries[0], None), (countries[0], countries[1])):
        wanted = listing.Wanted(country=country, other=other)
        assert list(listing.find(reader, wanted)) == []
    assert listing.find(reader, listing.Wanted()).count() == 2


def test_the_search_finds_the_words_and_not_the_writer(as_user, scene):
    reader = as_user(make.user(Role.EXPERT, "BG"))
    page = reader.get(f"{reverse('search')}?q=signed+too+early")
    (group,) = page.context["groups"]
    assert ["".join(piece.text for piece in hit.snippet) for hit in group.hits] == [
        "We signed too early."
    ]
    assert WRITER not in page.content.decode()


def test_the_thread_says_the_rule_and_asks_for_no_name(as_user, scene):
    page = as_user(scene.replier).get(thread("session", scene.session.pk)).content.decode()
    assert "Chatham House rule." in page
    assert "Write no name, yours neither" in page
    assert "Write @ and a name" not in page


def test_more_comments_cost_no_more_queries(as_user, scene):
    client = as_user(make.user(Role.EXPERT, "BG"))
    address = thread("session", scene.session.pk)
    client.get(address)
    with CaptureQueriesContext(connection) as few:
        client.get(address)
    for n in range(3):
        say("session", scene.session.pk, f"One more: {n}.", by=scene.writer)
    with CaptureQueriesContext(connection) as many:
        client.get(address)
    assert len(many) == len(few)
    assert len(many) <= 12


def test_a_refused_text_leaves_no_trace(scene):
    before = (Comment.objects.count(), Message.objects.count())
    with pytest.raises(NamesSomebody):
        say("session", scene.session.pk, f"{REPLIER} knows.", by=scene.writer)
    assert (Comment.objects.count(), Message.objects.count()) == before
