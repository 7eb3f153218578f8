"""Answers: who gives them, the clock they stop, what the asker makes of them."""

from __future__ import annotations

import pytest
from django.urls import reverse

from cop_platform.common import periodic
from cop_platform.common.needs import told
from cop_platform.common.refusals import NotPossible, Refused
from experts.domain import outbox, sender
from experts.enums import MessageState, Role
from experts.models import Message
from practices.domain import contributing
from practices.domain.questions import answering, needs, notices, settling
from practices.enums import Given, Routed, Worked
from practices.models import Answer, Question
from tests import factories as make
from tests.practices import world
from tests.practices.questions import cases

pytestmark = pytest.mark.django_db

MONTH = 30 * cases.DAY


def mails(kind, state=MessageState.PLANNED):
    return Message.objects.filter(kind=kind, state=state)


def solved(at=make.NOW, **more):
    question = world.question(**more)
    given = cases.answer(question, world.member("IT"), at=at)
    return cases.accept(question, given, at=at)


def say(question, worked=Worked.YES, note=None, at=make.NOW + MONTH):
    return settling.say_whether_it_worked(
        question_id=question.pk, worked=worked, note=note, by=question.asked_by.user, at=at
    )


def test_the_first_answer_of_somebody_else_stops_the_clock_for_good():
    question = world.question()
    cases.answer(question, question.asked_by, at=make.NOW + cases.HOUR)
    cases.answer(question, world.member("IT"), at=make.NOW + 5 * cases.HOUR)
    cases.answer(question, world.member("ES"), at=make.NOW + 9 * cases.HOUR)

    question.refresh_from_db()
    assert question.first_answer_at == make.NOW + 5 * cases.HOUR


def test_the_asker_is_told_at_once_of_each_answer_but_ones_own():
    question = world.question()
    cases.answer(question, question.asked_by)
    given = cases.answer(question, world.member("IT"))

    (mail,) = mails(notices.ANSWERED)
    assert (mail.person, mail.object_id) == (question.asked_by, given.pk)
    assert mail.due_at == given.at


def test_an_answer_sent_twice_is_one_answer():
    question, giver = world.question(), world.member("IT")

    first, second = cases.answer(question, giver), cases.answer(question, giver)

    assert first == second
    assert mails(notices.ANSWERED).count() == 1


def test_the_same_answer_everywhere_is_refused_the_third_time(as_user):
    giver = world.member("IT")
    sent = {"text": "Look at my page.", "language": "en"}
    client = as_user(giver.user)
    for question in (world.question(), world.question()):
        client.post(reverse("question_answer", args=[question.pk]), sent)

    page = client.post(reverse("question_answer", args=[world.question().pk]), sent)

    assert page.context["form"].errors["text"]
    assert Answer.objects.count() == 2


def test_who_was_asked_and_answers_has_done_it():
    question, giver = world.question(), cases.expert("IT")
    (route,) = cases.put(question, giver)
    notices.put_to([route], make.NOW)

    cases.answer(question, giver)

    route.refresh_from_db()
    assert route.state == Routed.ANSWERED
    assert mails(notices.ROUTED, MessageState.WITHDRAWN).count() == 1
    assert list(told([needs.of], giver.user, make.NOW)) == []


def test_the_answer_is_looked_at_first_and_nothing_is_sent(as_user):
    question = world.question()
    sent = {"text": "*Watch* her <script>alert(1)</script>", "language": "en", "look": "1"}

    page = as_user(world.member("IT").user).post(
        reverse("question_answer", args=[question.pk]), sent
    )

    assert "<em>Watch</em> her &lt;script&gt;" in page.content.decode()
    assert Answer.objects.count() == 0


def test_an_answer_without_words_is_asked_for_again(as_user):
    question = world.question()

    page = as_user(world.member("IT").user).post(
        reverse("question_answer", args=[question.pk]), {"text": " ", "language": "en"}
    )

    assert page.status_code == 200
    assert page.context["form"].errors["text"]


def test_a_draft_and_a_closed_question_take_no_answers():
    for question in (cases.draft(), world.question(closed_at=make.NOW)):
        with pytest.raises(NotPossible):
            cases.answer(question, world.member("IT"))


