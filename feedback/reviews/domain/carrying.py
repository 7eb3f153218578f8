"""Annotations are carried to the next version on the server, by the words of its stored pages.

What is carried to a version: the sent annotations of the newest earlier version in its language
that has any, and those of the rounds that rounds on it go on from. A place is looked for again when
the pages are drawn anew, and when another extractor or other rules read them.
"""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass, field, fields

from django.db import transaction
from django.db.models import Count, Prefetch, QuerySet

from cop_platform.common import jobs
from cop_platform.common.models import JobState
from feedback.reviews.domain import places
from feedback.reviews.domain.anchoring import Document, Outcome, Place, State, carry
from feedback.reviews.models import Annotation, CarriedAnnotation, ReviewRound
from materials.domain.comparing import aligned
from materials.domain.reading import is_film
from materials.models import Page, Rendition, Version

logger = logging.getLogger(__name__)

TASK = "feedback.carry_annotations"
# Raised when the rules by which places are found change: every place is then looked for again.
RULES = 1
_WRITTEN = [
    "state", "score", "extractor", "page", "quote", "prefix", "suffix", "start", "end", "boxes",
    "from_second", "to_second", "text_hash",
]  # fmt: skip


@dataclass
class Report:
    """How many places are in which state now; `failed` ones are put before a person."""

    kept: int = 0
    moved: int = 0
    changed: int = 0
    gone: int = 0
    failed: int = 0

    def __add__(self, other: Report) -> Report:
        names = [one.name for one in fields(self)]
        return Report(*(getattr(self, name) + getattr(other, name) for name in names))


@dataclass
class _Pages:
    """The pages of an earlier version beside those of the newer one."""

    old: Document
    became: dict[int, int]
    seconds: int | None


@dataclass
class _Carrying:
    version: Version
    extractor: str
    drawn: list[Page]
    new: Document
    known: dict[int, _Pages] = field(default_factory=dict)

    def outcome(self, annotation: Annotation) -> Outcome:
        pages = self._pages(annotation.version)
        durations = (pages.seconds, self.version.seconds)
        place = places.of(annotation)
        return carry(place, pages.old, self.new, pages=pages.became, durations=durations)

    def _pages(self, version: Version) -> _Pages:
        if version.pk not in self.known:
            drawn = list(version.page_set.order_by("number"))
            pairs = aligned(drawn, self.drawn) if drawn and self.drawn else ()
            became = {old.number: new.number for old, new in pairs if old and new}
            self.known[version.pk] = _Pages(places.document(drawn), became, version.seconds)
        return self.known[version.pk]


def watch_drawn(version_id: int) -> None:
    """Sends the work once the pages of a version are written: for it, and for those after it that
    waited for the pages their places are on.
    """
    version = Version.objects.get(pk=version_id)
    siblings = Version.objects.filter(material=version.material_id, language=version.language)
    if Annotation.objects.sent().filter(version__in=siblings).exists():
        later = siblings.filter(number__gte=version.number, number__gt=1)
        for pk in later.values_list("pk", flat=True):
            jobs.enqueue(TASK, version_id=pk)


def watch_round(sender: object, instance: ReviewRound, created: bool, **_: object) -> None:
    """Sends the work when a round opens: its `previous` one may be on any earlier version."""
    if created and earlier_than(instance.version).exists():
        jobs.enqueue(TASK, version_id=instance.version_id)


def earlier_than(version: Version) -> QuerySet[Version]:
    """The versions of the same material in the same language before this one."""
    return Version.objects.filter(
        material_id=version.material_id, language=version.language, number__lt=version.number
    )


def sources_of(version: Version) -> QuerySet[Annotation]:
    """The sent annotations that belong beside this version."""
    earlier = earlier_than(version)
    rounds = ReviewRound.objects.filter(next_rounds__version=version, version__in=earlier)
    wanted = set(rounds.order_by().values_list("version", flat=True))
    sent = _sent()
    wanted.update(
        earlier.filter(pk__in=sent.values("version"))
        .order_by("-number")
        .values_list("pk", flat=True)[:1]
    )
    return sent.filter(version__in=wanted)


def _sent() -> QuerySet[Annotation]:
    """Sent annotations on versions that are not being drawn just now."""
    drawing = Rendition.objects.open().order_by().values("version")
    return Annotation.objects.sent().exclude(version__in=drawing).order_by()


def work(*, version_id: int) -> Report | None:
    """Carries what is not carried yet, or not with the extractor and the rules of today.

    None when nothing has to be done: a second delivery does nothing.
    """
    version = Version.objects.select_related("rendition").filter(pk=version_id).first()
    extractor = extractor_of(version) if version else ""
    if version is None or not extractor:
        return None
    stale = _stale(version, extractor)
    return carry_to(version, stale, extractor) if stale else None


