"""What was said in a group, line by line: noted once, changed, taken away.

No instant and no writer is taken or stored: when and by whom a line was written would tell who
spoke. A line is known by the key that the device chose which wrote it down.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Max, QuerySet
from django.utils.translation import gettext as _

from cop_platform.common.refusals import NotPossible
from experts.models import User
from feedback.focus_groups import permissions
from feedback.focus_groups.enums import Purpose
from feedback.focus_groups.models import FocusGroup, Participant, Quote

MOST = 2_000  # lines of one group
MAX_WORDS = 4_000


class ChangedElsewhere(NotPossible):
    """Another device wrote meanwhile; `stored` is what it wrote, None where the line is gone."""

    def __init__(self, sentence: str, stored: Quote | None) -> None:
        super().__init__(sentence)
        self.stored = stored


class CaptureEnded(NotPossible):
    """The group counts in reports: nothing is added or changed until it is opened again."""


class NotAgreed(NotPossible):
    """Nothing of what this person says may be written down."""


class TooMany(NotPossible):
    """One group holds no more lines."""


@dataclass(frozen=True)
class Line:
    """What is noted: by whom (None: the group), to which question (None: besides them), in what
    words, how the interpreter rendered them, and what was seen.
    """

    question_id: int | None = None
    participant_id: int | None = None
    words: str = ""
    language: str = "en"
    rendering: str = ""
    rendering_language: str = ""
    interpreter_id: int | None = None
    is_back_checked: bool = False
    nonverbal: str = ""


_FIELDS = tuple(Line.__dataclass_fields__)
# What somebody went through for details; other words have to be gone through again.
_READ = ("words", "rendering")


def of(group: FocusGroup) -> QuerySet[Quote]:
    """The lines of a group with their codes and interpreters, question by question."""
    return group.quotes.select_related("participant", "interpreter").order_by(
        "question__position", "position", "pk"
    )


@transaction.atomic
def note(*, group_id: int, client_key: UUID, revision: int, line: Line, by: User) -> Quote:
    """Keeps a line under the key its device chose; sending the same twice makes one line.

    `revision` is the one the device knows, 0 for a new line. A line whose words change has to be
    checked again. Raises Refused, CaptureEnded, NotAgreed, ChangedElsewhere, TooMany.
    """
    group = open_group(group_id, by)
    found = group.quotes.filter(client_key=client_key).first()
    if found is None and revision:
        raise ChangedElsewhere(_("This line was deleted meanwhile."), None)
    if found is not None and line == line_of(found):
        return found
    if found is not None and revision != found.revision:
        raise ChangedElsewhere(_("This line was changed on another device."), found)
    _check(group, line)
    if found is None:
        return _create(group, client_key, line)
    return _change(found, line)


@transaction.atomic
def delete(*, group_id: int, client_key: UUID, revision: int, by: User) -> None:
    """Takes a line away; one that is gone already is gone.

    Raises Refused, CaptureEnded, ChangedElsewhere.
    """
    found = open_group(group_id, by).quotes.filter(client_key=client_key).first()
    if found is None:
        return
    if revision != found.revision:
        raise ChangedElsewhere(_("This line was changed on another device."), found)
    found.delete()


def line_of(quote: Quote) -> Line:
    """What the quote says, without who may read it."""
    return Line(**{name: getattr(quote, name) for name in _FIELDS})


def as_data(quote: Quote) -> dict[str, Any]:
    """A line as a device of the group's own people gets it, by the names of its form."""
    line = line_of(quote)
    return {
        "client_key": str(quote.client_key),
        "revision": quote.revision,
        "question": line.question_id or "",
        "participant": str(line.participant_id or ""),
        "words": line.words,
        "language": line.language,
        "rendering": line.rendering,
        "rendering_language": line.rendering_language,
        "interpreter": line.interpreter_id or "",
        "is_back_checked": line.is_back_checked,
        "nonverbal": line.nonverbal,
    }


def may_be_noted(group: FocusGroup) -> QuerySet[Participant]:
    """The codes of a group under which words may be noted today."""
    return group.participants.filter(erased_on=None).agreeing(Purpose.NOTES)


def open_group(group_id: int, by: User) -> FocusGroup:
    """The group, locked, as long as lines are taken in. Raises Refused, CaptureEnded."""
    group = FocusGroup.objects.select_for_update(of=("self",)).get(pk=group_id)
    permissions.may_hear(by, group.country_id)
    if group.closed_on:
        raise CaptureEnded(_("Noting was ended for this group. Open it again to write more."))
    return group


def _check(group: FocusGroup, line: Line) -> None:
    """Raises NotAgreed with the reason why nothing may be noted under the code."""
    if line.participant_id is None:
        return
    speaker = group.participants.get(pk=line.participant_id)
    said = {"code": speaker.code}
    if may_be_noted(group).filter(pk=speaker.pk).exists():
        return
    if speaker.is_minor and not speaker.guardian_agreed:
        raise NotAgreed(
            _(
                "%(code)s is under 18 and no guardian agreed: nothing is written down under this "
                "code. What the whole group says can be noted without a code."
            )
            % said
        )
    raise NotAgreed(
        _(
            "%(code)s did not agree that words are written down. What the whole group says can be "
            "noted without a code."
        )
        % said
    )


def _create(group: FocusGroup, client_key: UUID, line: Line) -> Quote:
    if group.quotes.count() >= MOST:
        raise TooMany(_("This group has %(most)d lines; it holds no more.") % {"most": MOST})
    last = group.quotes.filter(question=line.question_id).aggregate(last=Max("position"))["last"]
    values = {name: getattr(line, name) for name in _FIELDS}
    return Quote.objects.create(
        group=group, client_key=client_key, position=(last or 0) + 1, **values
    )


def _change(quote: Quote, line: Line) -> Quote:
    if any(getattr(quote, name) != getattr(line, name) for name in _READ):
        quote.checked_on, quote.clean_words, quote.clean_rendering = None, "", ""
    for name in _FIELDS:
        setattr(quote, name, getattr(line, name))
    quote.revision += 1
    quote.save()
    return quote
