"""`manage.py validation_figures`: one document, or a sentence with the row and the column."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.management import call_command

from tests.feedback.figures import published
from tests.feedback.test_figures import FIXTURE_A

ROOT = Path(__file__).resolve().parents[3]


def run(path, *options):
    """The document and the exit code."""
    out = io.StringIO()
    try:
        call_command("validation_figures", str(path), *options, stdout=out)
    except SystemExit as stop:
        return json.loads(out.getvalue()), stop.code
    return json.loads(out.getvalue()), 0


@pytest.fixture
def ask(tmp_path):
    """Asks for the figures of a file with this text."""

    def ask(content, *options):
        path = tmp_path / "ratings.csv"
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return run(path, *options)

    return ask


def csv_of(table):
    return "\n".join(",".join("" if r is None else str(r) for r in row) for row in table)


def test_the_document_of_fixture_a(ask):
    found, code = ask(csv_of(FIXTURE_A))
    sixth = found["items"][5]
    assert code == 0
    assert [sixth[key] for key in ("item", "n", "relevant", "min_relevant", "pass", "k_band")] == [
        6, 6, 5, 5, True, "excellent",
    ]  # fmt: skip
    assert sixth["i_cvi"] == {"value": 5 / 6, "n": 6, "reason": None}
    assert [round(end, 3) for end in sixth["wilson"]["value"]] == [0.436, 0.97]
    assert sixth["cvr_critical"] == {"value": 6, "n": 6, "reason": None, "ratio": 1.0}
    assert round(found["s_cvi_ave"]["value"], 6) == 0.972222
    assert round(found["s_cvi_ua"]["value"], 6) == 0.833333
    assert round(found["mean_k_star"]["value"], 6) == 0.969349
    assert round(found["agreement"]["raw"]["alpha"]["ordinal"]["value"], 4) == 0.2440
    assert round(found["agreement"]["dichotomised"]["ac1"]["value"], 4) == 0.9413
    assert list(found["icc"]) == ["1,1", "2,1", "3,1", "1,k", "2,k", "3,k"]


def test_the_keys_of_the_document(ask):
    found, _code = ask("4,3\n4,4\n")
    assert {
        "items", "s_cvi_ave", "s_cvi_ua", "mean_k_star", "agreement", "icc", "kendall_w",
    } <= set(found)  # fmt: skip
    assert {
        "item", "n", "relevant", "min_relevant", "pass", "i_cvi", "wilson", "clopper_pearson",
        "k_star", "k_band", "aiken_v", "aiken_v_interval", "cvr", "cvr_critical",
    } <= set(found["items"][0])  # fmt: skip
    for block in found["agreement"].values():
        assert list(block) == ["percent", "alpha", "fleiss", "cohen", "ac1", "ac2"]
        assert list(block["alpha"]) == ["nominal", "ordinal", "interval", "ratio"]


def test_the_level_chooses_the_weights_of_ac2(ask):
    text = csv_of(published.CLASSIC)
    found = {
        level: ask(text, "--scale", "1-5", "--level", level)[0]["agreement"]["raw"]["ac2"]["value"]
        for level in ("nominal", "ordinal", "interval", "ratio")
    }
    assert {level: round(value, 5) for level, value in found.items()} == {
        "nominal": 0.77544, "ordinal": 0.89894, "interval": 0.914, "ratio": 0.85737,
    }  # fmt: skip


def test_nine_points_are_also_judged_as_rand_and_ucla_do(ask):
    found, _code = ask("8,9,7,8,8,9,7,8,2\n", "--scale", "1-9")
    judged = found["items"][0]["rand_ucla"]
    assert judged["classic"] == {"accord": "agreement", "reading": "appropriate"}
    assert judged["by_ipras"] == {"disagreement": False, "reading": "appropriate"}
    assert "rand_ucla" not in ask("4,4\n")[0]["items"][0]


@pytest.mark.parametrize(
    "content",
    [
        "4,3,\n,4,2",
        "4;3;\r\n;4;2\r\n",
        "4\t3\t\r\t4\t2\r",
        "\ufeff4,3,NA\n\n*,4,2\n  \n",
        "item,A,B,C\nfirst,4,3,N/A\nsecond,n/a,4,2",
        ",A,B,C\n1,4,3,.\n2,-,4,2",
        "A,B,C\n4,3,\n,4,2",
        '"Clear, short";4;3;\n"Says ""you""";;4;2',
        "4.0;3,0;\n;4;2,0",
        '"4,0","3,0",""\n"","4,0","2,0"',
        "Item no,A,B,C\n1,4,3,NaN\n2,,4,2\n",
        ",1,2,3\nfirst,4,3,\nsecond,,4,2",
        "sep=;\n4;3;\n;4;2",
        "\ufeff4,3,\n,4,2".encode("utf-16-le"),
        "crit\xe8re,4,3,\nautre,,4,2".encode("latin-1"),
        "4 , 3 ,\n , 4 , 2",
        "+4,3,\n,4,2,",
    ],
)
def test_one_table_written_in_many_ways(ask, content):
    found, code = ask(content)
    said = [(item["n"], item["relevant"], item["mean"]["value"]) for item in found["items"]]
    assert (said, code) == ([(2, 2, 3.5), (2, 1, 3.0)], 0)


