"""Which texts reports are made of, and whether each is said in every language of the project.

Sections, assembly and sayings are reports' own; labels of closed lists and reasons are shared with
the pages and named below. Nothing here needs Django to be set up.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from cop_platform.texts_in_code import CHECKOUT, LANGUAGES, Text, calls, catalogue, named, parsed

ROOMS = ("experts", "materials", "sessions", "practices", "feedback")
OWN = (
    "cop_platform/common/reporting",
    "feedback/reports/domain/annexes",
    "feedback/reports/domain/assembly",
    "feedback/reports/domain/learning",
)
# Files and the names in them whose texts reports speak as well.
SHARED = {
    "cop_platform/settings.py": {"PROJECT_LANGUAGES"},
    "experts/enums.py": {"Profession", "Role", "TargetGroup"},
    "feedback/changes/enums.py": {"Decision", "Severity"},
    "feedback/reports/enums.py": {"Licence"},
    "feedback/reviews/domain/change_source.py": {"SOURCES"},
    "feedback/reviews/domain/whereabouts.py": {"place"},
    "feedback/reviews/enums.py": {
        "AnnotationKind",
        "Blindness",
        "Checked",
        "Choice",
        "Confidence",
        "CriterionKind",
        "Essential",
        "Phase",
    },
    "feedback/validation/domain/outcome/figures_words.py": {"ac1", "alpha", "fleiss", "percent"},
    "feedback/validation/domain/outcome/words.py": {"band", "reason", "verdict"},
    "feedback/validation/enums.py": {"Standing"},
    "practices/enums.py": {"HelpKind", "IdeaState", "Maturity", "Use", "ValueCycle"},
    "materials/enums.py": {"Licence", "MaterialType"},
    "sessions/enums.py": {"Duty", "Kind", "Mode"},
}
# Files whose every text a report may speak.
WHOLE = (
    "cop_platform/common/competences.py",
    "feedback/reviews/domain/learned.py",
    "feedback/validation/domain/judging/reason_words.py",
    "feedback/validation/domain/policy/policy_words.py",
    "feedback/validation/domain/proof/learned.py",
    "sessions/domain/learned.py",
)


def texts() -> set[Text]:
    """Every text a report can hold that is not somebody's own."""
    found = {text for path in _files() for text in calls(parsed(path))}
    for path, names in SHARED.items():
        found |= set(named(CHECKOUT / path, names))
    return found


def findings() -> Iterator[str]:
    """A line for each text of a report that a language lacks."""
    wanted = texts()
    for language in LANGUAGES:
        for text in sorted(wanted - (catalogue(language) or set()), key=str):
            yield f"{language}: not said in reports: {text.msgid}"


def _files() -> Iterator[Path]:
    folders = [CHECKOUT / own for own in OWN]
    for room in ROOMS:
        folders += sorted((CHECKOUT / room).rglob("domain/report"))
        # A room of many parts has a report in each.
        folders += sorted((CHECKOUT / room).glob("domain/*/report"))
    for folder in folders:
        yield from sorted(folder.rglob("*.py"))
    yield from sorted((CHECKOUT / "practices/domain").glob("*/report.py"))
    yield from (CHECKOUT / path for path in WHOLE)
