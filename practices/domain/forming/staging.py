"""A person confirms the suggested life stage of a community, or decides otherwise and says why."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from cop_platform.common.refusals import NotPossible
from experts import permissions
from experts.domain import audit
from experts.models import CommunityOfPractice, User
from practices.domain.forming import stage_figures
from practices.domain.forming.life_stages import suggest
from practices.models import StageDecision


class ReasonMissing(NotPossible):
    """Another stage than the suggested one needs a reason."""


@transaction.atomic
def decide(*, cop_id: int, stage: str, why: str, by: User, at: datetime) -> StageDecision:
    """Writes the stage down beside the figures it was decided from.

    Raises Refused, ReasonMissing.
    """
    rows = CommunityOfPractice.objects.select_for_update(of=("self",)).select_related("country")
    cop = rows.get(pk=cop_id)
    permissions.may_write_charter(by, cop)
    figures = stage_figures.read(cop, at)
    suggested = suggest(figures).stage
    if stage != suggested and not why:
        raise ReasonMissing(
            _("The figures speak for another stage. Please say why it is this one.")
        )
    decision = StageDecision.objects.create(
        cop=cop,
        stage=stage,
        suggested=suggested,
        figures=asdict(figures),
        why="" if stage == suggested else why,
        by=by.person,
        at=at,
    )
    audit.record(deed="life stage decided", about=decision, by=by, at=at, country_id=cop.country_id)
    return decision
