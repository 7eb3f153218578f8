"""The dataset of a report: what was read, as plain values, and its canonical JSON.

The dataset knows no language but the one people wrote in: kinds, months and countries are codes,
and whoever prints them says them in the reader's words. Each section's facts are a frozen dataclass
of its room (`reporting.sections`).
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from enum import Enum
from typing import Any

import msgspec
from django.utils.translation import gettext as _

from cop_platform.common.refusals import NotPossible
from cop_platform.common.reporting.sections import Head, Profile, Section, registered

SCHEMA = "validation-report/2"


class NotADataset(NotPossible):
    """Bytes that are no dataset of a report, or of one that this version does not know."""


@dataclass(frozen=True)
class PictureFacts:
    """An image of the cover; `data` is base64, so that the dataset holds all that is printed."""

    alt: str
    media_type: str
    data: str

    def content(self) -> bytes:
        """The bytes of the picture. Raises NotADataset."""
        try:
            return base64.b64decode(self.data, validate=True)
        except ValueError as error:
            raise NotADataset(_("A picture of the dataset cannot be read.")) from error


@dataclass(frozen=True)
class FundingWords:
    """Statement and disclaimer in one language; only what was signed off stands here."""

    language: str
    statement: str
    disclaimer: str


@dataclass(frozen=True)
class FundingFacts:
    """The grant as the report names it."""

    number: str
    authority: str
    result: str
    licence: str
    words: tuple[FundingWords, ...] = ()
    emblem: PictureFacts | None = None


@dataclass(frozen=True)
class PartnerFacts:
    """A partner of the consortium, with its logo if it has given one."""

    name: str
    country: str
    leads: bool
    logo: PictureFacts | None = None


@dataclass(frozen=True)
class CountryFacts:
    """A country of the report."""

    code: str
    iso_code: str
    zone: str
    language: str
    community: str
    started_on: str


@dataclass(frozen=True)
class Target:
    """A planned number for an indicator; `country` "" means the whole project."""

    key: str
    country: str
    planned: int


@dataclass(frozen=True)
class Dataset:
    """Everything a report says. `newest_row` is the day of the newest row in it (ISO).

    `name` is what a custom cut is called; "" for the report of a country or of the consortium.
    """

    project: str
    acronym: str
    name: str
    countries: tuple[CountryFacts, ...]
    partners: tuple[PartnerFacts, ...]
    start: str
    end: str
    profile: Profile
    newest_row: str
    funding: FundingFacts | None
    plan: tuple[Target, ...]
    sections: Mapping[str, Any] = field(default_factory=dict)
    schema: str = SCHEMA

    @property
    def head(self) -> Head:
        """What every chapter may know of the report it stands in."""
        return Head(
            profile=self.profile,
            countries=tuple(country.code for country in self.countries),
            country_language=self.countries[0].language if self.countries else "en",
            start=self.start,
            end=self.end,
        )

    def parts(self) -> list[tuple[Section[Any], Any]]:
        """The sections this dataset has, each with its facts, in the order of the report."""
        return [(s, self.sections[s.key]) for s in registered() if s.key in self.sections]


def to_json(dataset: Dataset) -> bytes:
    """Canonical JSON: sorted keys, UTF-8, two blanks a level, one line feed at the end."""
    packed = msgspec.json.encode(dataset, order="sorted")
    return msgspec.json.format(packed, indent=2) + b"\n"


def from_json(content: bytes) -> Dataset:
    """The dataset that `to_json` wrote. Raises NotADataset.

    Strict: an unknown section, a missing or mistyped value is refused, since a report drawn from
    half a dataset would be a wrong report.
    """
    try:
        loose = msgspec.json.decode(content, type=dict[str, msgspec.Raw])
        raw = msgspec.json.decode(loose.pop("sections"), type=dict[str, msgspec.Raw])
        hints = {part.name for part in fields(Dataset)} - {"sections"}
        if set(loose) != hints or msgspec.json.decode(loose["schema"]) != SCHEMA:
            raise NotADataset(_("This is no dataset of a report, or of another version."))
        known = {section.key: section.facts for section in registered()}
        bare = msgspec.json.decode(msgspec.json.encode(loose), type=Dataset)
        facts = {key: msgspec.json.decode(part, type=known[key]) for key, part in raw.items()}
    except (msgspec.MsgspecError, KeyError, UnicodeDecodeError) as error:
        raise NotADataset(_("This is no dataset of a report, or of another version.")) from error
    return replace(bare, sections=facts)


def json_schema() -> dict[str, Any]:
    """The JSON Schema of the dataset with every section that is registered."""
    parts = registered()
    made, components = msgspec.json.schema_components(
        [Dataset, *[section.facts for section in parts]],
        schema_hook=_closed_list,
        ref_template="#/$defs/{name}",
    )
    whole = components[made[0]["$ref"].rsplit("/", 1)[1]]
    whole["properties"]["sections"] = {
        "type": "object",
        "properties": {section.key: facts for section, facts in zip(parts, made[1:], strict=True)},
        "additionalProperties": False,
    }
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": f"urn:{SCHEMA.replace('/', ':')}",
        "title": "Dataset of a validation report",
        **made[0],
        "$defs": components,
    }


def _closed_list(kind: type) -> dict[str, Any]:
    """A closed list of a room: msgspec reads its codes, but knows plain enums alone by schema."""
    if issubclass(kind, Enum):
        return {"enum": [choice.value for choice in kind]}
    raise NotImplementedError


def sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
