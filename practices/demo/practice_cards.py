"""The demo's good practices and who adopted them; days are months before the demo's own day."""

from __future__ import annotations

from dataclasses import dataclass

from practices.demo.practice_more_words import (
    ALOUD,
    ALOUD_BY_PHONE,
    CONSENT,
    GLOSSARY,
    KITCHEN,
    LEGAL,
    PEER,
    PHOTOS,
)
from practices.demo.practice_words import CAFE, INTERVIEW
from practices.domain.practices.cards import Card


@dataclass(frozen=True)
class DemoPractice:
    """A practice with its versions, the oldest first; `author` is the number of an expert.

    `published` holds, for each published version, how many months ago it came out; one version
    more than that is at work at `step`.
    """

    code: str
    author: int
    topic: str
    started: int
    versions: tuple[Card, ...]
    published: tuple[int, ...]
    maturity: str = "innovation"
    tags: tuple[str, ...] = ()
    materials: tuple[str, ...] = ()
    step: str = ""
    returned_why: str = ""


@dataclass(frozen=True)
class DemoAdoption:
    """The use of a practice's version by the partner of a country, told so many months ago."""

    title: str
    code: str
    number: int
    months: int
    use: str
    adapted: str = ""
    outcome: str = ""
    became: str = ""


PRACTICES = (
    DemoPractice(
        "BG",
        1,
        "Mentoring in pairs",
        16,
        INTERVIEW,
        (9, 3),
        "good",
        ("first meeting", "no laptop", "many languages"),
        ("M01",),
    ),
    DemoPractice(
        "DE",
        2,
        "Portfolio cafes",
        20,
        CAFE,
        (11, 4),
        "inst",
        ("childcare", "parents", "open door"),
        ("M11",),
    ),
    DemoPractice(
        "SE",
        3,
        "Study paths",
        9,
        (ALOUD, ALOUD_BY_PHONE),
        (5,),
        "promising",
        ("employers", "reading aloud"),
        step="screened",
    ),
    DemoPractice(
        "EL",
        2,
        "Picture-based work",
        12,
        (PHOTOS,),
        (8,),
        "good",
        ("pictures", "no laptop", "evidence"),
        ("M04",),
    ),
    DemoPractice(
        "IT",
        4,
        "Digital first steps",
        8,
        (PEER,),
        (6,),
        "promising",
        ("peers", "first upload"),
        ("M10",),
    ),
    DemoPractice(
        "SE", 5, "Easy language", 7, (CONSENT,), (2,), "promising", ("consent", "pictures")
    ),
    DemoPractice(
        "IT", 6, "Women and work", 5, (KITCHEN,), (2,), "innovation", ("no pictures", "evidence")
    ),
    DemoPractice(
        "DE",
        6,
        "Language on the job",
        4,
        (GLOSSARY,),
        (),
        "innovation",
        ("words", "many languages"),
        step="submitted",
    ),
    DemoPractice(
        "ES",
        2,
        "Housing and work",
        6,
        (LEGAL,),
        (),
        "innovation",
        ("papers", "law"),
        step="returned",
        returned_why="It is clear and needed. Two questions: how many people came, and what "
        "happened to what they uploaded? And who is the adviser paid by?",
    ),
)

ADOPTIONS = (
    DemoAdoption(
        CAFE[0].title,
        "BG",
        1,
        7,
        "in_use",
        "On Saturday morning; grandmothers look after the children instead of students.",
        "9 mothers, 7 of them came at least three times. The table *show* stays empty so far.",
    ),
    DemoAdoption(
        CAFE[0].title,
        "SE",
        2,
        3,
        "in_use",
        "Together with the school library, so that older children do their homework there.",
        "12 parents in ten weeks; 5 finished the first pages. The library pays for the coffee.",
    ),
    DemoAdoption(
        INTERVIEW[0].title,
        "EL",
        1,
        6,
        "tried",
        "With drawings only, as most of our group does not write.",
        "14 people. It worked with the ones who had somebody to look at the sheet with them; "
        "alone they stopped after two lines.",
    ),
    DemoAdoption(
        PHOTOS.title,
        "IT",
        1,
        5,
        "tried",
        "In a kitchen and without pictures, because some of our women avoid them.",
        "17 people in three walks, and something new came out of it.",
        became=KITCHEN.title,
    ),
    DemoAdoption(PHOTOS.title, "DE", 1, 2, "planned"),
    DemoAdoption(
        ALOUD.title, "EL", 1, 4, "planned", "With the owner of a repair shop, in the evening."
    ),
    DemoAdoption(
        PEER.title,
        "SE",
        1,
        2,
        "in_use",
        "The helper gets a confirmation for the own portfolio instead of a voucher.",
    ),
)
