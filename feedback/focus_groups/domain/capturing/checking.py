"""Words are gone through for details that tell who spoke, before anybody else reads them.

The machine marks what looks like a detail; a person decides, and the clean words are theirs.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cop_platform.common import details, revisions
from cop_platform.common.refusals import NotPossible
from cop_platform.common.times import to_wall
from experts.models import User
from feedback.focus_groups import permissions
from feedback.focus_groups.models import FocusGroup, FormAnswer, Quote
from materials.domain.words import direction


class NothingLeft(NotPossible):
    """There were words, and none are left: such a line is taken away, not emptied."""


@dataclass(frozen=True)
class Piece:
    """A stretch of words; `kind` names the likely detail it is, "" for ordinary words."""

    text: str
    kind: str = ""


@dataclass(frozen=True)
class ToCheck:
    """Words to go through: their pieces, in which language they are, and a clean proposal."""

    pieces: tuple[Piece, ...]
    language: str
    proposal: str

    @property
    def direction(self) -> str:
        return direction(self.language)

    @property
    def found(self) -> int:
        """How many likely details are marked."""
        return sum(1 for piece in self.pieces if piece.kind)

    @property
    def sentence(self) -> str:
        """What to do with these words."""
        if not self.found:
            return _(
                "No likely detail was found. Read it all the same: a story can tell who it is."
            )
        return ngettext(
            "%(n)d likely detail is marked and left out of the proposal.",
            "%(n)d likely details are marked and left out of the proposal.",
            self.found,
        ) % {"n": self.found}


def to_check(words: str, language: str) -> ToCheck:
    """The words with what looks like a detail marked, for the page where they are gone through."""
    found = details.find(words)
    pieces: list[Piece] = []
    end = 0
    for detail in found:
        pieces += [Piece(words[end : detail.start])] if detail.start > end else []
        pieces.append(Piece(words[detail.start : detail.end], str(detail.kind.label)))
        end = detail.end
    pieces += [Piece(words[end:])] if end < len(words) else []
    return ToCheck(tuple(pieces), language, details.masked(words, found))


@transaction.atomic
def check_quote(
    *, quote: Quote, clean_words: str, clean_rendering: str, by: User, at: datetime
) -> Quote:
    """Keeps the words that others may read, as somebody went through them on that day.

    `quote` is as the checker saw it. Raises Refused, ChangedMeanwhile, NothingLeft.
    """
    stored = Quote.objects.select_for_update(of=("self",)).select_related("group").get(pk=quote.pk)
    permissions.may_hear(by, stored.group.country_id)
    changed = _("This line was changed meanwhile. Please read it again.")
    revisions.check(stored, quote.revision, changed)
    _left(stored.words, clean_words)
    _left(stored.rendering, clean_rendering)
    stored.clean_words, stored.clean_rendering = clean_words, clean_rendering
    stored.checked_on = to_wall(at, by.person.zone).date()
    stored.revision += 1
    stored.save(update_fields=["clean_words", "clean_rendering", "checked_on", "revision"])
    return stored


@transaction.atomic
def check_answer(*, answer: FormAnswer, clean_words: str, by: User, at: datetime) -> FormAnswer:
    """The same for words of an easy form. Raises Refused, ChangedMeanwhile, NothingLeft."""
    rows = FormAnswer.objects.select_for_update(of=("self",)).select_related("response__form")
    stored = rows.get(pk=answer.pk)
    permissions.may_hear(by, stored.response.form.country_id)
    if stored.words != answer.words:
        changed = _("These words were changed meanwhile. Please read them again.")
        raise revisions.ChangedMeanwhile(changed, stored)
    _left(stored.words, clean_words)
    stored.clean_words, stored.checked_on = clean_words, to_wall(at, by.person.zone).date()
    stored.save(update_fields=["clean_words", "checked_on"])
    return stored


def progress(group: FocusGroup) -> tuple[int, int]:
    """How many lines of a group were gone through, and how many there are."""
    return group.quotes.checked().count(), group.quotes.count()


def _left(words: str, clean: str) -> None:
    if words and not clean.strip():
        raise NothingLeft(
            _("Leave some words, or delete the line where it was noted: an empty one says nothing.")
        )
