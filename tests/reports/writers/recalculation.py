"""Workbooks as another spreadsheet program computes them anew."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path

import openpyxl

AVAILABLE = shutil.which("soffice") is not None
# Without this the program trusts the values that stand in the file.
_PROFILE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load"><prop oor:name="OOXMLRecalcMode">
<value>0</value></prop></item></oor:items>
"""


def again(folder: Path, books: Mapping[str, bytes]) -> dict[str, openpyxl.Workbook]:
    """The workbooks with all formulas computed again, by name."""
    for name, content in books.items():
        (folder / f"{name}.xlsx").write_bytes(content)
    profile = folder / "profile" / "user"
    profile.mkdir(parents=True)
    (profile / "registrymodifications.xcu").write_text(_PROFILE)
    files = [f"{name}.xlsx" for name in books]
    command = ["soffice", f"-env:UserInstallation=file://{folder}/profile", "--headless"]
    subprocess.run(
        [*command, "--convert-to", "xlsx", "--outdir", "again", *files],
        cwd=folder,
        check=True,
        capture_output=True,
        timeout=120,
    )
    return {
        name: openpyxl.load_workbook(folder / "again" / f"{name}.xlsx", data_only=True)
        for name in books
    }
