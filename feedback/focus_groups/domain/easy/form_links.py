"""The link of an easy form: one address for everybody who may answer, and nobody's name in it."""

from __future__ import annotations

from django.conf import settings

from cop_platform.common import tokens
from experts.domain import links
from feedback.focus_groups.models import EasyForm


def token(form: EasyForm) -> str:
    """What proves the right to answer; tokens of an older generation prove nothing."""
    return tokens.of(EasyForm.LINK, form)


def address(form: EasyForm) -> str:
    """Where guests answer the form, as a path; links of an older generation lead nowhere."""
    return links.own_page("easy_form", token(form))


def link(form: EasyForm) -> str:
    """The same with the platform's own address before it: what is copied, printed and scanned."""
    return f"{settings.BASE_URL}{address(form)}"


def find(token: str) -> EasyForm | None:
    """The form a link is about, open or closed; None for one that is wrong, revoked or guessed.

    A rule that opens surveys is no form: nobody answers it.
    """
    answered = EasyForm.objects.exclude(version__isnull=True, release_days__isnull=False)
    return tokens.find(token, EasyForm.LINK, answered.select_related("country", "version"))
