"""Two coders find the same only if neither has looked: what others coded waits for one's own pass.

A coder sees the codes of others in a group after going through all its checked quotes.
"""

from __future__ import annotations

from django.db.models import Count, F, Q

from experts.models import User
from feedback.focus_groups import permissions
from feedback.focus_groups.models import FocusGroup

_CHECKED = Q(quotes__checked_on__isnull=False)


def closed_to(user: User, country_id: int) -> frozenset[int]:
    """The groups of a country whose codes this person must not see yet. One question.

    None for those who do not code there: they see counts only, or nothing at all.
    """
    if not permissions.may_hear.allows(user, country_id):
        return frozenset()
    own = _CHECKED & Q(quotes__passes__coder=user.person)
    groups = FocusGroup.objects.filter(country_id=country_id).order_by()
    counted = groups.annotate(
        checked=Count("quotes", filter=_CHECKED, distinct=True),
        own=Count("quotes", filter=own, distinct=True),
    )
    return frozenset(counted.filter(own__lt=F("checked")).values_list("pk", flat=True))


def is_open(user: User, group: FocusGroup) -> bool:
    """Whether this person went through all of a group, so that differences can be shown."""
    return group.pk not in closed_to(user, group.country_id)
