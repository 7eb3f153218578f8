"""Coding a quote: by whom, which quotes, and what stands there afterwards."""

from __future__ import annotations

import pytest

from cop_platform.common.refusals import Refused
from experts.enums import Role
from feedback.focus_groups.domain.coding import coding, independence
from feedback.focus_groups.enums import Stance
from feedback.focus_groups.models import CoderPass, Coding
from tests import factories as make
from tests.feedback.groups import world

pytestmark = pytest.mark.django_db


def given(quote, by) -> dict[str, str]:
    rows = Coding.objects.filter(coded__quote=quote, coded__coder=by.person)
    return dict(rows.values_list("code__name", "stance"))


def code(quote, by, *codes, **stances) -> CoderPass:
    wanted = {one.pk: stances.get(one.name, "") for one in codes}
    return coding.code_quote(quote_id=quote.pk, codes=wanted, by=by, at=make.NOW)


@pytest.fixture
def quote():
    return world.quote(world.participant(world.group()))


def test_a_coder_gives_codes_with_a_stance(quote):
    coder, cost = world.host(), world.code(name="cost")

    code(quote, coder, cost, cost=Stance.AGAINST)

    assert given(quote, coder) == {"cost": "against"}


def test_coding_again_replaces_what_was_given(quote):
    coder, cost, time = world.host(), world.code(name="cost"), world.code(name="time")
    code(quote, coder, cost)

    code(quote, coder, time)

    assert given(quote, coder) == {"time": ""}
    assert CoderPass.objects.count() == 1


def test_no_code_at_all_is_a_pass_as_well(quote):
    coder = world.host()

    code(quote, coder)

    assert CoderPass.objects.get().coder == coder.person


def test_each_coder_has_a_pass_of_their_own(quote):
    first, second, cost = world.host(), world.host(), world.code(name="cost")
    code(quote, first, cost)

    code(quote, second)

    assert (given(quote, first), given(quote, second)) == ({"cost": ""}, {})


def test_a_quote_that_was_not_gone_through_is_not_coded():
    raw = world.quote(world.participant(world.group()), checked=False)

    with pytest.raises(coding.NotCodable):
        code(raw, world.host())

    assert not CoderPass.objects.exists()


def test_what_was_only_seen_and_what_is_over_is_not_coded(quote):
    """Neither holds a coder up: a group opens without them."""
    coder = world.host()
    seen = world.quote(quote.participant, "", nonverbal="nods", checked=True)
    code(quote, coder)

    with pytest.raises(coding.NotCodable, match="no words"):
        code(seen, coder)

    assert independence.is_open(coder, quote.group)


@pytest.mark.parametrize(
    ("role", "country", "may"),
    [
        (Role.FACILITATOR, "BG", True),
        (Role.COORDINATOR, "BG", True),
        (Role.FACILITATOR, "IT", False),
        (Role.COORDINATOR, "IT", False),
        (Role.PROJECT_MANAGER, "BG", False),
        (Role.EXPERT, "BG", False),
        (Role.PARTNER, "BG", False),
        (Role.PLATFORM_ADMIN, "BG", False),
    ],
)
def test_facilitators_and_coordinators_of_the_country_code(quote, role, country, may):
    somebody = make.user(role, country)
    if may:
        code(quote, somebody)
    else:
        with pytest.raises(Refused):
            code(quote, somebody)

    assert CoderPass.objects.exists() is may


def test_a_code_of_another_country_is_refused_and_nothing_is_lost(quote):
    coder, cost = world.host(), world.code(name="cost")
    code(quote, coder, cost)

    with pytest.raises(coding.NotCodable):
        code(quote, coder, world.code("IT"))

    assert given(quote, coder) == {"cost": ""}


def test_a_stance_nobody_knows_is_refused(quote):
    with pytest.raises(coding.NotCodable):
        code(quote, world.host(), world.code(name="cost"), cost="maybe")


def test_a_code_merged_meanwhile_stands_for_what_it_became(quote):
    coder, cost, price = world.host(), world.code(name="cost"), world.code(name="price")
    price.merged_into = cost
    price.save()

    code(quote, coder, price, cost)

    assert given(quote, coder) == {"cost": ""}


def test_a_group_opens_to_a_coder_who_went_through_all_of_it(quote):
    coder, other = world.host(), world.host()
    second = world.quote(quote.participant)
    code(quote, coder)
    closed = independence.is_open(coder, quote.group)

    code(second, coder)

    assert (closed, independence.is_open(coder, quote.group)) == (False, True)
    assert not independence.is_open(other, quote.group)


def test_quotes_that_wait_for_their_check_do_not_hold_a_coder_up(quote):
    coder = world.host()
    world.quote(quote.participant, checked=False)

    code(quote, coder)

    assert independence.is_open(coder, quote.group)


def test_what_was_found_alone_stays_when_it_is_changed_after_the_talk(quote):
    coder, cost, time = world.host(), world.code(name="cost"), world.code(name="time")
    code(quote, coder, cost)

    code(quote, coder, time)

    assert CoderPass.objects.get().alone == [cost.pk]
    assert given(quote, coder) == {"time": ""}


def test_a_change_before_the_last_quote_is_still_found_alone(quote):
    coder, cost, time = world.host(), world.code(name="cost"), world.code(name="time")
    second = world.quote(quote.participant)
    code(quote, coder, cost)
    code(quote, coder, time)

    code(second, coder)

    assert CoderPass.objects.get(quote=quote).alone == [time.pk]
