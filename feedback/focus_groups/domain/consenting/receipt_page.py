"""What the holder of a slip sees and may do: what is kept, what stops, what changed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet
from django.urls import reverse

from feedback.changes.domain import words_check
from feedback.changes.enums import Decision
from feedback.changes.models import ChangeRequest
from feedback.focus_groups.domain.coding import theme_source
from feedback.focus_groups.domain.consenting import consents
from feedback.focus_groups.domain.easy.guest_words import Words
from feedback.focus_groups.domain.keeping import retention
from feedback.focus_groups.enums import Kept, Purpose
from feedback.focus_groups.models import FormAnswer, FormResponse, Participant, Recording, Theme

_DECIDED = {
    Decision.ACCEPT: "receipt_accept",
    Decision.ADAPT: "receipt_adapt",
    Decision.DECLINE: "receipt_decline",
}
_PURPOSES = {
    Purpose.NOTES: "receipt_notes",
    Purpose.QUOTES: "receipt_print",
    Purpose.RECORDING: "receipt_recording",
}


@dataclass(frozen=True)
class Agreed:
    """A purpose and what stands today, both in the person's language."""

    purpose: str
    answer: str
    holds: bool


@dataclass(frozen=True)
class Changed:
    """A decision on what the group or the form asked for.

    `asked` and `reason` stand as they were published. `done` says in which version; `link` leads
    to it in the catalogue where it is released.
    """

    asked: str
    decision: str
    reason: str
    done: str
    link: str


@dataclass(frozen=True)
class ReceiptPage:
    """All lines in the person's language; `is_gone` after an erasure: then nothing is kept."""

    is_gone: bool
    kept: str
    until: tuple[str, ...]
    agreed: tuple[Agreed, ...]
    may_stop: bool
    changes: tuple[Changed, ...]


def build(holder: Participant | FormResponse, words: Words) -> ReceiptPage:
    """The page of whoever holds this slip."""
    changes = tuple(_changed(change, words) for change in _changes(holder))
    if holder.erased_on:
        return ReceiptPage(True, "", (), (), may_stop=False, changes=changes)
    agreed = _agreed(holder, words)
    if isinstance(holder, Participant):
        lines = holder.quotes.filter(words_deleted_on=None)
        kept = words.say("receipt_quotes", number=lines.count())
    else:
        kept = words.say("receipt_answers", number=_said(holder).count())
    return ReceiptPage(
        is_gone=False,
        kept=kept,
        until=tuple(_until(holder, words)),
        agreed=agreed,
        may_stop=any(line.holds and line.purpose == words["receipt_print"] for line in agreed),
        changes=changes,
    )


@transaction.atomic
def stop_printing(holder: Participant | FormResponse, *, at: datetime) -> None:
    """From now on the words of this person are quoted nowhere; doing it twice is doing it once."""
    if isinstance(holder, Participant):
        consents.withdraw(participant=holder, purpose=Purpose.QUOTES, at=at)
    else:
        FormResponse.objects.filter(pk=holder.pk).update(may_quote=False)
        holder.may_quote = False


def _agreed(holder: Participant | FormResponse, words: Words) -> tuple[Agreed, ...]:
    if isinstance(holder, FormResponse):
        answer = words["receipt_yes" if holder.may_quote else "receipt_no"]
        return (Agreed(words["receipt_print"], answer, holder.may_quote),)
    given = {consent.purpose: consent for consent in holder.consents.all()}
    lines = []
    for purpose, key in _PURPOSES.items():
        consent = given.get(purpose)
        if consent is None:
            continue
        said = "receipt_yes" if consent.is_given else "receipt_no"
        answer = words["receipt_back" if consent.withdrawn_on else said]
        lines.append(Agreed(words[key], answer, consent.holds))
    return tuple(lines)


def _until(holder: Participant | FormResponse, words: Words) -> list[str]:
    """Until which days what is there is kept, by the rules of today."""
    days = retention.days_kept()
    found = [_day(words, "receipt_words_until", holder, Kept.WORDS, days)]
    if isinstance(holder, FormResponse):
        voice = _said(holder).exclude(file="").first()
        if voice is not None:
            found.append(_day(words, "receipt_voice_until", voice, Kept.VOICE, days))
        return found
    recording = Recording.objects.filter(group=holder.group_id).exclude(file="").first()
    if recording is not None:
        found.append(_day(words, "receipt_recording_until", recording, Kept.RECORDING, days))
    return found


def _day(
    words: Words,
    key: str,
    row: Participant | FormResponse | FormAnswer | Recording,
    kind: Kept,
    days: Mapping[Kept, int],
) -> str:
    return words.say(key, day=words.day(retention.delete_on(row, kind, days=days)))


def _said(holder: FormResponse) -> QuerySet[FormAnswer]:
    """Answers that say something; a question that was skipped keeps nothing."""
    return holder.answers.exclude(value=None, words="", file="")


def _changes(holder: Participant | FormResponse) -> list[ChangeRequest]:
    """Decided requests that everybody may read, of the group's themes or the form's version."""
    public = ChangeRequest.objects.public().exclude(public_asked="")
    if isinstance(holder, Participant):
        themes = Theme.objects.filter(codes__codings__coded__quote__group=holder.group_id)
        found = public.filter(source_kind=theme_source.KIND, source_key__in=themes.values("pk"))
    else:
        found = public.filter(version=holder.form.version_id)
    return list(found.select_related("done_in__material").order_by("-decided_at", "-pk"))


def _changed(change: ChangeRequest, words: Words) -> Changed:
    done = change.done_in
    return Changed(
        asked=words_check.scrubbed(change.public_asked),
        decision=words[_DECIDED[Decision(change.decision)]],
        reason=words_check.scrubbed(change.reason),
        done=words.say("receipt_done", number=done.number) if done else "",
        link=f"{reverse('catalogue_entry', args=[done.material.code])}#v{done.number}"
        if done and done.released_at
        else "",
    )
