"""Where a remark points, in words: the same on every page and in every file."""

from __future__ import annotations

from django.utils.translation import gettext as _

from feedback.reviews.enums import AnnotationKind
from feedback.reviews.models import Annotation


def place(annotation: Annotation) -> str:
    """Where in its own version a remark is."""
    if annotation.from_second is not None:
        return _moment(annotation.from_second, annotation.to_second)
    if annotation.kind == AnnotationKind.IMAGE:
        return _("In the picture")
    if annotation.page:
        return _("Page %(n)d") % {"n": annotation.page}
    return _("The whole material")


def clock(second: float | None) -> str:
    """Minutes and seconds of a film; nothing for None."""
    if second is None:
        return ""
    minutes, rest = divmod(int(second), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02d}:{rest:02d}" if hours else f"{minutes}:{rest:02d}"


def _moment(begin: float, end: float | None) -> str:
    if end is None:
        return _("At %(clock)s") % {"clock": clock(begin)}
    return _("%(begin)s to %(end)s") % {"begin": clock(begin), "end": clock(end)}
