"""Reasons why somebody was asked: kept as codes, said in the reader's language."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from cop_platform.common.reporting import sayings
from experts.enums import Profession, TargetGroup
from practices.domain.questions.fitting import Fit

_LANGUAGES = dict(settings.PROJECT_LANGUAGES)


def kept(fit: Fit) -> list[dict[str, Any]]:
    """The reasons as a row holds them."""
    return [{"why": reason.why, "what": list(reason.what)} for reason in fit.reasons]


def said(rows: Iterable[dict[str, Any]]) -> list[str]:
    """Stored reasons as sentences; one that is no longer known is left out."""
    return [_SAY[row["why"]](row.get("what", [])) for row in rows if row.get("why") in _SAY]


def of(fit: Fit) -> list[str]:
    """The reasons of a proposal as sentences."""
    return said(kept(fit))


def _words(what: list[str]) -> str:
    return _("Can be asked about: %(words)s") % {"words": ", ".join(what)}


def _profession(what: list[str]) -> str:
    labels = dict(Profession.choices)
    return _("Works as: %(role)s") % {"role": sayings.listed([str(labels.get(w, w)) for w in what])}


def _groups(what: list[str]) -> str:
    labels = dict(TargetGroup.choices)
    shown = sayings.listed([str(labels.get(w, w)) for w in what])
    return _("Works with: %(groups)s") % {"groups": shown}


def _languages(what: list[str]) -> str:
    shown = sayings.listed([str(_LANGUAGES.get(w, w)) for w in what])
    return _("Answers in: %(languages)s") % {"languages": shown}


def _free(_what: list[str]) -> str:
    return _("No other question waits for them")


_SAY: dict[str, Callable[[list[str]], str]] = {
    "words": _words,
    "profession": _profession,
    "groups": _groups,
    "languages": _languages,
    "free": _free,
}
