"""Verdicts in a report's words: the standing with its sign, since when, by which role, and why."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from cop_platform.common.reporting import sayings
from cop_platform.common.reporting.document import (
    Block,
    Bullets,
    Cell,
    Paragraph,
    Sign,
    Span,
)
from cop_platform.common.reporting.sections import Head
from cop_platform.common.reporting.tongues import words
from experts.enums import Role
from feedback.validation.domain.judging import reason_words
from feedback.validation.domain.report.verdict_facts import State, VerdictFacts, current
from feedback.validation.enums import GOOD, Standing


def sign(verdict: VerdictFacts) -> Sign:
    """Good only while it holds; open where something is still to come."""
    if verdict.state == State.WITHDRAWN:
        return Sign.BAD
    if verdict.state != State.IN_FORCE or verdict.standing == Standing.NOT_ENOUGH:
        return Sign.OPEN
    return Sign.GOOD if verdict.standing in GOOD else Sign.BAD


def is_good(verdict: VerdictFacts) -> bool:
    """Whether a material may be relied on by it."""
    return sign(verdict) == Sign.GOOD


def standing(verdict: VerdictFacts) -> str:
    """What is said, and how it stands where it does not simply hold."""
    said = str(Standing(verdict.standing).label)
    template = {
        State.IN_FORCE: "%(verdict)s",
        State.EXPIRED: _("%(verdict)s, expired"),
        State.WAITING: _("%(verdict)s, waits for a second signature"),
        State.REFUSED: _("%(verdict)s, second signature refused"),
        State.REPLACED: _("%(verdict)s, replaced by a later verdict"),
        State.WITHDRAWN: _("%(verdict)s, withdrawn"),
    }[verdict.state]
    return template % {"verdict": said}


def deciding(verdicts: Sequence[VerdictFacts], head: Head) -> list[VerdictFacts]:
    """Those that say where a version stands: of one country its own, of several the consortium's.

    Where there is none of that, the others.
    """
    several = len(head.countries) > 1
    found = [verdict for verdict in verdicts if bool(verdict.country) != several]
    return found or list(verdicts)


def summary(verdicts: Sequence[VerdictFacts], head: Head) -> Cell:
    """All of them in few words, with their sign."""
    found = current(verdicts)
    leading = deciding(found, head)
    if not leading:
        return Cell(_("No verdict"), sign=Sign.OPEN)
    own = [verdict for verdict in found if verdict.country]
    values = {
        "verdict": standing(leading[0]),
        "good": sayings.count(sum(map(is_good, own))),
        "n": sayings.count(len(own)),
    }
    if len(leading) > 1:
        text = _("validated in %(good)s of %(n)s countries") % values
        return Cell(text, sign=Sign.GOOD if all(map(is_good, leading)) else Sign.OPEN)
    if len(head.countries) > 1 and own and not leading[0].country:
        text = _("%(verdict)s; validated in %(good)s of %(n)s countries") % values
        return Cell(text, sign=sign(leading[0]))
    return Cell(standing(leading[0]), sign=sign(leading[0]))


def where(verdict: VerdictFacts) -> str:
    """Of whom it is: a country, or the consortium."""
    return sayings.country(verdict.country) if verdict.country else _("Consortium")


def role(code: str) -> str:
    """The role somebody signed in; a dash where nobody has."""
    if not code:
        return sayings.NONE
    return str(Role(code).label)


def sentence(verdict: VerdictFacts) -> str:
    """The verdict with its day and who confirmed it, as a role."""
    values = {
        "where": where(verdict),
        "verdict": standing(verdict),
        "day": sayings.day(verdict.in_force_on or verdict.confirmed_on),
        "role": role(verdict.confirmed_by),
        "second": role(verdict.second_by),
    }
    if verdict.inherited:
        text = pgettext(
            "a verdict",
            "%(where)s: %(verdict)s. Taken over from the version it translates on %(day)s; "
            "confirmed by: %(role)s.",
        )
    elif verdict.second_by:
        text = pgettext(
            "a verdict",
            "%(where)s: %(verdict)s. In force since %(day)s; confirmed by: %(role)s; second "
            "signature: %(second)s.",
        )
    elif verdict.in_force_on:
        text = pgettext(
            "a verdict",
            "%(where)s: %(verdict)s. In force since %(day)s; confirmed by: %(role)s.",
        )
    else:
        text = pgettext("a verdict", "%(where)s: %(verdict)s. Confirmed on %(day)s by: %(role)s.")
    return text % values


def blocks(verdicts: Sequence[VerdictFacts]) -> Iterator[Block]:
    """Each verdict with its reasons, and what people wrote where the edition has it."""
    for verdict in verdicts:
        yield Paragraph(sentence(verdict))
        reasons = reason_words.sentences(verdict.reasons)
        if verdict.standing != verdict.proposal:
            proposed = str(Standing(verdict.proposal).label)
            reasons.append(
                _("The frozen policy proposed “%(proposal)s”; a second person signed the other.")
                % {"proposal": proposed}
            )
        if reasons:
            yield Bullets(tuple(reasons))
        yield from _written(verdict)


def _written(verdict: VerdictFacts) -> Iterator[Block]:
    for label, text in (
        (_("Why it differs from the proposal:"), verdict.override_reason),
        (_("Minority opinion:"), verdict.minority_opinion),
        (_("Why it was withdrawn:"), verdict.withdrawal_reason),
    ):
        if text:
            yield Paragraph((Span(label, strong=True), Span(" "), *words(text)))
