"""Which topics a practice may carry: those its country's charter names today, and the project's."""

from __future__ import annotations

from datetime import date

from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.utils.translation import gettext as _

from cop_platform.common.refusals import NotPossible
from experts.enums import Scope
from experts.models import Charter, Country, Topic


class ForeignTopic(NotPossible):
    """The topic stands in no charter that this practice belongs to."""


def of(country: Country, today: date) -> QuerySet[Topic]:
    """The topics of the charters in force on that day: the country's and the project's."""
    in_force = Charter.objects.filter(cop=OuterRef("charter__cop"), adopted_on__lte=today)
    newest = Subquery(in_force.order_by("-version").values("pk")[:1])
    home = Q(charter__cop__country=country) | Q(charter__cop__scope=Scope.PROJECT)
    return Topic.objects.filter(home, charter=newest).order_by("charter__cop__scope", "name")


def checked(topic_id: int, country: Country, today: date) -> Topic:
    """The topic of that key. Raises ForeignTopic where no charter in force names it."""
    found = of(country, today).filter(pk=topic_id).first()
    if found is None:
        raise ForeignTopic(foreign(country))
    return found


def foreign(country: Country) -> str:
    """What is said of a topic that does not belong here."""
    return _(
        "This topic stands neither in the charter of %(country)s nor in the project's. "
        "Choose one of theirs, or propose it to the charter first."
    ) % {"country": country.name}
