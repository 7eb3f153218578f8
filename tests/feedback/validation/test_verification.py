"""Strangers ask about a file: exactly which version it is and what was said of it, or unknown."""

from __future__ import annotations

import hashlib
import re
from datetime import timedelta
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from experts import reference
from feedback.validation.domain.proof import public
from feedback.validation.domain.proof.public import State
from feedback.validation.models import Verdict
from feedback.validation.views import verify
from tests import factories as make
from tests.feedback import world

pytestmark = pytest.mark.django_db
BYTES = b"%PDF-1.7 the mentor guide, word for word"
ALL = {"not_applicable": 0, "missing": 0}
ITEMS = [
    {"code": "C1", "text": "Is it clear?", "n": 7, "relevant": 6} | ALL,
    {"code": "C2", "text": "Is it needed?", "n": 7, "relevant": 7} | ALL,
]
BASIS = {"raters": 7, "smallest": 3, "is_hidden": False, "items": ITEMS}


def judged(data=BYTES, *, released=True, **more):
    """A version of these bytes with a verdict that lasts well beyond today."""
    version = make.version(data=data)
    if released:
        world.released(version)
    lasts = timezone.now().date() + timedelta(days=99)
    return world.verdict(version, **{"basis": BASIS, "valid_until": lasts} | more)


def told(client, sha256, **more):
    return client.get(reverse("verify"), {"sha256": sha256, **more}).content.decode()


def withdrawn(verdict):
    Verdict.objects.filter(pk=verdict.pk).update(
        withdrawn_at=make.NOW, withdrawal_reason="The law changed."
    )


def test_a_file_is_exactly_the_version_that_was_validated(client):
    verdict = judged()
    page = told(client, hashlib.sha256(BYTES).hexdigest())
    code = verdict.version.material.code
    assert f"This is exactly version 1 of {code}, and it is validated." in page
    assert str(verdict.key) in page


@pytest.mark.parametrize("place", [0, 9, len(BYTES) - 1])
def test_one_changed_byte_makes_the_file_unknown(client, place):
    judged()
    altered = BYTES[:place] + bytes([BYTES[place] ^ 1]) + BYTES[place + 1 :]
    page = told(client, hashlib.sha256(altered).hexdigest())
    assert "This file is unknown here." in page
    assert "This is exactly" not in page


def test_a_released_version_nobody_validated_says_so_and_names_what_took_its_place(client):
    old = world.released(make.version(data=BYTES))
    new = world.released(make.version(old.material))
    world.verdict(new, valid_until=timezone.now().date())
    page = told(client, old.sha256)
    assert f"version 1 of {old.material.code}, which is not validated." in page
    assert "Version 2 has taken its place, and it is validated." in page


def test_expired_replaced_and_withdrawn_are_told_apart_in_words():
    today = make.NOW.date()
    verdict = judged(valid_until=today)
    assert public.state_of(verdict, today) == State.VALID
    assert public.state_of(verdict, today + timedelta(days=1)) == State.ENDED
    verdict.superseded_at = make.NOW
    assert public.state_of(verdict, today) == State.ENDED
    verdict.withdrawn_at = make.NOW
    assert public.state_of(verdict, today) == State.WITHDRAWN


def test_a_withdrawn_verdict_says_why_on_its_page(client):
    verdict = judged()
    withdrawn(verdict)
    page = client.get(reverse("verify_verdict", args=[verdict.key])).content.decode()
    assert "The law changed." in page
    assert "Its verdict was withdrawn." in told(client, verdict.sha256)


def test_one_country_that_withdrew_does_not_speak_for_the_other(client):
    verdict = judged()
    withdrawn(world.verdict(verdict.version, "IT"))
    assert "and it is validated." in told(client, verdict.sha256)


def test_the_page_of_a_verdict_holds_what_one_needs_to_rely_on_it(client):
    verdict = judged()
    page = client.get(reverse("verify_verdict", args=[verdict.key])).content.decode()
    for said in (
        verdict.sha256,
        "7 experts",
        "Bulgaria",
        verdict.policy.name,
        "Over 2 criteria the mean share of experts who say relevant is 0.93.",
        "6 of 7 experts say relevant",
        "0.86",
    ):
        assert said in page


@pytest.mark.parametrize("basis", [{}, {"raters": 2}, BASIS | {"is_hidden": True}])
def test_small_panels_and_hidden_ones_give_no_figures(client, basis):
    verdict = judged(basis=basis)
    page = client.get(reverse("verify_verdict", args=[verdict.key])).content.decode()
    assert "The figures of this panel are not shown." in page
    assert "experts say relevant" not in page


# --- what strangers must not know -------------------------------------------------------------


def test_a_version_that_is_not_released_answers_as_a_file_nobody_knows(client):
    verdict = judged(released=False)
    verdict.version.material.title = "Never shown"
    hidden = told(client, verdict.sha256)
    unknown = told(client, hashlib.sha256(b"never seen").hexdigest())
    same = re.compile(r"[0-9a-f]{64}|nonce-[^']+")
    assert same.sub("", hidden) == same.sub("", unknown)


