"""Questions asked of materials and versions; who reads a file before release is decided here."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.apps import apps
from django.contrib.postgres.expressions import ArraySubquery
from django.db import models
from django.db.models import Exists, OuterRef, Q, Subquery

from experts.enums import Role
from materials import readers

if TYPE_CHECKING:
    from experts.models import User


class MaterialQuerySet(models.QuerySet):
    def visible_to(self, user: User) -> Self:
        """The card (code, title, type, languages): every member sees every material's."""
        return self if user.access.is_member else self.none()

    def with_standing(self) -> Self:
        """Ready for cards: languages, newest version and the newest released one.

        As questions of their own about each row: only the rows of the page shown are asked, where
        an aggregate would go through the versions of all materials first.
        """
        own = apps.get_model("materials", "Version")._base_manager.filter(material=OuterRef("pk"))
        newest = own.order_by("-number").values("number")
        return self.annotate(
            languages=ArraySubquery(own.values("language").distinct().order_by("language")),
            newest=Subquery(newest[:1]),
            newest_released=Subquery(newest.filter(released_at__isnull=False)[:1]),
        ).order_by("code")

    def with_language(self, language: str) -> Self:
        return self.filter(self._has(Q(language=language)))

    def released(self) -> Self:
        return self.filter(self._has(Q(released_at__isnull=False)))

    def not_released(self) -> Self:
        return self.exclude(self._has(Q(released_at__isnull=False)))

    def _has(self, condition: Q) -> Exists:
        versions = apps.get_model("materials", "Version")._base_manager
        return Exists(versions.filter(condition, material=OuterRef("pk")))


class VersionQuerySet(models.QuerySet):
    def visible_to(self, user: User) -> Self:
        """Whose page and file somebody may open.

        Released: every member. Before: the owner, who uploaded it, coordinators of the owner's
        country, the project manager, and people asked to read it. The platform admin has no
        way in of their own.
        """
        access = user.access
        if access.is_manager:
            return self
        if not access.is_member:
            return self.none()
        return self.filter(
            Q(released_at__isnull=False)
            | Q(material__owner__user_id=user.pk)
            | Q(uploaded_by__user_id=user.pk)
            | Q(material__country_id__in=access.countries(Role.COORDINATOR))
            | readers.asked_to_read(user)
        )

    def released(self) -> Self:
        return self.filter(released_at__isnull=False)

    def newest_first(self) -> Self:
        return self.order_by("-number")


class PageQuerySet(models.QuerySet):
    def visible_to(self, user: User) -> Self:
        """The pages of versions whose file somebody may open."""
        versions = apps.get_model("materials", "Version")._default_manager
        return self.filter(version__in=versions.visible_to(user))