def test_items_keep_their_names(ask):
    found, _code = ask("item;A;B\nKlar;4;4\n\u05e9\u05dc\u05d5\u05dd;3;4\n")
    assert [item["item"] for item in found["items"]] == ["Klar", "\u05e9\u05dc\u05d5\u05dd"]


def test_half_points_and_negative_scales(ask):
    found, _code = ask("3,5;2,5\n1;4\n")
    assert [item["relevant"] for item in found["items"]] == [1, 1]
    assert found["items"][0]["distribution"]["2.5"] == 1
    found, code = ask("-2,1\n0,3\n", "--scale=-3-3", "--level", "ratio")
    assert code == 0
    assert found["agreement"]["raw"]["ac2"]["reason"] == "negative numbers on a ratio level"


@pytest.mark.parametrize(
    ("content", "options", "sentence"),
    [
        ("4,3\n4,x\n", (), "Row 2, column 2: “x” is no number."),
        ("item,A,B\n\nfirst,4,good\n", (), "Row 3, column 3: “good” is no number."),
        ("4,3\n1e0,2\n", (), "Row 2, column 1: “1e0” is no number."),
        ("4,5\n", (), "Row 1, column 2: 5 is not on the scale from 1 to 4."),
        ("4,0\n3,3", ("--scale", "1-9"), "Row 1, column 2: 0 is not on the scale from 1 to 9."),
        ("4;3,5;9,5\n", (), "Row 1, column 3: 9,5 is not on the scale from 1 to 4."),
        ("4,3\n4\n", (), "Row 2 has 1 cells, the first row has 2."),
        ("4,3\n4,3,2\n", (), "Row 2 has 3 cells, the first row has 2."),
        ("", (), "The file is empty."),
        ("\n \n", (), "The file is empty."),
        ("item,A,B\n", (), "The file holds names of columns and no item."),
        (b"PK\x03\x04\x00\x00", (), "This is no CSV file. Save the table as CSV and try again."),
        ("4,3\n", ("--scale", "four"), "Write the scale as two whole numbers, like 1-4."),
        ("4,3\n", ("--scale", "4-1"), "The scale must begin with its lowest number, like 1-4."),
        ("4,3\n", ("--scale", "0-5000"), "A scale has at most 1001 points."),
        ("4,3\n", ("--level", "x"), "The level is one of: nominal, ordinal, interval, ratio."),
        ("4\n" * 5_001, (), "The file has too many rows: at most 5000."),
        (("4," * 2_000 + "4\n") * 51, (), "The file has too many cells: at most 100000."),
        ("4,3\n" * 600_000, (), "The file is too large: at most 2 MB."),
        ('4,"' + "3" * 200_000, (), "Row 1 cannot be read as CSV."),
    ],
)
def test_bad_input_is_told_in_one_sentence(ask, content, options, sentence):
    assert ask(content, *options) == ({"error": sentence}, 2)


def test_a_very_long_cell_is_told_short(ask):
    found, _code = ask(f"4,{'x' * 500}\n3,3")
    assert found["error"] == f"Row 1, column 2: “{'x' * 40}…” is no number."


@pytest.mark.parametrize("path", ["/nowhere/ratings.csv", "/"])
def test_a_file_that_is_not_there(path):
    found, code = run(path)
    assert (found, code) == ({"error": f"The file “{path}” cannot be read."}, 2)


@pytest.mark.parametrize("content", ["4\n3\n", "NA,NA\n*,.\n", "4,4\n4,4\n", "4,4,3\n"])
def test_panels_that_can_show_nothing_get_reasons(ask, content):
    found, code = ask(content)
    alpha = found["agreement"]["raw"]["alpha"]["ordinal"]
    assert (code, alpha["value"] is None) == (0, alpha["reason"] is not None)


def test_the_command_needs_no_database_and_reads_standard_input():
    """As somebody runs it: out of a process of its own, with a database that is not there."""
    environment = os.environ | {"DATABASE_URL": "postgres://nobody@127.0.0.1:1/none"}
    done = subprocess.run(
        [sys.executable, "manage.py", "validation_figures", "-", "--wrong"],
        cwd=ROOT, env=environment, capture_output=True, input=b"", check=False,
    )  # fmt: skip
    assert (done.returncode, json.loads(done.stdout)) == (
        2, {"error": "unrecognized arguments: --wrong"},
    )  # fmt: skip
    done = subprocess.run(
        [sys.executable, "manage.py", "validation_figures", "-"],
        cwd=ROOT, env=environment, capture_output=True, input=b"4,3\n4,4\n", check=False,
    )  # fmt: skip
    assert done.returncode == 0
    assert json.loads(done.stdout)["experts"] == 2
