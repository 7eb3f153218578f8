"""The closed lists of this room; labels are what a person reads."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Choice(TextChoices):
    """What an expert ticks for a criterion; the words of 1 to 4 stand in the rubric."""

    NO = "1", _("No")
    PARTLY = "2", _("Partly")
    MOSTLY = "3", _("Mostly")
    FULLY = "4", _("Fully")
    NOT_APPLICABLE = "na", _("Not applicable")


# These need a comment: without it the author does not know what to mend.
LOW = frozenset({Choice.NO, Choice.PARTLY})


class CriterionKind(TextChoices):
    """What is answered to a criterion. Validation figures are computed of the first two."""

    RELEVANCE = "relevance", _("Scale of 1 to 4")
    ESSENTIAL = "essential", _("Essential, useful, not necessary")
    CHECK = "check", _("Yes or no")
    TEXT = "text", _("Free text")


class Essential(TextChoices):
    """The words of Lawshe's three points, where a rubric has none of its own."""

    NOT_NECESSARY = "1", _("Not necessary")
    USEFUL = "2", _("Useful")
    ESSENTIAL = "3", _("Essential")


class Checked(TextChoices):
    """The words of a point of a checklist, where a rubric has none of its own."""

    NO = "1", pgettext_lazy("answer to a point of a checklist", "No")
    YES = "2", pgettext_lazy("answer to a point of a checklist", "Yes")


class Confidence(TextChoices):
    """How sure an expert is of one answer."""

    LOW = "1", pgettext_lazy("confidence", "Not sure")
    MEDIUM = "2", pgettext_lazy("confidence", "Fairly sure")
    HIGH = "3", pgettext_lazy("confidence", "Sure")


class Phase(TextChoices):
    """Where an open round stands; a round goes forward only, and may leave a phase out."""

    INDEPENDENT = "independent", _("Independent reviews")
    DISCUSSION = "discussion", _("Discussion")
    RESPONSE = "response", _("Response to the reviewers")
    DECISION = "decision", _("Decision")


# In these phases reviews are written and sent.
TAKES_REVIEWS = frozenset({Phase.INDEPENDENT, Phase.DISCUSSION})


class Blindness(TextChoices):
    """From whom the reviewers of a round are hidden."""

    BOTH = "both", _("Reviewers are hidden from authors and from each other")
    FROM_AUTHORS = "authors", _("Reviewers are hidden from authors")
    FROM_EACH_OTHER = "each_other", _("Reviewers are hidden from each other")
    OPEN = "open", _("Names are shown beside reviews")


class AnnotationKind(TextChoices):
    """What of a material an annotation points at."""

    TEXT = "text", _("Words")
    REGION = "region", _("Part of a page")
    IMAGE = "image", _("Part of a picture")
    SLIDE = "slide", _("Slide")
    TIME = "time", _("Moment of a film")


class Mark(TextChoices):
    """How an annotation is meant."""

    MUST = "must", _("Must change")
    SHOULD = "should", _("Should change")
    IDEA = "idea", _("Idea")
    PRAISE = "praise", _("Praise")


class Voice(TextChoices):
    """Who speaks in a discussion. A reviewer speaks by the code, the others by their names."""

    REVIEWER = "reviewer", _("Reviewer")
    AUTHOR = "author", _("Author")
    COORDINATOR = "coordinator", _("Coordinator")


class Carried(TextChoices):
    """What became of an annotated place in a newer version."""

    KEPT = "kept", _("Still there")
    MOVED = "moved", _("Moved")
    CHANGED = "changed", _("Changed")
    GONE = "gone", _("No longer there")


class Fixed(TextChoices):
    """What a reviewer of the next round says of a place that was to change."""

    YES = "yes", _("Fixed")
    PARTLY = "partly", _("Partly")
    NO = "no", _("Not fixed")
