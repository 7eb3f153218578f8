"""What a plan lacks: each rule, on both sides of its edge."""

from __future__ import annotations

from dataclasses import replace

import pytest

from feedback.focus_groups.domain.planning import warnings
from feedback.focus_groups.domain.planning.group_parts import InterpreterPlan
from feedback.focus_groups.domain.planning.warnings import Facts, Weight
from feedback.focus_groups.enums import Composition, Voice

# A plan of mentors that lacks nothing.
READY = Facts(
    voice=Voice.MENTOR,
    languages=("bg",),
    said_yes=7,
    staff_languages=frozenset({"bg", "en"}),
    guide_minutes=30,
    card_languages=frozenset({"bg"}),
)
BRIEFED = InterpreterPlan("Interpreter 1", ("bg", "ar"), is_briefed=True)


def keys(**changed: object) -> list[str]:
    return [warning.key for warning in warnings.of(replace(READY, **changed))]


def test_a_plan_that_lacks_nothing_has_no_warning():
    assert keys() == []


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        ({"fewest": 5}, []),
        ({"fewest": 4}, ["small plan"]),
        ({"most": 10}, []),
        ({"most": 11}, ["large plan"]),
        ({"said_yes": None}, []),
        ({"said_yes": 5}, []),
        ({"said_yes": 4}, ["few answers"]),
        ({"said_yes": 4, "came": 5}, []),
        ({"came": 4}, ["few came"]),
        ({"came": 0}, ["few came"]),
        ({"came": 11}, ["many came"]),
        ({"came": 10}, []),
        ({"has_moderator": False}, ["no moderator"]),
        ({"has_note_taker": False}, ["no note-taker"]),
        ({"languages": ()}, ["no language"]),
        ({"languages": ("bg", "ar")}, ["nobody speaks", "card not translated"]),
        (
            {"languages": ("bg", "ar"), "interpreters": (BRIEFED,)},
            ["card not translated"],
        ),
        ({"interpreters": (replace(BRIEFED, is_briefed=False),)}, ["not briefed"]),
        ({"untranslated": {"bg": 2}}, ["guide not translated"]),
        ({"untranslated": {"ar": 2}}, []),
        ({"session_minutes": 90}, []),
        ({"session_minutes": 89}, ["too short"]),
        ({"versions": 0}, ["no version"]),
        ({"has_card": False, "card_languages": frozenset()}, ["no card"]),
        ({"experts_invited": 3}, []),
        ({"composition": Composition.WOMEN}, ["women"]),
        ({"composition": Composition.MEN}, ["men"]),
        ({"composition": Composition.YOUNG}, ["under 18"]),
        ({"voice": Voice.MIGRANT}, ["violence"]),
        ({"voice": Voice.MIGRANT, "experts_invited": 1}, ["mixed voices", "violence"]),
    ],
)
def test_each_gap_is_told(changed, expected):
    assert keys(**changed) == expected


def test_gaps_come_before_questions_and_reminders():
    found = warnings.of(
        replace(READY, voice=Voice.MIGRANT, composition=Composition.YOUNG, versions=0)
    )

    assert [warning.weight for warning in found] == [Weight.GAP, Weight.CHECK, Weight.REMINDER]


def test_a_language_is_told_by_its_name_and_the_number_it_lacks():
    (told,) = warnings.of(replace(READY, untranslated={"bg": 2}))

    assert told.sentence == "2 questions of the guide are not translated: Bulgarian."
