"""The demo's next round: the evidence guide was reviewed, changed and is reviewed again.

Some who marked places in version 1 are asked about version 2 and find their remarks, the answers
and where each place stands now. One of those asked is new and finds nothing of it.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from django.core.files.base import ContentFile

from experts.models import Person, User
from feedback.changes.enums import Decision, Severity
from feedback.changes.models import ChangeRequest
from feedback.reviews.demo import mark_told
from feedback.reviews.domain import identity, rounds
from feedback.reviews.enums import AnnotationKind, Fixed, Mark
from feedback.reviews.models import Annotation, Assignment, FixCheck, ReviewRound
from materials import demo_files
from materials.domain import uploads
from materials.domain.uploads import VersionFacts
from materials.models import Material, Version

CODE, LANGUAGE = "M06", "en"
NAME = "evidence-guide-2.pdf"
CHANGED = (
    "Asked for by the panel: consent comes first, evidence has an age, one piece may be enough."
)
INSTRUCTION = "Please look first whether what you asked for is done, then read it as a whole."


@dataclass(frozen=True)
class DemoRemark:
    """A place of version 1 and what was decided on it; `by` are the experts who marked it."""

    by: tuple[str, ...]
    mark: Mark
    page: int
    quote: str
    text: str
    decision: Decision = Decision.OPEN
    reason: str = ""
    is_done: bool = False


REMARKS = (
    DemoRemark(
        ("expert.bg-02", "expert.de-05"),
        Mark.MUST,
        1,
        "A good piece of evidence is small, true, recent enough, and says in one line what it "
        "shows.",
        "How recent? Our offices ask for five years; a mentor cannot guess that.",
        Decision.ACCEPT,
        "Five years is what four of six countries ask for. It stands there now.",
        is_done=True,
    ),
    DemoRemark(
        ("expert.bg-02",),
        Mark.MUST,
        2,
        "Who else can be seen or named in it, and did they agree?",
        "This comes too late: by then the photos are taken. It belongs before the steps.",
        Decision.ACCEPT,
        "Moved to the beginning.",
        is_done=True,
    ),
    DemoRemark(
        ("expert.bg-02", "expert.el-05"),
        Mark.SHOULD,
        1,
        "Collect two pieces of different kinds.",
        "Two is too much for a first meeting. People stop coming.",
        Decision.ADAPT,
        "One is enough to begin with; two remain the aim.",
        is_done=True,
    ),
    DemoRemark(
        ("expert.bg-02",),
        Mark.SHOULD,
        2,
        "Leave a cell empty rather than filling it with something weak.",
        "Somebody with nothing but weak evidence reads here that they have nothing.",
        Decision.ACCEPT,
        "Written anew.",
        is_done=True,
    ),
    DemoRemark(
        ("expert.bg-02", "expert.it-05"),
        Mark.IDEA,
        1,
        "Write the line: what it shows, when, where, with whom, and who may see it.",
        "A field to tick for who may see it would be quicker than a line.",
        Decision.DECLINE,
        "A tick says nothing of people who are not on the list; the line does.",
    ),
    DemoRemark(
        ("expert.bg-02",),
        Mark.PRAISE,
        1,
        "Papers are one kind among six",
        "Best sentence of the whole set.",
    ),
)
# Asked about version 2; the first one was not in the panel of version 1.
NEXT = ("expert.bg-01", "expert.bg-02", "expert.de-05", "expert.el-05", "expert.it-05")


def seed(anchor: date) -> None:
    """Adds version 2 of the guide, the remarks on version 1 and the round that follows them."""
    manager = User.objects.get(email="manager@demo.example")
    material = Material.objects.select_related("owner__user").get(code=CODE)
    first = material.versions.filter(language=LANGUAGE).earliest("number")
    before = ReviewRound.objects.filter(version=first, closed_at__isnull=False).first()
    if before is None:
        return
    second = _second(material, anchor)
    for number, remark in enumerate(REMARKS):
        for local in remark.by:
            _mark(remark, number, before, _person(local), second, manager)
    if not ReviewRound.objects.filter(version=second).exists():
        _open(before, second, manager, anchor)


def _second(material: Material, anchor: date) -> Version:
    """Version 2; it is as old as three weeks."""
    there = material.versions.filter(language=LANGUAGE, original_name=NAME).first()
    if there is not None:
        return there
    owner = material.owner.user
    assert owner is not None  # the owners of the demo's materials log in
    file = ContentFile(demo_files.short(CODE, 2), NAME)
    return uploads.add_version(
        material_id=material.pk,
        facts=VersionFacts(language=LANGUAGE, file=file, what_changed=CHANGED),
        by=owner,
        at=_morning(anchor - timedelta(days=21)),
    )


def _mark(
    remark: DemoRemark,
    number: int,
    before: ReviewRound,
    person: Person,
    second: Version,
    manager: User,
) -> None:
    assignment = identity.assignment_of(round_id=before.pk, person=person)
    if assignment is None or assignment.submitted_on is None:
        return
    # A number that is the same in every run makes one row of it.
    key = uuid.uuid5(uuid.NAMESPACE_URL, f"{before.pk} {person.email} {number}")
    annotation, _new = Annotation.objects.get_or_create(
        assignment=assignment,
        client_key=key,
        defaults={
            "version": before.version,
            "kind": AnnotationKind.TEXT,
            "mark": remark.mark,
            "page": remark.page,
            "quote": remark.quote,
            "text": remark.text,
        },
    )
    if remark.decision != Decision.OPEN:
        _decide(remark, annotation, assignment, second, manager)


def _decide(
    remark: DemoRemark,
    annotation: Annotation,
    assignment: Assignment,
    second: Version,
    manager: User,
) -> None:
    must = remark.mark == Mark.MUST
    ChangeRequest.objects.get_or_create(
        source_kind="annotation",
        source_key=annotation.pk,
        defaults={
            "material": second.material,
            "version": annotation.version,
            "country": assignment.country,
            "asked": f"“{remark.quote}”\n{remark.text}",
            "severity": Severity.MAJOR if must else Severity.MINOR,
            "raised_on": assignment.submitted_on or assignment.due_on,
            "raised_by": manager.person,
            "decision": remark.decision,
            "reason": remark.reason,
            "decided_by": second.material.owner,
            "decided_at": second.uploaded_at - timedelta(days=7),
            "done_in": second if remark.is_done else None,
        },
    )


def _open(before: ReviewRound, second: Version, manager: User, anchor: date) -> None:
    opened_at = _morning(anchor - timedelta(days=4))
    review_round = rounds.open_round(
        version=second,
        country=None,
        due_on=anchor + timedelta(days=10),
        instruction=INSTRUCTION,
        by=manager,
        at=opened_at,
    )
    ReviewRound.objects.filter(pk=review_round.pk).update(previous=before)
    asked = [_person(local) for local in NEXT]
    rounds.assign(round_id=review_round.pk, people=asked, by=manager, at=opened_at)
    _check(review_round, before, asked[2:])
    mark_told(review_round, anchor)


def _check(review_round: ReviewRound, before: ReviewRound, people: Iterable[Person]) -> None:
    """Some have looked at their places already and have not sent their review yet."""
    for person in people:
        assignment = identity.assignment_of(round_id=review_round.pk, person=person)
        marked = identity.assignment_of(round_id=before.pk, person=person)
        if assignment is None or marked is None:
            continue
        for annotation in Annotation.objects.filter(assignment=marked, version=before.version):
            FixCheck.objects.get_or_create(
                assignment=assignment, annotation=annotation, defaults={"answer": Fixed.YES}
            )


def _person(local: str) -> Person:
    return Person.objects.get(email=f"{local}@demo.example")


def _morning(day: date) -> datetime:
    return datetime.combine(day, time(8), tzinfo=UTC)
