"""The consent texts a project starts with: short sentences at A2, one idea each, as data.

Each says what happens, who reads it, that refusing costs nothing, that we are no authority, and
how to take it back. The words stand in `words/consents/<language>.json`.
"""

from __future__ import annotations

import json
from pathlib import Path

from feedback.focus_groups.enums import Purpose

_FOLDER = Path(__file__).parents[2] / "words" / "consents"
# What is true of every purpose is said after the purpose's own sentences.
_FOR_ALL = "all"


def _load() -> dict[str, dict[str, str]]:
    texts: dict[str, dict[str, str]] = {str(purpose): {} for purpose in Purpose}
    for file in sorted(_FOLDER.glob("*.json")):
        said = json.loads(file.read_text(encoding="utf-8"))
        for purpose, words in texts.items():
            words[file.stem] = "\n".join([*said[purpose], *said[_FOR_ALL]])
    return texts


# Purpose -> language -> words.
TEXTS = _load()
