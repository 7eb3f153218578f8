"""What the group wants changed first: wishes and the dots they got, from nobody in particular."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from cop_platform.common.refusals import NotPossible
from experts.models import User
from feedback.focus_groups.domain.capturing.capture import open_group
from feedback.focus_groups.models import FocusGroup, Priority

MOST = 50  # wishes of one group
MOST_DOTS = 200  # of one wish


class OnTheList(NotPossible):
    """The same wish once more."""


class TooMany(NotPossible):
    """A longer list is no order any more."""


@dataclass(frozen=True)
class Ranked:
    """A wish, its place (the same for the same dots) and the width of its bar in percent."""

    key: int
    words: str
    dots: int
    place: int
    width: str


@transaction.atomic
def add(*, group_id: int, words: str, dots: int, by: User) -> Priority:
    """Puts a wish on the list. Raises Refused, CaptureEnded, OnTheList, TooMany."""
    wishes = open_group(group_id, by).priorities
    if wishes.filter(words__iexact=words).exists():
        raise OnTheList(_("This wish is on the list already; give it its dots there."))
    if wishes.count() >= MOST:
        raise TooMany(_("A group puts at most %(most)d wishes in order.") % {"most": MOST})
    return wishes.create(words=words, dots=dots)


@transaction.atomic
def give(*, group_id: int, key: int, step: int, by: User) -> bool:
    """One dot more (`step` 1) or less (-1), between none and the most; False for no such wish.

    Raises Refused, CaptureEnded.
    """
    wish = open_group(group_id, by).priorities.filter(pk=key).first()
    if wish is None:
        return False
    wish.dots = min(max(wish.dots + step, 0), MOST_DOTS)
    wish.save(update_fields=["dots"])
    return True


@transaction.atomic
def drop(*, group_id: int, key: int, by: User) -> bool:
    """Takes a wish off the list; False when it was not on it. Raises Refused, CaptureEnded."""
    deleted, _rows = open_group(group_id, by).priorities.filter(pk=key).delete()
    return bool(deleted)


def ranked(group: FocusGroup) -> list[Ranked]:
    """The wishes, those with most dots first; as many dots are the same place."""
    wishes = list(group.priorities.all())
    most = max((wish.dots for wish in wishes), default=0) or 1
    found: list[Ranked] = []
    for number, wish in enumerate(wishes, start=1):
        same = found and found[-1].dots == wish.dots
        place = found[-1].place if same else number
        width = f"{100 * wish.dots / most:.1f}%"
        found.append(Ranked(wish.pk, wish.words, wish.dots, place, width))
    return found
