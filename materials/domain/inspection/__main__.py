"""The door of the inspecting process."""

from __future__ import annotations

import importlib
import json
import sys
from typing import Any

from materials.domain.inspection.limits import Unfit, confine

# Each kind loads only the libraries it needs.
KINDS = {
    "pdf": "pdf",
    "png": "pictures",
    "jpg": "pictures",
    "docx": "archives",
    "pptx": "archives",
    "xlsx": "archives",
    "odt": "archives",
    "mp4": "video",
}


def main(kind: str, path: str) -> None:
    """Prints what the file holds, or why it is refused."""
    confine()
    try:
        module = importlib.import_module(f"materials.domain.inspection.{KINDS[kind]}")
        answer: dict[str, Any] = module.inspect(kind, path)
    except Unfit as refusal:
        answer = {"refused": refusal.code, **refusal.numbers}
    except (MemoryError, RecursionError):
        answer = {"refused": "too_heavy"}
    sys.stdout.write(json.dumps(answer))


if __name__ == "__main__":
    main(*sys.argv[1:])
