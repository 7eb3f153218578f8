"""The standard library: twelve methods, and what each kind of session starts from.

Minutes after section 7 of the project's brief, whose parts add up as they stand there. What
repeats is written out: Troika has three rounds of eleven minutes (case 2, ask 2, advise 5,
thank 2), Practice fair three stalls of fifteen; the four stories of Story circle are one step.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from sessions.domain import reminder_rules
from sessions.domain.agendas import AGENDAS
from sessions.enums import Duty, GuestRule, Kind

Words = str | Promise
# Everybody invited fourteen, three and one day before by the wall clock, and one hour before; a day
# after, those who said yes.
USUAL_REMINDERS = tuple(
    reminder_rules.usual(offset) for offset in ("-14d", "-3d", "-1d", "-1h", "+1d")
)


@dataclass(frozen=True)
class StandardMethod:
    """A method as the project's brief describes it; steps are (title, minutes)."""

    number: int
    name: Words
    purpose: Words
    steps: tuple[tuple[Words, int], ...]

    def values(self) -> dict[str, object]:
        """The row's fields, in English, as they are stored."""
        with override("en"):
            return {
                "name": str(self.name),
                "purpose": str(self.purpose),
                "steps": stored(self.steps),
            }


@dataclass(frozen=True)
class StandardKind:
    """What a kind of session needs besides its agenda, which stands in agendas.AGENDAS."""

    duties: tuple[Duty, ...] = (Duty.FACILITATOR,)
    guest_rule: GuestRule = GuestRule.WHOLE_COP
    capacity: int | None = None
    documents: tuple[Words, ...] = ()
    chatham_house: bool = False

    def values(self, kind: str) -> dict[str, object]:
        """The row's fields, in English, as they are stored."""
        with override("en"):
            return {
                "steps": stored(AGENDAS[kind]),
                "duties_needed": [duty.value for duty in self.duties],
                "reminders": reminder_rules.tidy(USUAL_REMINDERS),
                "guest_rule": self.guest_rule.value,
                "capacity": self.capacity,
                "documents": [str(name) for name in self.documents],
                "chatham_house": self.chatham_house,
            }


def stored(steps: Iterable[tuple[Words, int]]) -> list[list[str | int]]:
    """Steps as JSON keeps them: [title, minutes]."""
    return [[str(title), minutes] for title, minutes in steps]


