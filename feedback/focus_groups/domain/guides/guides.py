"""A guide is written, copied and retired here; once a group uses it, its words are kept."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import Exists, Max, OuterRef, QuerySet
from django.utils.translation import gettext as _

from cop_platform.common import revisions
from cop_platform.common.refusals import NotPossible
from experts.domain import audit
from experts.models import User
from feedback.focus_groups import permissions
from feedback.focus_groups.models import Guide, GuideQuestion


class Frozen(NotPossible):
    """A group uses it: its words are those that people answer."""


class NameTaken(NotPossible):
    """Another guide has this name."""


@transaction.atomic
def create(*, name: str, voice: str, by: User, at: datetime) -> Guide:
    """A new guide without questions. Raises Refused, NameTaken."""
    permissions.may_edit_words(by)
    _check_name(name)
    guide = Guide.objects.create(name=name, voice=voice)
    record("guide written", guide, by, at)
    return guide


@transaction.atomic
def change(*, guide_id: int, name: str, voice: str, seen: str, by: User, at: datetime) -> Guide:
    """Another name, or for other people. `seen` is the mark of what the form showed.

    Raises Refused, Frozen, NameTaken, ChangedMeanwhile.
    """
    guide = editable(guide_id, by)
    revisions.check_mark(guide, seen, mark(guide))
    if name != guide.name:
        _check_name(name)
    guide.name, guide.voice = name, voice
    guide.save()
    record("guide changed", guide, by, at)
    return guide


@transaction.atomic
def revise(*, guide_id: int, by: User, at: datetime) -> Guide:
    """A copy under the next number, to be edited; groups keep theirs. Raises Refused."""
    permissions.may_edit_words(by)
    old = Guide.objects.select_for_update().get(pk=guide_id)
    newest = Guide.objects.filter(name=old.name).aggregate(n=Max("revision"))["n"]
    new = Guide.objects.create(name=old.name, revision=newest + 1, voice=old.voice)
    GuideQuestion.objects.bulk_create(
        GuideQuestion(guide=new, position=q.position, minutes=q.minutes, texts=q.texts)
        for q in old.questions.all()
    )
    record("guide revised", new, by, at)
    return new


@transaction.atomic
def retire(*, guide_id: int, retired: bool, by: User, at: datetime) -> Guide:
    """Takes a guide out of use, or into use again. Raises Refused."""
    permissions.may_edit_words(by)
    guide = Guide.objects.select_for_update().get(pk=guide_id)
    if retired != (guide.retired_at is not None):
        guide.retired_at = at if retired else None
        guide.save(update_fields=["retired_at"])
        record("guide retired" if retired else "guide taken into use", guide, by, at)
    return guide


@transaction.atomic
def mark_piloted(*, guide_id: int, piloted: bool, by: User, at: datetime) -> Guide:
    """Notes that the guide was tried out before it was used, or that it was not (COREQ 17).

    Raises Refused.
    """
    permissions.may_edit_words(by)
    guide = Guide.objects.select_for_update().get(pk=guide_id)
    if guide.is_piloted != piloted:
        guide.is_piloted = piloted
        guide.save(update_fields=["is_piloted"])
        record("guide tried out" if piloted else "guide not tried out", guide, by, at)
    return guide


def offered() -> QuerySet[Guide]:
    """What a group may be planned with: of each name the newest revision in use that asks
    something.
    """
    alive = Guide.objects.in_use()
    alive = alive.filter(Exists(GuideQuestion.objects.filter(guide=OuterRef("pk"))))
    newer = alive.filter(name=OuterRef("name"), revision__gt=OuterRef("revision"))
    return alive.filter(~Exists(newer)).order_by("voice", "name")


def mark(guide: Guide) -> str:
    """What the form of name and voice edits, in one line."""
    return f"{guide.voice} {guide.name}"


def editable(guide_id: int, by: User) -> Guide:
    """The guide, locked, whose words may change. Raises Refused, Frozen."""
    permissions.may_edit_words(by)
    guide = Guide.objects.select_for_update().get(pk=guide_id)
    if guide.frozen_at:
        raise Frozen(_("A group uses this revision, so it stays as it is. Make a new revision."))
    return guide


def record(deed: str, guide: Guide, by: User, at: datetime) -> None:
    audit.record(deed=deed, about=guide, by=by, at=at, revision=guide.revision)


def _check_name(name: str) -> None:
    if Guide.objects.filter(name=name).exists():
        raise NameTaken(_("A guide of this name exists; make a new revision of it."))
