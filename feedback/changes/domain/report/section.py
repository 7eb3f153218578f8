"""What the ledger of changes gives to a validation report."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cop_platform.common.reporting import sayings
from cop_platform.common.reporting.document import Stat
from cop_platform.common.reporting.sections import Head, Indicator, Part, Section, pointer
from feedback.changes.domain.report import chapter, ledger, reading
from feedback.changes.domain.report.facts import Came, ChangesFacts

_IN_A_LINE = 140


def gaps(facts: ChangesFacts, head: Head) -> Iterator[str]:
    """What is not asked, not decided, or not told yet."""
    counts = facts.counts
    if not counts.asked:
        yield _("No change was asked for in this period.")
    if counts.open:
        yield ngettext(
            "%(n)s change request is not decided on yet.",
            "%(n)s change requests are not decided on yet.",
            counts.open,
        ) % {"n": sayings.count(counts.open)}
    if facts.held_back:
        yield _("Changes asked for in rounds that are still open are not told yet.")


def headline(facts: ChangesFacts, head: Head) -> Iterator[str]:
    """How many changes were asked, decided on and done."""
    counts = facts.counts
    if counts.asked:
        yield ngettext(
            "%(n)s change was asked for: %(accepted)s accepted, %(declined)s declined, "
            "%(done)s done.",
            "%(n)s changes were asked for: %(accepted)s accepted, %(declined)s declined, "
            "%(done)s done.",
            counts.asked,
        ) % {
            "n": sayings.count(counts.asked),
            "accepted": sayings.count(counts.accepted),
            "declined": sayings.count(counts.declined),
            "done": sayings.count(counts.done),
        }


def indicator_keys() -> tuple[tuple[str, str], ...]:
    """What a plan may promise."""
    return (
        ("changes_asked", _("Changes asked for")),
        ("changes_decided", _("Changes decided on")),
        ("changes_done", _("Changes done")),
    )


def indicators(facts: ChangesFacts, head: Head) -> Iterator[Indicator]:
    """Requests, those decided on, those done."""
    counts, at = facts.counts, pointer(chapter.KEY, "counts")
    found = {
        "changes_asked": (counts.asked, f"{at}/asked"),
        "changes_decided": (counts.decided, f"{at}/decided"),
        "changes_done": (counts.done, f"{at}/done"),
    }
    for key, label in indicator_keys():
        yield Indicator(key, label, *found[key])


def stats(facts: ChangesFacts, head: Head) -> Iterator[Stat]:
    """How many changes were done."""
    counts = facts.counts
    if counts.asked:
        yield Stat(
            sayings.count(counts.done),
            _("changes done, of %(n)s asked for") % {"n": sayings.count(counts.asked)},
            pointer(chapter.KEY, "counts", "done"),
        )


def strengths(facts: ChangesFacts, head: Head) -> Iterator[str]:
    """That nothing asked was left without an answer."""
    counts = facts.counts
    if counts.asked and not counts.open:
        yield _("Every change that was asked for was decided on, with a reason.")


def changes(facts: ChangesFacts, head: Head) -> Iterator[str]:
    """What was asked and is done, the gravest first."""
    for _n, change in facts.which(Came.DONE):
        if change.words:
            yield _("%(material)s: %(asked)s") % {
                "material": sayings.isolated(change.material),
                "asked": _short(change.words),
            }


def _short(words: str) -> str:
    line = " ".join(words.split())
    return line if len(line) <= _IN_A_LINE else f"{line[:_IN_A_LINE]}…"


def easy(facts: ChangesFacts, head: Head) -> Iterator[str]:
    """For readers of short sentences."""
    counts = facts.counts
    if counts.asked:
        yield ngettext(
            "People asked for %(n)s change.", "People asked for %(n)s changes.", counts.asked
        ) % {"n": sayings.count(counts.asked)}
        yield ngettext("%(n)s change is done.", "%(n)s changes are done.", counts.done) % {
            "n": sayings.count(counts.done)
        }


def recommendations(facts: ChangesFacts, head: Head) -> Iterator[str]:
    """What the ledger waits for: decisions on what is critical, and versions that show changes."""
    counts = facts.counts
    if counts.critical_open:
        yield ngettext(
            "Decide on %(n)s critical change before its material is used.",
            "Decide on %(n)s critical changes before their materials are used.",
            counts.critical_open,
        ) % {"n": sayings.count(counts.critical_open)}
    if counts.waiting:
        yield ngettext(
            "Bring out a version that shows %(n)s accepted change.",
            "Bring out versions that show %(n)s accepted changes.",
            counts.waiting,
        ) % {"n": sayings.count(counts.waiting)}


SECTION = Section(
    key=chapter.KEY,
    order=80,
    part=Part.CHAPTER,
    title=chapter.title,
    facts=ChangesFacts,
    collect=reading.collect,
    newest=lambda facts: facts.newest,
    chapters=chapter.chapters,
    annexes=ledger.annexes,
    sheets=ledger.sheets,
    gaps=gaps,
    headline=headline,
    indicators=indicators,
    indicator_keys=indicator_keys,
    stats=stats,
    strengths=strengths,
    changes=changes,
    easy=easy,
    recommendations=recommendations,
    annex_order=160,
)
