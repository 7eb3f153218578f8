"""`manage.py verify_file`: one answer for every file there is, with and without the database."""

from __future__ import annotations

import hashlib
import io
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.core.management import call_command
from django.db import OperationalError
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cop_platform.common import signing
from experts.enums import Role
from feedback.management.commands import verify_file
from feedback.validation.domain.proof import credentials
from feedback.validation.models import Verdict
from tests import factories as make
from tests.feedback import world
from tests.reports import stored

ROOT = Path(__file__).resolve().parents[2]
DATA = b"%PDF-1.7 the guide of the command"


def run(*arguments: object) -> tuple[int, dict]:
    """The exit code and the one document on stdout."""
    out = io.StringIO()
    code = 0
    try:
        call_command("verify_file", *map(str, arguments), stdout=out)
    except SystemExit as stop:
        code = int(stop.code or 0)
    document = json.loads(out.getvalue())
    assert list(document) == ["kind", "result", "sha256", "problems"]
    return code, document


@pytest.fixture
def files(tmp_path):
    """A file, its signature and the project's public key."""
    (tmp_path / "guide.pdf").write_bytes(DATA)
    (tmp_path / "guide.pdf.sig").write_bytes(signing.sign(DATA))
    (tmp_path / "key.pub").write_bytes(signing.pem(signing.public_key()))
    return tmp_path


@pytest.fixture
def no_database(monkeypatch):
    def away(_question):
        raise OperationalError("away")

    monkeypatch.setattr(
        verify_file.Command, "_ask", staticmethod(lambda _question: None), raising=True
    )


def test_without_a_database_the_signature_decides(files, no_database):
    file, sig, key = files / "guide.pdf", files / "guide.pdf.sig", files / "key.pub"
    code, said = run(file, "--sig", sig, "--key", key)
    assert (code, said["result"], said["problems"]) == (0, "authentic", [])
    assert said["sha256"] == hashlib.sha256(DATA).hexdigest()
    assert run(file)[0] == 2
    assert run(file)[1]["result"] == "unknown"


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(place=st.integers(0, len(DATA) - 1), bit=st.integers(0, 7))
def test_one_changed_byte_is_altered_with_the_signature(files, no_database, place, bit):
    altered = bytearray(DATA)
    altered[place] ^= 1 << bit
    file = files / "altered.pdf"
    file.write_bytes(altered)
    code, said = run(file, "--sig", files / "guide.pdf.sig", "--key", files / "key.pub")
    assert (code, said["result"]) == (1, "altered")


def test_another_key_and_a_cut_signature_are_altered(files, no_database):
    other = signing.pem(Ed25519PrivateKey.generate().public_key())
    (files / "other.pub").write_bytes(other)
    (files / "cut.sig").write_bytes(signing.sign(DATA)[:40])
    file, sig = files / "guide.pdf", files / "guide.pdf.sig"
    assert run(file, "--sig", sig, "--key", files / "other.pub")[0] == 1
    assert run(file, "--sig", files / "cut.sig", "--key", files / "key.pub")[0] == 1


def test_a_signature_as_text_and_without_a_given_key_is_checked_too(files, no_database):
    (files / "text.sig").write_text(signing.base64url(signing.sign(DATA)) + "\n")
    assert run(files / "guide.pdf", "--sig", files / "text.sig")[0] == 0


@pytest.mark.parametrize(
    "name", ["", "missing.pdf", "/dev/null", "a\udcff", "x" * 300, "guide.pdf/inside"]
)
def test_what_cannot_be_read_is_unknown_with_a_sentence(files, no_database, name):
    code, said = run(files / name if name != "/dev/null" else name)
    assert (code, said["kind"], said["result"], said["sha256"]) == (2, "unknown", "unknown", None)
    assert len(said["problems"]) == 1


@pytest.mark.parametrize("data", [b"", b"\x00\xff" * 999, b"eyJ", b"eyJ..", "é".encode() * 99])
def test_empty_and_binary_files_get_an_answer(files, no_database, data):
    (files / "odd").write_bytes(data)
    code, said = run(files / "odd")
    assert code in {1, 2}
    assert said["sha256"] == hashlib.sha256(data).hexdigest()


