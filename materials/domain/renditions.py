"""What is drawn from a version as long work: asked for once, done once, and possible again."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from importlib.metadata import version as version_of
from pathlib import Path

from django.db import transaction
from django.utils.translation import gettext as _

from cop_platform.common import jobs, long_work
from cop_platform.common.models import JobState
from cop_platform.common.refusals import NotPossible
from experts.domain import audit
from experts.models import Person, User
from materials import news, permissions
from materials.domain import children, copies, name_scan, office, preflight, search, sheets
from materials.enums import Shown
from materials.models import Page, Rendition, Version

TASK = "materials.draw_version"
# How many versions without a rendition one tick asks for; the next tick goes on.
AT_ONCE = 50


class StillDrawing(NotPossible):
    """The version is being drawn already."""


class Unreadable(NotPossible):
    """The file could not be opened to be drawn."""


@transaction.atomic
def request(*, version: Version, at: datetime, by: Person | None = None) -> Rendition:
    """The rendition of a version, drawn once the transaction has committed; twice gives the same.

    A link is shown as a card and needs no work.
    """
    known: dict[str, object] = {"requested_by": by, "requested_at": at}
    if version.link:
        known |= {"state": JobState.READY, "shown": Shown.LINK, "progress": 100, "finished_at": at}
    rendition, is_new = Rendition.objects.get_or_create(version=version, defaults=known)
    if is_new and rendition.is_open:
        jobs.enqueue(TASK, run_id=rendition.pk)
    return rendition


@transaction.atomic
def prepare(*, version: Version, at: datetime) -> Rendition:
    """Sees to it that the copy for reviewers is made; called before people are asked to read.

    What is drawn without one is drawn once more: a busy machine may have been the reason.
    """
    rendition = request(version=version, at=at)
    if copies.can_be_stripped(version) and not rendition.stripped:
        _queue_again(rendition, at=at, by=rendition.requested_by)
    return rendition


@transaction.atomic
def draw_again(*, version_id: int, by: User, at: datetime) -> Rendition:
    """Draws a version once more. Raises Refused, StillDrawing."""
    version = Version.objects.select_related("material").get(pk=version_id)
    permissions.may_edit(by, version.material)
    rendition = request(version=version, by=by.person, at=at)
    if not _queue_again(rendition, at=at, by=by.person):
        raise StillDrawing(_("This version is being drawn already."))
    audit.record(
        deed="version drawn again",
        about=version,
        by=by,
        at=at,
        country_id=version.material.country_id,
    )
    return rendition


def _queue_again(rendition: Rendition, *, at: datetime, by: Person | None) -> bool:
    """Queues a drawing that is over; False while it is not."""
    over = Rendition.objects.exclude(pk__in=Rendition.objects.open()).filter(pk=rendition.pk)
    fresh = {"progress": 0, "step": "", "reason": "", "heartbeat_at": None, "finished_at": None}
    asked = {"state": JobState.QUEUED, "requested_at": at, "requested_by": by, "why_not": ""}
    if not over.update(**asked, **fresh):
        return False
    jobs.enqueue(TASK, run_id=rendition.pk)
    return True


@transaction.atomic
def cancel(*, version_id: int, by: User, at: datetime) -> None:
    """Stops the drawing; what was drawn before stays. Raises Refused, RunOver."""
    rendition = Rendition.objects.select_related("version__material").get(version_id=version_id)
    permissions.may_edit(by, rendition.version.material)
    long_work.cancel(Rendition.objects.all(), run_id=rendition.pk, at=at)


def work(*, run_id: int, at: datetime) -> bool:
    """Draws a queued rendition from beginning to end; False when there was nothing to do."""
    return long_work.work(Rendition.objects.all(), run_id=run_id, at=at, do=_draw)


def reap(*, at: datetime) -> dict[str, int]:
    """Fails drawings whose worker fell silent, and sends waiting ones again; how many of each."""
    reason = _("The worker stopped in the middle. Please draw the version again.")
    return long_work.reap(Rendition.objects.all(), task=TASK, reason=reason, at=at)


def catch_up(*, at: datetime) -> int:
    """Asks for versions that no rendition was asked for; how many."""
    missing = Version.objects.filter(rendition__isnull=True).order_by("pk")[:AT_ONCE]
    return len([request(version=version, at=at) for version in missing])


def _draw(run_id: int, progress: long_work.Progress) -> None:
    rendition = Rendition.objects.get(pk=run_id)
    version = Version.objects.select_related("material__owner", "uploaded_by").get(
        pk=rendition.version_id
    )
    progress(1, _("Taking names out of the copy for reviewers"))
    source = _source(version)
    if version.media_type.startswith("video/"):
        _finish(run_id, version, sheets.Sheets(), shown=Shown.VIDEO)
    elif version.is_image:
        _draw_picture(run_id, version, source)
    elif version.is_pdf:
        _draw_pages(run_id, version, source, progress)
    elif version.format is not None and version.format.extension in office.EXTENSIONS:
        _draw_office(run_id, version, source, progress)
    else:
        _finish(run_id, version, sheets.Sheets(), shown=Shown.DOWNLOAD, why_not=_unknown())


def _source(version: Version) -> Path:
    """What is drawn: the copy without names, so that no comment is in the pictures either."""
    try:
        made = copies.make(version_id=version.pk, at=version.uploaded_at)
    except copies.NoCopy:
        # Readers of the original still read it; reviewers are told that they cannot.
        return Path(version.file.path)
    return Path(made.stripped.path if made.stripped else version.file.path)


def _draw_picture(run_id: int, version: Version, source: Path) -> None:
    with children.workshop() as folder:
        drawn = sheets.draw("picture", source, folder, _nobody)
        _finish(run_id, version, drawn, shown=Shown.PICTURE)


def _draw_office(run_id: int, version: Version, source: Path, progress: long_work.Progress) -> None:
    assert version.format is not None
    progress(5, _("LibreOffice makes a PDF of it"))
    with children.workshop() as folder:
        try:
            made = office.to_pdf(source, version.format.extension, folder)
        except office.NotConverted as error:
            _finish(run_id, version, sheets.Sheets(), shown=Shown.DOWNLOAD, why_not=str(error))
            return
        pdf = Path(made).rename(folder / "drawn.pdf")
        _draw_pages(run_id, version, pdf, progress, keep=lambda: copies.keep(pdf))


def _draw_pages(
    run_id: int,
    version: Version,
    source: Path,
    progress: long_work.Progress,
    keep: Callable[[], str] = lambda: "",
) -> None:
    def tell(page: int, pages: int) -> None:
        words = _("Drawing page %(page)d of %(pages)d") % {"page": page, "pages": pages}
        progress(10 + 85 * page // max(pages, 1), words)

    with children.workshop() as folder:
        drawn = sheets.draw("pdf", source, folder, tell)
        if not drawn.expected:
            raise Unreadable(_("This file could not be drawn. Download it to read it."))
        _finish(run_id, version, drawn, shown=Shown.PAGES, why_not=drawn.remark(), pdf=keep())


@transaction.atomic
def _finish(
    run_id: int,
    version: Version,
    drawn: sheets.Sheets,
    *,
    shown: Shown,
    why_not: str = "",
    pdf: str = "",
) -> None:
    """Writes what was drawn and ends the run, both or nothing."""
    rows = [
        Page(
            version=version,
            number=page["page"],
            text=page["text"],
            width=page["width"],
            height=page["height"],
            image=page["image"],
        )
        for page in drawn.pages
    ]
    Page.objects.filter(version=version).delete()
    Page.objects.bulk_create(rows, batch_size=200)
    long_work.finish(
        Rendition.objects.all(),
        run_id=run_id,
        shown=shown,
        why_not=why_not[:200],
        pages=len(rows),
        pdf=pdf,
        thumbnail=drawn.thumbnail,
        names_found=name_scan.find(
            names=name_scan.people_of(version), pages=[(row.number, row.text) for row in rows]
        ),
        drawn_with=f"pypdfium2 {version_of('pypdfium2')}",
    )
    search.refresh(version_id=version.pk)
    jobs.enqueue(preflight.TASK, version_id=version.pk)
    news.tell_drawn(version.pk)


def _nobody(_page: int, _pages: int) -> None:
    """A picture is done too quickly to tell of it."""


def _unknown() -> str:
    return _("This kind of file is not drawn on a page. Download it to read it.")
