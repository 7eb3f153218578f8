"""The register of personal data: which field holds what about whom, why, and until when.

Each room declares its own models in `personal_data.py` and registers them in AppConfig.ready. A
test walks every model and fails for a field that nobody judged: text, files, keys and lists of any
model, who-did-it keys, and of a model whose rows are about a person (`whole`) every single field.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

_TELLING = (
    models.CharField,
    models.TextField,
    models.FileField,
    models.BinaryField,
    models.JSONField,
    models.UUIDField,
    ArrayField,
)
_PEOPLE = {"Person", "User", "Expert"}


class Kind(models.TextChoices):
    """What a field tells."""

    IDENTITY = "identity", _("Who somebody is and how to reach them")
    CHOICE = "choice", _("What somebody chose or answered")
    DEED = "deed", _("Who did something")
    WORDS = "words", _("What somebody said or wrote")
    VOICE = "voice", _("Somebody's voice")
    DETAIL = "detail", _("A coarse detail")
    KEY = "key", _("A key or the hash of one")
    MAIL = "mail", _("A mail and what became of it")


@dataclass(frozen=True)
class Handling:
    """Until when, and how it is given out and erased; `rule` names a rule of retention."""

    kept: Any
    exported: Any
    erased: Any
    rule: str = ""


OWN = Handling(
    _("Until the person leaves the project and asks for it, else until the project's data end"),
    _("With the person's own data (manage.py export_person)"),
    _("On request, by hand: the account is closed, name and address are replaced"),
)
DEED = Handling(
    _("As long as the work it proves"),
    _("With the person's own data (manage.py export_person)"),
    _("With the person's name: the deed keeps a key to a person without one"),
)
WORK = Handling(
    _("As long as the work it belongs to"),
    _("On the pages of that work, to whoever may read it"),
    _("By whoever looks after the work, on request"),
)
BLIND = Handling(
    _("As long as the verdict that rests on it"),
    _("On the expert's own pages, under My reviews"),
    _("The code stays, the line from the code to the person goes on request"),
)
MAIL = Handling(
    _("As long as the session or work it was about"),
    _("With the person's own data (manage.py export_person)"),
    _("With the person; addresses that get no mail stay, so that none is sent again"),
)
AUDIT = Handling(
    _("Until the project's data end: no row of it can be changed"),
    _("Not: it tells deeds by a code"),
    _("Not: it names nobody, and whose the code was goes with the account"),
)
PASSING = Handling(
    _("Hours: until the work it serves is over"),
    _("Not: it is gone before anybody could ask"),
    _("By itself"),
)


@dataclass(frozen=True)
class Record:
    """Fields of one model that are told together.

    `about` is the path from a row to the person it is about, where one exists. `whole` says that
    the rows themselves are about people, so that each of their fields has to be judged.
    """

    model: str
    kind: Kind
    why: Any
    handling: Handling
    personal: str
    plain: str = ""
    about: str = ""
    whole: bool = False

    @property
    def fields(self) -> tuple[str, ...]:
        return tuple(self.personal.split())


@dataclass(frozen=True)
class Line:
    """One field as the register shows it."""

    app: str
    field: str
    record: Record


_records: list[Record] = []
_plain: dict[str, set[str]] = {}


def register(records: Iterable[Record], plain: dict[str, str]) -> None:
    """Adds what a room declared; `plain` names by model the fields that are about nobody."""
    for record in records:
        if record not in _records:
            _records.append(record)
        _plain.setdefault(record.model, set()).update(record.plain.split())
    for model, fields in plain.items():
        _plain.setdefault(model, set()).update(fields.split())


def records() -> tuple[Record, ...]:
    """What was declared, in the order of models."""
    return tuple(sorted(_records, key=lambda record: (record.model, record.personal)))


def lines() -> Iterator[Line]:
    """One line a field."""
    for record in records():
        model = apps.get_model(record.model)
        for field in record.fields:
            yield Line(str(model._meta.app_config.verbose_name), f"{record.model}.{field}", record)


def said_plain(model: str) -> frozenset[str]:
    """The fields of a model that were declared to be about nobody."""
    return frozenset(_plain.get(model, ()))


def to_judge(model: type[models.Model]) -> list[str]:
    """The fields of a model that have to stand in the register, as personal or as plain."""
    own = [record for record in _records if record.model == model._meta.label]
    whole = any(record.whole for record in own)
    fields = [*model._meta.local_concrete_fields, *model._meta.local_many_to_many]
    return [f.name for f in fields if not f.primary_key and (whole or _tells(f))]


def _tells(field: models.Field) -> bool:
    if field.related_model is not None:
        return field.related_model.__name__ in _PEOPLE
    return isinstance(field, _TELLING) and not field.choices
