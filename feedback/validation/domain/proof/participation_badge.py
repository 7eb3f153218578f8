"""What the credential of a participant says, as Open Badges 3.0 wants it; English, as all are."""

from __future__ import annotations

import uuid
from datetime import date, datetime
from typing import Any

from django.utils import translation

from cop_platform.common import competences, times
from feedback.validation.domain.proof import open_badges, public
from feedback.validation.domain.proof.participation_facts import Facts


def token(key: uuid.UUID, facts: Facts, email: str, at: datetime) -> str:
    """The signed credential of these facts; it has no end."""
    with translation.override("en"):
        said = _badge(facts) if facts.competence else _certificate(facts)
    subject = {
        "id": key.urn,
        "type": ["AchievementSubject"],
        "identifier": [_named(facts.name), open_badges.hashed_address(email)],
        **_days(facts),
        "achievement": said,
    }
    whole = {
        "name": said["name"],
        "credentialSubject": subject,
        "evidence": [
            {
                "id": public.address("verify_credential", key),
                "type": ["Evidence"],
                "name": "Verification page",
            }
        ],
    }
    return open_badges.signed(key, whole, at, None)


def _certificate(facts: Facts) -> dict[str, Any]:
    sessions = "1 session" if facts.entries == 1 else f"{facts.entries} sessions"
    return {
        "id": f"{public.address('verify')}#participation",
        "type": ["Achievement"],
        "achievementType": "CertificateOfCompletion",
        "name": "Certificate of participation",
        "description": (
            f"{sessions}, {times.hours(facts.minutes)} hours ({facts.minutes} minutes), "
            f"{facts.starts_on} to {facts.ends_on}."
        ),
        "criteria": {
            "narrative": (
                "Sessions that took place, to which the person had said yes or in which they had a "
                "role. Attendance is not recorded: hours are counted from accepted invitations, "
                "as planned minutes divided by sixty."
            )
        },
        "alignment": [_alignment(code) for code in facts.competences],
    }


def _badge(facts: Facts) -> dict[str, Any]:
    return {
        "id": f"{public.address('verify')}#{facts.competence}",
        "type": ["Achievement"],
        "achievementType": "Competency",
        "name": competences.said(facts.competence),
        "description": f"Trained in {facts.entries} sessions or reviews.",
        "criteria": {
            "narrative": (
                f"At least {competences.FOR_A_BADGE} sessions or reviews that train this "
                "competence. Attendance is not recorded: sessions are counted from accepted "
                "invitations."
            )
        },
        "alignment": [_alignment(facts.competence)],
    }


def _alignment(code: str) -> dict[str, Any]:
    frame = competences.frame(code)
    return {
        "type": ["Alignment"],
        "targetCode": code,
        "targetName": str(competences.NAMES[code]),
        "targetFramework": frame.name,
        "targetUrl": frame.address,
    }


def _named(name: str) -> dict[str, Any]:
    return {
        "type": "IdentityObject",
        "hashed": False,
        "identityHash": name,
        "identityType": "name",
    }


def _days(facts: Facts) -> dict[str, str]:
    if facts.starts_on is None or facts.ends_on is None:
        return {}
    return {
        "activityStartDate": _midnight(facts.starts_on),
        "activityEndDate": _midnight(facts.ends_on),
    }


def _midnight(day: date) -> str:
    return f"{day.isoformat()}T00:00:00Z"