def again(version: Version) -> Report:
    """Looks for every place once more, whatever is known; nothing where no pages are."""
    extractor = extractor_of(version)
    rows = list(sources_of(version).select_related("version")) if extractor else []
    return carry_to(version, rows, extractor)


def due() -> list[int]:
    """Versions that lack something, by their keys: what a worker lost is found here.

    Whether a text is another now is not asked: who draws anew tells so.
    """
    sent = Counter(dict(_counted(_sent(), "version")))
    carried = {
        (version, source, extractor): n
        for version, source, extractor, n in _counted(
            CarriedAnnotation.objects.all(), "version", "annotation__version", "extractor"
        )
    }
    found = []
    for version in _later(sent):
        extractor, sources = extractor_of(version), _sources_among(version, sent)
        lacks = any(carried.get((version.pk, s, extractor), 0) < sent[s] for s in sources)
        if extractor and lacks:
            found.append(version.pk)
    return found


def _counted(rows: QuerySet, *names: str) -> Iterable[tuple]:
    return rows.order_by().values_list(*names).annotate(n=Count("pk"))


def _later(annotated: Iterable[int]) -> list[Version]:
    """Drawn versions that come after an annotated one of their material, with those beside them."""
    materials = Version.objects.filter(pk__in=list(annotated)).order_by().values("material")
    drawn = Version.objects.filter(material__in=materials, rendition__state=JobState.READY)
    siblings = Prefetch("material__versions", Version.objects.order_by("-number"))
    before = Prefetch("review_rounds", ReviewRound.objects.select_related("previous"))
    return list(drawn.select_related("rendition").prefetch_related(siblings, before).order_by("pk"))


def _sources_among(version: Version, annotated: Container[int]) -> set[int]:
    """The same as the versions of `sources_of`, from rows that are loaded."""
    earlier = [
        other.pk
        for other in version.material.versions.all()
        if other.language == version.language and other.number < version.number
    ]
    newest = [pk for pk in earlier if pk in annotated][:1]
    rounds = [one.previous for one in version.review_rounds.all() if one.previous]
    return {*newest, *(one.version_id for one in rounds if one.version_id in earlier)}


def catch_up() -> int:
    """Sends the work for every version that lacks something; how many."""
    versions = due()
    for version_id in versions:
        jobs.enqueue(TASK, version_id=version_id)
    return len(versions)


def extractor_of(version: Version) -> str:
    """What read the words of a version and by which rules they are compared.

    Empty as long as there is nothing to carry to: no pages, no picture, no film.
    """
    rendition = getattr(version, "rendition", None)
    if rendition is None or rendition.state != JobState.READY:
        return ""
    if not (rendition.pages or version.is_image or is_film(version)):
        return ""
    return f"{rendition.drawn_with[:80] or 'unknown'}, rules {RULES}"


def carry_to(version: Version, rows: Sequence[Annotation], extractor: str) -> Report:
    """Looks for these annotations in a version and writes where they are; all or nothing.

    One that cannot be looked for is put before a person and does not stop the others.
    """
    drawn = list(version.page_set.order_by("number"))
    carrying = _Carrying(version, extractor, drawn, places.document(drawn))
    made, failed = [], 0
    for annotation in rows:
        try:
            made.append(_row(annotation, carrying, carrying.outcome(annotation)))
        except Exception:  # whatever is stored in one row, the others are carried
            logger.exception("Annotation %s could not be carried", annotation.pk)
            failed += 1
            unsure = Outcome(State.CHANGED, 0.0, Place())
            made.append(_row(annotation, carrying, unsure))
    _write(made)
    states = Counter(row.state for row in made)
    return Report(
        kept=states["kept"],
        moved=states["moved"],
        changed=states["changed"] - failed,
        gone=states["gone"],
        failed=failed,
    )


def _stale(version: Version, extractor: str) -> list[Annotation]:
    """Sources that are not carried, or by another extractor, or in a text that is another now."""
    carried = CarriedAnnotation.objects.filter(version=version, extractor=extractor)
    texts = version.page_set.values_list("number", "text")
    hashes = {number: places.hash_of(text) for number, text in texts}
    known = {
        annotation
        for annotation, page, text_hash in carried.values_list("annotation", "page", "text_hash")
        if not text_hash or text_hash == hashes.get(page or 0)
    }
    rows = sources_of(version).select_related("version")
    return [row for row in rows if row.pk not in known]


def _row(annotation: Annotation, carrying: _Carrying, outcome: Outcome) -> CarriedAnnotation:
    return CarriedAnnotation(
        annotation=annotation,
        version=carrying.version,
        state=outcome.state.value,
        score=outcome.score,
        extractor=carrying.extractor,
        **places.fields(outcome.place, carrying.new),
    )


@transaction.atomic
def _write(rows: Iterable[CarriedAnnotation]) -> None:
    """New rows, and the old ones of the same annotation and version rewritten in their place."""
    CarriedAnnotation.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["annotation", "version"],
        update_fields=_WRITTEN,
        batch_size=200,
    )
