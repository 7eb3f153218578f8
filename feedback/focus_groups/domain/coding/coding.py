"""Coding: one coder goes through one quote, by themselves, as often as they like."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from cop_platform.common.refusals import NotPossible
from cop_platform.common.times import to_wall
from experts.models import User
from feedback.focus_groups import permissions
from feedback.focus_groups.domain.coding import independence
from feedback.focus_groups.enums import Stance
from feedback.focus_groups.models import Code, CoderPass, Coding, FocusGroup, Quote


class NotCodable(NotPossible):
    """The quote was not gone through for details yet, or a code is not of this codebook."""


@transaction.atomic
def code_quote(*, quote_id: int, codes: Mapping[int, str], by: User, at: datetime) -> CoderPass:
    """Replaces what this coder gave to a quote by `codes`, each with its stance.

    No code at all is an answer as well: the quote was read and nothing fits. A code that was
    merged meanwhile stands for the one it became part of. Raises Refused, NotCodable.
    """
    quote = Quote.objects.select_for_update(of=("self",)).select_related("group").get(pk=quote_id)
    group = quote.group
    permissions.may_hear(by, group.country_id)
    if quote.checked_on is None:
        raise NotCodable(_("This quote has to be gone through for details before it is coded."))
    if not (quote.clean_words or quote.clean_rendering):
        raise NotCodable(_("There are no words here that could be coded."))
    given = _known(group, codes)
    done, _is_new = CoderPass.objects.update_or_create(
        quote=quote, coder=by.person, defaults={"done_on": to_wall(at, by.person.zone).date()}
    )
    done.codings.all().delete()
    Coding.objects.bulk_create(
        Coding(coded=done, code_id=code, stance=stance) for code, stance in sorted(given.items())
    )
    if independence.is_open(by, group):
        _keep_alone(group, by)
    return done


def _known(group: FocusGroup, codes: Mapping[int, str]) -> dict[int, str]:
    # Locked, so that a merge waits for what is given now and takes it along.
    rows = Code.objects.select_for_update(no_key=True).order_by("pk")
    known = rows.filter(country_id=group.country_id, pk__in=codes)
    became = dict(known.values_list("pk", "merged_into"))
    if len(became) != len(codes):
        raise NotCodable(_("One of these codes is not in the codebook. Look at the list again."))
    if not set(codes.values()) <= set(Stance.values):
        raise NotCodable(_("Say of each code whether the quote is in favour, against or neither."))
    return {became[code] or code: stance for code, stance in sorted(codes.items())}


def _keep_alone(group: FocusGroup, by: User) -> None:
    """Writes down what was found alone, before the first look at what others found."""
    fresh = CoderPass.objects.filter(quote__group=group, coder=by.person, alone__isnull=True)
    passes = list(fresh.prefetch_related("codings"))
    for one in passes:
        one.alone = sorted(coding.code_id for coding in one.codings.all())
    CoderPass.objects.bulk_update(passes, ["alone"])