def test_two_windows_of_an_answer_lose_nothing(as_user):
    giver = world.member("IT")
    given = world.answer(world.question(), by=giver)
    client, address = as_user(giver.user), reverse("answer_edit", args=[given.pk])
    client.post(address, {"text": "The first window.", "language": "en", "revision": 1})

    page = client.post(address, {"text": "The second window.", "language": "en", "revision": 1})

    assert page.status_code == 409
    (row,) = page.context["rows"]
    assert (row["stored"], row["typed"]) == ("The first window.", "The second window.")
    given.refresh_from_db()
    assert given.text == "The first window."


def test_only_its_writer_changes_an_answer():
    given = world.answer(world.question())

    with pytest.raises(Refused):
        answering.change_answer(
            answer_id=given.pk,
            revision=1,
            text="No.",
            language="en",
            by=make.user(Role.PROJECT_MANAGER),
            at=make.NOW,
        )


def test_an_accepted_answer_solves_it_and_spares_the_others():
    question, busy = world.question(), cases.expert("ES")
    routes = cases.put(question, busy)
    notices.put_to(routes, make.NOW)

    cases.accept(question, cases.answer(question, world.member("IT")))

    assert Question.objects.solved().get() == question
    assert mails(notices.ROUTED, MessageState.WITHDRAWN).count() == 1
    assert list(told([needs.of], busy.user, make.NOW)) == []


def test_only_the_asker_accepts(as_user):
    given = world.answer(world.question())
    page = as_user(make.user(Role.COORDINATOR)).post(
        reverse("question_accept", args=[given.question_id]), {"answer": given.pk}
    )

    assert page.status_code == 403
    assert not Question.objects.solved().exists()


def test_an_answer_to_another_question_cannot_be_accepted():
    question, other = world.question(), world.answer(world.question())

    with pytest.raises(NotPossible):
        cases.accept(question, other)


def test_taking_an_acceptance_back_opens_it_and_forgets_what_was_said():
    question = solved()
    say(question, note="They hired her.")

    settling.take_acceptance_back(
        question_id=question.pk, by=question.asked_by.user, at=make.NOW + MONTH
    )

    question.refresh_from_db()
    assert (question.accepted, question.worked, question.worked_note) == (None, "", "")
    assert Question.objects.open().get() == question


def test_after_thirty_days_today_asks_whether_it_worked_and_one_press_says_so(as_user):
    question = solved()
    user = question.asked_by.user
    assert list(told([needs.of], user, make.NOW + MONTH - cases.HOUR)) == []

    (need,) = told([needs.of], user, make.NOW + MONTH)
    assert [choice.value for choice in need.choices] == ["yes", "partly", "no"]
    as_user(user).post(need.post_url, {"worked": "partly"})

    question.refresh_from_db()
    assert question.worked == Worked.PARTLY
    assert list(told([needs.of], user, make.NOW + MONTH)) == []


def test_one_press_keeps_the_note_and_the_form_changes_it(as_user):
    question = solved()
    say(question, note="They hired her.")
    client, address = (
        as_user(question.asked_by.user),
        reverse("question_worked", args=[question.pk]),
    )

    client.post(address, {"worked": "partly"})
    question.refresh_from_db()
    assert question.worked_note == "They hired her."

    client.post(address, {"worked": "no", "note": "They changed their mind."})
    question.refresh_from_db()
    assert (question.worked, question.worked_note) == ("no", "They changed their mind.")


def test_nothing_is_said_to_have_worked_without_an_answer():
    with pytest.raises(NotPossible):
        say(world.question())


@pytest.mark.django_db(transaction=True)
def test_the_follow_up_comes_once_after_thirty_days(sink):
    question = solved(asked_by=world.member(zone="Europe/Sofia"))
    Message.objects.filter(kind=notices.ANSWERED).delete()

    sender.send_due(at=make.NOW + MONTH - cases.DAY)
    assert sink.mails == []
    for _twice in range(2):
        periodic.run_all(make.NOW + MONTH + cases.DAY)
        sender.send_due(at=make.NOW + MONTH + cases.DAY)

    [mail] = [mail for mail in sink.mails if mail["Subject"].startswith("Did it work?")]
    assert mail["Subject"] == f"Did it work? {question.title}"
    assert mail["List-Unsubscribe"]


@pytest.mark.django_db(transaction=True)
def test_no_second_follow_up_after_another_answer_was_accepted(sink):
    question = solved()
    Message.objects.filter(kind=notices.ANSWERED).delete()
    sender.send_due(at=make.NOW + MONTH + cases.DAY)
    second = world.answer(question, by=world.member("ES"))

    cases.accept(question, second, at=make.NOW + MONTH + cases.DAY)
    sender.send_due(at=make.NOW + 3 * MONTH)

    assert len(sink.mails) == 1


