"""The rubrics the platform brings along: the general one, and one for each kind of work.

They are starting points: the project manager writes other revisions of them, or rubrics of their
own. The words are ours; each criterion asks one thing, so that an answer has one meaning.
"""

from __future__ import annotations

from dataclasses import dataclass

from feedback.reviews.enums import CriterionKind
from materials.enums import MaterialAudience, MaterialType

GENERAL = "Quality of a learning material"
DEGREES = ("no", "partly", "mostly", "fully")


@dataclass(frozen=True)
class Asked:
    """One criterion of a template; scales have the words of degrees, other kinds the usual ones."""

    text: str
    kind: CriterionKind = CriterionKind.RELEVANCE
    weight: int = 1
    is_required: bool = True

    @property
    def anchors(self) -> list[str]:
        return list(DEGREES) if self.kind == CriterionKind.RELEVANCE else []


@dataclass(frozen=True)
class Sample:
    """A short text to warm up with; `team` holds (code, score, why) of the team."""

    title: str
    text: str
    team: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True)
class Template:
    """A rubric to begin with; without type and audience it is for all materials."""

    name: str
    criteria: tuple[Asked, ...]
    material_type: str = ""
    audience: str = ""
    guidance: str = ""
    sample: Sample | None = None


def _yes_or_no(text: str) -> Asked:
    return Asked(text, CriterionKind.CHECK)


def _essential(text: str) -> Asked:
    return Asked(text, CriterionKind.ESSENTIAL)


def _in_words(text: str) -> Asked:
    return Asked(text, CriterionKind.TEXT, is_required=False)


_LEAFLET = Sample(
    "How to present your skills in ten minutes (a page of a leaflet)",
    """Every newcomer has skills, but most women among them have only cooked and raised children. \
With this page you will find your strengths.

1. Take a sheet of paper and write down what you did last week: at home, at work, with friends.
2. Mark three things that others asked you to do for them. These are your strengths.
3. In consideration of the aforementioned competences, a competence-oriented self-description \
in accordance with the applicable framework is to be drawn up.
4. Write your full name, your date of arrival and the number of your residence permit on top.

Show the sheet to your mentor. Together you choose one strength and look for a person who can \
confirm it.""",
    (
        ("C2", "3", "Steps 1 and 2 really lead to strengths; step 3 leaves the reader alone."),
        ("C4", "2", "Three steps are easy, but step 3 is a sentence that nobody at A2 can follow."),
        ("C5", "1", "The first sentence belittles women: that is not mended by the rest."),
        ("C8", "1", "Arrival and permit are not needed to name a strength, and people fear them."),
        ("C9", "4", "Whom to show it to and what comes next is said in two plain sentences."),
    ),
)
TEMPLATES = (
    Template(
        GENERAL,
        (
            Asked("It is correct and current for my country."),
            Asked("It serves the goal it states."),
            Asked("A mentor can use it tomorrow."),
            Asked("A reader at level A2 can follow it."),
            Asked("It is respectful and free of stereotypes."),
            Asked("Its examples fit all genders, ages, faiths and kinds of family."),
            Asked("It works by screen reader, with captions, on a phone and in print."),
            Asked("It asks only for personal data that it needs."),
            Asked("It tells the learner the next step."),
            Asked("It can be adapted and reused."),
        ),
        sample=_LEAFLET,
    ),
    Template(
        "Quality of a film",
        (
            Asked("What the film shows and says is correct for my country."),
            Asked("The captions say all that is spoken, at the time it is spoken.", weight=2),
            Asked("Its pace leaves time to look and to understand.", weight=2),
            Asked("Speech is clear, and no music or noise covers it."),
            Asked("The pictures tell the same as the words, and what is only seen is also said."),
            Asked("The people in it are shown with respect, doing what they are good at."),
            Asked("It can be stopped after each thought and gone on with later."),
            _yes_or_no("Everybody who can be recognised has agreed to be shown."),
            _yes_or_no("It plays on a phone without sound and still makes sense."),
            _in_words("At which minute would you stop watching, and why?"),
        ),
        material_type=MaterialType.VIDEO,
        guidance="Watch it once without stopping, as a learner would, and once more to mark it.",
    ),
    Template(
        "Quality of picture cards",
        (
            Asked("Each picture is understood without a word.", weight=2),
            Asked("The same picture means the same to people from different places."),
            Asked("People of all genders, ages and origins do all kinds of things in them."),
            Asked("The set covers what it is meant to find out, without gaps."),
            Asked("Colours and lines can be told apart by people who see poorly."),
            Asked("The cards can be laid, sorted and answered without reading."),
            _yes_or_no("They can be printed in black and white and cut with scissors."),
            _yes_or_no("The rights to every picture are named."),
            _in_words("Which card would you take out, and which one is missing?"),
        ),
        material_type=MaterialType.CARDS,
        guidance="Lay the cards out with a colleague before you answer; say what you saw first.",
    ),
    Template(
        "Quality of a portfolio template",
        (
            Asked("A learner can begin without help."),
            Asked("There is room for what people learned outside school and work.", weight=2),
            Asked("Each claim asks for evidence that people can really get.", weight=2),
            Asked("It asks only for personal data that it needs.", weight=2),
            Asked("It fits what employers and schools in my country want to read."),
            Asked("It can be filled in on a phone and stopped at any point."),
            Asked("It helps to plan the next step."),
            _essential("The part on languages"),
            _essential("The part on learning from everyday life"),
            _essential("The part on references"),
            _yes_or_no("It can be taken along in a format that other programs read."),
            _in_words("Which field would you leave out?"),
        ),
        material_type=MaterialType.TEMPLATE,
        guidance="Fill in one page of it for a person you know before you answer.",
    ),
    Template(
        "Quality of platform screens",
        (
            Asked("I found what I was looking for without help.", weight=2),
            Asked("Each screen says what it is for and what comes next."),
            Asked("Buttons and fields are named in words that learners use."),
            Asked("A mistake is explained and can be mended without losing what was typed."),
            Asked("It works as well on an old phone with a slow connection."),
            Asked("It is clear who sees what a learner enters.", weight=2),
            _yes_or_no("Everything can be reached by keyboard alone."),
            _yes_or_no("Text can be made twice as large without anything disappearing."),
            _yes_or_no("There is a way to leave without finishing."),
            _in_words("Where did you hesitate or go back?"),
        ),
        material_type=MaterialType.PLATFORM,
        guidance="Try the three tasks of the instruction on the device your learners have.",
    ),
    Template(
        "Easy language for learners",
        (
            Asked("Sentences are short and carry one thought each.", weight=2),
            Asked("Words are those of everyday life, and the few others are explained.", weight=2),
            Asked("It speaks to the reader as an adult."),
            Asked("What to do is said in the order in which it is done."),
            Asked("Pictures and spacing help to understand, and do not only decorate."),
            Asked("It is correct, although it is short."),
            Asked("It names a person or a place to ask."),
            _yes_or_no("Somebody who learns the language has read it before us."),
            _yes_or_no("No sentence needs a second reading aloud."),
            _in_words("Which word or sentence is still too hard?"),
        ),
        audience=MaterialAudience.MIGRANTS,
        guidance="Read it aloud. Where you take a breath inside a sentence, it is too long.",
    ),
)
