"""What a certificate or a badge says in words: for its public page and for its holder's list."""

from __future__ import annotations

from dataclasses import dataclass

from cop_platform.common import competences
from cop_platform.common.reporting import sayings
from feedback.validation.domain.proof.participation_facts import said_hours
from feedback.validation.enums import NAMING
from feedback.validation.models import Credential


@dataclass(frozen=True)
class Said:
    """`period` and `hours` are empty of a badge, `competence` of a certificate.

    `tags` are competences with the number of sessions that trained each.
    """

    name: str
    period: str
    entries: int
    hours: str
    minutes: int
    tags: tuple[tuple[str, int], ...]
    competence: str


def build(credential: Credential) -> Said | None:
    """From a credential with its facts, in the active language; None of one that names nobody."""
    if credential.kind not in NAMING:
        return None
    row = credential.participation
    starts, ends = row.starts_on, row.ends_on
    return Said(
        name=row.name,
        period=sayings.period(starts.isoformat(), ends.isoformat()) if starts and ends else "",
        entries=row.entries,
        hours="" if row.competence else said_hours(row.minutes),
        minutes=row.minutes,
        # The database keeps no order of keys: the frames' own is the order to read them in.
        tags=tuple(
            (competences.said(code), row.competences[code])
            for code in competences.NAMES
            if code in row.competences
        ),
        competence=competences.said(row.competence) if row.competence else "",
    )
