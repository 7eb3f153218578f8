"""Two coders find the same only if neither has looked: what others coded waits for one's own pass.

A coder sees the codes of others in a group after going through all quotes that can be coded. Who
does not code a group can say so and look at once; who has begun to code it waits.
"""

from __future__ import annotations

from django.db.models import Count, F, Q

from experts.models import User
from feedback.focus_groups import permissions
from feedback.focus_groups.models import FocusGroup

# As `QuoteQuerySet.codable` says it of a quote.
_CODABLE = Q(quotes__checked_on__isnull=False) & (
    Q(quotes__clean_words__gt="") | Q(quotes__clean_rendering__gt="")
)


def closed_to(user: User, country_id: int, *, looks: bool = False) -> frozenset[int]:
    """The groups of a country whose codes this person must not see yet. One question.

    `looks` is for somebody who will not code: then it is only the groups they have begun to code.
    None for those who cannot code there at all: they see counts.
    """
    if not permissions.may_hear.allows(user, country_id):
        return frozenset()
    own = _CODABLE & Q(quotes__passes__coder=user.person)
    groups = FocusGroup.objects.filter(country_id=country_id).order_by()
    counted = groups.annotate(
        codable=Count("quotes", filter=_CODABLE, distinct=True),
        own=Count("quotes", filter=own, distinct=True),
    )
    unfinished = counted.filter(own__lt=F("codable"))
    if looks:
        unfinished = unfinished.filter(own__gt=0)
    return frozenset(unfinished.values_list("pk", flat=True))


def is_open(user: User, group: FocusGroup) -> bool:
    """Whether this person went through all of a group, so that differences can be shown."""
    return group.pk not in closed_to(user, group.country_id)
