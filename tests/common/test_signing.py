"""The project's key: made once, read in every usual spelling, and never argued with."""

from __future__ import annotations

import base64
import json
import os
import stat
import subprocess
from concurrent.futures import ThreadPoolExecutor

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st

from cop_platform.common import checks, jose, signing


def private_pem(key: Ed25519PrivateKey) -> str:
    return key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    ).decode()


def raw_public(key: Ed25519PrivateKey) -> bytes:
    return key.public_key().public_bytes(serialization.Encoding.Raw, serialization.PublicFormat.Raw)


def test_a_signature_holds_for_the_bytes_and_no_others():
    signature = signing.sign(b"the guide")
    assert len(signature) == signing.SIGNATURE_BYTES
    assert signing.verify(b"the guide", signature, signing.public_key())
    assert not signing.verify(b"the guidf", signature, signing.public_key())
    assert not signing.verify(b"the guide", signature[:-1], signing.public_key())
    other = Ed25519PrivateKey.generate().public_key()
    assert not signing.verify(b"the guide", signature, other)


def test_without_a_key_of_the_environment_one_is_made_once_for_this_account_alone(
    settings, tmp_path
):
    settings.PROJECT_SIGNING_KEY, settings.STATE_DIR = "", tmp_path / "state"
    with ThreadPoolExecutor(4) as pool:
        keys = {signing.pem(key) for key in pool.map(lambda _n: signing.public_key(), range(8))}
    assert len(keys) == 1
    file = tmp_path / "state" / signing.KEY_FILE
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    signing._loaded.cache_clear()
    assert {signing.pem(signing.public_key())} == keys
    assert os.listdir(file.parent) == [signing.KEY_FILE]


def test_a_private_key_is_read_as_pem_also_on_one_line_and_as_base64(settings):
    key = Ed25519PrivateKey.generate()
    raw = key.private_bytes_raw()
    for text in (
        private_pem(key),
        private_pem(key).replace("\n", "\\n"),
        base64.b64encode(raw).decode(),
        signing.base64url(raw),
    ):
        settings.PROJECT_SIGNING_KEY = text
        assert signing.pem(signing.public_key()) == signing.pem(key.public_key())


def test_a_public_key_is_read_as_pem_jwk_and_base64():
    key = Ed25519PrivateKey.generate().public_key()
    jwk = json.dumps(signing.jwk(key)).encode()
    for data in (signing.pem(key), jwk, signing.jwk(key)["x"].encode(), b"\n" + jwk + b"\n"):
        assert signing.pem(signing.read_public(data)) == signing.pem(key)


@pytest.mark.parametrize(
    "data", [b"", b"abc", b"{}", b"{[", b"[" * 9999, b"\xff\xfe", b"-----BEGIN X-----", b"{" * 9999]
)
def test_what_is_no_key_is_refused_with_a_sentence(data):
    with pytest.raises(signing.BadKey, match="not a public key"):
        signing.read_public(data)


def test_a_key_of_another_kind_is_refused():
    from cryptography.hazmat.primitives.asymmetric import ec

    other = ec.generate_private_key(ec.SECP256R1()).public_key()
    data = other.public_bytes(
        serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
    )
    with pytest.raises(signing.BadKey, match="not of the kind Ed25519"):
        signing.read_public(data)


def test_the_name_of_a_key_is_the_one_of_the_standard():
    # RFC 8037, appendix A.3
    key = signing.read_public(b"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo")
    assert signing.thumbprint(key) == "kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k"


def test_earlier_keys_still_count(settings):
    earlier = Ed25519PrivateKey.generate()
    settings.PROJECT_SIGNING_KEYS_OLD = [signing.base64url(raw_public(earlier))]
    keys = [signing.pem(key) for key in signing.known_keys()]
    assert keys == [signing.pem(signing.public_key()), signing.pem(earlier.public_key())]


def test_openssl_checks_a_signature(tmp_path):
    (tmp_path / "guide.pdf").write_bytes(b"the guide" * 999)
    (tmp_path / "guide.pdf.sig").write_bytes(signing.sign(b"the guide" * 999))
    (tmp_path / "key.pub").write_bytes(signing.pem(signing.public_key()))
    command = ["openssl", "pkeyutl", "-verify", "-pubin", "-inkey", "key.pub", "-rawin"]
    files = ["-in", "guide.pdf", "-sigfile", "guide.pdf.sig"]
    said = subprocess.run(
        [*command, *files], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert "Signature Verified Successfully" in said.stdout


def test_production_wants_a_key_of_its_own(settings):
    settings.PRODUCTION, settings.PROJECT_SIGNING_KEY = True, ""
    assert [error.id for error in checks.signing_key_is_given()] == ["cop.E001"]
    settings.PROJECT_SIGNING_KEY = "x"
    assert checks.signing_key_is_given() == []
    assert [error.id for error in checks.signing_keys_can_be_read()] == ["cop.E002"]


def test_an_earlier_key_that_cannot_be_read_is_told_at_the_start(settings):
    settings.PROJECT_SIGNING_KEYS_OLD = ["nonsense"]
    assert [error.id for error in checks.signing_keys_can_be_read()] == ["cop.E002"]


def test_a_token_is_read_as_it_was_written():
    token = jose.read(jose.write({"name": "Ключ"}, header={"typ": "JWT"}))
    assert token.header == {"alg": "EdDSA", "typ": "JWT"}
    assert token.payload == {"name": "Ключ"}
    assert token.is_signed_by(signing.public_key())


@given(st.data())
def test_one_changed_letter_anywhere_in_a_token_is_noticed(data):
    text = jose.write({"name": "guide"}, header={"typ": "JWT"})
    place = data.draw(st.integers(0, len(text) - 1))
    letter = data.draw(st.characters(max_codepoint=126).filter(lambda c: c != text[place]))
    changed = text[:place] + letter + text[place + 1 :]
    try:
        token = jose.read(changed)
    except jose.NotAToken:
        return
    assert not token.is_signed_by(signing.public_key())


@pytest.mark.parametrize("algorithm", ["none", "HS256", "RS256", None, ["EdDSA"]])
def test_a_token_of_another_algorithm_is_signed_by_nobody(algorithm):
    good = jose.read(jose.write({}, header={}))
    token = jose.Token({"alg": algorithm}, {}, good.signed, good.signature)
    assert not token.is_signed_by(signing.public_key())


@pytest.mark.parametrize(
    "text",
    ["", "..", "a.b.c", "e30.e30", "W10.e30.e30", "eyJ.eyJ.eyJ", "e30.e30.é", "x" * 70_000],
)
def test_what_is_no_token_is_said_so(text):
    with pytest.raises(jose.NotAToken):
        jose.read(text)
