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

from tests import factories as make

pytestmark = pytest.mark.django_db(transaction=True)


def run(*arguments: str) -> tuple[int, dict]:
    out, code = StringIO(), 0
    try:
        call_command("compile_report", *arguments, stdout=out)
    except SystemExit as ended:
        code = ended.code
    return code, json.loads(out.getvalue())


@pytest.fixture(autouse=True)
def project():
    make.cop()
    make.country("EL")
    make.country("BG")


def test_it_writes_the_files_and_says_what_it_wrote(tmp_path):
    code, said = run("--country", "BG", "--out", str(tmp_path / "new"))

    assert code == 0
    assert sorted(said) == ["country", "dataset_sha256", "files", "period", "release"]
    assert (said["country"], said["release"]) == ("BG", 1)
    yesterday = timezone.now().date() - timedelta(days=1)
    assert said["period"]["start"] == "2025-09-01"
    assert abs((date.fromisoformat(said["period"]["end"]) - yesterday).days) <= 1
    assert [file["format"] for file in said["files"]] == ["pdf", "xlsx", "json"]
    for file in said["files"]:
        content = Path(file["path"]).read_bytes()
        assert hashlib.sha256(content).hexdigest() == file["sha256"]
        assert len(content) == file["bytes"]
    assert said["dataset_sha256"] == said["files"][2]["sha256"]


def test_the_same_data_gives_the_same_answer(tmp_path):
    arguments = ["--country", "BG", "--start", "2026-01-01", "--end", "2026-06-30"]

    first = run(*arguments, "--out", str(tmp_path))
    second = run(*arguments, "--out", str(tmp_path))

    assert first == second


@pytest.mark.parametrize("code", ["EL", "GR", "el", "gr"])
def test_greece_goes_by_both_codes(code, tmp_path):
    assert run("--country", code, "--out", str(tmp_path))[1]["country"] == "EL"


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
    ],
)
def test_bad_input_is_a_sentence_and_exit_code_2(arguments):
    code, said = run(*arguments)

    assert code == 2
    assert list(said) == ["error"]
    assert said["error"].endswith(".")


def test_a_missing_font_is_a_sentence_and_exit_code_1(settings, tmp_path):
    settings.NODE_MODULES = tmp_path

    code, said = run("--country", "BG", "--out", str(tmp_path))

    assert (code, list(said)) == (1, ["error"])
