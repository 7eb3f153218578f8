"""The closed lists of this app; labels are what a person reads."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Kind(TextChoices):
    """The purpose type of a session."""

    KICK_OFF = "kick_off", _("Kick-off")
    REGULAR = "regular", _("Regular session")
    FEEDBACK = "feedback", _("Feedback session")
    FOCUS_GROUP = "focus_group", _("Focus group")
    PROBLEM_CLINIC = "problem_clinic", _("Problem clinic")
    PRACTICE_FAIR = "practice_fair", _("Practice fair")
    JOINT = "joint", _("Joint session")
    REVIEW = "review", _("After action review")
    TRAINING = "training", _("Training")
    ONBOARDING = "onboarding", _("Onboarding")
    CLOSING = "closing", _("Closing session")


class Mode(TextChoices):
    """Where people meet."""

    ONSITE = "onsite", _("In one room")
    ONLINE = "online", _("Online")
    HYBRID = "hybrid", _("In one room and online")


class Answer(TextChoices):
    """What an invited person said; empty until then."""

    NONE = "", _("No answer yet")
    YES = "yes", pgettext_lazy("answer to an invitation", "Yes")
    MAYBE = "maybe", _("Maybe")
    NO = "no", pgettext_lazy("answer to an invitation", "No")


class AnsweredBy(TextChoices):
    """The way an answer came; all ways write the same record."""

    NONE = "", "–"  # noqa: RUF001 a dash for "nothing"
    LINK = "link", _("by the link in the mail")
    PAGE = "page", _("on the session's page")


class Status(TextChoices):
    """Computed from the clock and the cancellation, never stored."""

    PLANNED = "planned", _("Planned")
    OPEN = "open", _("Going on now")
    ENDED = "ended", _("Ended")
    CANCELLED = "cancelled", _("Cancelled")