@pytest.mark.parametrize("key", [b"", b"no key", b"\xff" * 99, b"x" * 99_999])
def test_a_key_that_is_none_is_said_so(files, no_database, key):
    (files / "bad.pub").write_bytes(key)
    code, said = run(
        files / "guide.pdf", "--sig", files / "guide.pdf.sig", "--key", files / "bad.pub"
    )
    assert (code, said["result"]) == (2, "unknown")
    assert "key" in said["problems"][0]


@pytest.mark.django_db
def test_a_material_is_known_by_its_bytes(files):
    version = world.released(make.version(data=DATA))
    code, said = run(files / "guide.pdf")
    assert (code, said["kind"], said["result"]) == (0, "material", "authentic")
    assert "is not validated" in said["problems"][0]
    world.verdict(version, valid_until=None)
    assert run(files / "guide.pdf")[1]["problems"] == []
    Verdict.objects.update(withdrawn_at=make.NOW, withdrawal_reason="The law changed.")
    code, said = run(files / "guide.pdf", "--sig", files / "guide.pdf.sig")
    assert (code, said["result"]) == (1, "revoked")
    assert "withdrawn" in said["problems"][0]


@pytest.mark.django_db
def test_a_report_is_known_by_its_bytes(tmp_path):
    report = stored.report("BG")
    file = report.files.first()
    (tmp_path / "report").write_bytes(file.file.read())
    code, said = run(tmp_path / "report")
    assert (code, said["kind"], said["result"]) == (0, "report", "authentic")


@pytest.mark.django_db
def test_a_credential_is_checked_offline_and_against_the_list(files, monkeypatch):
    verdict = world.verdict(world.released(make.version(data=DATA)))
    row = credentials.issue_for_material(
        verdict_id=verdict.pk, by=make.user(Role.COORDINATOR), at=make.NOW, today=make.NOW.date()
    )
    file = files / "credential.jwt"
    file.write_text(row.token + "\n")
    assert run(file)[1] | {"problems": []} == {
        "kind": "credential",
        "result": "authentic",
        "sha256": hashlib.sha256(f"{row.token}\n".encode()).hexdigest(),
        "problems": [],
    }
    Verdict.objects.update(withdrawn_at=make.NOW, withdrawal_reason="No.")
    assert run(file)[1]["result"] == "revoked"
    monkeypatch.setattr(verify_file.Command, "_ask", staticmethod(lambda _question: None))
    assert run(file, "--key", files / "key.pub")[1]["result"] == "authentic"
    middle = len(row.token) // 2
    for place in (0, 1, 10, middle, len(row.token) - 1):
        letter = "A" if row.token[place] != "A" else "B"
        file.write_text(row.token[:place] + letter + row.token[place + 1 :])
        code, said = run(file, "--key", files / "key.pub")
        assert (place, code, said["kind"], said["result"]) == (place, 1, "credential", "altered")


@pytest.mark.django_db
def test_a_released_file_is_downloaded_with_its_signature(client, files):
    version = world.released(make.version(data=DATA))
    address = reverse("catalogue_signature", args=[version.material.code, version.number])
    answer = client.get(address)
    assert answer.content == signing.sign(DATA)
    name = f"{version.material.code}-v{version.number}-en.pdf.sig"
    assert name in answer["Content-Disposition"]
    hidden = make.version(version.material)
    other = reverse("catalogue_signature", args=[version.material.code, hidden.number])
    assert client.get(other).status_code == 404


def test_the_command_runs_where_no_database_answers_and_prints_one_document(files):
    clean = {k: os.environ[k] for k in ("PATH", "HOME")}
    environment = clean | {
        "COP_ENV": "test",
        "DATABASE_URL": "postgres://nobody@127.0.0.1:1/none",
        "STATE_DIR": str(files / "state"),
    }
    names = ["guide.pdf", "--sig", "guide.pdf.sig", "--key", "key.pub"]
    done = subprocess.run(
        [sys.executable, str(ROOT / "manage.py"), "verify_file", *names],
        cwd=files,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["result"] == "authentic"
    assert "Traceback" not in done.stderr
