"""The closed lists of this room; labels are what a person reads."""

from __future__ import annotations

from django.db.models import IntegerChoices, TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from experts.enums import Role

# Who runs groups and forms of a country, and hears what is said there.
HOSTS = (Role.COORDINATOR, Role.FACILITATOR)


class Voice(TextChoices):
    """Whose experience a group or a form asks for."""

    MIGRANT = "migrant", _("Migrants")
    MENTOR = "mentor", _("Mentors")
    EXPERT = "expert", _("Experts")


class AgeBand(TextChoices):
    """As coarse as planning needs; nobody has to say it."""

    NOT_SAID = "", pgettext_lazy("a detail a participant keeps to themselves", "Not said")
    UNDER_18 = "under_18", _("Under 18")
    YOUNG = "18_29", _("18 to 29")
    MIDDLE = "30_49", _("30 to 49")
    OLDER = "50_up", _("50 or older")


class Gender(TextChoices):
    """Said by the participant or not at all."""

    NOT_SAID = "", pgettext_lazy("a detail a participant keeps to themselves", "Not said")
    WOMAN = "woman", _("Woman")
    MAN = "man", _("Man")
    OTHER = "other", pgettext_lazy("gender", "Other")


class Composition(TextChoices):
    """Who sits together: people speak more freely among those like themselves."""

    MIXED = "mixed", _("Mixed")
    WOMEN = "women", _("Women only")
    MEN = "men", _("Men only")
    YOUNG = "young", _("Young adults only")


class Purpose(TextChoices):
    """What somebody agrees to, one by one; none is a condition of taking part."""

    NOTES = "notes", _("What you say is written down, without your name")
    QUOTES = "quotes", _("Your words may be printed in reports, without your name")
    RECORDING = "recording", _("The talk is recorded until it is written down")
    VOICE = "voice", _("Your voice message is kept until it is written down")


class Recruited(TextChoices):
    """Where the people of a group got to between being asked and coming."""

    APPROACHED = "approached", _("Asked")
    DECLINED = "declined", _("Said no")
    AGREED = "agreed", _("Said yes")
    CAME = "came", _("Came")
    LEFT = "left", _("Left before the end")


class AnswerKind(TextChoices):
    """How a question of an easy form is answered."""

    FACES = "faces", _("Four faces")
    THUMBS = "thumbs", _("Thumb up or down")
    WORDS = "words", _("Say or write")
    AGREE = "agree", _("Five steps from no to yes")


class FormKind(TextChoices):
    """What a form by link is for."""

    FEEDBACK = "feedback", _("Feedback on a material")
    SURVEY = "survey", _("Survey after use")


class Face(IntegerChoices):
    """The four faces, as values 1 to 4; thumbs are 1 and 2, steps 1 to 5."""

    VERY_SAD = 1, _("Very bad")
    SAD = 2, _("Bad")
    HAPPY = 3, _("Good")
    VERY_HAPPY = 4, _("Very good")


class Stance(TextChoices):
    """What a passage says of the matter of its code."""

    NEUTRAL = "", pgettext_lazy("stance of a quote", "Neither")
    FOR = "for", pgettext_lazy("stance of a quote", "In favour")
    AGAINST = "against", pgettext_lazy("stance of a quote", "Against")


class Kept(TextChoices):
    """Kinds of what is kept for a time only, each with a rule of its own."""

    RECORDING = "recording", _("Recordings of talks")
    VOICE = "voice", _("Voice messages")
    WORDS = "words", _("What people said and wrote")
    CONSENT = "consent", _("Consents and participant codes")
    ATTENDANCE = "attendance", _("Attendance lists")
