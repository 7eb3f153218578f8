"""What the search finds here: guides of focus groups, for those who run groups."""

from __future__ import annotations

from django.db.models import F, OuterRef, Q, QuerySet, Subquery, TextField, Value
from django.db.models.fields.json import KT
from django.db.models.functions import Cast, Coalesce
from django.utils.translation import gettext_lazy as _lazy

from cop_platform.common.addresses import numbered
from cop_platform.common.finding import looking, sources
from cop_platform.common.finding.needle import Blank, Needle
from cop_platform.common.finding.sources import Source
from experts.models import User
from feedback.focus_groups.models import Guide, GuideQuestion


def _guides(user: User, needle: Needle) -> QuerySet | None:
    """By name, and by the words of a question in any language."""
    seen = Guide.objects.visible_to(user)
    if seen.query.is_empty():
        return None
    return seen.filter(_says(needle))


def _anybodys_guides(form: Blank) -> QuerySet:
    return Guide.objects.filter(_says(form)).order_by()


def _says(needle: Needle | Blank) -> Q:
    words = Cast(F("texts"), TextField())
    questions = looking.fitting(GuideQuestion.objects.order_by(), needle, words)
    return looking.says(needle, "name") | Q(pk__in=questions.values("guide"))


_FIRST = GuideQuestion.objects.filter(guide=OuterRef("pk")).order_by("position")

SOURCE = Source(
    kind="guides",
    label=_lazy("Guides of focus groups"),
    icon="people",
    model=Guide,
    find=_guides,
    anywhere=_anybodys_guides,
    title="name",
    text=Coalesce(
        Subquery(_FIRST.annotate(words=KT("texts__en")).values_list("words")[:1]),
        Value(""),
        output_field=TextField(),
    ),
    url=lambda row: numbered("guide_detail", row.key),
)


def register() -> None:
    """Called once, when the app is ready."""
    sources.register(SOURCE)
