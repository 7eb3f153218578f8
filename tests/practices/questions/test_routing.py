"""A question is put to experts abroad, once each; who passes makes room for the next."""

from __future__ import annotations

import pytest
from django.urls import reverse

from cop_platform.common.needs import told
from cop_platform.common.refusals import NotPossible, Refused
from experts.domain import outbox, sender
from experts.enums import MessageState, Role
from experts.models import Message
from practices.domain.questions import gathering, needs, notices, routing
from practices.enums import Routed
from practices.models import QuestionRoute
from tests import factories as make
from tests.practices import world
from tests.practices.questions import cases

pytestmark = pytest.mark.django_db


def routed(state=MessageState.PLANNED):
    return Message.objects.filter(kind=notices.ROUTED, state=state)


def proposed(question):
    return [person for person, _fit in gathering.propose(question, make.NOW.date())]


def test_only_experts_abroad_with_an_account_who_can_be_found():
    question = world.question()
    fitting = cases.expert("IT")
    cases.expert("BG")
    cases.expert("ES", account=False)
    cases.expert("EL", in_directory=False)
    cases.expert("EL", away_from=make.NOW.date(), away_until=make.NOW.date())
    make.person(Role.COORDINATOR, "IT")

    assert proposed(question) == [fitting]


def test_the_preview_names_people_and_reasons_and_asks_nobody(as_user):
    asker = world.member()
    question = world.question(
        asked_by=asker, title="Lost certificates of a nurse", groups=["women"]
    )
    cases.expert("IT", name="Ana Costa", ask_me_about="certificates lost", groups=["women"])

    page = as_user(asker.user).get(reverse("question_route", args=[question.pk]))

    said = page.content.decode()
    assert "Ana Costa" in said
    assert "Can be asked about: certificates, lost" in said
    assert "Works with: Women" in said
    assert (QuestionRoute.objects.count(), Message.objects.count()) == (0, 0)


def test_those_who_stay_ticked_get_one_mail_each(as_user):
    question = world.question()
    people = cases.experts("IT", "ES", "EL", "IT")
    chosen = [str(person.pk) for person in people[:3]]

    as_user(question.asked_by.user).post(
        reverse("question_route", args=[question.pk]), {"people": chosen}
    )

    assert {row.person for row in routed()} == set(people[:3])
    assert set(question.routes.values_list("state", flat=True)) == {Routed.ASKED}


def test_fewer_than_three_are_too_few_where_three_fit(as_user):
    question = world.question()
    people = cases.experts("IT", "ES", "EL")

    page = as_user(question.asked_by.user).post(
        reverse("question_route", args=[question.pk]), {"people": [people[0].pk]}
    )

    assert "Choose 3 people at least" in page.content.decode()
    assert routed().count() == 0


def test_somebody_who_does_not_fit_cannot_be_smuggled_in(as_user):
    question = world.question()
    cases.experts("IT", "ES", "EL")
    home = cases.expert("BG")

    page = as_user(question.asked_by.user).post(
        reverse("question_route", args=[question.pk]), {"people": [home.pk]}
    )

    assert "Who fits has changed meanwhile" in page.content.decode()
    with pytest.raises(routing.NotProposed):
        cases.put_to(question, home)
    assert routed().count() == 0


def test_nobody_is_asked_before_the_details_are_out():
    question = cases.draft()

    with pytest.raises(NotPossible, match="Remove the details first"):
        cases.put_to(question, *cases.experts("IT", "ES", "EL"))


def test_five_are_asked_in_all_however_often_it_is_put():
    question = world.question()
    people = cases.experts("IT", "ES", "EL", "IT", "ES", "EL")
    cases.put_to(question, *people[:3])

    further = proposed(question)

    assert len(further) == 2
    assert not set(further) & set(people[:3])
    cases.put_to(question, *further)
    assert proposed(question) == []


