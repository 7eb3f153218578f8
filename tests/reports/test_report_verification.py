"""A report proves itself: its bytes by our signature, its tables by the dataset inside it."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pikepdf
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.core.cache import cache
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import call_command
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cop_platform.common import signing
from experts.enums import Role
from feedback.management.commands import verify_file
from feedback.reports.domain import attachments, building, facts, proving
from feedback.reports.enums import FileFormat, Step
from feedback.reports.models import ReleaseStep, Report, ReportFile
from tests import factories as make
from tests.reports import sets, stored

COUNTED = "The table “manifest” does not follow from the dataset."


@pytest.fixture(scope="module")
def built() -> dict[FileFormat, bytes]:
    """The four files of one release, built once."""
    with building.built(sets.dataset(), sets.edition()) as files:
        return {kind: path.read_bytes() for kind, path in files.items()}


@pytest.fixture
def folder(tmp_path, built) -> Path:
    """The files of a release with their signatures, and the project's key."""
    for kind, content in built.items():
        (tmp_path / f"report.{kind.value}").write_bytes(content)
        (tmp_path / f"report.{kind.value}.sig").write_bytes(signing.sign(content))
    (tmp_path / "project.pub").write_bytes(signing.pem(signing.public_key()))
    return tmp_path


@pytest.fixture
def no_database(monkeypatch):
    """As where no database answers."""
    monkeypatch.setattr(verify_file.Command, "_ask", staticmethod(lambda _question: None))


def run(*arguments: object) -> tuple[int, dict]:
    out, code = io.StringIO(), 0
    try:
        call_command("verify_file", *map(str, arguments), stdout=out)
    except SystemExit as stop:
        code = int(stop.code or 0)
    return code, json.loads(out.getvalue())


def check(folder: Path, name: str = "report.pdf") -> tuple[int, dict]:
    return run(folder / name, "--sig", folder / f"{name}.sig", "--key", folder / "project.pub")


def changed(content: bytes, **attached: bytes) -> bytes:
    """The PDF with other attachments."""
    with pikepdf.open(io.BytesIO(content)) as pdf:
        for name, held in attached.items():
            file = f"{name}.json"
            pdf.attachments[file] = pikepdf.AttachedFileSpec(pdf, held, filename=file)
        out = io.BytesIO()
        pdf.save(out)
        return out.getvalue()


def signed(folder: Path, content: bytes) -> None:
    """As if the project itself had issued other bytes."""
    (folder / "report.pdf").write_bytes(content)
    (folder / "report.pdf.sig").write_bytes(signing.sign(content))


def test_a_report_with_its_signature_is_authentic_without_a_database(folder, no_database):
    code, said = check(folder)

    assert (code, said["kind"], said["result"], said["problems"]) == (0, "report", "authentic", [])


@pytest.mark.parametrize("file_format", ["docx", "xlsx", "json"])
def test_the_other_formats_are_authentic_by_their_signatures(folder, no_database, file_format):
    code, said = check(folder, f"report.{file_format}")

    assert (code, said["result"]) == (0, "authentic")


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_one_changed_byte_anywhere_is_altered_with_the_signature_else_unknown(
    folder, no_database, built, data
):
    content = bytearray(built[FileFormat.PDF])
    at = data.draw(st.integers(0, len(content) - 1))
    content[at] ^= data.draw(st.integers(1, 255))
    (folder / "report.pdf").write_bytes(content)

    with_signature, without = check(folder), run(folder / "report.pdf")

    assert (with_signature[0], with_signature[1]["result"]) == (1, "altered")
    assert (without[0], without[1]["result"]) == (2, "unknown")


def test_another_key_makes_it_altered(folder, no_database):
    other = Ed25519PrivateKey.generate().public_key()
    (folder / "project.pub").write_bytes(signing.pem(other))

    assert check(folder)[1]["result"] == "altered"


def test_a_table_that_does_not_follow_from_the_dataset_is_named_even_under_our_signature(
    folder, no_database, built
):
    held = json.loads(attachments.in_pdf(folder / "report.pdf")[attachments.TABLES])
    table = next(table for table in held if table["key"] == "manifest")
    table["rows"][0][1]["text"] = "BG 7"
    signed(folder, changed(built[FileFormat.PDF], tables=json.dumps(held).encode()))

    code, said = check(folder)

    assert (code, said["result"]) == (1, "altered")
    assert COUNTED in said["problems"]


