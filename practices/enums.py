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


class Occasion(TextChoices):
    """Why a story is told."""

    STORY = "story", pgettext_lazy("occasion of a story", "Something worked, or did not")
    TRAINING = (
        "training",
        pgettext_lazy("occasion of a story", "What came of a training"),
    )
    LEAVING = "leaving", pgettext_lazy("occasion of a story", "I leave, and this should stay")


class ValueCycle(TextChoices):
    """How far the value of taking part went, from the talk itself to seeing things anew."""

    IMMEDIATE = "immediate", pgettext_lazy("cycle of value", "It was good to talk about it")
    POTENTIAL = "potential", pgettext_lazy("cycle of value", "I learnt something I can use")
    APPLIED = "applied", pgettext_lazy("cycle of value", "I did it in my work")
    REALISED = "realised", pgettext_lazy("cycle of value", "It made things better for people")
    REFRAMING = "reframing", pgettext_lazy("cycle of value", "We see our work in another way")


class Cited(TextChoices):
    """Where a story was used again."""

    TRAINING = "training", pgettext_lazy("use of a story", "A training")
    SESSION = "session", pgettext_lazy("use of a story", "A session")
    MATERIAL = "material", pgettext_lazy("use of a story", "A material")
    REPORT = "report", pgettext_lazy("use of a story", "A report")
    WORK = "work", pgettext_lazy("use of a story", "My work")


class WatchKind(TextChoices):
    """What changes outside."""

    LAW = "law", pgettext_lazy("kind of change outside", "Law")
    POLICY = "policy", pgettext_lazy("kind of change outside", "Policy or programme")
    SERVICE = "service", pgettext_lazy("kind of change outside", "Office or service")
    TOOL = "tool", pgettext_lazy("kind of change outside", "Tool or standard")


class Touched(TextChoices):
    """What somebody found who looked whether a change outside touches something of ours."""

    OPEN = "open", pgettext_lazy("a change outside touches it", "Not looked at yet")
    YES = "yes", pgettext_lazy("a change outside touches it", "Has to change")
    NO = "no", pgettext_lazy("a change outside touches it", "Can stay as it is")


class HelpKind(TextChoices):
    """In which way somebody helped a colleague."""

    ADVICE = "advice", pgettext_lazy("kind of help", "Advice on a case")
    MATERIALS = "materials", pgettext_lazy("kind of help", "Work on a material")
    TRANSLATION = "translation", pgettext_lazy("kind of help", "Translation")
    CONTACT = "contact", pgettext_lazy("kind of help", "A contact made")
    SHOWING = "showing", pgettext_lazy("kind of help", "Showing how")
    LISTENING = "listening", pgettext_lazy("kind of help", "Listening")


class Wish(TextChoices):
    """Whether somebody gives something or looks for it."""

    OFFER = "offer", pgettext_lazy("offer or need", "I offer")
    NEED = "need", pgettext_lazy("offer or need", "I need")


class NoteKind(TextChoices):
    """Why one member writes a few words to another."""

    HELLO = "hello", pgettext_lazy("words to a member", "Hello")
    THANKS = "thanks", pgettext_lazy("words to a member", "Thanks")
    CONTACT = "contact", pgettext_lazy("words to a member", "About an offer or need")


class Met(TextChoices):
    """What somebody says of a coffee they were drawn for."""

    UNSAID = "", pgettext_lazy("coffee", "Not said yet")
    MET = "met", pgettext_lazy("coffee", "We met")
    NOT_MET = "not", pgettext_lazy("coffee", "We could not")
    NOT_YET = "yet", pgettext_lazy("coffee", "Not yet")


class FirstStep(TextChoices):
    """The steps of a newcomer's first run, in order."""

    PURPOSE = "purpose", pgettext_lazy("first run", "What we are here for")
    CHARTER = "charter", pgettext_lazy("first run", "What we agreed on")
    TOPICS = "topics", pgettext_lazy("first run", "Your topics and languages")
    PEOPLE = "people", pgettext_lazy("first run", "Your buddy, and people to know")
    QUESTION = "question", pgettext_lazy("first run", "A question you can answer")
    SESSION = "session", pgettext_lazy("first run", "The next session")
    PRACTICE = "practice", pgettext_lazy("first run", "A practice from abroad")
    HELLO = "hello", pgettext_lazy("first run", "Say hello")


class PulseQuestion(TextChoices):
    """The three questions of the belonging pulse."""

    USEFUL = "useful", _("The community is useful for my work.")
    HEARD = "heard", _("I am heard here.")
    WILL_USE = "will_use", _("I will use something I learned here.")


class LifeStage(TextChoices):
    """How far a community has come, and what pulls it two ways there."""

    POTENTIAL = "potential", pgettext_lazy("life stage of a community", "Potential")
    COALESCING = "coalescing", pgettext_lazy("life stage of a community", "Coalescing")
    MATURING = "maturing", pgettext_lazy("life stage of a community", "Maturing")
    STEWARDSHIP = "stewardship", pgettext_lazy("life stage of a community", "Stewardship")
    TRANSFORMATION = "transformation", pgettext_lazy("life stage of a community", "Transformation")
