"""How many mails may leave in a minute, in all and to one domain.

Counted from the rows themselves, so that a restart forgets nothing.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import F, QuerySet, Value
from django.db.models.functions import Lower, StrIndex, Substr

from experts.enums import Channel
from experts.models import Message, Person

MINUTE = timedelta(minutes=1)
UNLIMITED = 1_000_000


@dataclass
class Room:
    """What may still leave in this minute: in all, and by what was sent to each domain so far."""

    total: int = UNLIMITED
    per_domain: int = 0
    used: Counter[str] = field(default_factory=Counter)

    def without_full_domains(self, messages: QuerySet[Message]) -> QuerySet[Message]:
        """Leaves out people at domains that had their share: they must not hold up the others."""
        full = [name for name, count in self.used.items() if count >= self.per_domain]
        if not self.per_domain or not full:
            return messages
        people = Person.objects.alias(domain=_domain("email")).filter(domain__in=full)
        return messages.exclude(person__in=people)

    def fitting(self, rows: Iterable[tuple[int, int]]) -> list[int]:
        """The keys, of (key, person) in order, that each domain still has room for."""
        rows = list(rows)
        if not self.per_domain:
            return [key for key, _person in rows]
        people = Person.objects.filter(pk__in={person for _key, person in rows})
        domains = dict(people.values_list("pk", _domain("email")))
        kept = []
        for key, person in rows:
            if self.used[domains[person]] < self.per_domain:
                self.used[domains[person]] += 1
                kept.append(key)
        return kept


def room(now: datetime) -> Room:
    """What the settings leave room for at `now`; no query where they set no limit."""
    found = Room(per_domain=settings.OUTBOX_DOMAIN_PER_MINUTE)
    sent = Message.objects.filter(sent_at__gt=now - MINUTE, channel=Channel.MAIL).order_by()
    if settings.OUTBOX_PER_MINUTE:
        found.total = max(0, settings.OUTBOX_PER_MINUTE - sent.count())
    if found.per_domain:
        found.used.update(sent.values_list(_domain("person__email"), flat=True))
    return found


def _domain(email: str) -> Lower:
    """The part of an address after its @, in lower case."""
    return Lower(Substr(email, StrIndex(F(email), Value("@")) + 1))