def test_a_follow_up_is_taken_back_with_the_acceptance_and_planned_anew():
    question = solved()
    given = question.accepted
    settling.take_acceptance_back(question_id=question.pk, by=question.asked_by.user, at=make.NOW)
    assert mails(notices.FOLLOW_UP, MessageState.WITHDRAWN).count() == 1

    cases.accept(question, given, at=make.NOW + cases.DAY)

    (mail,) = mails(notices.FOLLOW_UP)
    assert mail.due_at >= make.NOW + MONTH + cases.DAY


def test_who_said_so_already_is_not_asked_by_mail():
    question = solved()

    say(question, at=make.NOW + cases.DAY)

    assert mails(notices.FOLLOW_UP).count() == 0


def test_a_question_is_closed_for_a_reason_and_opened_again(as_user):
    question = world.question()
    client = as_user(question.asked_by.user)

    page = client.post(reverse("question_close", args=[question.pk]), {"why": ""})
    assert page.context["form"].errors["why"]
    client.post(reverse("question_close", args=[question.pk]), {"why": "She moved away."})
    question.refresh_from_db()
    assert (question.closed_why, bool(question.closed_at)) == ("She moved away.", True)

    client.post(reverse("question_reopen", args=[question.pk]))
    question.refresh_from_db()
    assert (question.closed_why, question.closed_at) == ("", None)


def test_a_solved_question_is_not_closed():
    question = solved()

    with pytest.raises(NotPossible):
        settling.close(question_id=question.pk, why="Done.", by=question.asked_by.user, at=make.NOW)


def test_a_question_open_for_more_than_seven_days_is_its_coordinators_matter():
    question = world.question("BG")
    here, abroad = make.user(Role.COORDINATOR, "BG"), make.user(Role.COORDINATOR, "IT")
    late = make.NOW + 8 * cases.DAY

    (need,) = told([needs.of], here, late)

    assert need.url == question.get_absolute_url()
    assert "8 days" in need.sentence
    assert list(told([needs.of], here, make.NOW + 7 * cases.DAY)) == []
    assert list(told([needs.of], abroad, late)) == []


def test_needs_take_one_question_however_many_there_are(django_assert_num_queries):
    coordinator = make.user(Role.COORDINATOR, "BG")
    late = make.NOW + 8 * cases.DAY
    assert coordinator.access.plans_sessions
    assert coordinator.person
    world.question("BG")
    with django_assert_num_queries(1):
        assert len(list(told([needs.of], coordinator, late))) == 1
    world.question("BG")
    world.question("BG")
    with django_assert_num_queries(1):
        assert len(list(told([needs.of], coordinator, late))) == 3


def test_answers_are_contributions_to_the_asker():
    question, giver = world.question(), world.member("IT")
    world.answer(question, by=giver)
    world.answer(question, by=question.asked_by)
    world.answer(cases.draft(), by=giver)

    found = [
        one
        for one in contributing.of(contributing.Span(make.NOW, make.NOW + cases.DAY))
        if one.given == Given.ANSWER
    ]

    (one,) = found
    assert (one.person_id, one.to_id) == (giver.pk, question.asked_by_id)
    assert (one.country_id, one.title) == (giver.country_id, question.title)


def test_contributions_of_some_people_and_days_only():
    giver, other = world.member("IT"), world.member("IT")
    for person in (giver, other):
        world.answer(world.question(), by=person)

    def given(**more):
        since, until = more.pop("days", (make.NOW, make.NOW + cases.DAY))
        return contributing.of(contributing.Span(since, until, **more))

    assert {one.person_id for one in given(people=frozenset({giver.pk}))} == {giver.pk}
    assert given(days=(make.NOW - cases.DAY, make.NOW)) == []


def test_nothing_is_written_when_the_mail_cannot_be_planned(monkeypatch):
    question = world.question()
    monkeypatch.setattr(outbox, "plan", lambda **_more: 1 / 0)

    with pytest.raises(ZeroDivisionError):
        cases.answer(question, world.member("IT"))

    question.refresh_from_db()
    assert (Answer.objects.count(), question.first_answer_at) == (0, None)