def test_the_address_of_a_hidden_verdict_answers_as_a_missing_one(client):
    hidden = judged(released=False)
    bad = judged(b"other bytes", standing="not")
    waiting = judged(b"third bytes", final_at=None)
    for verdict in (hidden, bad, waiting):
        for name in (
            "verify_verdict",
            "verify_badge_svg",
            "verify_badge_png",
            "verify_material_credential",
        ):
            assert client.get(reverse(name, args=[verdict.key])).status_code == 404


def test_a_newer_version_that_is_not_released_is_not_told_of(client):
    old = world.released(make.version(data=BYTES))
    world.verdict(make.version(old.material))
    assert "has taken its place" not in told(client, old.sha256)


def test_a_verdict_that_says_not_validated_is_not_told_only_that_nothing_was_said_for_it(client):
    verdict = judged(standing="not")
    page = told(client, verdict.sha256)
    assert "which is not validated." in page
    assert str(verdict.key) not in page


# --- files, fingerprints, bad input -----------------------------------------------------------


def test_without_a_script_the_file_is_hashed_on_its_way_in_and_not_kept(client, settings, tmp_path):
    verdict = judged()
    settings.FILE_UPLOAD_TEMP_DIR = tmp_path
    settings.FILE_UPLOAD_MAX_MEMORY_SIZE = 1
    upload = SimpleUploadedFile("guide.pdf", BYTES)
    answer = client.post(reverse("verify"), {"file": upload}, follow=True)
    assert f"of {verdict.version.material.code}, and it is validated." in answer.content.decode()
    assert list(tmp_path.iterdir()) == []
    assert answer.cookies == {}


def test_nothing_chosen_and_an_empty_file_are_answered(client):
    answer = client.post(reverse("verify"))
    assert answer.status_code == 400
    assert "Choose a file." in answer.content.decode()
    empty = client.post(reverse("verify"), {"file": SimpleUploadedFile("a", b"")}, follow=True)
    assert "unknown here" in empty.content.decode()


def test_a_machine_that_sends_files_all_day_is_slowed_down(client, monkeypatch):
    monkeypatch.setattr(verify, "UPLOADS", 1)
    statuses = [
        client.post(
            reverse("verify"), {"file": SimpleUploadedFile("a", b"x")}, REMOTE_ADDR="192.0.2.77"
        ).status_code
        for _time in range(2)
    ]
    assert statuses == [302, 429]


@pytest.mark.parametrize("typed", ["", "abc", "g" * 64, "0" * 63, "0" * 65, "é" * 64, "x" * 9000])
def test_what_is_no_fingerprint_is_said_beside_the_field(client, typed):
    answer = client.get(reverse("verify"), {"sha256": typed})
    assert answer.status_code == 400
    assert "aria-invalid" in answer.content.decode()


@given(st.text(alphabet="0123456789abcdef", min_size=64, max_size=64))
def test_a_fingerprint_is_read_however_it_is_spaced_and_spelled(text):
    spaced = " ".join(text[n : n + 8] for n in range(0, 64, 8))
    for typed in (text, text.upper(), f"SHA256:{text}", f"  {spaced}\n"):
        assert public.read_hash(typed) == text


@given(st.text(max_size=80))
def test_no_text_at_all_breaks_the_reading_of_a_fingerprint(text):
    assert public.read_hash(text) == "" or len(public.read_hash(text)) == 64


# --- the page itself --------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["verify", "verify_verdict", "verify_credential"])
def test_the_pages_weigh_little_and_ask_nobody_else(client, name):
    verdict = judged()
    credential = world.credential(make.person())
    key = {"verify_verdict": [verdict.key], "verify_credential": [credential.key]}.get(name, [])
    page = client.get(reverse(name, args=key))
    text = page.content.decode()
    weight = len(page.content)
    for address in re.findall(r'<(?:link|script|img)[^>]+(?:href|src)="([^"]+)"', text):
        assert address.startswith("/")
        if address.startswith("/static/"):
            weight += Path(finders.find(address.removeprefix("/static/"))).stat().st_size
        else:
            weight += len(client.get(address).content)
    assert weight <= 50_000
    assert "csrfmiddlewaretoken" not in text
    assert page.cookies == {}


def test_the_pages_speak_arabic_from_right_to_left(client):
    verdict = judged()
    for url in (reverse("verify"), reverse("verify_verdict", args=[verdict.key])):
        page = client.get(url, {"lang": "ar"}).content.decode()
        assert 'dir="rtl"' in page
    page = told(client, verdict.sha256, lang="ar")
    assert "This is exactly" not in page


def test_a_page_asks_as_much_for_one_endorsement_as_for_three(client):
    verdict = judged()
    url = reverse("verify_verdict", args=[verdict.key])
    world.endorsement(verdict.version, shows_name=True)
    reference.countries()

    def asked():
        with CaptureQueriesContext(connection) as queries:
            client.get(url)
        return len(queries)

    one = asked()
    for _n in range(2):
        world.endorsement(verdict.version, shows_name=True)
    assert asked() == one <= 12


def test_the_key_is_published_for_programs_and_people(client):
    keys = client.get(reverse("verify_jwks")).json()["keys"]
    assert [key["kty"] for key in keys] == ["OKP"]
    assert all("d" not in key for key in keys)
    assert client.get(reverse("verify_key")).content.startswith(b"-----BEGIN PUBLIC KEY-----")