def test_a_coordinator_of_the_country_puts_it_too_and_one_abroad_does_not():
    question = world.question()
    people = cases.experts("IT", "ES", "EL")

    with pytest.raises(Refused):
        cases.put_to(question, *people, by=make.user(Role.COORDINATOR, "IT"))
    assert cases.put_to(question, *people, by=make.user(Role.COORDINATOR, "BG")) == 3


def test_passing_asks_the_next_who_fits_and_takes_the_mail_back(as_user):
    question = world.question()
    people = cases.experts("IT", "ES", "EL")
    cases.put_to(question, *people)
    spare = cases.expert("IT")

    as_user(people[0].user).post(reverse("question_pass", args=[question.pk]))

    assert {row.person for row in routed()} == {people[1], people[2], spare}
    assert routed(MessageState.WITHDRAWN).get().person == people[0]
    assert question.routes.get(person=people[0]).state == Routed.PASSED


def test_passing_twice_asks_one_more_person_only():
    question = world.question()
    people = cases.experts("IT", "ES", "EL")
    cases.put_to(question, *people)
    cases.experts("IT", "ES")
    deed = {"question_id": question.pk, "by": people[0].user, "at": make.NOW}

    assert [routing.pass_on(**deed), routing.pass_on(**deed)] == [True, False]
    assert question.routes.count() == 4


def test_who_was_not_asked_cannot_pass():
    question = world.question()

    with pytest.raises(Refused):
        routing.pass_on(question_id=question.pk, by=cases.expert().user, at=make.NOW)


def test_a_question_waits_on_today_for_those_it_was_put_to():
    question = world.question()
    asked, other = cases.expert("IT"), cases.expert("IT")
    cases.put(question, asked)

    (need,) = told([needs.of], asked.user, make.NOW + 3 * cases.HOUR)

    assert need.url == question.get_absolute_url()
    assert "3 hours" in need.sentence
    assert list(told([needs.of], other.user, make.NOW)) == []


def test_questions_that_wait_for_somebody_make_others_come_first():
    busy, free = cases.expert("IT"), cases.expert("IT")
    cases.put(world.question("EL"), busy)

    assert proposed(world.question())[0] == free


def test_nothing_is_written_when_the_mails_cannot_be_planned(monkeypatch):
    question = world.question()
    people = cases.experts("IT", "ES", "EL")
    monkeypatch.setattr(outbox, "plan_many", lambda **_more: 1 / 0)

    with pytest.raises(ZeroDivisionError):
        cases.put_to(question, *people)

    assert QuestionRoute.objects.count() == 0


@pytest.mark.django_db(transaction=True)
def test_the_mail_says_the_case_and_why_and_can_be_unsubscribed(sink):
    asker = world.member()
    question = world.question(asked_by=asker, title="Lost certificates of a nurse")
    cases.expert("IT", ask_me_about="certificates", zone="Europe/Sofia")
    cases.put_to(question, *proposed(question))

    sender.send_due(at=make.NOW + cases.DAY)

    (mail,) = sink.mails
    text = mail.get_body(("plain",)).get_content()
    assert mail["Subject"] == "A colleague asks you: Lost certificates of a nurse"
    assert question.situation in text
    assert "Can be asked about: certificates" in text
    assert mail["List-Unsubscribe"]


@pytest.mark.django_db(transaction=True)
def test_the_mail_is_not_sent_when_the_question_was_settled_meanwhile(sink):
    question = world.question()
    cases.put_to(question, *cases.experts("IT", "ES", "EL"))
    type(question).objects.filter(pk=question.pk).update(closed_at=make.NOW)

    sender.send_due(at=make.NOW + cases.DAY)

    assert sink.mails == []


def test_one_and_three_fitting_experts_take_the_same_questions(django_assert_num_queries):
    question = world.question()
    cases.expert("IT")
    with django_assert_num_queries(2):
        proposed(question)
    cases.experts("ES", "EL")
    with django_assert_num_queries(2):
        assert len(proposed(question)) == 3
