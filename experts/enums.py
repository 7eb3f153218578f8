"""The closed lists of this app; labels are what a person reads."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Role(TextChoices):
    """What a membership allows. The first three are held in the Project CoP only."""

    PLATFORM_ADMIN = "platform_admin", _("Platform admin")
    PROJECT_MANAGER = "project_manager", _("Project manager")
    AUTHOR = "author", _("Author")
    COORDINATOR = "coordinator", _("Coordinator")
    FACILITATOR = "facilitator", _("Facilitator")
    PARTNER = "partner", _("Partner")
    EXPERT = "expert", _("Expert")


PROJECT_ROLES = frozenset({Role.PLATFORM_ADMIN, Role.PROJECT_MANAGER, Role.AUTHOR})


class Stage(TextChoices):
    """Where a person stands on the way through a community."""

    INVITED = "invited", pgettext_lazy("membership stage", "Invited")
    NEWCOMER = "newcomer", _("Newcomer")
    MEMBER = "member", _("Member")
    ALUMNI = "alumni", _("Alumni")


class Scope(TextChoices):
    """How far a community reaches."""

    COUNTRY = "country", _("Country CoP")
    PROJECT = "project", _("Project CoP")


class CharterState(TextChoices):
    """Where a version of a charter stands."""

    DRAFT = "draft", pgettext_lazy("state of a charter", "Draft")
    VOTING = "voting", pgettext_lazy("state of a charter", "Being voted on")
    ADOPTED = "adopted", pgettext_lazy("state of a charter", "In force")
    SUPERSEDED = "superseded", pgettext_lazy("state of a charter", "Replaced")


# What is written but binds nobody yet; what binds, or did until a later version took its place.
AT_WORK = (CharterState.DRAFT, CharterState.VOTING)
IN_FORCE_ONCE = (CharterState.ADOPTED, CharterState.SUPERSEDED)


class Ballot(TextChoices):
    """What a member says to a draft of the charter."""

    YES = "yes", pgettext_lazy("vote on a charter", "Yes, I agree")
    NO = "no", pgettext_lazy("vote on a charter", "No, something has to change")


class TopicState(TextChoices):
    """What became of a topic that a member proposed."""

    OPEN = "open", pgettext_lazy("proposed topic", "Waits for an answer")
    TAKEN = "taken", pgettext_lazy("proposed topic", "In a draft of the charter")
    DECLINED = "declined", pgettext_lazy("proposed topic", "Declined")


class Profession(TextChoices):
    """What an expert does with migrants, by role name."""

    CASE_WORKER = "case_worker", _("Case worker")
    LEGAL_ADVISER = "legal_adviser", _("Legal adviser")
    LANGUAGE_TEACHER = "language_teacher", _("Language teacher")
    CAREER_COUNSELLOR = "career_counsellor", _("Career counsellor")
    RECOGNITION_OFFICER = "recognition_officer", _("Recognition officer")
    INTERCULTURAL_MEDIATOR = "intercultural_mediator", _("Intercultural mediator")
    PSYCHOLOGIST = "psychologist", _("Psychologist")
    EMPLOYER_LIAISON = "employer_liaison", _("Employer liaison")
    DIGITAL_TRAINER = "digital_trainer", _("Digital trainer")
    VOLUNTEER_COORDINATOR = "volunteer_coordinator", _("Volunteer coordinator")
    LIVED_EXPERIENCE = "lived_experience", _("Lived-experience expert")
    RESEARCHER = "researcher", _("Researcher")


class TargetGroup(TextChoices):
    """Whom an expert works with; never what a single migrant is."""

    NEW_ARRIVALS = "new_arrivals", _("New arrivals")
    WOMEN = "women", _("Women")
    YOUNG_PEOPLE = "young_people", _("Young people")
    FAMILIES = "families", _("Families")
    JOB_SEEKERS = "job_seekers", _("Job seekers")
    LEARNERS = "learners", _("Adult learners")
    SKILLED_WORKERS = "skilled_workers", _("Skilled workers")


class MessageState(TextChoices):
    """Where a mail to a person stands."""

    PLANNED = "planned", _("Planned")
    GATHERED = "gathered", _("Kept for the next digest")
    SENT = "sent", _("Sent")
    BOUNCED = "bounced", _("Came back undelivered")
    FAILED = "failed", _("Refused by the mail server")
    PARKED = "parked", _("Could not be written")
    WITHDRAWN = "withdrawn", _("Not sent")


class NotSent(TextChoices):
    """Why a mail was not sent."""

    GONE = "gone", _("What it was about was deleted.")
    UNTRUE = "untrue", _("When it was due, it was no longer true.")
    TAKEN_BACK = "taken_back", _("Something changed, and another mail or none took its place.")
    CANCELLED = "cancelled", _("A coordinator cancelled it.")
    UNWANTED = "unwanted", _("The person does not want mails of this kind.")
    SUPPRESSED = "suppressed", _("Mails to this address came back, so none is sent there.")


class Channel(TextChoices):
    """The way a message reaches a person."""

    MAIL = "mail", _("By mail")
    APP = "app", _("On the platform")


class Cadence(TextChoices):
    """How often a person wants to hear of a topic."""

    AT_ONCE = "at_once", _("At once")
    DAILY = "daily", _("Once a day")
    WEEKLY = "weekly", _("Once a week")
    OFF = "off", _("Never")


class Topic(TextChoices):
    """What messages are about, as a person chooses between them."""

    ACCOUNT = "account", _("Account and log-in")
    INVITATIONS = "invitations", _("Invitations and polls")
    CHANGES = "changes", _("New times and cancellations")
    REMINDERS = "reminders", _("Reminders of sessions")
    REVIEWS = "reviews", _("Reviews asked of you")
    NEWS = "news", _("News of the community")


class Suppressed(TextChoices):
    """Why no mail is sent to an address."""

    BOUNCE = "bounce", _("Mails came back: the address does not exist")
    COMPLAINT = "complaint", _("The reader reported a mail as unwanted")


class PauseReason(TextChoices):
    """Why no mail leaves the platform."""

    RESTORE = "restore", _("A backup was restored")
    PERSON = "person", _("Somebody paused it")


# What somebody may still have to do something about; everything else is history.
UNSETTLED = (
    MessageState.PLANNED,
    MessageState.GATHERED,
    MessageState.BOUNCED,
    MessageState.FAILED,
    MessageState.PARKED,
)
