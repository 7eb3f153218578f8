"""What is said under a remark: by code or by name, in its phases, with a warning before a name."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import models
from django.urls import reverse

from cop_platform.common.refusals import Refused
from experts.domain import sender
from experts.enums import Role
from experts.models import Message
from feedback.reviews.domain import (
    authored,
    discussion,
    notices,
    phases,
    responses,
    threads,
    visibility,
)
from feedback.reviews.domain.threads import ANNOTATION, RATING
from feedback.reviews.enums import Blindness, Phase, Voice
from feedback.reviews.models import Annotation, Reply, ReviewRound, RoundResponse
from tests import factories as make
from tests.feedback import world

pytestmark = pytest.mark.django_db


class Talk:
    """A round in discussion with three reviewers of Bulgaria and the author of its material."""

    def __init__(self, to: str = Phase.DISCUSSION, **more) -> None:
        self.author = make.person(Role.AUTHOR, name="Ana Author")
        self.round = world.review_round(version=world.version(self.author), **more)
        self.people = world.panelled(self.round)
        self.coordinator = self.round.opened_by.user
        world.gone_on(self.round, to)
        self.url = reverse("round_discussion", args=[self.round.pk])
        self.mark = Annotation.objects.get(text="Mark 0.", assignment__round=self.round)

    def reply(self, by, text: str = "I see it the same way.", **more) -> Reply:
        values = {"kind": ANNOTATION, "key": self.mark.pk} | more
        return discussion.reply(round_id=self.round.pk, text=text, by=by, at=make.NOW, **values)


def test_remarks_stand_by_their_place_and_then_by_criterion():
    talk = Talk()
    Annotation.objects.filter(text="Mark 1.").update(page=7)
    Annotation.objects.filter(text="Mark 2.").update(page=None, from_second=75.0)
    view = visibility.of(talk.coordinator, talk.round)
    places = [t.place for t in threads.of(talk.coordinator, talk.round, view)]
    assert places[:3] == ["Page 1", "Page 7", "At 1:15"]
    assert all(place.startswith("C1 ") for place in places[3:])
    assert len(places) == 6


def test_a_reviewer_speaks_by_code_and_the_others_by_name():
    talk = Talk(Phase.RESPONSE)
    labels = visibility.labels(talk.round, visibility.NOTHING)
    for by in (talk.people[1].user, talk.author.user, talk.coordinator):
        talk.reply(by)
    reader = talk.people[0].user
    view = visibility.of(reader, talk.round)
    found = {t.key: t for t in threads.of(reader, talk.round, view)}
    said = found[talk.mark.pk].said
    replies = list(Reply.objects.order_by("position"))
    assert [r.voice for r in replies] == [Voice.REVIEWER, Voice.AUTHOR, Voice.COORDINATOR]
    assert [r.person for r in replies] == [None, talk.author, talk.coordinator.person]
    assert [one.who for one in said] == [
        labels[replies[0].assignment.reviewer_code],
        "Ana Author",
        talk.coordinator.person.name,
    ]


@pytest.mark.parametrize("step", [Phase.INDEPENDENT, Phase.DECISION, phases.CLOSED])
def test_nobody_answers_outside_the_phases_that_talk(step):
    talk = Talk(step)
    for by in (talk.people[0].user, talk.coordinator, talk.author.user):
        with pytest.raises((Refused, phases.RoundClosed)):
            talk.reply(by)
    assert not Reply.objects.exists()


def test_nobody_answers_a_remark_that_is_not_read():
    talk, other = Talk(), Talk()
    strangers = [make.user(), make.user(Role.COORDINATOR, "IT"), talk.author.user]
    for by in (*strangers, other.people[0].user):
        with pytest.raises(Refused):
            talk.reply(by)
    with pytest.raises(Refused):
        talk.reply(talk.people[0].user, key=other.mark.pk)
    with pytest.raises(Refused):
        talk.reply(talk.people[0].user, kind=RATING)


def test_lesson_a13_hotcrp_352_a_text_with_a_name_is_sent_back_once(as_user):
    talk = Talk()
    stranger = make.person(name="Rosa Stranger")
    client = as_user(talk.people[1].user)
    typed = {"kind": ANNOTATION, "key": talk.mark.pk}
    for text in (
        f"As {talk.people[1].name} I disagree.",
        f"Ask Stranger, {stranger.name.split()[0]}.",
        "Write to me: zoe@example.org",
    ):
        page = client.post(talk.url, typed | {"text": text})
        assert page.status_code == 200
        shown = page.content.decode()
        assert "holds a name or an address" in shown
        assert "Send it as it stands" in shown
    assert not Reply.objects.exists()
    client.post(talk.url, typed | {"text": text, "knows_names": "on"})
    assert Reply.objects.get().text == "Write to me: zoe@example.org"


def test_lesson_a13_the_warning_does_not_tell_who_is_on_the_panel():
    talk = Talk()
    outsider = make.person(name="Otto Outside")
    for name in (outsider.name, talk.people[0].name):
        assert discussion.names_in(f"I think of {name} here.") == [name]


def test_lesson_a14_indico_6599_no_page_of_the_discussion_names_a_reviewer(as_user):
    talk = Talk(Phase.RESPONSE)
    talk.reply(talk.people[1].user)
    talk.reply(
        talk.people[2].user, kind=RATING, key=world.comment_of(talk.people[0], talk.round).pk
    )
    lookers = [talk.author.user, talk.coordinator, make.user(Role.PROJECT_MANAGER)]
    for user in (*lookers, talk.people[0].user):
        page = as_user(user).get(talk.url).content.decode()
        others = [p for p in talk.people if p.user != user]
        tokens = [t for p in others for t in (p.name, p.email, str(p.user.public_code))]
        assert "I see it the same way." in page
        assert [t for t in tokens if t in page] == []


@pytest.mark.parametrize(
    ("blindness", "shown_to"),
    [
        (Blindness.OPEN, {"author", "reviewer", "coordinator"}),
        (Blindness.FROM_AUTHORS, {"reviewer"}),
        (Blindness.FROM_EACH_OTHER, {"author"}),
        (Blindness.BOTH, set()),
    ],
)
def test_names_stand_where_the_blind_mode_says_so(as_user, blindness, shown_to):
    talk = Talk(Phase.RESPONSE, blindness=blindness)
    lookers = {
        "author": talk.author.user,
        "reviewer": talk.people[0].user,
        "coordinator": talk.coordinator,
    }
    named = {
        who
        for who, user in lookers.items()
        if talk.people[1].name in as_user(user).get(talk.url).content.decode()
    }
    assert named == shown_to


def test_a_reply_keeps_its_day_and_no_hour_and_a_key_that_tells_no_order():
    talk = Talk()
    reply = talk.reply(talk.people[1].user)
    assert reply.on == make.NOW.date()
    kinds = {type(f) for f in Reply._meta.fields}
    assert models.DateTimeField not in kinds
    assert reply.pk > 10**6
    assert reply.position == 1


def test_odd_answers_are_shown_again_and_write_nothing(as_user):
    talk = Talk()
    client = as_user(talk.people[1].user)
    good = {"kind": ANNOTATION, "key": talk.mark.pk, "text": "Fine."}
    for odd in (
        {"text": ""},
        {"text": "x" * 6000},
        {"text": "\x00"},
        {"kind": "person"},
        {"key": "abc"},
        {"key": "9" * 40},
    ):
        assert client.post(talk.url, good | odd).status_code in {200, 400}
    assert not Reply.objects.exists()
    text = "Fine. <script>alert(1)</script> \u0645\u0631\u062d\u0628\u0627 😀"
    page = client.post(talk.url, good | {"text": text}, follow=True).content.decode()
    assert "&lt;script&gt;" in page
    assert "مرحبا 😀" in page


@pytest.mark.django_db(transaction=True)
def test_one_notice_a_day_goes_to_those_who_may_read_it_and_says_nothing_of_who_wrote(sink):
    talk = Talk()
    waiting = make.person()
    ReviewRound.objects.filter(pk=talk.round.pk).update(phase=Phase.INDEPENDENT)
    world.assigned(talk.round, waiting)
    ReviewRound.objects.filter(pk=talk.round.pk).update(phase=Phase.DISCUSSION)
    talk.reply(talk.people[1].user)
    talk.reply(talk.people[1].user, "And one more thing.")
    Message.objects.exclude(kind=notices.DISCUSSION).delete()
    sender.send_due(at=make.NOW + timedelta(hours=6))
    assert sink.mails == []
    sender.send_due(at=make.NOW + timedelta(days=1, hours=6))
    told = {mail["To"] for mail in sink.mails}
    # Neither the writer, nor who has not sent yet, nor the author before the response.
    assert told == {talk.people[0].email, talk.people[2].email, talk.coordinator.email}
    text = sink.mails[0].get_body(("plain",)).get_content()
    assert "New answers: 2." in text
    assert talk.url in text
    assert "And one more thing" not in text
    assert talk.people[1].name not in text


def test_what_is_told_of_a_discussion_is_about_the_round_and_stays_out_of_the_contact_log():
    talk = Talk()
    talk.reply(talk.people[1].user)
    found = Message.objects.filter(kind=notices.DISCUSSION)
    assert {m.object_id for m in found} == {talk.round.pk}
    assert {p.pk for p in talk.people} < {m.person_id for m in found}
    codes = list(talk.round.assignments.values_list("pk", "reviewer_code"))
    for message in found:
        assert not [c for pair in codes for c in pair if str(c) in str(vars(message))]
    assert not Message.objects.visible_to(talk.coordinator).filter(kind=notices.DISCUSSION).exists()


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_asks_as_much_for_one_remark_as_for_three(
    as_user, count, django_assert_num_queries
):
    talk = Talk()
    for _n in range(count):
        talk.reply(talk.people[1].user)
        world.annotated(talk.mark.assignment)
    client = as_user(talk.coordinator)
    client.get(talk.url)
    with django_assert_num_queries(11):
        client.get(talk.url)


def write(talk: Talk, text: str, **more) -> RoundResponse:
    values = {"revision": 0, "send": False, "by": talk.author.user, "at": make.NOW} | more
    return responses.write(round_id=talk.round.pk, text=text, **values)


def test_the_author_answers_in_the_phase_of_the_response_and_nobody_else_does():
    talk = Talk(Phase.RESPONSE)
    for by in (talk.coordinator, talk.people[0].user, make.user(Role.PROJECT_MANAGER)):
        with pytest.raises(Refused):
            write(talk, "Mine.", by=by)
    assert write(talk, "We shortened it.").text == "We shortened it."
    for step in (Phase.DISCUSSION, Phase.DECISION, phases.CLOSED):
        with pytest.raises(phases.RoundClosed):
            write(Talk(step), "Too early, or too late.")


def test_lesson_a8_janeway_4290_the_response_is_edited_until_the_decision(as_user):
    talk = Talk(Phase.RESPONSE)
    client, url = as_user(talk.author.user), reverse("round_response", args=[talk.round.pk])
    client.post(url, {"text": "First words.", "revision": "0"})
    reviewer = as_user(talk.people[0].user)
    assert "First words." not in reviewer.get(talk.url).content.decode()
    client.post(url, {"text": "Better words.", "revision": "1", "send": "1"})
    assert "Better words." in reviewer.get(talk.url).content.decode()
    client.post(url, {"text": "Best words.", "revision": "2", "send": "1"})
    assert "Best words." in reviewer.get(talk.url).content.decode()
    sent_at = RoundResponse.objects.get().sent_at
    world.gone_on(talk.round, Phase.DECISION)
    page = client.post(url, {"text": "Too late.", "revision": "3"}).content.decode()
    assert "in its own phase only" in page or "Best words." in page
    assert RoundResponse.objects.get().text == "Best words."
    assert RoundResponse.objects.get().sent_at == sent_at


def test_lesson_a8_janeway_4290_a_response_with_a_name_in_it_is_sent_back_once(as_user):
    talk = Talk(Phase.RESPONSE)
    client, url = as_user(talk.author.user), reverse("round_response", args=[talk.round.pk])
    typed = {"text": f"Thanks to {talk.people[0].name}.", "revision": "0", "send": "1"}
    page = client.post(url, typed).content.decode()
    assert "holds a name or an address" in page
    assert not RoundResponse.objects.exists()
    client.post(url, typed | {"knows_names": "on"})
    assert RoundResponse.objects.get().sent_at


def test_two_authors_see_both_texts_and_lose_none(as_user):
    talk = Talk(Phase.RESPONSE)
    write(talk, "From the first window.")
    client, url = as_user(talk.author.user), reverse("round_response", args=[talk.round.pk])
    page = client.post(url, {"text": "From the second window.", "revision": "0"})
    assert page.status_code == 409
    shown = page.content.decode()
    assert "From the first window." in shown
    assert "From the second window." in shown
    client.post(url, {"text": "From the second window.", "revision": "1"})
    assert RoundResponse.objects.get().text == "From the second window."


def test_an_empty_response_is_not_sent_and_odd_ones_are_shown_again(as_user):
    talk = Talk(Phase.RESPONSE)
    client, url = as_user(talk.author.user), reverse("round_response", args=[talk.round.pk])
    for odd in ({"text": ""}, {"text": "x", "revision": "abc"}, {"text": "x" * 30_000}):
        assert client.post(url, {"revision": "0", "send": "1"} | odd).status_code == 200
    assert not RoundResponse.objects.filter(sent_at__isnull=False).exists()


def test_a_response_being_written_is_not_declared_needless_and_never_dropped():
    talk = Talk(Phase.RESPONSE)
    write(talk, "Half a sentence")
    with pytest.raises(responses.BeingWritten):
        responses.none_needed(round_id=talk.round.pk, by=talk.coordinator, at=make.NOW)
    with pytest.raises(Refused):
        responses.none_needed(round_id=talk.round.pk, by=talk.author.user, at=make.NOW)
    assert RoundResponse.objects.get().text == "Half a sentence"


@pytest.mark.django_db(transaction=True)
def test_the_reviewers_hear_of_the_response_once(sink):
    talk = Talk(Phase.RESPONSE)
    Message.objects.all().delete()
    write(talk, "We shortened it.", send=True)
    write(talk, "We shortened it, twice.", send=True, revision=1)
    sender.send_due(at=make.NOW)
    assert {mail["To"] for mail in sink.mails} == {person.email for person in talk.people}
    assert len(sink.mails) == 3
    assert "The author answers" in sink.mails[0]["Subject"]


def test_lesson_a6_janeway_4609_rounds_of_own_materials_stand_by_material_and_number(as_user):
    talk = Talk(Phase.RESPONSE)
    write(talk, "Done.", send=True)
    world.gone_on(talk.round, phases.CLOSED)
    second = make.version(talk.round.version.material, uploaded_by=talk.author)
    new = world.review_round(version=second, by=talk.coordinator)
    client = as_user(talk.author.user)
    page = client.get(reverse("review_list")).content.decode()
    assert "Round 1" in page
    assert "Round 2" not in page
    assert talk.url in page
    world.panelled(new)
    world.gone_on(new, Phase.RESPONSE)
    page = client.get(reverse("review_list")).content.decode()
    assert page.index("Round 2") < page.index("Round 1")
    assert "The reviewers wait for your response." in page
    assert page.count(f"</span> {second.material.title}</h3>") == 1


def test_lesson_a4_pkp_7000_nobody_but_its_writer_changes_a_review():
    talk = Talk()
    for by in (talk.coordinator.person, talk.author, talk.people[1]):
        with pytest.raises(Refused):
            world.save(talk.mark.assignment, by, world.whole(talk.mark.assignment))


def test_an_author_of_many_materials_sees_the_newest_rounds_and_asks_for_the_rest(as_user):
    author = make.person(Role.AUTHOR)
    for _n in range(authored.MOST_SHOWN + 2):
        found = world.review_round(version=world.version(author))
        world.gone_on(found, phases.CLOSED)
    assert len(authored.of(author.user).materials) == authored.MOST_SHOWN
    client = as_user(author.user)
    assert "Show the older rounds too" in client.get(reverse("review_list")).content.decode()
    page = client.get(reverse("review_list"), {"mine": "all"})
    assert len(page.context["authored"].materials) == authored.MOST_SHOWN + 2
    assert "Show the older rounds too" not in page.content.decode()
