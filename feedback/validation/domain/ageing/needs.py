"""What validation waits for: verdicts that grow old, on *Today* of those who lead rounds."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, time, timedelta

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cop_platform.common.needs import Need
from cop_platform.common.times import to_utc, to_wall
from experts.models import User
from feedback.validation.domain.ageing import watch

# Nothing is on fire: it stands behind what is due within the month.
_USUAL = timedelta(days=30)
_DUE_CLOCK = time(17)


def of(user: User, at: datetime) -> Iterator[Need]:
    """One line: how many signs nobody has dealt with. Asks the cache, not the database."""
    number = watch.number_for(user)
    if not number:
        return
    day = to_wall(at, user.person.zone).date() + _USUAL
    title = ngettext(
        "%(n)d verdict grows old in your country",
        "%(n)d verdicts grow old in your countries",
        number,
    )
    yield Need(
        title=title % {"n": number},
        sentence=_("A small round keeps a verdict up to date; or say why nothing is needed."),
        url=reverse("ageing_list"),
        action=_("Look at them"),
        due=to_utc(datetime.combine(day, _DUE_CLOCK), user.person.zone, fold=0),
        icon="clock",
    )
