"""The practices that go with a material, on the material's page."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import QuerySet

from cop_platform.common.panels import Panel
from experts.models import User
from materials.models import Material
from practices.domain.practices import filters
from practices.models import Practice

_SHOWN = 6


def rows_of_material(user: User, material: Material) -> Iterator[QuerySet[Practice]]:
    """The practices that may stand there."""
    yield Practice.objects.visible_to(user).published().filter(materials=material)


def of_material(user: User, material: Material) -> Iterator[Panel]:
    """Nothing where no recommended practice goes with it."""
    [found] = rows_of_material(user, material)
    shown = found.select_related("country", "current").order_by("-current__published_on")[:_SHOWN]
    practices = [(practice, filters.chip(practice.maturity)) for practice in shown]
    if practices:
        yield Panel("practices/_practice_panel.html", {"practices": practices})
