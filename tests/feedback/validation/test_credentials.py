"""Open Badges, checked anywhere: what they say, who gets one, when they hold no longer."""

from __future__ import annotations

import hashlib
import json
from datetime import UTC, timedelta

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from cop_platform.common import jose, signing
from cop_platform.common.refusals import Refused
from experts.enums import Role
from feedback.validation.domain.proof import checking, credentials
from feedback.validation.domain.proof.checking import Result
from feedback.validation.models import Credential, Verdict
from tests import factories as make
from tests.feedback import world

pytestmark = pytest.mark.django_db
AT = make.NOW
# Pages take their day from the clock.
LASTING = timezone.now().date() + timedelta(days=9)


def issued(verdict=None, by=None):
    verdict = verdict or world.verdict(world.released(world.version()))
    by = by or make.user(Role.COORDINATOR)
    return credentials.issue_for_material(verdict_id=verdict.pk, by=by, at=AT, today=AT.date())


def reviewer(closed=True):
    """Somebody with a review in a round; gives the account and the round."""
    person, found = make.person(), world.review_round()
    world.answered(found, person)
    if closed:
        world.gone_on(found, "closed")
    return person.user, found


def check(text, at=AT + timedelta(days=1)):
    return checking.check(text, keys=signing.known_keys(), given=False, at=at)


def test_a_material_s_credential_says_what_open_badges_wants():
    row = issued()
    token = jose.read(row.token)
    assert token.is_signed_by(signing.public_key())
    assert set(token.header) == {"alg", "typ", "kid", "jwk"}
    assert (token.header["alg"], token.header["typ"]) == ("EdDSA", "JWT")
    assert "d" not in token.header["jwk"]
    said = token.payload
    assert said["@context"][:2] == [
        "https://www.w3.org/ns/credentials/v2",
        "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json",
    ]
    assert said["type"] == ["VerifiableCredential", "OpenBadgeCredential"]
    assert said["issuer"]["type"] == ["Profile"]
    subject = said["credentialSubject"]
    assert subject["type"] == ["AchievementSubject"]
    achievement = subject["achievement"]
    assert achievement["type"] == ["Achievement"]
    assert {"id", "name", "description", "criteria"} <= set(achievement)
    assert achievement["otherIdentifier"][0]["identifier"] == row.verdict.sha256
    assert said["validFrom"] == AT.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    assert said["validUntil"] == "2028-11-25T00:00:00Z"


def test_the_claims_repeat_the_members():
    said = jose.read(issued().token).payload
    assert said["iss"] == said["issuer"]["id"]
    assert said["jti"] == said["id"]
    assert said["sub"] == said["credentialSubject"]["id"]
    assert said["nbf"] == int(AT.timestamp())
    assert check(Credential.objects.get().token).problems == ()


def test_the_addresses_a_credential_names_answer(client):
    token = jose.read(issued().token)
    base = reverse("verify")
    said = token.payload
    for address in (said["id"], said["iss"], said["credentialStatus"]["id"], token.header["kid"]):
        path = base + address.partition("/verify/")[2].partition("#")[0]
        assert client.get(path).status_code == 200
    kid = token.header["kid"].partition("#")[2]
    keys = client.get(reverse("verify_jwks")).json()["keys"]
    assert kid in {key["kid"] for key in keys}


def test_asking_twice_gives_the_same_credential():
    verdict = world.verdict(world.released(world.version()))
    assert issued(verdict).pk == issued(verdict).pk


def test_only_coordinators_hand_out_and_only_for_what_holds_and_is_public():
    verdict = world.verdict(world.released(world.version()))
    for by in (make.user(), make.user(Role.COORDINATOR, "IT")):
        with pytest.raises(Refused):
            issued(verdict, by)
    hidden = world.verdict(world.version())
    ended = world.verdict(world.released(world.version()), valid_until=AT.date() - timedelta(1))
    for other in (hidden, ended):
        with pytest.raises(credentials.NotIssuable):
            issued(other)


def test_a_reviewer_s_credential_counts_and_names_nothing():
    user, found = reviewer()
    row = credentials.issue_for_reviewer(by=user, at=AT)
    said = jose.read(row.token).payload
    year = credentials.work_of(user)[1]
    achievement = said["credentialSubject"]["achievement"]
    assert achievement["description"] == f"Reviewed 1 material as an expert since {year}."
    text = json.dumps(said, ensure_ascii=False)
    version = found.version
    for secret in (user.email, user.person.name, version.material.code, version.sha256, "Bulgaria"):
        assert secret not in text
    identity = said["credentialSubject"]["identifier"][0]
    hashed = hashlib.sha256(f"{user.email}{identity['salt']}".encode()).hexdigest()
    assert identity["identityHash"] == f"sha256${hashed}"
    assert identity["type"] == "IdentityObject"
    assert identity["hashed"] is True


