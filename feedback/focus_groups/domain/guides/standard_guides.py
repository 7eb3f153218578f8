"""The guides every project starts with: laid with the tables, edited by the project manager."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

from django.apps import apps as installed

from feedback.focus_groups.models import Guide, GuideQuestion

_FOLDER = Path(__file__).parents[2] / "guides"


@cache
def standards() -> tuple[dict[str, Any], ...]:
    """The guides as they are written in files: name, voice, questions with minutes and words."""
    files = sorted(_FOLDER.glob("*.json"))
    return tuple(json.loads(file.read_text(encoding="utf-8")) for file in files)


def lay_out(*, apps: Any = installed, using: str = "default", **_signal: Any) -> None:
    """Adds the guides that are missing; those that exist stay as people edited them.

    Runs after every migration and after a database was emptied, so that a group can be planned
    from the first day. `apps` may be a state from before the tables existed.
    """
    try:
        guide_model = apps.get_model("feedback", "Guide")
        question_model = apps.get_model("feedback", "GuideQuestion")
    except LookupError:
        return
    for model, now in ((guide_model, Guide), (question_model, GuideQuestion)):
        if not _columns(now) <= _columns(model):
            return  # a state from before the tables were what they are now
    for standard in standards():
        guide, is_new = guide_model._base_manager.using(using).get_or_create(
            name=standard["name"], revision=1, defaults={"voice": standard["voice"]}
        )
        if is_new:
            question_model._base_manager.using(using).bulk_create(
                question_model(guide=guide, position=number, **asked)
                for number, asked in enumerate(standard["questions"], start=1)
            )


def _columns(model: Any) -> set[str]:
    return {field.name for field in model._meta.concrete_fields}
