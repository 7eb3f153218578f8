"""Questions asked of materials and versions; who reads a file before release is decided here."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.apps import apps
from django.contrib.postgres.expressions import ArraySubquery
from django.db import models
from django.db.models import Case, Exists, OuterRef, Q, Subquery, When

from experts.enums import Role
from materials import readers

if TYPE_CHECKING:
    from datetime import datetime

    from experts.models import User


class MaterialQuerySet(models.QuerySet):
    def visible_to(self, user: User) -> Self:
        """The card (code, title, type, languages): every member sees every material's."""
        return self if user.access.is_member else self.none()

    def editable_by(self, user: User) -> Self:
        """Materials that somebody may give a new version: as the rule `may_edit` says it."""
        access = user.access
        if access.is_manager:
            return self
        uploads = access.roles & {Role.AUTHOR, Role.COORDINATOR}
        own = Q(owner__user_id=user.pk) if uploads else Q(pk__in=[])
        return self.filter(own | Q(country_id__in=access.countries(Role.COORDINATOR)))

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

    def asked_of(self, user: User) -> Self:
        """What somebody was asked to read, whether or not they may open it for other reasons."""
        condition = readers.asked_to_read(user)
        return self.filter(condition) if condition else self.none()

    def released(self) -> Self:
        return self.filter(released_at__isnull=False)

    def newest_first(self) -> Self:
        return self.order_by("-number")

    def with_standing(self) -> Self:
        """What later versions did to each, as numbers of the newest ones; None for nothing.

        `moved_on_to` is the source version that a translation has not followed; an erratum of
        which a coordinator said that it changes nothing does not count. `superseded_by` is the
        next state in the same language; one that is not released replaces no released one.
        """
        in_line = _later().filter(language=OuterRef("language"), number__gt=OuterRef("number"))
        released = in_line.filter(released_at__isnull=False)
        return self.annotate(
            moved_on_to=Subquery(_later_sources().values("number")[:1]),
            superseded_by=Case(
                When(released_at__isnull=True, then=Subquery(in_line.values("number")[:1])),
                default=Subquery(released.values("number")[:1]),
            ),
        )

    def with_newer_original(self) -> Self:
        """For everybody's eyes: `newer_original` is the number of the newest released version of
        the source that a translation has not followed; None for nothing. What is not released
        is not told.
        """
        released = _later_sources().filter(released_at__isnull=False)
        return self.annotate(newer_original=Subquery(released.values("number")[:1]))


def _later() -> models.QuerySet:
    """The versions of the same material, the newest first, as a question about a version."""
    versions = apps.get_model("materials", "Version")._base_manager
    return versions.filter(material=OuterRef("material")).order_by("-number")


def _later_sources() -> models.QuerySet:
    """What the source of a translation became; an erratum that changes nothing is left out."""
    return (
        _later()
        .filter(
            source__isnull=True,
            language=OuterRef("source__language"),
            number__gt=OuterRef("source__number"),
        )
        .exclude(erratum__is_material=False)
    )


class PageQuerySet(models.QuerySet):
    def visible_to(self, user: User) -> Self:
        """The pages of versions whose file somebody may open."""
        versions = apps.get_model("materials", "Version")._default_manager
        return self.filter(version__in=versions.visible_to(user))


class IncomingFileQuerySet(models.QuerySet):
    def visible_to(self, user: User) -> Self:
        """What is on its way in is its sender's alone."""
        return self.filter(person__user_id=user.pk)

    def left_alone_since(self, instant: datetime) -> Self:
        return self.filter(touched_at__lt=instant)


class GlossaryQuerySet(models.QuerySet):
    def visible_to(self, user: User) -> Self:
        """The project's words: every member's."""
        return self if user.access.is_member else self.none()

    def with_words(self) -> Self:
        return self.prefetch_related("words")

    def containing(self, key: str) -> Self:
        """Terms of which a word in any language, as it is looked up, holds these letters."""
        words = apps.get_model("materials", "GlossaryWord")._base_manager
        return self.filter(Exists(words.filter(term=OuterRef("pk"), key__contains=key)))

    def named_in(self, language: str) -> Self:
        words = apps.get_model("materials", "GlossaryWord")._base_manager
        return self.filter(Exists(words.filter(term=OuterRef("pk"), language=language)))
