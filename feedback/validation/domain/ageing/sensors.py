"""The registry of sensors: each notices one kind of sign, and says it in a sentence."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from feedback.validation.enums import Sign


@dataclass(frozen=True)
class Noticed:
    """A version whose verdict grows old. `detail` are plain facts for the sentence.

    `detail["countries"]`, keys of countries, narrows the sign to them. A sign that was settled
    comes back only when its facts have become others.
    """

    version_id: int
    detail: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Sensor:
    """Looks on a day, over all versions; in a language, `sentence` says what was noticed."""

    sign: Sign
    notice: Callable[[date], Iterable[Noticed]]
    sentence: Callable[[Mapping[str, Any]], str]


_sensors: dict[str, Sensor] = {}


def register(sensor: Sensor) -> None:
    """Makes a kind of sign known; called in AppConfig.ready."""
    _sensors[sensor.sign.value] = sensor


def known() -> list[Sensor]:
    """All of them, in the order of the kinds of signs."""
    return [_sensors[sign] for sign in Sign.values if sign in _sensors]


def sentence(sign: str, detail: Mapping[str, Any]) -> str:
    """What a sign says; its bare name where nobody registered a sensor for it."""
    found = _sensors.get(sign)
    return found.sentence(detail) if found else f"{Sign(sign).label}."
