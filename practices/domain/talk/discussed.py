"""What can be talked about: for each kind who sees an object, its title, its page and its owners.

A comment names its object by kind and key. Everything that shows, counts or tells of comments asks
here first: who does not see the object sees no comment, no count and no notice of it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import (
    BigIntegerField,
    Case,
    F,
    Field,
    Model,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    TextField,
    Value,
    When,
)
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from cop_platform.common.addresses import numbered
from experts.domain.links import path
from experts.models import User
from materials.models import Material
from practices.models import Circle, Comment, Idea, Practice, Question
from practices.querysets import CommentQuerySet
from sessions.models import CopSession

Key = tuple[str, int]


@dataclass(frozen=True)
class Thing:
    """One object that is talked about; `owners` are the keys of people who hear of every comment.

    `has_pages` says that a comment may stand on a page of it, `under_rule` that the Chatham House
    rule holds: nobody is named in its thread.
    """

    kind: str
    pk: int
    title: str
    owners: frozenset[int]
    has_pages: bool = False
    under_rule: bool = False

    @property
    def label(self) -> str:
        return str(KINDS[self.kind].label)

    @property
    def icon(self) -> str:
        return KINDS[self.kind].icon

    @property
    def url(self) -> str:
        """The page of the object itself."""
        return numbered(KINDS[self.kind].page, self.pk)

    @property
    def thread_url(self) -> str:
        """The page of everything that was said about it."""
        return path("talk_thread", self.kind, self.pk)


@dataclass(frozen=True)
class Kind:
    """A kind of objects; `title`, `owners`, `country` and `rule` are paths from its model.

    The first owner is the one a contribution to it is counted as given to. `is_open` says that
    every member reads the title of each that somebody can comment on.
    """

    name: str
    label: str | Promise
    icon: str
    model: type[Model]
    page: str
    seen_by: Callable[[User], QuerySet[Any]]
    title: str
    owners: tuple[str, ...]
    country: str
    has_pages: bool = False
    is_open: bool = True
    rule: str = ""

    def things(self, rows: QuerySet[Any]) -> list[Thing]:
        """The objects of these rows, in one query."""
        ruled = F(self.rule) if self.rule else Value(False)
        found = rows.order_by().annotate(ruled=ruled)
        said: dict[int, tuple[str, bool]] = {}
        owners: dict[int, set[int]] = defaultdict(set)
        for pk, title, rule, *people in found.values_list("pk", self.title, "ruled", *self.owners):
            said[pk] = (title or "", rule)
            owners[pk] |= {person for person in people if person is not None}
        return [
            Thing(self.name, pk, title, frozenset(owners[pk]), self.has_pages, rule)
            for pk, (title, rule) in said.items()
        ]

    def thing(self, shown: Any) -> Thing:
        """A loaded object as a panel on its page names it: without title and owners."""
        rule = bool(self.rule and getattr(shown, self.rule))
        return Thing(self.name, shown.pk, "", frozenset(), self.has_pages, rule)


def _materials(user: User) -> QuerySet[Any]:
    """Those that every member reads.

    Before a release a material is read by those who were asked to review it: a name under a comment
    would tell who that is.
    """
    return Material.objects.visible_to(user).released()


KINDS: dict[str, Kind] = {
    kind.name: kind
    for kind in (
        Kind(
            name="session",
            label=_("Session"),
            icon="calendar",
            model=CopSession,
            page="session_detail",
            seen_by=CopSession.objects.visible_to,
            title="title",
            owners=("planned_by",),
            country="host_cops__country",
            is_open=False,
            rule="chatham_house",
        ),
        Kind(
            name="material",
            label=_("Material"),
            icon="file",
            model=Material,
            page="material_detail",
            seen_by=_materials,
            title="title",
            owners=("owner", "versions__uploaded_by"),
            country="country",
            has_pages=True,
        ),
        Kind(
            name="practice",
            label=_("Good practice"),
            icon="check",
            model=Practice,
            page="practice_detail",
            seen_by=Practice.objects.visible_to,
            title="current__title",
            owners=("author",),
            country="country",
        ),
        Kind(
            name="idea",
            label=_("Idea"),
            icon="plus",
            model=Idea,
            page="idea_detail",
            seen_by=Idea.objects.visible_to,
            title="title",
            owners=("author",),
            country="country",
        ),
        Kind(
            name="question",
            label=_("Question"),
            icon="question",
            model=Question,
            page="question_detail",
            seen_by=Question.objects.visible_to,
            title="title",
            owners=("asked_by",),
            country="country",
            # Before it was gone through for details, its asker alone reads it.
            is_open=False,
        ),
        Kind(
            name="circle",
            label=_("Circle"),
            icon="people",
            model=Circle,
            page="circle_detail",
            seen_by=Circle.objects.visible_to,
            title="name",
            owners=("made_by",),
            country="cop__country",
        ),
    )
}


def find(user: User, kind: str, pk: int) -> Thing | None:
    """The object if there is one of that kind and key that this user sees."""
    return find_many(user, [(kind, pk)]).get((kind, pk))


def find_many(user: User, keys: Iterable[Key]) -> dict[Key, Thing]:
    """Those of the objects that this user sees; one query for each kind among them."""
    by_kind: dict[str, set[int]] = defaultdict(set)
    for kind, pk in keys:
        by_kind[kind].add(pk)
    return {
        (thing.kind, thing.pk): thing
        for name, pks in by_kind.items()
        if name in KINDS
        for thing in KINDS[name].things(KINDS[name].seen_by(user).filter(pk__in=pks))
    }


def comments(user: User) -> CommentQuerySet:
    """The comments on everything this user sees, taken down and deleted ones among them."""
    seen = Q(pk__in=[])
    for kind in KINDS.values():
        rows = kind.seen_by(user).order_by().values("pk")
        seen |= Q(kind=kind.name, object_id__in=rows)
    return Comment.objects.filter(seen)


def of_country(country_id: int) -> Q:
    """For comments: those on an object of that country."""
    found = Q(pk__in=[])
    for kind in KINDS.values():
        rows = kind.model._base_manager.filter(**{kind.country: country_id})
        found |= Q(kind=kind.name, object_id__in=rows.values("pk"))
    return found


def owner() -> Any:
    """For comments: the key of the person whose object it is, null where nobody's."""
    return _of_object(lambda kind: kind.owners[0], BigIntegerField())


def title() -> Any:
    """For comments: the title of an object that every member sees; null for any other."""
    return _of_object(lambda kind: kind.title, TextField(), only_open=True)


def _of_object(
    path_of: Callable[[Kind], str], told: Field[Any, Any], *, only_open: bool = False
) -> Any:
    return Case(
        *(
            When(
                kind=kind.name,
                then=Subquery(
                    kind.model._base_manager.filter(pk=OuterRef("object_id")).values(path_of(kind))[
                        :1
                    ]
                ),
            )
            for kind in KINDS.values()
            if kind.is_open or not only_open
        ),
        default=None,
        output_field=told,
    )
