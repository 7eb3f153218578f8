"""Comments as contributions: who wrote, and to whom."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import BigIntegerField, BooleanField, ExpressionWrapper
from django.db.models.functions import Coalesce

from cop_platform.common.addresses import numbered
from practices.domain.contributing import Contribution, Span
from practices.domain.talk import discussed
from practices.enums import Given
from practices.models import Comment
from practices.querysets import keeps_name


def of(span: Span) -> Iterator[Contribution]:
    """The comments that stand; given to who is answered, else to whose object it is."""
    found = Comment.objects.standing().filter(at__gte=span.since, at__lt=span.until)
    if span.people is not None:
        found = found.filter(by__in=span.people)
    rows = found.annotate(
        to=Coalesce("quoted__by_id", discussed.owner(), output_field=BigIntegerField()),
        title=discussed.title(),
        kept=ExpressionWrapper(keeps_name(), output_field=BooleanField()),
    ).values_list("pk", "kind", "object_id", "by_id", "by__country_id", "at", "to", "title", "kept")
    for pk, kind, object_id, by, country, at, to, title, kept in rows.order_by("at", "pk"):
        yield Contribution(
            person_id=by,
            country_id=country,
            at=at,
            given=Given.COMMENT,
            to_id=to if to != by else None,
            thread=f"{kind}:{object_id}",
            title=title or "",
            url=numbered("comment_detail", pk) if title else "",
            is_kept=kept,
        )
