"""Briefs are made of chosen suggestions, one for each audience, and then said in its words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from cop_platform.common.refusals import NotPossible
from cop_platform.common.reporting.unnamed import without_names
from cop_platform.common.times import to_wall
from experts.domain import audit
from experts.models import Person, User
from practices import permissions
from practices.domain.briefs import sources
from practices.models import Brief, BriefLine

MOST_LINES = 40


@dataclass(frozen=True)
class Said:
    """A line as it is edited: under which theme, in which words."""

    theme: str
    text: str


@transaction.atomic
def make(
    *, title: str, intro: str, audiences: Iterable[str], refs: Sequence[str], by: User, at: datetime
) -> list[Brief]:
    """One brief for each audience, all of the same suggestions, named as `sources` names them.

    Names of people are left out of the words. Raises Refused, or NotPossible where a suggestion is
    not this person's to choose, or there is none.
    """
    permissions.may_write_briefs(by)
    known = {item.ref: item for item in sources.offered(by)}
    chosen = [known[ref] for ref in dict.fromkeys(refs) if ref in known]
    if not chosen or len(chosen) != len(set(refs)) or len(chosen) > MOST_LINES:
        raise NotPossible(
            _("Choose between one and %(most)d suggestions from the list.") % {"most": MOST_LINES}
        )
    names = list(Person.objects.order_by("pk").values_list("name", flat=True))
    made = []
    for audience in dict.fromkeys(audiences):
        brief = Brief.objects.create(
            title=title,
            intro=intro,
            audience=audience,
            country=by.person.country,
            made_by=by.person,
            made_on=to_wall(at, by.person.zone).date(),
        )
        BriefLine.objects.bulk_create(
            BriefLine(
                brief=brief,
                position=position,
                theme=item.theme or _("Further suggestions"),
                text=without_names(item.text, names),
                source_kind=item.kind,
                source_id=item.key,
                source_country=item.country,
                source_day=item.day,
            )
            for position, item in enumerate(chosen, start=1)
        )
        audit.record(deed="brief_made", about=brief, by=by, at=at, country_id=brief.country_id)
        made.append(brief)
    return made


@transaction.atomic
def change(
    *,
    brief_id: int,
    revision: int,
    title: str,
    intro: str,
    lines: Mapping[int, Said],
    by: User,
    at: datetime,
) -> Brief:
    """Says a brief anew; a line without words is left out for good, its item stays where it is.

    Raises Refused, or NotPossible where somebody changed it meanwhile or nothing would be left.
    """
    brief = Brief.objects.select_for_update(of=("self",)).get(pk=brief_id)
    permissions.may_edit_brief(by, brief.country_id)
    if brief.revision != revision:
        raise NotPossible(
            _("Somebody changed this brief meanwhile. Look at it again, then save once more.")
        )
    kept = {pk: said for pk, said in lines.items() if said.text}
    if not kept:
        raise NotPossible(_("A brief needs one line at least."))
    brief.lines.exclude(pk__in=kept).delete()
    for line in brief.lines.all():
        line.theme = kept[line.pk].theme or _("Further suggestions")
        line.text = kept[line.pk].text
        line.save(update_fields=["theme", "text"])
    brief.title, brief.intro = title, intro
    brief.revision += 1
    brief.save()
    audit.record(deed="brief_changed", about=brief, by=by, at=at, country_id=brief.country_id)
    return brief
