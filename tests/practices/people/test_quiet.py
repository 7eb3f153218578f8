"""One gentle note after sixty quiet days: on day 61, never a second one for the same silence."""

from __future__ import annotations

from datetime import timedelta

import pytest

from cop_platform.common import periodic
from experts.domain import sender
from experts.models import Message
from practices.domain.people import quiet
from tests import factories as make
from tests.practices import world
from tests.practices.people import small

pytestmark = pytest.mark.django_db
SIGN = make.NOW


def day(n: int):
    return SIGN + timedelta(days=n)


def helper(**more):
    """Somebody whose last sign of life was a line of help at `SIGN`."""
    person = small.expert("BG", **more)
    small.help_line(person=person, on=SIGN.date())
    return person


def told() -> list[int]:
    found = Message.objects.filter(kind=quiet.KIND).order_by("pk")
    return list(found.values_list("person_id", flat=True))


def test_on_day_sixty_nothing_is_planned():
    helper()

    quiet.look(at=day(60))

    assert told() == []


def test_on_day_sixty_one_exactly_one_note_is_planned():
    person = helper()

    quiet.look(at=day(61))

    assert told() == [person.pk]


def test_looking_twice_and_for_months_plans_no_second_note():
    person = helper()

    for n in (61, 61, 62, 100, 200, 400):
        quiet.look(at=day(n))

    assert told() == [person.pk]


def test_the_clock_of_the_platform_brings_it():
    person = helper()

    periodic.run_all(day(61))
    periodic.run_all(day(61))

    assert told() == [person.pk]


def test_another_silence_after_a_sign_is_another_note():
    person = helper()
    quiet.look(at=day(61))
    small.help_line(person=person, on=day(70).date())

    quiet.look(at=day(130))
    assert told() == [person.pk]
    quiet.look(at=day(132))
    quiet.look(at=day(133))

    assert told() == [person.pk, person.pk]


def test_nobody_who_left_or_is_away_is_told():
    small.leave(helper())
    helper(away_from=day(50).date(), away_until=day(70).date())
    helper(away_from=day(50).date())

    quiet.look(at=day(61))

    assert told() == []


def test_whoever_comes_back_has_sixty_days_again():
    person = helper(away_from=day(10).date(), away_until=day(40).date())

    quiet.look(at=day(61))
    assert told() == []
    quiet.look(at=day(102))

    assert told() == [person.pk]


def test_a_session_one_came_to_is_a_sign():
    person = small.expert("BG")
    session = make.cop_session("BG")
    invited = make.invitation(session, person)
    invited.answer, invited.answered_at, invited.answered_by = "yes", make.NOW, "page"
    invited.save(update_fields=["answer", "answered_at", "answered_by"])

    quiet.look(at=session.ends_at + timedelta(days=59))

    assert person.pk not in told()


def test_a_note_that_waited_is_not_true_of_somebody_who_came_back():
    person = helper()
    quiet.look(at=day(61))
    small.help_line(person=person, on=day(61).date())

    assert not quiet.is_quiet(person, day(63))


@pytest.mark.django_db(transaction=True)
def test_the_note_is_kind_and_asks_for_nothing(sink):
    helper(name="Ana")
    quiet.look(at=day(61))

    sender.send_due(at=day(62))

    mail = next(mail for mail in sink.mails if "quiet" in mail["Subject"])
    text = mail.get_body(("plain",)).get_content()
    assert "You need to do nothing. We will not remind you of this again." in " ".join(text.split())


def test_somebody_new_is_not_called_quiet():
    world.member("BG").memberships.update(joined_on=day(20).date())

    quiet.look(at=day(61))

    assert told() == []
