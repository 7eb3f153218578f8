"""What the demo's people say: for each thread who, how many days ago, in which language, what.

`>` before a line answers the one before it; a translation is typed by a person.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Said:
    """One comment: a country and the number of its expert, days ago, language, words."""

    who: str
    days: int
    language: str
    text: str
    answers: bool = False
    place: int | None = None
    translation: str = ""
    fate: str = ""


@dataclass(frozen=True)
class Talk:
    """A thread: `ref` is a material's code, a country's last session or the title of one, or the
    n-th of a kind.
    """

    kind: str
    ref: str
    said: tuple[Said, ...]


TALKS = (
    Talk(
        "material",
        "M02",
        (
            Said(
                "BG1",
                12,
                "en",
                "The example on this page shows a diploma with a stamp. Half of our learners have "
                "**no paper at all**. Could it show a photo of work instead?",
                place=2,
            ),
            Said(
                "IT2",
                11,
                "it",
                "Da noi è lo stesso. Usiamo una foto e due righe del datore di lavoro.",
                answers=True,
                place=2,
                translation="It is the same here. We use a photo and two lines by the employer.",
            ),
            Said(
                "EL3",
                9,
                "el",
                "Συμφωνώ. Και τα βήματα είναι πολλά για μία σελίδα.",
                place=2,
                translation="I agree. And there are many steps for one page.",
            ),
            Said(
                "SE1",
                6,
                "en",
                "> There are many steps for one page.\n\nWe cut the page in two and let people "
                "fold it. It worked better than we thought.",
                answers=True,
                place=2,
            ),
            Said("DE2", 2, "de", "Das probieren wir nächste Woche aus.", answers=True, place=2),
        ),
    ),
    Talk(
        "material",
        "M01",
        (
            Said(
                "DE1",
                20,
                "de",
                "Kapitel 2 ist gut. Was fehlt: wie viel Zeit ein Gespräch *wirklich* braucht.",
                place=2,
            ),
            Said("SE3", 19, "en", "With us: 50 minutes, and 20 for writing it down.", answers=True),
            Said("ES1", 15, "es", "En la oficina municipal tenemos 30 minutos, no más."),
            Said("BG4", 14, "bg", "При нас зависи от преводача. С преводач е двойно повече."),
            Said(
                "IT1",
                1,
                "en",
                "We have a list of what can be left out when there are only 30 minutes. "
                "@Legal adviser BG, would you look over the legal part?",
                answers=True,
            ),
        ),
    ),
    Talk(
        "material",
        "M04",
        (
            Said("EL1", 25, "en", "The card with the oven is read as *dangerous* by some."),
            Said("IT3", 24, "en", "Ours thought of a bakery at once. Perhaps add bread?"),
            Said("SE2", 22, "sv", "Vi lägger till ett bröd med penna. Det räcker."),
            Said("BG2", 21, "en", "Cheap essay service, write to me", fate="taken down"),
        ),
    ),
    Talk(
        "material",
        "M06",
        (
            Said("DE4", 30, "en", "Which of these count as evidence at your office?"),
            Said("ES2", 29, "es", "Aquí solo lo que lleva fecha y firma.", answers=True),
            Said("BG3", 28, "en", "A dated photo was accepted twice, refused once."),
            Said(
                "EL4",
                3,
                "en",
                "Only people with no idea of the law would write such a page.",
                fate="reported",
            ),
        ),
    ),
    Talk(
        "session",
        "BG",
        (
            Said("BG1", 8, "bg", "Моля, да започнем с двата случая от миналия път."),
            Said("BG5", 7, "bg", "Да. Аз ще донеса бланките.", answers=True),
            Said("BG2", 6, "bg", "Може ли и онлайн за двама колеги?"),
        ),
    ),
    Talk(
        "session",
        "IT",
        (
            Said("IT1", 10, "it", "Il gruppo misto ha funzionato: meno teoria, più esempi."),
            Said("IT4", 9, "it", "Sì, ma venti minuti erano pochi.", answers=True),
        ),
    ),
    Talk(
        "session",
        "SE",
        (
            Said("SE1", 5, "sv", "Ska vi bjuda in biblioteket nästa gång?"),
            Said("SE4", 4, "sv", "Gärna. De har rum och datorer.", answers=True),
        ),
    ),
    Talk(
        "session",
        "Clinic: what we could not say aloud",
        (
            Said("SE2", 7, "en", "I signed a portfolio I had doubts about, because time ran out."),
            Said("BG3", 6, "en", "So did I. We should be allowed to say “not yet”.", answers=True),
            Said("SE5", 5, "en", "A second reader for such cases would take the fear out of it."),
        ),
    ),
    Talk(
        "practice",
        "1",
        (
            Said("IT2", 16, "en", "Do you let people write the second column themselves?"),
            Said("BG2", 15, "en", "Yes, with a dictionary of pictures beside it.", answers=True),
            Said("DE3", 13, "de", "Bei uns klappt es nur zu zweit."),
            Said("EL2", 2, "en", "We try it on Thursday and tell you.", answers=True),
        ),
    ),
    Talk(
        "practice",
        "2",
        (
            Said("ES3", 18, "es", "¿Quién paga el cuidado de los niños?"),
            Said("SE2", 17, "en", "The library gives the room, students the hours.", answers=True),
        ),
    ),
    Talk(
        "idea",
        "1",
        (
            Said("BG3", 10, "en", "Voice notes need a place where they are *not* on a phone."),
            Said("SE3", 9, "en", "And consent that can be taken back.", answers=True),
            Said("IT3", 4, "it", "Possiamo provarla con cinque persone."),
        ),
    ),
    Talk(
        "idea",
        "2",
        (
            Said("DE2", 8, "de", "Ein Abzeichen für wen: für Mentoren oder Einrichtungen?"),
            Said("EL1", 7, "en", "For people, I would say.", answers=True),
        ),
    ),
    Talk(
        "question",
        "1",
        (
            Said("ES1", 5, "en", "Same case here, three times this year."),
            Said("BG4", 3, "en", "Thank you, that helps me to show it is no exception."),
        ),
    ),
)
