"""What a list of sessions is narrowed to."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from cop_platform.common.prepared import Prepared
from experts.models import Country, Topic, User
from sessions.querysets import CopSessionQuerySet

_TOPICS = Prepared(lambda: Topic.objects.adopted().order_by("name").values_list("name").distinct())


def topics() -> tuple[str, ...]:
    """The names of all topics, each once, sorted."""
    return tuple(name for (name,) in _TOPICS.all())


@dataclass(frozen=True)
class SessionFilter:
    """The cleaned fields of the filter bar; `when` is "" (coming up), "past" or "all"."""

    q: str = ""
    country: Country | None = None
    kind: str = ""
    when: str = ""
    mine: bool = False
    language: str = ""
    topic: str = ""

    @property
    def narrows(self) -> bool:
        """True where a filter is set; `when` is not one, it chooses among lists."""
        return any((self.q, self.country, self.kind, self.mine, self.language, self.topic))


def apply(
    sessions: CopSessionQuerySet, wanted: SessionFilter, user: User, at: datetime
) -> CopSessionQuerySet:
    """Narrows and orders: what comes up soonest first, what is past latest first."""
    sessions = _narrowed(sessions, wanted, user)
    if wanted.when == "past":
        return sessions.filter(ends_at__lte=at).order_by("-starts_at", "-pk")
    if wanted.when == "all":
        return sessions.order_by("-starts_at", "-pk")
    return sessions.not_over(at).order_by("starts_at", "pk")


def _narrowed(
    sessions: CopSessionQuerySet, wanted: SessionFilter, user: User
) -> CopSessionQuerySet:
    if wanted.q:
        sessions = sessions.filter(Q(title__icontains=wanted.q) | Q(place__icontains=wanted.q))
    if wanted.country:
        sessions = sessions.in_country(wanted.country.pk)
    if wanted.kind:
        sessions = sessions.filter(kind=wanted.kind)
    if wanted.language:
        sessions = sessions.filter(languages__contains=[wanted.language])
    if wanted.topic:
        sessions = sessions.filter(topic__name=wanted.topic)
    if wanted.mine:
        sessions = sessions.filter(invitations__person=user.person)
    return sessions
