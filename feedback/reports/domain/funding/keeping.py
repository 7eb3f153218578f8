"""Changes the grant, its words and the logos; a sign-off holds for exactly the words it saw."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from cop_platform.common.refusals import NotPossible
from experts.domain import audit
from experts.models import Partner, User
from feedback.reports import permissions
from feedback.reports.domain.funding import pictures
from feedback.reports.models import FundingText, Grant, Logo


class BadFunding(NotPossible):
    """What was typed cannot be kept; `field` is where the sentence belongs."""

    def __init__(self, sentence: str, field: str) -> None:
        super().__init__(sentence)
        self.field = field


@dataclass(frozen=True)
class GrantWords:
    """The grant as it is typed."""

    acronym: str
    title: str
    number: str
    authority: str
    result: str
    licence: str
    emblem_words: str


def grant() -> Grant | None:
    """The one agreement; None before it was typed."""
    return Grant.objects.first()


@transaction.atomic
def save_grant(*, words: GrantWords, emblem: bytes, by: User, at: datetime) -> Grant:
    """Keeps the grant; an empty `emblem` leaves the one that is there.

    Raises BadFunding where the emblem is no picture or nobody says what it shows.
    """
    permissions.may_fund(by)
    found = Grant.objects.select_for_update().first() or Grant(pk=1)
    if emblem:
        picture = _picture(emblem, "emblem")
        found.emblem, found.emblem_type = picture.data, picture.media_type
    if found.emblem and not words.emblem_words:
        raise BadFunding(_("Say in words what the emblem shows."), "emblem_words")
    for name, value in vars(words).items():
        setattr(found, name, value)
    found.save()
    audit.record(deed="grant changed", about=found, by=by, at=at, emblem=bool(emblem))
    return found


def digest(text: FundingText | None) -> str:
    """What a sign-off is held against: the hash of both texts as they stand; "" of none."""
    if text is None:
        return ""
    whole = "\x00".join([text.statement, text.disclaimer])
    return hashlib.sha256(whole.encode()).hexdigest()


@transaction.atomic
def save_text(
    *, language: str, statement: str, disclaimer: str, seen: str, by: User, at: datetime
) -> FundingText:
    """Keeps both texts in a language; other words than before are not signed off any more.

    `seen` is the digest of the words this change started from. Raises NotPossible when somebody
    changed them meanwhile, or when there is no grant yet.
    """
    permissions.may_fund(by)
    whole = Grant.objects.select_for_update().first()
    if whole is None:
        raise NotPossible(_("Type the grant first; its words belong to it."))
    found = FundingText.objects.filter(grant=whole, language=language).first()
    if digest(found) != seen:
        raise NotPossible(
            _("Somebody changed these words meanwhile. Read them below, then save yours again.")
        )
    found = found or FundingText(grant=whole, language=language)
    if (found.statement, found.disclaimer) == (statement, disclaimer):
        return found
    found.statement, found.disclaimer = statement, disclaimer
    found.signed_off_by = found.signed_off_at = None
    found.save()
    audit.record(deed="funding text changed", about=found, by=by, at=at, language=language)
    return found


@transaction.atomic
def sign_off(*, language: str, seen: str, by: User, at: datetime) -> FundingText:
    """The manager says that these words are those of the agreement.

    Raises NotPossible where there are none, or other ones than were `seen`.
    """
    permissions.may_fund(by)
    found = FundingText.objects.select_for_update().filter(language=language).first()
    if found is None:
        raise NotPossible(_("There are no words in this language yet."))
    if digest(found) != seen:
        raise NotPossible(_("These words were changed meanwhile. Read them again, then sign."))
    if found.signed_off_at is None:
        found.signed_off_by, found.signed_off_at = by.person, at
        found.save()
        audit.record(deed="funding text signed off", about=found, by=by, at=at, language=language)
    return found


@transaction.atomic
def give_logo(*, partner: Partner, picture: bytes, by: User, at: datetime) -> Logo:
    """Keeps a partner's logo, instead of the one before. Raises BadFunding for no picture."""
    permissions.may_give_logo(by, partner.country_id)
    kept = _picture(picture, "picture")
    Partner.objects.select_for_update(no_key=True).get(pk=partner.pk)
    logo, _new = Logo.objects.update_or_create(
        partner=partner, defaults={"picture": kept.data, "media_type": kept.media_type}
    )
    audit.record(deed="logo given", about=logo, by=by, at=at, country_id=partner.country_id)
    return logo


@transaction.atomic
def take_logo_away(*, partner: Partner, by: User, at: datetime) -> None:
    """Reports to come show no logo of this partner; twice is as good as once."""
    permissions.may_give_logo(by, partner.country_id)
    logo = Logo.objects.filter(partner=partner).first()
    if logo is not None:
        audit.record(
            deed="logo taken away", about=logo, by=by, at=at, country_id=partner.country_id
        )
        logo.delete()


def _picture(data: bytes, field: str) -> pictures.Checked:
    try:
        return pictures.checked(data)
    except pictures.BadPicture as error:
        raise BadFunding(str(error), field) from error
