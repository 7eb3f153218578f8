"""Actions that were done, as goals count them."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

from sessions.domain.goals import Counter, Happening, Span
from sessions.models import ActionItem


def _done(span: Span) -> Iterable[Happening]:
    """Each once for every country of it, under its key, on the day it was done."""
    rows = ActionItem.objects.done().filter(settled_on__range=(span.since, span.until)).order_by()
    for country, day, key in rows.values_list("countries__country_id", "settled_on", "pk"):
        if day:
            yield Happening(country, day, key)


ACTIONS_DONE = Counter("actions_done", _("Actions done"), _done)
