"""What a cell says: why nothing can be relied on there yet, and what is worth knowing besides."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.conf import settings
from django.utils import formats
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from feedback.validation.domain.ageing import sensors
from feedback.validation.domain.board.asking import Facts
from feedback.validation.domain.board.states import GOOD_STATES, State
from feedback.validation.enums import Sign

LANGUAGES: dict[str, Any] = dict(settings.PROJECT_LANGUAGES)


@dataclass(frozen=True)
class Words:
    """`blocks` keep the edition from being relied on in this country; `notes` do not."""

    blocks: tuple[str, ...]
    notes: tuple[str, ...]


def of(cell: Facts, *, critical: int, signs: bool) -> Words:
    """The sentences of a cell.

    `critical` is the number of undecided critical changes to its material; `signs` whether the
    reader may know of a verdict that waits for its second signature.
    """
    return Words(tuple(_blocks(cell, critical, signs)), tuple(_notes(cell)))


def _blocks(cell: Facts, critical: int, signs: bool) -> Iterator[str]:
    if cell.state == State.NO_EDITION:
        yield _("There is no edition in %(language)s.") % {"language": LANGUAGES[cell.language]}
        return
    if critical:
        yield changes_sentence(critical)
    if cell.state in GOOD_STATES:
        return
    if cell.waiting_id is not None and signs:
        yield _("The verdict waits for its second signature.")
        return
    if cell.unjudged:
        yield _(
            "Version %(n)d is an erratum; a coordinator has not said yet whether it changes "
            "what was judged."
        ) % {"n": cell.newest}
    if cell.round_id is not None and not cell.closed:
        yield from _running(cell)
    elif is_undecided(cell):
        yield _("The round is closed, and its verdict is not confirmed yet.")
    else:
        yield _standing(cell)


def _running(cell: Facts) -> Iterator[str]:
    missing = (cell.wanted or 0) - cell.asked
    if cell.asks and missing > 0:
        text = ngettext(
            "The round needs %(n)d more expert of this country.",
            "The round needs %(n)d more experts of this country.",
            missing,
        )
        yield text % {"n": missing}
    yield _("The round runs until %(day)s.") % {"day": day_words(cell.due_on)}


def _standing(cell: Facts) -> str:
    if cell.state == State.NOT_VALIDATED:
        return _("The panel did not validate version %(n)d.") % {"n": cell.judged}
    if cell.state == State.REVISE:
        return _("Version %(n)d is to be revised and rated again.") % {"n": cell.judged}
    if cell.state == State.NOT_ENOUGH:
        return _("Too little came in for a verdict on version %(n)d.") % {"n": cell.judged}
    if cell.state == State.WITHDRAWN:
        return _("The verdict on version %(n)d was withdrawn.") % {"n": cell.judged}
    if cell.state == State.EXPIRED:
        return _("The verdict ended on %(day)s.") % {"day": day_words(cell.valid_until)}
    return _("Nobody has rated version %(n)d for this country.") % {"n": cell.judged or cell.newest}


def _notes(cell: Facts) -> Iterator[str]:
    if cell.state in GOOD_STATES and cell.valid_until:
        yield _("Valid until %(day)s.") % {"day": day_words(cell.valid_until)}
    if cell.newest != cell.judged and cell.verdict_id is not None:
        texts = {
            True: _("Version %(n)d is an erratum of the validated version %(judged)d."),
            False: _("Version %(n)d is an erratum of version %(judged)d."),
        }
        yield texts[cell.state in GOOD_STATES] % {"n": cell.newest, "judged": cell.judged}
    if cell.newer_source is not None:
        yield _("The source has moved on to version %(n)d.") % {"n": cell.newer_source}
    if cell.waiver:
        yield waiver_sentence(cell.waiver, released=bool(cell.released))
    if cell.sign and not _is_said(cell):
        yield sensors.sentence(cell.sign, cell.sign_detail)
    if cell.state in GOOD_STATES and not cell.released:
        yield _("Version %(n)d is not released yet.") % {"n": cell.newest}


def _is_said(cell: Facts) -> bool:
    """Whether the cell says the same without its sign."""
    return cell.sign == Sign.STALE_SOURCE or "until" in cell.sign_detail


def is_undecided(cell: Facts) -> bool:
    """Whether a closed round of this cell has no verdict yet."""
    if cell.round_id is None or not cell.closed or cell.waiting_id is not None:
        return False
    if cell.verdict_id is None:
        return True
    return cell.verdict_round_id is not None and cell.round_id > cell.verdict_round_id


def changes_sentence(number: int) -> str:
    """How many critical changes wait for a decision."""
    text = ngettext(
        "%(n)d critical change to this material is not decided yet.",
        "%(n)d critical changes to this material are not decided yet.",
        number,
    )
    return text % {"n": number}


def waiver_sentence(reason: str, *, released: bool) -> str:
    """A waiver in one sentence, with its reason."""
    text = _("Released with a waiver: %(reason)s") if released else _("Waived: %(reason)s")
    return text % {"reason": reason}


def day_words(day: date | None) -> str:
    """A day as people write it."""
    return formats.date_format(day, "j M Y") if day else ""
