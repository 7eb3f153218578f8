"""The tables of results in the documents, each between marks of its name."""

from __future__ import annotations

import re
from pathlib import Path

PAGE = Path(__file__).resolve().parents[2] / "docs" / "benchmarks.md"


def write(name: str, text: str, into: Path = PAGE) -> None:
    """Puts `text` between the marks of `name`."""
    page = into.read_text(encoding="utf-8")
    start, end = f"<!-- {name} -->", f"<!-- /{name} -->"
    pattern = re.compile(f"{start}.*?{end}", re.DOTALL)
    into.write_text(pattern.sub(f"{start}\n{text}\n{end}", page), encoding="utf-8")
