"""The archive of results: released editions with safe names and a sheet without formulas."""

from __future__ import annotations

import hashlib
import io
import zipfile

import openpyxl
import pytest

from experts.enums import Role
from materials.domain import results_package
from tests import factories as make

pytestmark = pytest.mark.django_db
URL = "/materials/results.zip"


def opened(client) -> zipfile.ZipFile:
    response = client.get(URL)
    assert response.status_code == 200
    assert response["Content-Type"] == "application/zip"
    return zipfile.ZipFile(io.BytesIO(b"".join(response.streaming_content)))


def rows_of(archive: zipfile.ZipFile) -> list[dict]:
    sheet = openpyxl.load_workbook(io.BytesIO(archive.read("editions.xlsx"))).active
    heads, *rows = sheet.iter_rows()
    return [{h.value: c for h, c in zip(heads, row, strict=False)} for row in rows]


def test_it_holds_released_files_and_lists_them(as_user):
    version = make.version(
        make.material(code="A1", title="=1+1"),
        data=b"%PDF-1.7 hello",
        released_at=make.NOW,
        original_name="../../evil.exe",
        translator="@SUM(A1)",
    )
    make.version(make.material(code="B2", title="Secret"))
    archive = opened(as_user(make.user(Role.PROJECT_MANAGER)))
    assert sorted(archive.namelist()) == ["editions.xlsx", "files/A1-v1-en.pdf"]
    data = archive.read("files/A1-v1-en.pdf")
    assert hashlib.sha256(data).hexdigest() == version.sha256
    (row,) = rows_of(archive)
    assert row["Title"].value == "=1+1"
    assert {cell.data_type for cell in row.values()} <= {"s", "n"}
    assert row["SHA-256"].value == version.sha256
    assert row["Released"].value == "2026-11-24"


def test_more_than_an_archive_holds_is_said_and_not_built(as_user, monkeypatch):
    make.version(released_at=make.NOW)
    monkeypatch.setattr(results_package, "MOST_FILES", 0)
    response = as_user(make.user(Role.PROJECT_MANAGER)).get(URL, follow=True)
    assert "one archive is too small" in response.content.decode()


def test_a_file_that_is_gone_is_said_in_the_sheet(as_user):
    version = make.version(released_at=make.NOW)
    version.file.storage.delete(version.file.name)
    archive = opened(as_user(make.user(Role.COORDINATOR)))
    assert archive.namelist() == ["editions.xlsx"]
    assert "The file is missing." in [cell.value for cell in rows_of(archive)[0].values()]
