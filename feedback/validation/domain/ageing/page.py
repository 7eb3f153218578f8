"""Signs of ageing, ready to show."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from experts import reference
from experts.models import User
from feedback.reviews.domain.rounds import PANEL
from feedback.reviews.models import ReviewRound
from feedback.validation.domain.ageing import sensors
from feedback.validation.domain.ageing.concerned import countries_of
from feedback.validation.domain.ageing.settling import Proposal
from feedback.validation.enums import Sign
from feedback.validation.models import AgeingSign

_ICONS = {
    Sign.EXPIRY: "clock",
    Sign.STALE_SOURCE: "file",
    Sign.DEAD_LINK: "link",
    Sign.LAW: "list",
}
_LANGUAGES = dict(settings.PROJECT_LANGUAGES)


@dataclass(frozen=True)
class Row:
    """A sign in the list."""

    url: str
    code: str
    title: str
    version: int
    language: str
    icon: str
    label: str
    sentence: str
    noticed_on: date
    countries: tuple[str, ...]


@dataclass(frozen=True)
class Detail:
    """One sign; `panel` says what the mini round asks for, `before` what there was.

    `previous` is the address of the round before, for who may see it.
    """

    row: Row
    proposal: Proposal
    panel: str
    before: str
    previous: str
    is_open: bool


def rows(signs: Iterable[AgeingSign]) -> list[Row]:
    """From signs `with_version`; one question."""
    signs = list(signs)
    concerned = countries_of(signs) if signs else {}
    codes = {country.pk: country.code for country in reference.countries()}
    return [
        Row(
            url=sign.get_absolute_url(),
            code=sign.version.material.code,
            title=sign.version.material.title,
            version=sign.version.number,
            language=str(_LANGUAGES[sign.version.language]),
            icon=_ICONS[Sign(sign.sign)],
            label=str(Sign(sign.sign).label),
            sentence=sensors.sentence(sign.sign, sign.detail),
            noticed_on=sign.noticed_on,
            countries=tuple(sorted(codes[pk] for pk in concerned[sign.pk] if pk in codes)),
        )
        for sign in signs
    ]


def detail(sign: AgeingSign, proposal: Proposal, user: User) -> Detail:
    """One sign `with_version`, with what was proposed about it to this person."""
    previous = proposal.previous
    rounds = ReviewRound.objects.visible_to(user)
    return Detail(
        row=rows([sign])[0],
        proposal=proposal,
        panel=_panel(proposal),
        before=_before(proposal),
        previous=previous.get_absolute_url() if previous and rounds.contains(previous) else "",
        is_open=sign.settled_at is None and sign.round_id is None,
    )


def _panel(proposal: Proposal) -> str:
    panel = proposal.panel
    words: dict[str, int | str] = {"n": panel.experts, "needed": panel.needed}
    if not proposal.countries:
        return (
            _(
                "%(n)d experts of each country are the smallest panel that can decide under the "
                "newest policy: %(needed)d of them must find a criterion relevant."
            )
            % words
        )
    words["countries"] = ", ".join(country.code for country in proposal.countries)
    return (
        _(
            "%(n)d experts (%(countries)s) are the smallest panel that can decide under the newest "
            "policy: %(needed)d of %(n)d must find a criterion relevant."
        )
        % words
    )


def _before(proposal: Proposal) -> str:
    # How many of fewer answered is told to nobody.
    if proposal.before.experts < PANEL:
        return ""
    text = ngettext(
        "The verdict so far rests on %(n)d review.",
        "The verdict so far rests on %(n)d reviews.",
        proposal.before.experts,
    )
    return text % {"n": proposal.before.experts}
