"""What the search finds here: verdicts, by the material they are on."""

from __future__ import annotations

from django.db.models import F, QuerySet
from django.utils.translation import gettext_lazy as _lazy

from cop_platform.common.addresses import numbered
from cop_platform.common.finding import looking, sources
from cop_platform.common.finding.looking import Joined
from cop_platform.common.finding.needle import Needle
from cop_platform.common.finding.sources import Row, Source
from experts.models import User
from feedback.validation.enums import Standing
from feedback.validation.models import Verdict
from materials.models import Material


def _verdicts(user: User, needle: Needle) -> QuerySet:
    materials = looking.fitting(Material.objects.order_by(), needle, "code", "title")
    seen = Verdict.objects.visible_to(user)
    return seen.filter(version__material__in=materials.values("pk"))


def _standing(row: Row) -> str:
    standing, _bar, country = row.note.partition("|")
    said = str(Standing(standing).label)
    return f"{said} · {country}" if country else said


SOURCE = Source(
    kind="verdicts",
    label=_lazy("Verdicts"),
    icon="check",
    model=Verdict,
    find=_verdicts,
    anywhere=sources.anybodys(Material, "code", "title"),
    title=Joined(F("version__material__code"), F("version__material__title")),
    text="override_reason",
    note=sources.noted("standing", "country__code"),
    detail=_standing,
    url=lambda row: numbered("verdict_detail", row.key),
)


def register() -> None:
    """Called once, when the app is ready."""
    sources.register(SOURCE)
