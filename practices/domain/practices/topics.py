"""Which topics a practice may carry: those its country's charter names today, and the project's."""

from __future__ import annotations

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from cop_platform.common.refusals import NotPossible
from experts.enums import Scope
from experts.models import Country, Topic
from practices.models import Practice


class ForeignTopic(NotPossible):
    """The topic stands in no charter that this practice belongs to."""


def of(country: Country) -> QuerySet[Topic]:
    """The topics of the charters in force: the country's and the project's."""
    home = Q(charter__cop__country=country) | Q(charter__cop__scope=Scope.PROJECT)
    return Topic.objects.current().filter(home).order_by("charter__cop__scope", "name")


def checked(topic_id: int, country: Country) -> Topic:
    """The topic of that key. Raises ForeignTopic where no charter in force names it."""
    found = of(country).filter(pk=topic_id).first()
    if found is None:
        raise ForeignTopic(foreign(country))
    return found


def standing(topic: Topic | None, country: Country) -> Topic | None:
    """The topic of the same name in a charter in force: each version of one has its own."""
    return of(country).filter(name=topic.name).first() if topic else None


def lost(practice: Practice) -> str:
    """The topic of the idea that a practice without one grew from: no charter names it now."""
    if practice.topic_id:
        return ""
    names = practice.from_ideas.filter(topic__isnull=False).values_list("topic__name", flat=True)
    return names.order_by("pk").first() or ""


def foreign(country: Country) -> str:
    """What is said of a topic that does not belong here."""
    return _(
        "This topic stands neither in the charter of %(country)s nor in the project's. "
        "Choose one of theirs, or propose it to the charter first."
    ) % {"country": country.name}
