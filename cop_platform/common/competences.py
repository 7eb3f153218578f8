"""The areas of DigComp 2.2 and the competences of LifeComp and EntreComp, as tags of what we do.

The names are the frames' own, shortened to what fits on a chip.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

# So many tags a session may have at most: more say nothing.
MOST = 3
# So many things with one tag make a badge.
FOR_A_BADGE = 3
# Longest code, with room for frames to come.
LENGTH = 20
# What reviewing a material trains, whatever the material.
OF_A_REVIEW = ("digcomp.1", "lifecomp.l2")


@dataclass(frozen=True)
class Frame:
    """A frame of the European Commission and where it is explained."""

    name: str
    address: str


FRAMES = {
    "digcomp": Frame("DigComp 2.2", "https://joint-research-centre.ec.europa.eu/digcomp_en"),
    "lifecomp": Frame("LifeComp", "https://joint-research-centre.ec.europa.eu/lifecomp_en"),
    "entrecomp": Frame(
        "EntreComp",
        "https://joint-research-centre.ec.europa.eu/entrecomp-entrepreneurship-competence-framework_en",
    ),
}
NAMES: dict[str, str | Promise] = {
    "digcomp.1": gettext_lazy("Information and data literacy"),
    "digcomp.2": gettext_lazy("Communication and collaboration"),
    "digcomp.3": gettext_lazy("Digital content creation"),
    "digcomp.4": gettext_lazy("Safety"),
    "digcomp.5": gettext_lazy("Problem solving"),
    "lifecomp.p1": gettext_lazy("Self-regulation"),
    "lifecomp.p2": gettext_lazy("Flexibility"),
    "lifecomp.p3": gettext_lazy("Wellbeing"),
    "lifecomp.s1": gettext_lazy("Empathy"),
    "lifecomp.s2": gettext_lazy("Communication"),
    "lifecomp.s3": gettext_lazy("Collaboration"),
    "lifecomp.l1": gettext_lazy("Growth mindset"),
    "lifecomp.l2": gettext_lazy("Critical thinking"),
    "lifecomp.l3": gettext_lazy("Managing learning"),
    "entrecomp.1.1": gettext_lazy("Spotting opportunities"),
    "entrecomp.1.2": gettext_lazy("Creativity"),
    "entrecomp.1.3": gettext_lazy("Vision"),
    "entrecomp.1.4": gettext_lazy("Valuing ideas"),
    "entrecomp.1.5": gettext_lazy("Ethical and sustainable thinking"),
    "entrecomp.2.1": gettext_lazy("Self-awareness and self-efficacy"),
    "entrecomp.2.2": gettext_lazy("Motivation and perseverance"),
    "entrecomp.2.3": gettext_lazy("Mobilising resources"),
    "entrecomp.2.4": gettext_lazy("Financial and economic literacy"),
    "entrecomp.2.5": gettext_lazy("Mobilising others"),
    "entrecomp.3.1": gettext_lazy("Taking the initiative"),
    "entrecomp.3.2": gettext_lazy("Planning and management"),
    "entrecomp.3.3": gettext_lazy("Coping with uncertainty, ambiguity and risk"),
    "entrecomp.3.4": gettext_lazy("Working with others"),
    "entrecomp.3.5": gettext_lazy("Learning through experience"),
}


def frame(code: str) -> Frame:
    """The frame a known code belongs to."""
    return FRAMES[code.partition(".")[0]]


def said(code: str) -> str:
    """A tag in the active language, its frame first; a code that is unknown as it stands."""
    if code not in NAMES:
        return code
    return _("%(frame)s: %(name)s") % {"frame": frame(code).name, "name": NAMES[code]}


def choices() -> list[tuple[str, list[tuple[str, str | Promise]]]]:
    """All tags by frame, as a field of a form offers them."""
    return [
        (known.name, [(code, NAMES[code]) for code in NAMES if code.startswith(f"{key}.")])
        for key, known in FRAMES.items()
    ]


def counted(codes: Iterable[str]) -> list[tuple[str, int]]:
    """How often each known tag comes up, in the order of the frames."""
    found = Counter(codes)
    return [(code, found[code]) for code in NAMES if found[code]]