def test_a_dataset_that_was_exchanged_is_noticed(folder, no_database, built):
    other = facts.to_json(sets.dataset(project="Somebody else's"))
    signed(folder, changed(built[FileFormat.PDF], dataset=other))

    code, said = check(folder)

    assert (code, said["kind"], said["result"]) == (1, "report", "altered")
    assert COUNTED in said["problems"]


def test_a_file_that_only_looks_like_the_one_its_dataset_gives_is_told_apart(
    folder, no_database, built
):
    signed(folder, changed(built[FileFormat.PDF]))

    _code, said = check(folder)

    assert said["problems"] == [
        "The file is not the one that its dataset gives when it is built again."
    ]


def test_of_another_version_of_the_templates_the_numbers_are_compared(folder, built):
    edition = sets.edition()
    other = attachments.edition_json(
        type(edition)(edition.about, 1, "en", edition.address, template_version="1")
    )
    (folder / "report.pdf").write_bytes(changed(built[FileFormat.PDF], edition=other))

    examined = proving.examine(folder / "report.pdf")

    assert examined.agrees
    assert proving.rebuilt(examined, "0" * 64) == ""


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"%PDF-1.7",
        b"%PDF-1.7\n%%EOF",
        b"{",
        b'{"schema": "validation-report/2"}',
        b"[" * 100_000,
        b'{"sections": ' + b"[" * 100_000,
        b"PK\x03\x04",
    ],
)
def test_any_other_file_is_no_report(tmp_path, content):
    (tmp_path / "file").write_bytes(content)

    assert proving.examine(tmp_path / "file") is None


@pytest.mark.parametrize("dataset", [b"", b"{}", b"\xff", b'{"sections": {}}'])
def test_a_pdf_whose_dataset_is_broken_is_a_report_that_cannot_be_counted(
    folder, no_database, built, dataset
):
    signed(folder, changed(built[FileFormat.PDF], dataset=dataset))

    code, said = check(folder)

    assert (code, said["kind"], said["result"]) == (1, "report", "altered")
    assert len(said["problems"]) == 1


def release(built: dict[FileFormat, bytes]) -> Report:
    """The release as the database and the store hold it."""
    report = stored.held(sets.dataset())
    for kind, content in built.items():
        digest = facts.sha256(content)
        name = default_storage.save(f"reports/{digest}", ContentFile(content))
        ReportFile.objects.create(
            report=report, format=kind, sha256=digest, size=len(content), file=name
        )
    cache.clear()
    return report


def withdraw(report: Report) -> None:
    ReleaseStep.objects.create(
        report=report,
        step=Step.WITHDRAWN,
        by=make.person(Role.PARTNER),
        at=make.NOW,
        reason="A figure was counted twice.",
    )


@pytest.mark.django_db
def test_the_database_knows_a_release_and_that_it_was_withdrawn(folder, built):
    report = release(built)

    known = run(folder / "report.docx")
    withdraw(report)
    gone = check(folder)

    assert (known[0], known[1]["kind"], known[1]["result"]) == (0, "report", "authentic")
    assert (gone[0], gone[1]["result"]) == (1, "revoked")
    assert gone[1]["problems"] == ["The release was withdrawn: A figure was counted twice."]


@pytest.mark.django_db
def test_the_public_page_says_which_release_it_is_and_counts_its_tables(client, built):
    report = release(built)
    asked = {"sha256": facts.sha256(built[FileFormat.PDF])}

    found = client.get(reverse("verify"), asked).content.decode()
    withdraw(report)
    gone = client.get(reverse("verify"), asked).content.decode()
    other = client.get(reverse("verify"), {"sha256": "0" * 64}).content.decode()

    assert "This is exactly a validation report of the project." in found
    assert "counted again out of the dataset inside" in found
    assert "A figure was counted twice." in gone
    assert "unknown here" in other


@pytest.mark.django_db
def test_the_public_page_says_it_when_a_stored_file_does_not_agree(client, built):
    other = facts.to_json(sets.dataset(project="Somebody else's"))
    pdf = changed(built[FileFormat.PDF], dataset=other)
    release(built | {FileFormat.PDF: pdf})

    html = client.get(reverse("verify"), {"sha256": facts.sha256(pdf)}).content.decode()

    assert "does not agree with its own dataset" in html
