"""What the search finds here: people of the directory, and what communities agreed on."""

from __future__ import annotations

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _lazy

from cop_platform.common.addresses import numbered
from cop_platform.common.finding import labels, looking, sources
from cop_platform.common.finding.needle import Blank, Needle
from cop_platform.common.finding.sources import Row, Source
from experts.enums import Profession
from experts.models import Charter, CommunityOfPractice, Person, Topic, User

# As the index has them, in this order.
PERSON = ("name", "ask_me_about")


def _people(user: User, needle: Needle) -> QuerySet:
    """By name, by what they may be asked about, and by their role as an expert."""
    seen = Person.objects.visible_to(user)
    fitting = looking.says(needle, *PERSON)
    professions = labels.fitting(needle, Profession.choices)
    if not professions:
        return seen.filter(fitting)
    # Each by its own index; one condition on both tables would have every person read.
    by_word = Person.objects.filter(fitting).values("pk")
    by_role = Person.objects.filter(expert__profession__in=professions).values("pk")
    return seen.filter(Q(pk__in=by_word) | Q(pk__in=by_role))


def _charters(user: User, needle: Needle) -> QuerySet:
    """The charter in force of each community, by its domain, its purpose and its topics."""
    cops = CommunityOfPractice.objects.visible_to(user)
    return Charter.objects.current().filter(_agreed(needle), cop__in=cops)


def _anybodys_charters(form: Blank) -> QuerySet:
    return Charter.objects.current().filter(_agreed(form)).order_by()


def _agreed(needle: Needle | Blank) -> Q:
    topics = looking.fitting(Topic.objects.order_by(), needle, "name")
    return looking.says(needle, "domain", "purpose") | Q(pk__in=topics.values("charter"))


def _charter_url(row: Row) -> str:
    return reverse("country_detail", args=[row.note]) if row.note else reverse("country_list")


SOURCES = (
    Source(
        kind="people",
        label=_lazy("People"),
        icon="people",
        model=Person,
        find=_people,
        title="name",
        text="ask_me_about",
        note="country__code",
        detail=lambda row: row.note,
        url=lambda row: numbered("person_detail", row.key),
    ),
    Source(
        kind="charters",
        label=_lazy("Charters and topics"),
        icon="globe",
        model=Charter,
        find=_charters,
        anywhere=_anybodys_charters,
        title="domain",
        text="purpose",
        note="cop__country__code",
        detail=lambda row: row.note,
        url=_charter_url,
    ),
)


def register() -> None:
    """Called once, when the app is ready."""
    sources.register(*SOURCES)
