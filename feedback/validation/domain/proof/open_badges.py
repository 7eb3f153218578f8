"""What a credential of ours says, as Open Badges 3.0 wants it, signed as VC-JWT.

The members of the credential stand at the top of the payload beside the claims that repeat them.
"""

from __future__ import annotations

import hashlib
import secrets
import uuid
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from django.utils.translation import gettext as _

from cop_platform.common import jose, signing
from experts.enums import Scope
from experts.models import CommunityOfPractice
from feedback.validation.domain.proof import public
from feedback.validation.models import Verdict

CONTEXT = [
    "https://www.w3.org/ns/credentials/v2",
    "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json",
    "https://purl.imsglobal.org/spec/ob/v3p0/extensions.json",
]


def of_material(key: uuid.UUID, verdict: Verdict, at: datetime) -> str:
    """The token of a verdict that holds; it comes `with_facts`."""
    return signed(key, _of_verdict(verdict), at, verdict.valid_until)


def of_reviewer(key: uuid.UUID, email: str, number: int, since: int, at: datetime) -> str:
    """The token of somebody who reviewed `number` materials since a year; names none of them."""
    return signed(key, _of_reviewer(key, email, number, since), at, None)


def issuer() -> dict[str, Any]:
    """The project as the issuer of badges."""
    project = CommunityOfPractice.objects.filter(scope=Scope.PROJECT).first()
    return {
        "id": public.address("verify_issuer"),
        "type": ["Profile"],
        "name": project.name if project else _("Communities of Practice"),
        "url": public.address("verify"),
    }


def key_address() -> str:
    """Where the key that signs today is found, as tokens name it."""
    return f"{public.address('verify_jwks')}#{signing.thumbprint(signing.public_key())}"


def signed(key: uuid.UUID, said: dict[str, Any], at: datetime, until: date | None) -> str:
    """The common part of a credential around what is said, signed."""
    start = at.astimezone(UTC).replace(microsecond=0)
    credential: dict[str, Any] = {
        "@context": CONTEXT,
        "id": public.address("verify_credential", key),
        "type": ["VerifiableCredential", "OpenBadgeCredential"],
        "issuer": issuer(),
        "validFrom": _instant(start),
        "credentialStatus": {
            "id": public.address("verify_revoked"),
            "type": "1EdTechRevocationList",
        },
        **said,
    }
    claims: dict[str, Any] = {
        "iss": credential["issuer"]["id"],
        "jti": credential["id"],
        "nbf": int(start.timestamp()),
        "sub": credential["credentialSubject"]["id"],
    }
    if until:
        # The last day counts whole, wherever it is read: it ends when the next one has begun.
        end = datetime.combine(until + timedelta(days=1), time.min, tzinfo=UTC)
        credential["validUntil"] = _instant(end)
        claims["exp"] = int(end.timestamp())
    header = {"typ": "JWT", "kid": key_address(), "jwk": signing.jwk(signing.public_key())}
    return jose.write(credential | claims, header=header)


def _of_verdict(verdict: Verdict) -> dict[str, Any]:
    version = verdict.version
    page = public.address("verify_verdict", verdict.key)
    digest = signing.base64url(bytes.fromhex(verdict.sha256))
    title = f"{version.material.code} {version.material.title}"
    where = verdict.country.name if verdict.country else "all countries of the project"
    return {
        "name": f"Validated: {title}, version {version.number}",
        "credentialSubject": {
            # RFC 6920: a name for exactly these bytes.
            "id": f"ni:///sha-256;{digest}",
            "type": ["AchievementSubject"],
            "achievement": {
                "id": page,
                "type": ["Achievement"],
                "name": f"Validated material: {title}",
                "description": (
                    f"Version {version.number} ({version.get_language_display()}) was judged by a "
                    f"panel of experts for {where}: {verdict.get_standing_display()}."
                ),
                "criteria": {
                    "id": page,
                    "narrative": f"Policy {verdict.policy.name}, version {verdict.policy.number}.",
                },
                "humanCode": version.material.code,
                "version": str(version.number),
                "otherIdentifier": [
                    {
                        "type": "IdentifierEntry",
                        "identifier": verdict.sha256,
                        "identifierType": "ext:sha256",
                    }
                ],
                "image": {"id": public.address("verify_badge_png", verdict.key), "type": "Image"},
            },
        },
        "evidence": [{"id": page, "type": ["Evidence"], "name": "Verification page"}],
    }


def _of_reviewer(key: uuid.UUID, email: str, number: int, since: int) -> dict[str, Any]:
    materials = "1 material" if number == 1 else f"{number} materials"
    return {
        "name": "Reviewer of learning materials",
        "credentialSubject": {
            "id": key.urn,
            "type": ["AchievementSubject"],
            "identifier": [hashed_address(email)],
            "achievement": {
                "id": f"{public.address('verify')}#reviewers",
                "type": ["Achievement"],
                "name": "Reviewer of learning materials",
                "description": f"Reviewed {materials} as an expert since {since}.",
                "criteria": {
                    "narrative": (
                        "Whole reviews by a rubric, handed in before their round was closed. "
                        "Which materials they were about is not told: reviews are blind."
                    )
                },
            },
        },
    }


def hashed_address(email: str) -> dict[str, Any]:
    """Whose credential it is, for those who know the address; another salt each time."""
    salt = secrets.token_urlsafe(16)
    hashed = hashlib.sha256(f"{email.lower()}{salt}".encode()).hexdigest()
    return {
        "type": "IdentityObject",
        "hashed": True,
        "identityHash": f"sha256${hashed}",
        "identityType": "emailAddress",
        "salt": salt,
    }


def _instant(moment: datetime) -> str:
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")
