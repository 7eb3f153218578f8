"""Versions of a practice beside each other: which one is shown, and what changed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.safestring import SafeString
from django.utils.text import capfirst

from cop_platform.common.text import to_html
from experts.models import User
from materials.domain.comparing import Part, words_changed
from practices.enums import CheckStep, Inclusion
from practices.models import Practice, PracticeVersion

# What a card says, in the order in which it is read.
TEXTS = (
    "need",
    "steps",
    "resources",
    "result",
    "evidence",
    "lessons",
    "conditions",
    "adaptable",
)


@dataclass(frozen=True)
class Passage:
    """A part of the card under its heading."""

    name: str
    heading: str
    html: SafeString


@dataclass(frozen=True)
class Look:
    """Something a practice was looked at for, and whether it holds."""

    label: str
    holds: bool


@dataclass(frozen=True)
class Changed:
    """A part of the card whose words are not those of the version before."""

    heading: str
    parts: list[Part]


def passages(version: PracticeVersion) -> list[Passage]:
    """What the card says, without the parts that were left empty."""
    return [
        Passage(name, heading(name), to_html(getattr(version, name)))
        for name in TEXTS
        if getattr(version, name)
    ]


def looks(version: PracticeVersion) -> list[Look]:
    """All the inclusion checks; those that hold first."""
    found = [Look(str(i.label), i.value in version.inclusion) for i in Inclusion]
    return sorted(found, key=lambda look: not look.holds)


def heading(name: str) -> str:
    """The name of a part of the card, as a heading."""
    field = PracticeVersion._meta.get_field(name)
    return capfirst(str(field.verbose_name))  # type: ignore[union-attr]


def readable(practice: Practice, user: User) -> list[PracticeVersion]:
    """The versions that somebody may open, the newest first."""
    versions = PracticeVersion.objects.visible_to(user).filter(practice=practice)
    return list(versions.order_by("-number"))


def before(version: PracticeVersion, versions: list[PracticeVersion]) -> PracticeVersion | None:
    """The published version that this one followed."""
    earlier = (v for v in versions if v.number < version.number)
    return next((v for v in earlier if v.step == CheckStep.PUBLISHED), None)


def changes(old: PracticeVersion, new: PracticeVersion) -> Iterator[Changed]:
    """Word by word, part by part; parts that are the same are left out."""
    for name in ("title", "place", *TEXTS):
        words = getattr(old, name), getattr(new, name)
        if words[0] != words[1]:
            yield Changed(heading(name), words_changed(*words))
    if old.inclusion != new.inclusion:
        ticked = ["\n".join(_labels(version)) for version in (old, new)]
        yield Changed(heading("inclusion"), words_changed(*ticked))


def _labels(version: PracticeVersion) -> list[str]:
    return [str(i.label) for i in Inclusion if i.value in version.inclusion]
