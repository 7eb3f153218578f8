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


class ActionState(TextChoices):
    """How a promise stands."""

    OPEN = "open", pgettext_lazy("promise", "Open")
    DONE = "done", pgettext_lazy("promise", "Done")
    DROPPED = "dropped", pgettext_lazy("promise", "Dropped")


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
    MAIL = "mail", _("from a calendar, by mail")


class Status(TextChoices):
    """Computed from the clock and the cancellation, never stored."""

    PLANNED = "planned", _("Planned")
    OPEN = "open", _("Going on now")
    ENDED = "ended", _("Ended")
    CANCELLED = "cancelled", _("Cancelled")


class Duty(TextChoices):
    """A part somebody takes in a session besides being there."""

    FACILITATOR = "facilitator", _("Facilitator")
    NOTE_TAKER = "note_taker", _("Note-taker")
    INTERPRETER = "interpreter", _("Interpreter")


class GuestRule(TextChoices):
    """Who a session is for."""

    WHOLE_COP = "whole_cop", _("The whole community")
    CHOSEN = "chosen", _("Chosen people")
    SMALL = "small", _("Five to ten chosen people")
    OPEN = "open", _("The community and external guests")


class AskedThrough(TextChoices):
    """The way a person came onto the guest list."""

    PERSON = "person", _("chosen by name")
    COP = "cop", _("as a member of the community")
    TOPIC = "topic", _("because of the topic")
    ROLE = "role", _("because of the role")
    QUOTA = "quota", _("by a country's quota")
    POLL = "poll", _("as a voter of the poll")
    EXTERNAL = "external", _("as an external guest")


class Seat(TextChoices):
    """Where somebody who said yes stands when seats are limited."""

    NONE = "", "–"  # noqa: RUF001 a dash for "nothing"
    SEATED = "seated", _("Has a seat")
    WAITING = "waiting", _("On the waiting list")
    OFFERED = "offered", _("A seat is offered")


class Suits(TextChoices):
    """How a time suits a voter."""

    YES = "yes", pgettext_lazy("a time suits", "Yes")
    IF_NEEDED = "if_needed", _("If needed")
    NO = "no", pgettext_lazy("a time suits", "No")


class FeedScope(TextChoices):
    """What a subscribed calendar shows."""

    PERSONAL = "personal", _("My sessions")
    COP = "cop", _("One community")
    PROJECT = "project", _("The whole project")


class InboundResult(TextChoices):
    """What became of a mail with calendar text."""

    APPLIED = "applied", _("Applied")
    PROPOSAL = "proposal", _("Another time proposed")
    NEEDS_REVIEW = "needs_review", _("Needs review")
    IGNORED = "ignored", _("Ignored")


class ProposalState(TextChoices):
    """Where a proposed time stands."""

    OPEN = "open", _("Open")
    ACCEPTED = "accepted", _("Accepted")
    DECLINED = "declined", _("Declined")


class UndoableDeed(TextChoices):
    """What can be taken back for a moment."""

    MOVE = "move", _("Session moved")
    CANCEL = "cancel", _("Session cancelled")
    INVITE = "invite", _("People invited")
    PROPOSAL = "proposal", _("Proposed time accepted")
    SERIES_CHANGE = "series change", _("Series changed")
    SERIES_CANCEL = "series cancel", _("Dates cancelled")
    SERIES_INVITE = "series invite", _("People invited to the series")
    BRING_BACK = "bring back", _("Date brought back")


class SeriesScope(TextChoices):
    """Which dates of a series a change is about."""

    ONE = "one", _("Only this date")
    FOLLOWING = "following", _("This date and all following")
    ALL = "all", _("All dates still to come")


class Audience(TextChoices):
    """Whom a reminder of a session is for."""

    INVITED = "invited", _("invited, not declined")
    ACCEPTED = "accepted", _("said yes")
    UNANSWERED = "unanswered", _("not answered yet")
    WAITING = "waiting", _("waiting for a seat")
    FACILITATORS = "facilitators", _("with a role, and the planner")
    REVIEWERS = "reviewers", _("reviewers with open work")
    ABSENTEES = "absentees", _("declined or no answer")


class ReminderMail(TextChoices):
    """The mail a reminder is written with."""

    REMINDER = "reminder", _("Reminder")
    LAST_CALL = "last_call", _("Please answer")
    CHECKLIST = "checklist", _("Checklist")
    REVIEW_CALL = "review_call", _("Please review")
    AFTER = "after", _("Thanks, and what comes next")
