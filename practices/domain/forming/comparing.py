"""What changed between two versions of a charter, part by part."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Field

from experts.models import Charter
from materials.domain.comparing import Part, between
from practices.domain.forming.charters import TEXTS


@dataclass(frozen=True)
class Change:
    """A part of the charter whose words differ."""

    label: str
    parts: list[Part]


@dataclass(frozen=True)
class Difference:
    """Changed parts; topics that came, that went, that stayed."""

    changes: list[Change]
    came: list[str]
    went: list[str]
    stayed: list[str]

    @property
    def is_nothing(self) -> bool:
        return not (self.changes or self.came or self.went)


def compare(old: Charter, new: Charter) -> Difference:
    """Both with their topics loaded; nothing is asked or written."""
    before, after = ({topic.name for topic in one.topics.all()} for one in (old, new))
    return Difference(
        changes=[
            Change(label_of(name), between(getattr(old, name), getattr(new, name)))
            for name in TEXTS
            if getattr(old, name) != getattr(new, name)
        ],
        came=sorted(after - before),
        went=sorted(before - after),
        stayed=sorted(before & after),
    )


def label_of(name: str) -> str:
    """What a part of the charter is called, as a heading."""
    field: Field = Charter._meta.get_field(name)  # type: ignore[assignment]
    label = str(field.verbose_name)
    return label[:1].upper() + label[1:]
