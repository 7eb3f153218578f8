"""Small worlds of stories."""

from __future__ import annotations

from itertools import count
from typing import Any

from cop_platform.common import sounds
from experts.models import Person
from practices.enums import Cited, ValueCycle
from practices.models import Story, StoryCitation
from tests import factories as make
from tests.practices.world import DAY, member

MP3 = b"ID3\x04" + b"\x00" * 60
_numbers = count(1)


def story(code: str = "BG", *, teller: Person | None = None, **more: Any) -> Story:
    values: dict[str, Any] = {
        "title": f"Story {next(_numbers)}",
        "text": "We drew a day at the old work, and a page of skills was there.",
        "cycle": ValueCycle.APPLIED,
        "teller": teller or member(code),
        "country": make.country(code),
        "told_on": DAY,
    }
    return Story.objects.create(**values | more)


def clip(of: Story) -> Story:
    """The story with a sound."""
    sounds.keep(of, sounds.HeardSound(MP3, "0" * 64, "audio/mpeg"))
    return of


def citation(of: Story, **more: Any) -> StoryCitation:
    values: dict[str, Any] = {"used_in": Cited.TRAINING, "on": DAY}
    values["by"] = more.pop("by", None) or member("IT")
    return StoryCitation.objects.create(story=of, **values | more)
