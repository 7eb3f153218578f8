"""The closed lists of validation; labels are what a person reads."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Standing(TextChoices):
    """What may be said of a version. "Withdrawn" is what a verdict comes to, never a proposal."""

    VALIDATED = "validated", pgettext_lazy("verdict", "Validated")
    WITH_CHANGES = "changes", pgettext_lazy("verdict", "Validated with changes")
    REVISE = "revise", pgettext_lazy("verdict", "Revise and rate again")
    NOT_VALIDATED = "not", pgettext_lazy("verdict", "Not validated")
    NOT_ENOUGH = "evidence", pgettext_lazy("verdict", "Not enough evidence")
    WITHDRAWN = "withdrawn", pgettext_lazy("verdict", "Withdrawn")


# With these a material may be relied on.
GOOD = frozenset({Standing.VALIDATED, Standing.WITH_CHANGES})
# What figures can propose, and a person confirm.
PROPOSED = tuple(standing for standing in Standing if standing != Standing.WITHDRAWN)


class Sign(TextChoices):
    """What makes a verdict old: each is noticed by a sensor of that kind."""

    EXPIRY = "expiry", _("The verdict ends soon")
    STALE_SOURCE = "source", _("The source has moved on")
    DEAD_LINK = "link", _("A link leads nowhere")
    LAW = "law", _("The law or a policy changed")


class CredentialKind(TextChoices):
    """What a signed credential is about."""

    MATERIAL = "material", _("A material that was validated")
    REVIEWER = "reviewer", _("The work of a reviewer")
    PARTICIPATION = "participation", _("Taking part in sessions")
    COMPETENCE = "competence", _("A competence that was trained")


# These name their holder, who asked for them.
NAMING = (CredentialKind.PARTICIPATION, CredentialKind.COMPETENCE)
