"""What the page about the funder's rules shows, ready for a template."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cop_platform.common.panels import Panel
from cop_platform.common.times import say_day, to_wall
from experts.models import Country, Partner, User
from feedback.reports import permissions
from feedback.reports.domain.funding import keeping
from feedback.reports.models import FundingText, Grant

# The languages reports are compiled in.
LANGUAGES: tuple[str, ...] = tuple(code for code, _label in settings.MAIL_LANGUAGES)


@dataclass(frozen=True)
class TextLine:
    """A language with the state of its words: none, waiting for the sign-off, signed."""

    language: str
    label: str
    state: str
    signed: str


@dataclass(frozen=True)
class PartnerLine:
    """A partner, and whether it has given its logo."""

    pk: int
    name: str
    country: str
    has_logo: bool


@dataclass(frozen=True)
class FundingPage:
    """The whole page."""

    grant: Grant | None
    texts: tuple[TextLine, ...]
    partners: tuple[PartnerLine, ...]

    @property
    def signed(self) -> int:
        return sum(line.state == "signed" for line in self.texts)

    @property
    def standing(self) -> str:
        """Where the funder's rules stand, in a sentence."""
        if self.grant is None:
            return _("No grant is typed yet; without it nothing is published.")
        if not self.grant.emblem:
            return _("The funder's emblem is missing; without it nothing is published.")
        return ngettext(
            "The words are signed off in %(n)d of %(all)d language.",
            "The words are signed off in %(n)d of %(all)d languages.",
            len(self.texts),
        ) % {"n": self.signed, "all": len(self.texts)}


def build(user: User) -> FundingPage:
    """Grant, words and logos; three queries."""
    found = FundingText.objects.select_related("signed_off_by")
    texts = {text.language: text for text in found}
    partners = Partner.objects.select_related("country", "logo").defer("logo__picture")
    return FundingPage(
        grant=keeping.grant(),
        texts=tuple(
            _line(code, str(label), texts.get(code), user.person.zone)
            for code, label in settings.MAIL_LANGUAGES
        ),
        partners=tuple(
            PartnerLine(partner.pk, partner.name, partner.country.code, hasattr(partner, "logo"))
            for partner in partners
        ),
    )


def _line(code: str, label: str, text: FundingText | None, zone: str) -> TextLine:
    if text is None:
        return TextLine(code, label, "missing", "")
    if text.signed_off_at is None or text.signed_off_by is None:
        return TextLine(code, label, "open", "")
    day = say_day(to_wall(text.signed_off_at, zone))
    said = _("%(name)s, %(day)s") % {"name": text.signed_off_by.name, "day": day}
    return TextLine(code, label, "signed", said)


def may_see_logo_page(user: User, partner: Partner) -> bool:
    """Whether the page with a partner's logo is there for somebody."""
    return permissions.may_give_logo.allows(user, partner.country_id)


def panels(user: User, country: Country) -> list[Panel]:
    """On a country's page, for its partner and the project manager; the page knows the partners."""
    if not permissions.may_give_logo.allows(user, country.pk):
        return []
    partners = list(country.partners.all())
    return [Panel("feedback/_logo_panel.html", {"partners": partners})] if partners else []
