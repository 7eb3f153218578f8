"""How far the coders of a group are, without a word of what they found."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count

from experts.models import Person, User
from feedback.focus_groups.models import CoderPass, FocusGroup


@dataclass(frozen=True)
class Progress:
    """How far one coder is; says nothing of what they found."""

    name: str
    is_own: bool
    done: int
    total: int


def of_group(group: FocusGroup, user: User, total: int) -> list[Progress]:
    """Everybody who has begun, oneself first even before that."""
    rows = CoderPass.objects.filter(quote__in=group.quotes.codable().order_by())
    counted = rows.order_by().values_list("coder").annotate(done=Count("pk"))
    done: dict[int, int] = dict(counted)
    others = Person.objects.filter(pk__in=done).exclude(pk=user.person.pk).order_by("name", "pk")
    own = Progress(user.person.name, True, done.get(user.person.pk, 0), total)
    return [own, *(Progress(one.name, False, done[one.pk], total) for one in others)]
