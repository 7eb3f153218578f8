"""The rows of a list of experts, cell by cell: what each must be, and what to do when it is not."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db.models import TextChoices
from django.utils.translation import gettext as _

from cop_platform.common.text import UnusableText, tidy
from cop_platform.common.times import zone_names
from experts.domain.sheets import Row, Unreadable
from experts.enums import Profession, TargetGroup
from experts.fields import NameField
from experts.models import Country, User

COLUMNS = ("name", "email", "country", "roles", "years", "groups", "languages", "zone")
MAX_CELL = 500
MAX_YEARS = 70


@dataclass(frozen=True)
class CellError:
    """What is wrong with one cell; rows are counted as a spreadsheet does, the header is 1."""

    row: int
    column: str
    value: str
    message: str


@dataclass(frozen=True)
class ExpertRow:
    """A row that passed: what is written of one expert."""

    row: int
    name: str
    email: str
    country: Country
    profession: str
    years: int
    groups: list[str]
    languages: list[str]
    zone: str

    @property
    def role(self) -> str:
        """The profession as people read it."""
        return str(Profession(self.profession).label)


class _BadCell(Exception):
    """A sentence about the cell at hand."""


def places(header: Row) -> tuple[dict[str, int], list[CellError]]:
    """Where each column stands, and what is wrong with the header."""
    names = [cell.strip().lower() for cell in header]
    if not set(names) & set(COLUMNS):
        raise Unreadable(
            _("The first row must name the columns: %(columns)s.") % {"columns": ",".join(COLUMNS)}
        )
    missing = [
        CellError(1, name, "", _("This column is missing."))
        for name in COLUMNS
        if name not in names
    ]
    extra = [
        CellError(1, _shown(name), _shown(name), _("This column is not known, or is there twice."))
        for i, name in enumerate(names)
        if name and (name not in COLUMNS or name in names[:i])
    ]
    return {name: i for i, name in enumerate(names) if name in COLUMNS}, missing + extra


class Reader:
    """Reads rows one after another and remembers the addresses it saw."""

    def __init__(self, by: User | None) -> None:
        countries = list(Country.objects.select_related("cop"))
        self.countries = {code: c for c in countries for code in (c.code, c.iso_code)}
        self.allowed = {c.pk for c in countries if by is None or by.access.coordinates(c.pk)}
        self.seen: dict[str, int] = {}
        self.cells: dict[str, Callable[[str], Any]] = {
            "name": _name,
            "email": self._email,
            "country": self._country,
            "roles": partial(_choices, Profession, required=True),
            "years": _years,
            "groups": partial(_choices, TargetGroup, required=False),
            "languages": _languages,
            "zone": _zone,
        }

    def read(self, number: int, cells: dict[str, str]) -> ExpertRow | list[CellError]:
        """The row, or what is wrong with it."""
        values: dict[str, Any] = {}
        errors: list[CellError] = []
        for column in COLUMNS:
            try:
                values[column] = self.cells[column](_plain(cells[column], column))
            except _BadCell as error:
                errors.append(CellError(number, column, _shown(cells[column]), str(error)))
        if "email" in values:
            self.seen[values["email"]] = number
        if errors:
            return errors
        roles, zone = values.pop("roles"), values.pop("zone")
        return ExpertRow(
            row=number, profession=roles[0], zone=zone or values["country"].zone, **values
        )

    def _email(self, text: str) -> str:
        email = text.lower()
        try:
            validate_email(email)
        except ValidationError:
            raise _BadCell(_("This is not an e-mail address.")) from None
        if len(email) > 254:
            raise _BadCell(_("This is not an e-mail address."))
        if email in self.seen:
            raise _BadCell(_("This address is in row %(n)d already.") % {"n": self.seen[email]})
        return email

    def _country(self, text: str) -> Country:
        country = self.countries.get(text.upper())
        if country is None:
            codes = ", ".join(sorted(c.code for c in set(self.countries.values())))
            raise _BadCell(_("Write one of these codes: %(codes)s.") % {"codes": codes})
        if country.pk not in self.allowed:
            raise _BadCell(_("You can import people of countries you coordinate only."))
        return country


def _plain(text: str, column: str) -> str:
    """A cell as one tidy line, of a length that can be stored, and not a formula."""
    if any(0xDC80 <= ord(c) <= 0xDCFF for c in text):
        raise _BadCell(_("These letters are not UTF-8. Save the file as “CSV UTF-8”."))
    try:
        line = tidy(text, multiline=False)
    except UnusableText:
        raise _BadCell(_("This cell holds characters that cannot be stored.")) from None
    if len(line) > MAX_CELL:
        raise _BadCell(
            _("Please shorten this to %(limit)d characters; it has %(length)d.")
            % {"limit": MAX_CELL, "length": len(line)}
        )
    if line.startswith(("=", "+", "-", "@")) and column != "years":
        raise _BadCell(_("This begins like a formula (= + - @). Write plain text."))
    return line


def _shown(text: str) -> str:
    """A cell as a report can print it: short, without what cannot be printed."""
    printable = "".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in text[:80])
    return printable + ("…" if len(text) > 80 else "")


def _name(text: str) -> str:
    try:
        name: str = NameField().clean(text)
    except ValidationError as error:
        raise _BadCell(" ".join(error.messages)) from None
    return name


def _years(text: str) -> int:
    if not text:
        return 0
    if not (text.isascii() and text.isdigit() and len(text) < 4 and int(text) <= MAX_YEARS):
        raise _BadCell(_("Write whole years from 0 to %(n)d.") % {"n": MAX_YEARS})
    return int(text)


def _choices(choices: type[TextChoices], text: str, *, required: bool) -> list[str]:
    """Keys of a list by ";", each written as its key or its label."""
    known = {key.lower(): c.value for c in choices for key in (c.value, str(c.label))}
    return _listed(text, known, required=required)


def _languages(text: str) -> list[str]:
    known = {
        key.lower(): code
        for code, label in settings.PROJECT_LANGUAGES
        for key in (code, str(label))
    }
    return sorted(_listed(text, known, required=False))


def _listed(text: str, known: dict[str, str], *, required: bool) -> list[str]:
    words = [word.strip() for word in text.split(";") if word.strip()]
    if required and not words:
        raise _BadCell(_("This cell must not be empty."))
    wrong = [word for word in words if word.lower() not in known]
    if wrong:
        raise _BadCell(
            _("“%(word)s” is not known. Write: %(words)s.")
            % {"word": _shown(wrong[0]), "words": "; ".join(sorted(set(known.values())))}
        )
    return list(dict.fromkeys(known[word.lower()] for word in words))


def _zone(text: str) -> str:
    if text and text not in zone_names():
        raise _BadCell(_("Write a time zone such as Europe/Athens, or leave it empty."))
    return text
