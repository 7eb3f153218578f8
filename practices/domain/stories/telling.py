"""A story is told, changed by its teller, taken back, and cited by others."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from cop_platform.common import revisions, sounds
from cop_platform.common.refusals import NotPossible
from cop_platform.common.times import to_wall
from experts.domain import audit
from experts.models import User
from materials.models import GlossaryTerm, Material
from practices import permissions
from practices.domain import spam
from practices.models import Practice, Story, StoryCitation

_WRITTEN = (
    "title", "occasion", "cycle", "text", "language", "is_named", "clip_may_leave", "material",
    "practice",
)  # fmt: skip


class CitedAlready(NotPossible):
    """This person said before that the story was used there."""


@dataclass(frozen=True)
class Told:
    """What a form says of a story; `clip` is a new sound, None leaves the one that is there."""

    title: str
    occasion: str
    cycle: str
    text: str
    language: str
    is_named: bool
    material: Material | None
    practice: Practice | None
    terms: Collection[GlossaryTerm]
    clip_may_leave: bool = False
    clip: sounds.HeardSound | None = None
    drops_clip: bool = False


@transaction.atomic
def tell(*, told: Told, by: User, at: datetime) -> Story:
    """A new story of the person who tells it. Raises Refused, Spam."""
    permissions.may_contribute(by)
    spam.check(told.title, told.text)
    story = Story(
        teller=by.person,
        country_id=by.person.country_id,
        told_on=to_wall(at, by.person.zone).date(),
    )
    _write(story, told)
    audit.record(deed="story told", about=story, by=by, at=at, country_id=story.country_id)
    return story


@transaction.atomic
def change(*, story_id: int, told: Told, revision: int, by: User, at: datetime) -> Story:
    """Another wording. Raises Refused, Spam, ChangedMeanwhile."""
    story = Story.objects.select_for_update().get(pk=story_id)
    permissions.may_edit_story(by, story)
    spam.check(told.title, told.text)
    said = _("This story was changed in another window since you opened it.")
    revisions.check(story, revision, said)
    story.revision += 1
    _write(story, told)
    audit.record(deed="story changed", about=story, by=by, at=at, country_id=story.country_id)
    return story


@transaction.atomic
def take_back(*, story_id: int, by: User, at: datetime) -> None:
    """The story goes with its clip and its citations. Raises Refused."""
    story = Story.objects.select_for_update().get(pk=story_id)
    permissions.may_edit_story(by, story)
    audit.record(deed="story taken back", about=story, by=by, at=at, country_id=story.country_id)
    file = story.file if story.file else None
    story.delete()
    if file is not None:
        # Bytes cannot be brought back: they go when the row has gone for good.
        transaction.on_commit(lambda: file.delete(save=False))


@transaction.atomic
def cite(*, story_id: int, used_in: str, note: str, by: User, at: datetime) -> StoryCitation:
    """Says where a story was used; once for each place and person. Raises Refused, CitedAlready."""
    story = Story.objects.select_related("teller").select_for_update(of=("self",)).get(pk=story_id)
    permissions.may_cite(by, story)
    spam.check(note)
    citation, is_new = StoryCitation.objects.get_or_create(
        story=story,
        by=by.person,
        used_in=used_in,
        defaults={"note": note, "on": to_wall(at, by.person.zone).date()},
    )
    if not is_new:
        raise CitedAlready(_("You have said so before. Thank you."))
    audit.record(deed="story cited", about=story, by=by, at=at, country_id=story.country_id)
    return citation


def _write(story: Story, told: Told) -> None:
    for name in _WRITTEN:
        setattr(story, name, getattr(told, name))
    story.save()
    story.terms.set(told.terms)
    if told.clip is not None:
        sounds.keep(story, told.clip)
    elif told.drops_clip:
        sounds.drop(story)
