"""What this room hangs on pages of lower rooms: who stands behind a version, and its badge."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from cop_platform.common.panels import Panel
from experts.domain import clock
from experts.enums import Role
from experts.models import User
from feedback.validation.domain.judging import verdict_panels
from feedback.validation.domain.proof import badge, credentials, endorsing, public
from feedback.validation.domain.proof.public import State
from feedback.validation.models import Verdict
from materials.models import Version


def of_version(user: User, version: Version) -> Iterator[Panel]:
    """What is said of exactly this version, who stands behind it, and what everybody may learn.

    At most three queries.
    """
    today = clock.today_of(user)
    rows = list(Verdict.objects.visible_to(user).of_version(version))
    yield verdict_panels.of_rows(rows, today)
    if version.released_at is not None:
        yield _endorsements(user, version, [row for row in rows if public.is_public(row)], today)


def _endorsements(user: User, version: Version, rows: list[Verdict], today: date) -> Panel:
    verdicts = public.newest_of(rows)[version.pk]
    holding = [v for v in verdicts if public.state_of(v, today) == State.VALID]
    expert = Role.EXPERT in user.access.roles
    found = endorsing.of_version(version.pk, user.person)
    endorsable = bool(holding) and expert and found.own is None
    context = {
        "version": version,
        "verdicts": verdicts,
        "endorsements": found,
        "own": found.own,
        "may_endorse": endorsable and endorsing.may_endorse.allows(user, version),
    }
    return Panel("feedback/_version_endorsements.html", context)


def of_verdict(user: User, verdict: Verdict) -> list[Panel]:
    """The badge, the public page and the credential of a verdict strangers may know of.

    One query.
    """
    if not public.is_public(verdict):
        return []
    today = clock.today_of(user)
    holds = public.state_of(verdict, today) == State.VALID
    credential = credentials.of_material(verdict)
    context = {
        "verdict": verdict,
        "badge_text": badge.of(verdict, today).text,
        "credential": credential,
        "may_issue": holds and credential is None and user.access.coordinates(verdict.country_id),
    }
    return [Panel("feedback/_verdict_public.html", context)]
