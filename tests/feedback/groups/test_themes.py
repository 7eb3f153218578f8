"""How far a theme reaches is counted from quotes, codes and coders."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedback.focus_groups.domain.coding import coded, themes
from feedback.focus_groups.domain.coding.coded import CodedQuote
from feedback.focus_groups.domain.coding.themes import Reach, VoiceReach
from feedback.focus_groups.enums import Voice
from tests import factories as make
from tests.feedback.groups import world

DAY = date(2026, 11, 20)


def reach(theme, **more) -> Reach:
    return themes.reach([theme], **more)[theme.pk]


@pytest.mark.django_db
def test_people_groups_and_quotes_are_counted_once_each():
    coder, cost = world.host(), world.code()
    first, second = world.closed_group(people=2), world.closed_group(people=1)
    ann, ben = first.participants.all()
    for said in (world.quote(ann), world.quote(ann), world.quote(ben)):
        world.coded(said, coder, cost)
    world.coded(world.quote(second.participants.get()), coder, cost)

    found = reach(world.theme(cost))

    assert (found.quotes, found.groups, found.people) == (4, 2, 3)


@pytest.mark.django_db
def test_a_person_who_said_two_codes_of_a_theme_counts_once():
    coder, cost, time = world.host(), world.code(), world.code()
    ann = world.participant(world.group())
    world.coded(world.quote(ann), coder, cost)
    world.coded(world.quote(ann), coder, time)

    assert reach(world.theme(cost, time)).people == 1


@pytest.mark.django_db
def test_what_the_whole_group_said_counts_as_a_group_and_as_nobody():
    coder, cost = world.host(), world.code()
    world.coded(world.quote(None, group=world.group()), coder, cost)

    found = reach(world.theme(cost))

    assert (found.groups, found.people) == (1, 0)


@pytest.mark.django_db
def test_each_voice_is_counted_apart():
    coder, cost = world.host(), world.code()
    for voice, people in ((Voice.MIGRANT, 2), (Voice.MENTOR, 1)):
        for one in world.closed_group(people=people, voice=voice).participants.all():
            world.coded(world.quote(one), coder, cost)

    assert reach(world.theme(cost)).voices == {
        Voice.MENTOR: VoiceReach(groups=1, people=1),
        Voice.MIGRANT: VoiceReach(groups=1, people=2),
    }


@pytest.mark.django_db
def test_quotes_that_were_not_gone_through_do_not_count():
    coder, cost = world.host(), world.code()
    world.coded(world.quote(world.participant(world.group()), checked=False), coder, cost)

    assert reach(world.theme(cost)) == Reach()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("gave", "counts"),
    [
        ([True], True),
        ([False], False),
        ([True, True], True),
        ([True, False], False),
        ([True, True, False], True),
        ([True, False, False], False),
    ],
)
def test_a_code_counts_when_more_than_half_of_the_coders_gave_it(gave, counts):
    cost, said = world.code(), world.quote(world.participant(world.group()))
    for gives in gave:
        world.coded(said, world.host(), *([cost] if gives else []))

    assert (reach(world.theme(cost)).quotes == 1) is counts


@pytest.mark.django_db
def test_a_day_leaves_out_what_was_said_later():
    coder, cost = world.host(), world.code()
    for day in (25, 26):
        session = make.cop_session("BG", kind="focus_group", day=date(2026, 11, day))
        group = world.group(session=session)
        world.coded(world.quote(world.participant(group)), coder, cost)

    theme = world.theme(cost)

    assert (reach(theme).groups, reach(theme, until=date(2026, 11, 25)).groups) == (2, 1)


@pytest.mark.django_db
def test_groups_can_be_left_out():
    coder, cost, group = world.host(), world.code(), world.group()
    world.coded(world.quote(world.participant(group)), coder, cost)

    assert reach(world.theme(cost), without=[group.pk]) == Reach()


@pytest.mark.django_db
def test_many_themes_are_counted_in_as_few_questions(django_assert_num_queries):
    coder = world.host()
    made = []
    for _ in range(3):
        cost = world.code()
        world.coded(world.quote(world.participant(world.group())), coder, cost)
        made.append(world.theme(cost))

    for some in (made[:1], made):
        with django_assert_num_queries(4):
            assert {one.people for one in themes.reach(some).values()} == {1}


@pytest.mark.django_db
def test_a_theme_without_codes_reaches_nobody():
    assert reach(world.theme()) == Reach()


@pytest.mark.parametrize(
    ("people", "own", "said"),
    [
        (1, False, "fewer than 5 people"),
        (4, False, "fewer than 5 people"),
        (5, False, "5 people"),
        (0, False, "0 people"),
        (1, True, "1 person"),
        (4, True, "4 people"),
    ],
)
def test_few_people_are_a_number_for_own_staff_only(people, own, said):
    assert themes.people_said(people, own=own) == said


def cells(*, own: bool, **people: int) -> dict[str, int | None]:
    voices = {voice: VoiceReach(1, n) for voice, n in people.items()}
    shown = themes.voices_shown(Reach(people=sum(people.values()), voices=voices), own=own)
    return {cell.label: cell.people for cell in shown}


def test_a_small_voice_is_merged_with_its_complement():
    assert cells(own=False, migrant=12, mentor=6, expert=2) == {"migrant": 12, "other": 8}
    assert cells(own=True, migrant=12, mentor=6, expert=2) == {
        "migrant": 12,
        "mentor": 6,
        "expert": 2,
    }


CODES = st.integers(1, 4)


@st.composite
def quotes(draw) -> list[CodedQuote]:
    """Up to twelve quotes of six people in three groups, coded by one to three coders."""
    made = []
    for pk in range(draw(st.integers(0, 12))):
        person = draw(st.integers(0, 5))
        coders = draw(st.sets(st.integers(1, 3), min_size=1))
        given = draw(
            st.dictionaries(
                CODES, st.dictionaries(st.sampled_from(sorted(coders)), st.just(""), min_size=1)
            )
        )
        group = person % 3
        made.append(CodedQuote(pk, group, person or None, "migrant", DAY, frozenset(coders), given))
    return made


def merged(said: list[CodedQuote], one: int, into: int) -> list[CodedQuote]:
    """The same quotes after `one` became part of `into`."""
    out = []
    for quote in said:
        given = {code: dict(by) for code, by in quote.given.items()}
        moved = given.pop(one, {})
        if moved:
            given[into] = {**moved, **given.get(into, {})}
        facts = (quote.pk, quote.group_id, quote.participant_id, quote.voice, quote.day)
        out.append(CodedQuote(*facts, quote.coders, given))
    return out


@given(quotes(), st.sets(CODES), CODES, CODES)
def test_merging_codes_never_reaches_more_people_than_spoke(said, wanted, one, into):
    if one == into:
        return
    left = {into if code == one else code for code in wanted}

    found = themes.count(merged(said, one, into), left)

    assert found.people <= len(coded.people(said))
    assert found.people >= themes.count(said, wanted).people
    assert sum(voice.people for voice in found.voices.values()) == found.people


@given(quotes(), st.sets(CODES), st.randoms())
def test_the_reach_does_not_depend_on_the_order(said, wanted, chance):
    shuffled = list(said)
    chance.shuffle(shuffled)

    assert themes.count(shuffled, wanted) == themes.count(said, wanted)