METHODS = (
    StandardMethod(
        1,
        _("Peer assist"),
        _("One team has a problem; colleagues from elsewhere say what they would try."),
        (
            (_("Frame"), 10),
            (_("Case"), 15),
            (_("Questions"), 15),
            (_("Peers advise"), 25),
            (_("Options"), 15),
            (_("Plan"), 10),
        ),
    ),
    StandardMethod(
        2,
        _("After action review"),
        _("Learning from what just happened, without blame."),
        (
            (_("What was planned"), 8),
            (_("What happened"), 10),
            (_("Why"), 15),
            (_("What we change"), 12),
        ),
    ),
    StandardMethod(
        3,
        _("World café"),
        _("Many people, a few questions: ideas travel from table to table."),
        (
            (_("Introduction"), 10),
            (_("First round"), 20),
            (_("Second round"), 15),
            (_("Third round"), 15),
            (_("Harvest"), 25),
            (_("Pick"), 15),
            (_("Close"), 10),
        ),
    ),
    StandardMethod(
        4,
        _("Fishbowl"),
        _("A few talk, all listen, and an open chair lets anybody in."),
        (
            (_("Set up"), 5),
            (_("Inner circle"), 15),
            (_("Open chair"), 25),
            (_("Outer circle"), 10),
            (_("Close"), 5),
        ),
    ),
    StandardMethod(
        5,
        _("1-2-4-All"),
        _("Everybody's idea is heard within twenty minutes."),
        (
            (_("Alone"), 1),
            (_("In pairs"), 2),
            (_("In fours"), 4),
            (_("All together"), 5),
            (_("Rank"), 8),
        ),
    ),
    StandardMethod(
        6,
        _("TRIZ"),
        _("Finding what to stop doing, by asking for the worst result."),
        (
            (_("Aim"), 5),
            (_("The worst result"), 10),
            (_("Do we do this?"), 10),
            (_("What we stop"), 10),
            (_("Owners"), 10),
        ),
    ),
    StandardMethod(
        7,
        _("Troika"),
        _("Groups of three: each brings a case and hears two colleagues think about it."),
        (
            (_("Think"), 3),
            (_("First case: tell, ask, advise, thank"), 11),
            (_("Second case: tell, ask, advise, thank"), 11),
            (_("Third case: tell, ask, advise, thank"), 11),
        ),
    ),
    StandardMethod(
        8,
        _("Story circle"),
        _("Knowledge that nobody wrote down, told as stories."),
        (
            (_("Prompt"), 5),
            (_("Four stories of eight minutes"), 32),
            (_("Patterns"), 15),
            (_("Tags"), 8),
        ),
    ),
    StandardMethod(
        9,
        _("Practice fair"),
        _("Several practices at stalls; everybody takes one home."),
        (
            (_("Pitches"), 15),
            (_("First stall"), 15),
            (_("Second stall"), 15),
            (_("Third stall"), 15),
            (_("Pledges"), 15),
        ),
    ),
    StandardMethod(
        10,
        _("Walk-through"),
        _("Going through a material together and agreeing on what must change."),
        (
            (_("Goal"), 5),
            (_("Read"), 15),
            (_("Mark"), 15),
            (_("Top five"), 20),
            (_("Decide"), 5),
        ),
    ),
    StandardMethod(
        11,
        _("Focus group"),
        _("Five to ten people say what a material is like for them."),
        (
            (_("Consent"), 15),
            (_("Warm-up"), 10),
            (_("Try it out"), 20),
            (_("Questions"), 30),
            (_("Priorities"), 10),
            (_("Close"), 5),
        ),
    ),
    StandardMethod(
        12,
        _("Critical friends"),
        _("Honest feedback on a piece of work, in an order that makes it bearable."),
        (
            (_("Case"), 8),
            (_("Clarify"), 6),
            (_("Feedback"), 14),
            (_("Reply"), 6),
            (_("Act"), 6),
        ),
    ),
)

_WITH_NOTES = (Duty.FACILITATOR, Duty.NOTE_TAKER)
_ALL = (Duty.FACILITATOR, Duty.NOTE_TAKER, Duty.INTERPRETER)

KINDS: dict[str, StandardKind] = {
    Kind.KICK_OFF: StandardKind(duties=_WITH_NOTES, documents=(_("Draft charter"),)),
    Kind.REGULAR: StandardKind(),
    Kind.FEEDBACK: StandardKind(
        duties=_WITH_NOTES, guest_rule=GuestRule.CHOSEN, documents=(_("The material on the table"),)
    ),
    Kind.FOCUS_GROUP: StandardKind(
        duties=_ALL,
        guest_rule=GuestRule.SMALL,
        capacity=10,
        documents=(_("Consent form"), _("Focus group guide")),
        chatham_house=True,
    ),
    Kind.PROBLEM_CLINIC: StandardKind(
        guest_rule=GuestRule.CHOSEN, documents=(_("The case on one page, without names"),)
    ),
    Kind.PRACTICE_FAIR: StandardKind(guest_rule=GuestRule.OPEN, documents=(_("Practice cards"),)),
    Kind.JOINT: StandardKind(duties=_ALL),
    Kind.REVIEW: StandardKind(guest_rule=GuestRule.CHOSEN),
    Kind.TRAINING: StandardKind(guest_rule=GuestRule.OPEN, documents=(_("Handout"),)),
    Kind.ONBOARDING: StandardKind(
        guest_rule=GuestRule.CHOSEN, documents=(_("The charter in five lines"),)
    ),
    Kind.CLOSING: StandardKind(),
}


def method(number: int) -> StandardMethod:
    """The standard method of that number."""
    return {m.number: m for m in METHODS}[number]
