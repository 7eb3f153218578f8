"""The demo project's ledger: what reviewers of closed rounds asked for, and what became of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from experts.domain import outbox
from experts.models import Person, User
from feedback.changes.domain import deciding, ledger, refs
from feedback.changes.domain.ledger import Asked
from feedback.changes.enums import Decision, Severity
from feedback.changes.models import ChangeRequest
from feedback.reviews.domain import change_source, decided_notices
from feedback.reviews.models import Rating, ReviewRound
from materials.models import Material, Version


@dataclass(frozen=True)
class DemoChange:
    """A request made of the first comment that holds `words`, or typed in about a version.

    `decision` is empty for one that waits; `done_in` is the number of the version that shows it.
    """

    code: str
    words: str
    severity: str = Severity.MINOR
    decision: str = ""
    reason: str = ""
    public: str = ""
    version: int = 0
    done_in: int = 0


CHANGES = [
    DemoChange(
        "M04",
        "This describes the cards. We need the cards themselves, to cut out.",
        Severity.MAJOR,
        Decision.ACCEPT,
        "Eight drawings to cut out; no word is needed to use them.",
        "The cards themselves, to cut out.",
        version=1,
        done_in=2,
    ),
    DemoChange(
        "M09",
        "Our classroom has no internet. Please give the film as a file, with captions.",
        Severity.MAJOR,
        Decision.ADAPT,
        "The file is half a minute long and has captions in three languages; the long film "
        "stays on its page.",
        "The film as a file, with captions.",
        version=1,
        done_in=2,
    ),
    DemoChange(
        "M02",
        "Sentences of thirty words",
        Severity.MAJOR,
        Decision.ADAPT,
        "We cut the sentences on both pages to fifteen words. The names of papers stay as they "
        "are, with an explanation beside them.",
        "Shorter sentences.",
    ),
    DemoChange(
        "M02",
        "are not explained anywhere",
        Severity.MINOR,
        Decision.ACCEPT,
        "Both words get a line in the margin, and a place in the glossary.",
        "Explain “competence profile” and “evidence”.",
    ),
    DemoChange(
        "M02",
        "More room to draw: not everybody who learns with us writes.",
        Severity.MINOR,
        Decision.ACCEPT,
        "Each step has a box of half a page.",
        "Room to draw for people who do not write.",
        version=1,
        done_in=2,
    ),
    DemoChange(
        "M03",
        "Why the date of arrival?",
        Severity.MAJOR,
        Decision.ACCEPT,
        "The question is gone. Nothing in a portfolio needs it.",
        "Do not ask for the date of arrival.",
    ),
    DemoChange(
        "M03",
        "The form asks for a photo",
        Severity.MINOR,
        Decision.ADAPT,
        "Employers in two countries expect a photo, so the box stays; beside it stands that it "
        "may be left empty and who will see it.",
        "Say who will see the photo, or leave it out.",
    ),
    DemoChange(
        "M05",
        "The office named here was merged",
        Severity.MAJOR,
        Decision.ACCEPT,
        "The new office and its address will stand in the next version.",
        "Name the office as it is called today.",
    ),
    DemoChange(
        "M06",
        "does not know where to take the portfolio",
        Severity.MINOR,
        Decision.DECLINE,
        "This differs from country to country. The national annexes say it, and the last page "
        "points there.",
        "Say where to take the portfolio.",
    ),
    DemoChange(
        "M09",
        "My screen reader reads the cards",
        Severity.MAJOR,
    ),
    DemoChange(
        "M08",
        "The part on residence titles describes the law before",
        Severity.CRITICAL,
    ),
    DemoChange(
        "M12",
        "The file is locked; we cannot put in our own addresses.",
        Severity.MINOR,
        Decision.ACCEPT,
        "The next version comes as a text document as well.",
        "A file that countries can put their addresses into.",
    ),
]
# Days after the round was closed on which its comments were gone through, and decided on.
_RAISED, _DECIDED = timedelta(days=3), timedelta(days=9)


def seed(anchor: date) -> None:
    """Creates the ledger once, told from the anchor; mails of the past are not sent."""
    if ChangeRequest.objects.exists():
        return
    manager = User.objects.get(email="manager@demo.example")
    for item in CHANGES:
        _create(item, manager, anchor)
    rounds = ReviewRound.objects.values_list("pk", flat=True)
    outbox.withdraw(kinds=[decided_notices.DECIDED], object_ids=rounds)


def _create(item: DemoChange, manager: User, anchor: date) -> None:
    material = Material.objects.get(code=item.code)
    change = _typed(item, material, manager, anchor) if item.version else _made(item, manager)
    if change is None or not item.decision:
        if change is not None:
            _arrange(change, item, manager, anchor)
        return
    by = User.objects.get(person=material.owner)
    decided_at = _noon(change.raised_on) + _DECIDED
    change = deciding.decide(
        change_id=change.pk,
        decision=item.decision,
        reason=item.reason,
        public_asked=item.public,
        revision=change.revision,
        by=by,
        at=decided_at,
    )
    shown = material.versions.filter(number=item.done_in).first() if item.done_in else None
    if shown is not None:
        deciding.show_done(
            change_id=change.pk,
            version=shown,
            revision=change.revision,
            by=by,
            at=decided_at + timedelta(days=5),
        )


def _typed(item: DemoChange, material: Material, manager: User, anchor: date) -> ChangeRequest:
    version = Version.objects.get(material=material, number=item.version)
    asked = Asked(version=version, asked=item.words, severity=item.severity)
    return ledger.raise_typed(asked=asked, by=manager, at=version.uploaded_at + _RAISED)


def _made(item: DemoChange, manager: User) -> ChangeRequest | None:
    """Of a comment of the material's closed round; None where chance wrote no such comment."""
    found = Rating.objects.filter(
        assignment__round__version__material__code=item.code,
        assignment__round__closed_at__isnull=False,
        comment__contains=item.words,
    )
    rating = found.select_related("assignment__round").order_by("pk").first()
    if rating is None:
        return None
    review_round = rating.assignment.round
    assert review_round.closed_at is not None
    return ledger.raise_of_comment(
        kind=change_source.RATING,
        ref=refs.of(change_source.RATING, rating.pk, review_round.version_id),
        severity=item.severity,
        by=manager,
        at=review_round.closed_at + _RAISED,
    )


def _arrange(change: ChangeRequest, item: DemoChange, manager: User, anchor: date) -> None:
    """What waits has an owner and a day."""
    owner: Person = change.material.owner
    ledger.arrange(
        change_id=change.pk,
        severity=item.severity,
        owner=owner,
        due_on=anchor + timedelta(days=4),
        revision=change.revision,
        by=manager,
        at=_noon(change.raised_on) + timedelta(days=1),
    )


def _noon(day: date) -> datetime:
    return datetime.combine(day, time(12), tzinfo=UTC)
