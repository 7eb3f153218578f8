"""The closed lists of this app; labels are what a person reads."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Maturity(TextChoices):
    """How far a practice has come; each step up needs what the step names."""

    INNOVATION = "innovation", pgettext_lazy("maturity of a practice", "Innovation")
    PROMISING = "promising", pgettext_lazy("maturity of a practice", "Promising")
    GOOD = "good", pgettext_lazy("maturity of a practice", "Good practice")
    INSTITUTIONALISED = "inst", pgettext_lazy("maturity of a practice", "Institutionalised")


class CheckStep(TextChoices):
    """Where a version of a practice stands on its way through the two checks."""

    DRAFT = "draft", pgettext_lazy("check of a practice", "Draft")
    SUBMITTED = "submitted", pgettext_lazy("check of a practice", "Waits for the screening")
    SCREENED = "screened", pgettext_lazy("check of a practice", "Waits for the technical check")
    PUBLISHED = "published", pgettext_lazy("check of a practice", "Published")
    RETURNED = "returned", pgettext_lazy("check of a practice", "Given back with questions")


class Inclusion(TextChoices):
    """What a practice was looked at for; the card says which hold."""

    GENDERS = "genders", _("Works for women and men, with care for children thought of")
    LANGUAGES = "languages", _("Works with few words of the host language")
    ACCESS = "access", _("Works for people with disabilities")
    DATA = "data", _("Asks for no more personal data than it needs")
    VOICE = "voice", _("Migrants had a say in it")
    HOSTS = "hosts", _("Brings newcomers and people of the place together")


class Use(TextChoices):
    """What an adopting partner does with a practice."""

    PLANNED = "planned", pgettext_lazy("adoption of a practice", "Planned")
    TRIED = "tried", pgettext_lazy("adoption of a practice", "Tried")
    IN_USE = "in_use", pgettext_lazy("adoption of a practice", "In use")
    STOPPED = "stopped", pgettext_lazy("adoption of a practice", "Stopped")


class IdeaState(TextChoices):
    """How far an idea got."""

    NEW = "new", pgettext_lazy("state of an idea", "New")
    EXPLORED = "explored", pgettext_lazy("state of an idea", "Explored")
    TRIED = "tried", pgettext_lazy("state of an idea", "Tried")
    ADOPTED = "adopted", pgettext_lazy("state of an idea", "Adopted")
    PARKED = "parked", pgettext_lazy("state of an idea", "Parked")


class Outcome(TextChoices):
    """What an experiment showed."""

    OPEN = "", pgettext_lazy("outcome of an experiment", "Not known yet")
    HELD = "held", pgettext_lazy("outcome of an experiment", "It worked")
    PARTLY = "partly", pgettext_lazy("outcome of an experiment", "It worked in part")
    FAILED = "failed", pgettext_lazy("outcome of an experiment", "It did not work")


class BriefAudience(TextChoices):
    """For whom a brief is written."""

    MENTOR = "mentor", pgettext_lazy("audience of a brief", "Mentors")
    NGO = "ngo", pgettext_lazy("audience of a brief", "Organisations")
    CITY = "city", pgettext_lazy("audience of a brief", "Cities")
    POLICY = "policy", pgettext_lazy("audience of a brief", "Policy makers")


class Worked(TextChoices):
    """What the asker says of the accepted answer after thirty days."""

    UNKNOWN = "", pgettext_lazy("whether an answer worked", "Not said yet")
    YES = "yes", pgettext_lazy("whether an answer worked", "It worked")
    PARTLY = "partly", pgettext_lazy("whether an answer worked", "In part")
    NO = "no", pgettext_lazy("whether an answer worked", "It did not work")


class Routed(TextChoices):
    """What an expert did with a question that was put to them."""

    ASKED = "asked", pgettext_lazy("question put to an expert", "Asked")
    ANSWERED = "answered", pgettext_lazy("question put to an expert", "Answered")
    PASSED = "passed", pgettext_lazy("question put to an expert", "Passed on")


class Given(TextChoices):
    """What somebody gave to the community."""

    ANSWER = "answer", pgettext_lazy("contribution", "Answer to a question")
    COMMENT = "comment", pgettext_lazy("contribution", "Comment")
    PRACTICE = "practice", pgettext_lazy("contribution", "Good practice")
    CHECK = "check", pgettext_lazy("contribution", "Check of a practice")
    ADOPTION = "adoption", pgettext_lazy("contribution", "Adoption of a practice")
    IDEA = "idea", pgettext_lazy("contribution", "Idea")
    EXPERIMENT = "experiment", pgettext_lazy("contribution", "Test of an idea")
    REVIEW = "review", pgettext_lazy("contribution", "Review of a material")
    SESSION = "session", pgettext_lazy("contribution", "Part in a session")
    HELP = "help", pgettext_lazy("contribution", "Help to a colleague")
    STORY = "story", pgettext_lazy("contribution", "Story")
