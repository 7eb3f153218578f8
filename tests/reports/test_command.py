"""`manage.py compile_report`: one JSON document, files that are what it says, exit codes."""

from __future__ import annotations

import hashlib
import json
from datetime import date, timedelta
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from django.utils import timezone

from experts.enums import Role
from feedback.reports.domain import building, period
from feedback.reports.models import Report, ReportCut
from tests import factories as make
from tests.reports import stored

pytestmark = pytest.mark.django_db(transaction=True)


def run(*arguments: str) -> tuple[int, dict]:
    out, code = StringIO(), 0
    try:
        call_command("compile_report", *arguments, stdout=out)
    except SystemExit as ended:
        code = ended.code
    return code, json.loads(out.getvalue())


@pytest.fixture(autouse=True)
def quickly(monkeypatch, request):
    """Only the tests that look at the documents wait for them."""
    if "really_built" not in request.fixturenames:
        monkeypatch.setattr(building, "built", stored.quick_files)


@pytest.fixture
def really_built():
    """Asks for the real documents."""


@pytest.fixture(autouse=True)
def project():
    make.cop()
    make.country("EL")
    make.country("BG")


def test_it_writes_the_files_and_says_what_it_wrote(tmp_path, really_built):
    code, said = run("--country", "BG", "--out", str(tmp_path / "new"))

    assert (code, said.get("error")) == (0, None)
    assert sorted(said) == ["country", "dataset_sha256", "files", "period", "release"]
    assert (said["country"], said["release"]) == ("BG", 1)
    yesterday = timezone.now().date() - timedelta(days=1)
    assert said["period"]["start"] == "2025-09-01"
    assert abs((date.fromisoformat(said["period"]["end"]) - yesterday).days) <= 1
    assert [file["format"] for file in said["files"]] == ["pdf", "docx", "xlsx", "json"]
    for file in said["files"]:
        content = Path(file["path"]).read_bytes()
        assert hashlib.sha256(content).hexdigest() == file["sha256"]
        assert len(content) == file["bytes"]
    assert said["dataset_sha256"] == said["files"][3]["sha256"]


def test_the_same_data_gives_the_same_answer(tmp_path):
    arguments = ["--country", "BG", "--start", "2026-01-01", "--end", "2026-06-30"]

    first = run(*arguments, "--out", str(tmp_path))
    second = run(*arguments, "--out", str(tmp_path))

    assert first == second


@pytest.mark.parametrize("code", ["GR", "el"])
def test_greece_goes_by_both_codes(code, tmp_path):
    code, said = run("--country", code, "--out", str(tmp_path), "--formats", "json")

    assert (code, said["country"]) == (0, "EL")
    assert [path.name for path in tmp_path.iterdir()] == ["EL-validation-report-1.json"]


@pytest.mark.parametrize(
    ("written", "days"),
    [
        ("2026", ("2026-01-01", "2026-12-31")),
        ("2026-03", ("2026-03-01", "2026-03-31")),
        ("2026Q1", ("2026-01-01", "2026-03-31")),
        ("2026-q4", ("2026-10-01", "2026-12-31")),
        ("2024-02", ("2024-02-01", "2024-02-29")),
        ("2026-01-15..2026-06-30", ("2026-01-15", "2026-06-30")),
    ],
)
def test_a_period_is_a_year_a_month_a_quarter_or_two_days(written, days):
    found = period.written(written)

    assert (found.start.isoformat(), found.end.isoformat()) == days


def test_the_consortium_and_a_named_report_go_the_same_way(tmp_path):
    ReportCut.objects.create(
        name="South",
        created_by=make.person(Role.PROJECT_MANAGER),
        created_at=make.NOW,
        profile="public",
    )
    words = ["--period", "2026Q1", "--formats", "json", "--out", str(tmp_path)]

    whole, named = run("--consortium", *words)[1], run("--cut", "South", *words)[1]

    assert whole["country"] == "ALL"
    assert named["country"].startswith("cut")
    assert json.loads(Path(named["files"][0]["path"]).read_text())["profile"] == "public"


def test_language_and_profile_are_chosen(tmp_path):
    code, said = run(
        *["--country", "BG", "--lang", "bg", "--profile", "public", "--formats", "json,pdf"],
        *["--out", str(tmp_path)],
    )

    report = Report.objects.get()
    assert code == 0
    assert (report.language, report.profile) == ("bg", "public")
    assert [file["format"] for file in said["files"]] == ["pdf", "json"]


@pytest.mark.parametrize(
    "arguments",
    [
        ["--country", "XX"],
        ["--country", ""],
        [],
        ["--country", "BG", "--start", "yesterday"],
        ["--country", "BG", "--start", "2026-02-30"],
        ["--country", "BG", "--start", ""],
        ["--country", "BG", "--start", "2026-03-02", "--end", "2026-03-01"],
        ["--country", "BG", "--start", "0001-01-01"],
        ["--country", "BG", "--end", "9999-12-31"],
        ["--country", "BG", "--out", "/dev/null/no"],
        ["--country", "BG", "--consortium"],
        ["--cut", "Nobody named this"],
        ["--country", "BG", "--period", "2026", "--start", "2026-01-01"],
        ["--country", "BG", "--period", "2026-13"],
        ["--country", "BG", "--period", "2026Q5"],
        ["--country", "BG", "--period", ""],
        ["--country", "BG", "--lang", "xx"],
        ["--country", "BG", "--profile", "everybody"],
        ["--country", "BG", "--formats", "pdf,odt"],
        ["--country", "BG", "--formats", ","],
    ],
)
def test_bad_input_is_a_sentence_and_exit_code_2(arguments):
    code, said = run(*arguments)

    assert code == 2
    assert list(said) == ["error"]
    assert said["error"].endswith(".")


def test_a_missing_font_is_a_sentence_and_exit_code_1(settings, tmp_path, really_built):
    settings.NODE_MODULES = tmp_path

    code, said = run("--country", "BG", "--out", str(tmp_path))

    assert (code, list(said)) == (1, ["error"])