def test_an_open_round_counts_for_nothing():
    user, _found = reviewer(closed=False)
    with pytest.raises(credentials.NotIssuable):
        credentials.issue_for_reviewer(by=user, at=AT)


def test_a_reviewer_s_page_tells_strangers_nobody(client):
    user, _found = reviewer()
    row = credentials.issue_for_reviewer(by=user, at=AT)
    page = client.get(reverse("verify_credential", args=[row.key])).content.decode()
    assert "It holds" in page
    assert user.person.name not in page


def test_the_owner_downloads_takes_back_and_nobody_else_does(as_user):
    user, _found = reviewer()
    own, other = as_user(user), as_user(make.user())
    assert own.post(reverse("credential_list")).status_code == 302
    row = Credential.objects.get()
    file, back = (
        reverse(name, args=[row.key]) for name in ("credential_file", "credential_take_back")
    )
    assert own.get(file).content.decode() == row.token
    assert other.get(file).status_code == other.post(back).status_code == 404
    assert own.post(back).status_code == 302
    assert own.get(file).status_code == 404
    assert checking.with_status(check(row.token), AT.date()).result == Result.REVOKED


@pytest.mark.parametrize("what", ["withdrawn_at", "superseded_at"])
def test_a_material_s_credential_ends_with_its_verdict(client, what):
    row = issued()
    more = {"withdrawal_reason": "No."} if what == "withdrawn_at" else {}
    Verdict.objects.update(**{what: AT} | more)
    assert checking.with_status(check(row.token), AT.date()).result == Result.REVOKED
    revoked = client.get(reverse("verify_revoked")).json()["revokedCredential"]
    assert [one["id"] for one in revoked] == [jose.read(row.token).payload["id"]]


def test_one_that_is_not_listed_any_more_counts_as_taken_back():
    row = issued()
    checked = check(row.token)
    Credential.objects.all().delete()
    assert checking.with_status(checked, AT.date()).result == Result.REVOKED


def test_after_its_last_day_it_says_so():
    row = issued()
    checked = check(row.token, at=AT + timedelta(days=800))
    assert (checked.result, len(checked.problems)) == (Result.AUTHENTIC, 1)
    assert "2028-11-25" in checked.problems[0]


def test_a_key_that_a_token_brings_along_is_not_believed():
    forger = Ed25519PrivateKey.generate()
    header = {"alg": "EdDSA", "typ": "JWT", "jwk": signing.jwk(forger.public_key())}
    parts = [
        signing.base64url(json.dumps(part).encode())
        for part in (header, {"iss": "https://x.example"})
    ]
    signed = ".".join(parts)
    text = f"{signed}.{signing.base64url(forger.sign(signed.encode()))}"
    assert check(text).result == Result.UNKNOWN
    ours = jose.read(issued().token).payload
    parts[1] = signing.base64url(json.dumps(ours).encode())
    signed = ".".join(parts)
    text = f"{signed}.{signing.base64url(forger.sign(signed.encode()))}"
    assert check(text).result == Result.ALTERED


def test_a_credential_is_checked_on_the_page_pasted_or_dropped(client):
    row = issued(world.verdict(world.released(world.version()), valid_until=LASTING))
    pasted = client.post(reverse("verify"), {"credential": row.token}).content.decode()
    assert "This credential is ours" in pasted
    upload = SimpleUploadedFile("credential.jwt", row.token.encode())
    assert (
        "This credential is ours"
        in client.post(reverse("verify"), {"file": upload}).content.decode()
    )
    altered = row.token[:-2] + ("A" if row.token[-2] != "A" else "B") + row.token[-1]
    assert "was altered" in client.post(reverse("verify"), {"credential": altered}).content.decode()
    for nonsense in ("", "hello", "a.b.c", "\x00", "é.é.é"):
        assert client.post(reverse("verify"), {"credential": nonsense}).status_code in {200, 400}


def test_the_verdict_s_page_hands_it_out_to_everybody(as_user, client):
    verdict = world.verdict(world.released(world.version()), valid_until=LASTING)
    url = reverse("verify_material_credential", args=[verdict.key])
    assert client.get(url).status_code == 404
    as_user(make.user(Role.COORDINATOR)).post(reverse("verdict_credential", args=[verdict.pk]))
    answer = client.get(url)
    assert answer["Content-Type"] == "application/vc+jwt"
    assert jose.read(answer.content.decode()).is_signed_by(signing.public_key())
