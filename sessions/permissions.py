"""Who may do what to a session; each rule says why not."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from cop_platform.common.refusals import Refused, check

if TYPE_CHECKING:
    from experts.models import CommunityOfPractice, User
    from sessions.models import CopSession, Series


@check
def may_host(user: User, cops: Iterable[CommunityOfPractice]) -> None:
    """At least one host is a community this person coordinates; partners may be added to it."""
    if not any(user.access.coordinates(cop.country_id) for cop in cops):
        raise Refused(_("Choose at least one community that you coordinate."))


@check
def may_run(user: User, session: CopSession) -> None:
    countries = [cop.country_id for cop in session.host_cops.all()]
    if not any(user.access.coordinates(country) for country in countries):
        raise Refused(_("Only a coordinator of a host country can change this session."))


@check
def may_run_series(user: User, series: Series) -> None:
    if not type(series).objects.run_by(user).filter(pk=series.pk).exists():
        raise Refused(_("Only a coordinator of a host country can change this series."))
