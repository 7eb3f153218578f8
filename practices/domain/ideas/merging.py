"""Two ideas that say the same become one, and can be taken apart again.

Every merged idea points at the one that stands (`merged_into`), so that lists need one step only.
`merged_with` keeps what was done by hand: taking one apart takes what came with it along.
"""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from cop_platform.common.refusals import NotPossible
from experts.models import User
from practices import permissions
from practices.domain.ideas import rows
from practices.models import Idea


@transaction.atomic
def merge(*, idea_id: int, into_id: int, by: User, at: datetime) -> Idea:
    """Makes an idea part of another one, which is given back; votes and texts stay where they are.

    Raises Refused, or NotPossible where one of them is merged already or they are the same.
    """
    permissions.may_answer_ideas(by)
    if idea_id == into_id:
        raise NotPossible(_("An idea cannot be merged into itself."))
    both = Idea.objects.select_for_update(of=("self",)).select_related("merged_into")
    found = {row.pk: row for row in both.filter(pk__in=[idea_id, into_id]).order_by("pk")}
    idea, into = found[idea_id], found[into_id]
    for row in (idea, into):
        if row.merged_into:
            raise NotPossible(
                _("“%(title)s” is merged already, into “%(into)s”. Take it apart first.")
                % {"title": row.title, "into": row.merged_into.title}
            )
    Idea.objects.filter(merged_into=idea).update(merged_into=into)
    idea.merged_into = idea.merged_with = into
    rows.save(idea, "idea_merged", by=by, at=at)
    return into


@transaction.atomic
def take_apart(*, idea_id: int, by: User, at: datetime) -> Idea:
    """Makes a merged idea one of its own again, with those that were merged into it before.

    Raises Refused, or NotPossible for one that stands alone.
    """
    permissions.may_answer_ideas(by)
    known = Idea.objects.only("merged_into").get(pk=idea_id)
    # The standing one first: whoever merges it on waits for this, and this for them.
    list(
        Idea.objects.select_for_update()
        .filter(pk__in=[idea_id, known.merged_into_id or 0])
        .order_by("pk")
    )
    idea = Idea.objects.get(pk=idea_id)
    if idea.merged_into_id is None:
        raise NotPossible(_("This idea is one of its own already."))
    along = _with_it(idea)
    Idea.objects.filter(pk__in=along).update(merged_into=idea)
    idea.merged_into = idea.merged_with = None
    rows.save(idea, "idea_taken_apart", by=by, at=at)
    return idea


def _with_it(idea: Idea) -> set[int]:
    """Those that were merged by hand into this one, or into one of them."""
    siblings = Idea.objects.filter(merged_into=idea.merged_into_id)
    pairs = list(siblings.values_list("pk", "merged_with_id"))
    found: set[int] = set()
    fresh = {idea.pk}
    while fresh:
        fresh = {pk for pk, merged_with in pairs if merged_with in fresh} - found - {idea.pk}
        found |= fresh
    return found
