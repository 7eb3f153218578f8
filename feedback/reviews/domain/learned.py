"""One's own reviews that were sent, for the page of what somebody learned; for nobody else."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from cop_platform.common import competences
from cop_platform.common.learned import Entry, Learned
from experts.models import User
from feedback.reviews.domain import identity
from feedback.reviews.models import Assignment


def of(user: User, at: datetime) -> Iterator[Entry]:
    """The work that was reviewed, by the day it was sent; one query."""
    own = Assignment.objects.submitted(at.date()).with_version()
    sent = own.filter(pk__in=identity.own(user).values("pk"))
    for assignment in sent:
        assert assignment.submitted_on is not None
        material = assignment.round.version.material
        yield Entry(
            kind=Learned.REVIEW,
            day=assignment.submitted_on,
            title=str(material),
            part=_("Reviewed as an expert"),
            url=reverse("review_certificate", args=[assignment.pk]),
            tags=tuple(material.levels),
            competences=competences.OF_A_REVIEW,
        )
