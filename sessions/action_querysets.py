"""Questions asked of actions and lessons; country borders are kept here."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self

from django.db import models
from django.db.models import Count, Exists, OuterRef, Prefetch, Q

from experts.enums import Role
from sessions.enums import ActionState

if TYPE_CHECKING:
    from experts.models import User
    from experts.querysets import PersonQuerySet
    from sessions.querysets import CopSessionQuerySet


class ActionItemQuerySet(models.QuerySet):
    def visible_to(self, user: User) -> Self:
        """Every member of each of its countries, its owner, the manager."""
        access = user.access
        if access.is_manager:
            return self
        if not access.is_member:
            return self.none()
        return self.filter(Q(pk__in=self._linked(access.countries())) | Q(owner=user.person))

    def in_country(self, country_id: int) -> Self:
        return self.filter(pk__in=self._linked([country_id]))

    def open(self) -> Self:
        return self.filter(state=ActionState.OPEN)

    def done(self) -> Self:
        return self.filter(state=ActionState.DONE)

    def overdue(self, today: Any) -> Self:
        """Open ones whose day was before `today`, which may be a slot."""
        return self.open().filter(due_on__lt=today)

    def led_by(self, user: User) -> Self:
        """Promises of the countries this person coordinates."""
        access = user.access
        if access.is_manager:
            return self
        return self.led_from(access.countries(Role.COORDINATOR))

    def led_from(self, countries: Any) -> Self:
        """The rule of `led_by` for a coordinator; `countries` may be a slot."""
        return self.filter(pk__in=self._linked(countries))

    def nobodys(self) -> Self:
        """Open, and whoever promised it belongs to no community any more."""
        return self.open().filter(owner__in=self._gone().values("pk"))

    def joint(self) -> Self:
        """Promises of two or more countries."""
        links = self._links().values("actionitem_id").annotate(n=Count("pk")).filter(n__gte=2)
        return self.filter(pk__in=links.values("actionitem_id"))

    def of_origin(self, kind: str) -> Self:
        return self.filter(origin_kind=kind)

    def with_people(self) -> Self:
        """Ready to be shown: the owner, with `owner_left`; the countries in one more query."""
        action: Any = self.model
        cops = action.countries.rel.model._base_manager.select_related("country")
        marked = self.annotate(owner_left=Exists(self._gone().filter(pk=OuterRef("owner"))))
        return marked.select_related("owner__country").prefetch_related(
            Prefetch("countries", cops.order_by("country__code"))
        )

    def _gone(self) -> PersonQuerySet:
        action: Any = self.model
        people: PersonQuerySet = action.owner.field.related_model.objects.all()
        return people.left().order_by()

    def _links(self) -> models.QuerySet:
        action: Any = self.model
        links: models.QuerySet = action.countries.through._base_manager.order_by()
        return links

    def _linked(self, country_ids: Any) -> models.QuerySet:
        found = self._links().filter(communityofpractice__country_id__in=country_ids)
        return found.values("actionitem_id")


class ActionHandOverQuerySet(models.QuerySet):
    def visible_to(self, user: User) -> Self:
        """Who did it, who has the promises now, who coordinates one of their countries."""
        hand_over: Any = self.model
        if user.access.is_manager:
            return self
        actions = hand_over.actions.field.related_model.objects.led_by(user)
        links = hand_over.actions.through._base_manager.filter(
            actionitem__in=actions.order_by().values("pk")
        )
        led = Q(pk__in=links.values("actionhandover_id"))
        return self.filter(Q(by=user.person) | Q(after=user.person) | led)


class LessonQuerySet(models.QuerySet):
    def visible_to(self, user: User) -> Self:
        """Who may open the session it was learned in, and who promised the change."""
        if user.access.is_manager:
            return self
        seen = self._sessions().visible_to(user).order_by().values("pk")
        return self.filter(Q(session__in=seen) | Q(action__owner=user.person))

    def led_by(self, user: User) -> Self:
        """Lessons of the countries this person coordinates."""
        return self._of(self._sessions().run_by(user))

    def led_from(self, countries: Any) -> Self:
        """The rule of `led_by` for a coordinator; `countries` may be a slot."""
        return self._of(self._sessions().run_in(countries))

    def in_country(self, country_id: int) -> Self:
        return self._of(self._sessions().in_country(country_id))

    def without_owner(self) -> Self:
        """Nobody promised the change, or whoever did dropped it; and nothing has changed."""
        dropped = Q(action__state=ActionState.DROPPED)
        return self.filter(Q(action__isnull=True) | dropped, changed_on__isnull=True)

    def changed(self) -> Self:
        return self.filter(changed_on__isnull=False)

    def with_owner_left(self) -> Self:
        """With `owner_left`: whoever promised the change belongs to no community any more."""
        lesson: Any = self.model
        actions: ActionItemQuerySet = lesson.action.field.related_model.objects.nobodys()
        return self.annotate(owner_left=Exists(actions.filter(pk=OuterRef("action"))))

    def _sessions(self) -> CopSessionQuerySet:
        lesson: Any = self.model
        sessions: CopSessionQuerySet = lesson.session.field.related_model.objects.all()
        return sessions

    def _of(self, sessions: CopSessionQuerySet) -> Self:
        return self.filter(session__in=sessions.order_by().values("pk"))
