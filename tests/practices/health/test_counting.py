"""From rows to figures: what is read, for whom, and how many questions it takes."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from experts import reference
from practices.domain.forming import stage_figures
from practices.domain.health import kept, reading, wording
from practices.domain.health.kept import health
from practices.enums import IdeaState, Met, PulseQuestion
from practices.models import Adoption, CoffeePair, CoffeeRound, PulseTally
from practices.tasks import count_health
from tests import factories as make
from tests.feedback import world as reviews
from tests.practices import stories_world, world
from tests.practices.health import worlds
from tests.sessions.actions import world as promised

pytestmark = pytest.mark.django_db


def counted():
    return health(timezone.now())


def test_participation_is_read_from_the_answers_to_invitations():
    people = worlds.community("BG", 4)
    bulgaria = worlds.country_of(people)
    worlds.held("BG", days=10, invited=people, accepted=2)
    worlds.held("BG", days=40, invited=people[:2], accepted=2)
    worlds.held("BG", days=120, invited=people, accepted=4)

    figure = counted().figure("participation", bulgaria.pk)

    assert (figure.value, figure.now.n) == (0.75, 6)
    assert figure.before is not None
    assert (figure.before.value, figure.before.n) == (1, 4)


def test_the_life_stage_and_health_tell_the_same_participation():
    people = worlds.community("BG", 8)
    bulgaria = worlds.country_of(people)
    # By hand: 1 of 2 and 2 of 8, so (0.5 + 0.25) / 2; over all invitations it would be 3 / 10.
    sessions = [
        worlds.held("BG", days=10, invited=people[:2], accepted=1),
        worlds.held("BG", days=20, invited=people, accepted=2),
    ]

    figure = counted().figure("participation", bulgaria.pk)
    cop = sessions[0].host_cops.get()
    stage = stage_figures.read(cop, timezone.now())

    assert figure.value == 0.375
    assert stage.participation == (0.375, None, None)


def test_value_is_counted_by_country_from_stories():
    on = timezone.now().date()
    for cycle in ("immediate", "applied", "applied", "realised", "potential"):
        stories_world.story(cycle=cycle, told_on=on - timedelta(days=3))
    stories_world.story("IT", told_on=on - timedelta(days=3))
    stories_world.story(told_on=on - timedelta(days=100))
    found = counted()

    figure = found.figure("value", make.country("BG").pk)

    assert (figure.value, figure.now.n) == (0.6, 5)
    assert found.figure("value").value == pytest.approx(4 / 6)
    assert found.figure("value", make.country("IT").pk).now.is_hidden


def test_value_tells_each_cycle_and_gathers_those_of_few():
    on = timezone.now().date()
    for cycle in ["applied"] * 5 + ["realised", "potential"]:
        stories_world.story(cycle=cycle, told_on=on - timedelta(days=3))

    detail = wording.say(counted().figure("value")).detail

    assert detail.count("fewer than 5") == 1
    assert detail == (
        "It was good to talk about it: 0; I did it in my work: 5; "
        "We see our work in another way: 0; "
        "fewer than 5 of each: I learnt something I can use, It made things better for people"
    )


def test_meeting_for_coffee_is_no_tie():
    """A tie is an answer, a comment, an adoption, help: what one gave the other."""
    one, other = worlds.community("BG", 1)[0], worlds.community("IT", 1)[0]
    pair = CoffeePair.objects.create(
        round=CoffeeRound.objects.create(number=1, made_on=timezone.now().date())
    )
    for person in (one, other):
        pair.seats.create(person=person, said=Met.MET)

    assert counted().ties == {}


def test_ties_levels_and_voice_are_counted_from_contributions(monkeypatch):
    bg, it = worlds.community("BG", 6), worlds.community("IT", 6)
    across = [worlds.gave(one, other) for one, other in zip(bg, it, strict=True)]
    worlds.gifts(monkeypatch, *across, worlds.gave(bg[0], bg[1]), worlds.gave(it[0], bg[0]))

    found = counted()

    cross = found.figure("cross_country")
    assert (cross.now.numerator, cross.now.denominator) == (5, 7)
    assert cross.now.chance == pytest.approx(1 - 2 * 30 / 66)
    assert found.figure("reciprocity").value == pytest.approx(1 / 7)
    assert found.figure("voice").now.n == 12
    assert dict(found.figure("levels").now.parts)["occasional"] == 7


def test_coming_to_sessions_does_not_count_twice_in_the_levels():
    people = worlds.community("BG", 5)
    worlds.held("BG", days=10, invited=people, accepted=1)

    parts = dict(counted().figure("levels").now.parts)

    # Attendance 1 and no contribution: active, not core.
    assert parts == {"core": 0, "active": 1, "occasional": 0, "peripheral": 4}


def test_practices_and_ideas_are_read_with_what_became_of_them():
    on = timezone.now().date() - timedelta(days=120)
    old = [world.practice("BG", published_on=on) for _ in range(5)]
    for code in ("IT", "ES"):
        partner = world.partner(code)
        Adoption.objects.create(
            version=old[0].current, partner=partner, person=world.member(code), adopted_on=on
        )
    ideas = [world.idea(added_on=on) for _ in range(4)]
    adopted = world.idea(added_on=on, state=IdeaState.ADOPTED, settled_on=on + timedelta(days=1))
    promise = {"origin_kind": "idea", "origin_id": adopted.pk}
    promised.action("BG", **promise, state="done", settled_on=on + timedelta(days=20))
    # A promise that nobody kept yet is no action.
    promised.action("BG", origin_kind="idea", origin_id=ideas[1].pk)
    ideas[0].answered_on, ideas[0].answer = on + timedelta(days=9), "Yes."
    ideas[0].save()

    found = counted()

    assert found.figure("reuse").value == 0.2
    assert found.figure("ideas_acted").value == 0.2
    assert found.figure("ideas_answered").value == 0.2


def test_questions_wait_from_the_moment_they_may_be_read():
    at = timezone.now() - timedelta(days=20)
    for hours in (2, 4, 6, 8, 30):
        first = at + timedelta(hours=hours)
        world.question(added_at=at - timedelta(days=3), checked_at=at, first_answer_at=first)

    assert counted().figure("first_answer").value == 6


def test_reviews_of_open_rounds_are_no_contribution():
    person = make.person()
    found = reviews.review_round()
    reviews.answered(found, person)

    given = {one.person_id for one in reading.facts(timezone.now()).given}

    assert person.pk not in given


def test_a_review_of_a_closed_round_tells_neither_work_nor_day():
    person = make.person()
    found = reviews.review_round()
    reviews.answered(found, person)
    closed = timezone.now().replace(day=9) - timedelta(days=40)
    type(found).objects.filter(pk=found.pk).update(closed_at=closed)

    given = [one for one in reading.facts(timezone.now()).given if one.person_id == person.pk]

    assert [(one.title, one.url, one.thread, one.to_id) for one in given] == [("", "", "", None)]
    assert (given[0].at.day, given[0].at.hour) == (1, 0)


def test_pulse_tells_the_last_quarter_that_is_over():
    today = timezone.now().date()
    this = today.replace(month=today.month - (today.month - 1) % 3, day=1)
    last = (this - timedelta(days=1)).replace(day=1)
    last = last.replace(month=last.month - 2)
    bulgaria = make.country("BG")
    for quarter, score in ((last, 4), (this, 1)):
        for question in PulseQuestion.values:
            PulseTally.objects.create(
                country=bulgaria, quarter=quarter, question=question, score=score, count=6
            )

    figure = counted().figure("pulse_heard", bulgaria.pk)

    assert (figure.value, figure.now.n) == (4, 6)


def test_what_ties_people_is_counted_anew_at_once():
    counted()
    world.practice("BG")

    assert cache.get(kept._KEY) is None


def test_the_clock_counts_once_and_then_finds_it_kept():
    worlds.community("BG", 1)
    count_health()

    assert kept.if_kept() is not None
    assert kept.refresh(at=timezone.now()) is False


def test_counting_takes_the_same_questions_for_one_and_three_of_everything(monkeypatch):
    counts = []
    for _round in range(2):
        for _more in range(1 if not counts else 2):
            people = worlds.community("BG", 2)
            worlds.held("BG", days=10, invited=people, accepted=1)
            world.practice("BG")
            world.idea()
            world.question()
            stories_world.story()
        reference.countries()
        with CaptureQueriesContext(
            connection,
        ) as asked:
            reading.facts(timezone.now())
        counts.append(len(asked))

    assert counts[0] == counts[1]
