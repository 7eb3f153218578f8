"""What the search finds here: materials, editions of the catalogue, terms of the glossary."""

from __future__ import annotations

from urllib.parse import urlencode

from django.contrib.postgres.aggregates import StringAgg
from django.db.models import F, OuterRef, Q, QuerySet, Subquery, TextField, Value
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext_lazy as _lazy

from cop_platform.common.addresses import numbered
from cop_platform.common.finding import looking, sources
from cop_platform.common.finding.looking import Joined
from cop_platform.common.finding.needle import Needle
from cop_platform.common.finding.sources import Source
from experts.models import User
from materials.domain import search
from materials.models import GlossaryTerm, GlossaryWord, Material

# As the index has them, in this order.
CARD = ("code", "title")


def _by_card(needle: Needle) -> Q:
    return looking.says(needle, *CARD)


def _materials(user: User, needle: Needle) -> QuerySet:
    """By their card, and by the pages of those versions this person may open."""
    seen = Material.objects.visible_to(user)
    if needle.is_near:
        return seen.filter(_by_card(needle))
    return seen.filter(pk__in=search.materials_for(user, needle.text, needle.spoken))


def _catalogue(user: User, needle: Needle) -> QuerySet:
    """Released editions, by all they say."""
    seen = Material.objects.visible_to(user).released()
    if needle.is_near:
        return seen.filter(_by_card(needle))
    found = search.released(needle.text, also=needle.spoken).order_by()
    return seen.filter(pk__in=found.values("version__material"))


def _terms(user: User, needle: Needle) -> QuerySet:
    words = looking.fitting(GlossaryWord.objects.order_by(), needle, "word", "definition")
    return GlossaryTerm.objects.visible_to(user).filter(pk__in=words.values("term"))


_WORDS = GlossaryWord.objects.filter(term=OuterRef("pk")).order_by()
_ALL_WORDS = Subquery(
    _WORDS.values("term")
    .annotate(called=StringAgg("word", " · ", distinct=True, order_by=("word",)))
    .values("called"),
    output_field=TextField(),
)
_MEANING = Coalesce(
    Subquery(_WORDS.exclude(definition="").order_by("language").values("definition")[:1]),
    Value(""),
    output_field=TextField(),
)
_CARD = Joined(F("code"), F("title"))

SOURCES = (
    Source(
        kind="materials",
        label=_lazy("Materials"),
        icon="file",
        model=Material,
        find=_materials,
        anywhere=sources.anybodys(Material, *CARD),
        only_near=True,
        title=_CARD,
        text="summary",
        note="country__code",
        detail=lambda row: row.note,
        url=lambda row: numbered("material_detail", row.key),
    ),
    Source(
        kind="catalogue",
        label=_lazy("Released editions in the catalogue"),
        icon="search",
        model=Material,
        find=_catalogue,
        anywhere=sources.anybodys(Material, *CARD),
        only_near=True,
        title=_CARD,
        text="summary",
        note="code",
        url=lambda row: reverse("catalogue_entry", args=[row.note]),
    ),
    Source(
        kind="terms",
        label=_lazy("Words of the glossary"),
        icon="list",
        model=GlossaryTerm,
        find=_terms,
        anywhere=sources.anybodys(GlossaryWord, "word", "definition"),
        title=_ALL_WORDS,
        text=_MEANING,
        note=Subquery(_WORDS.order_by("language").values("word")[:1]),
        url=lambda row: f"{reverse('glossary_list')}?{urlencode({'q': row.note})}",
    ),
)


def register() -> None:
    """Called once, when the app is ready."""
    sources.register(*SOURCES)
