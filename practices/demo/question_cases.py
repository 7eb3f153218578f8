"""The demo's cases, as their askers wrote them once the details were out; all of it invented."""

from __future__ import annotations

from dataclasses import dataclass, field

from experts.enums import TargetGroup
from practices.enums import Worked

Somebody = tuple[str, int]


@dataclass(frozen=True)
class DemoAnswer:
    """What the expert of that country and number said, so many hours after the question."""

    by: Somebody
    hours: int
    text: str


@dataclass(frozen=True)
class DemoCase:
    """A question, `days` before the anchor; `accepted` is the number of the answer, from 1.

    `put` says whether it was put to experts, `assist` whether a peer assist was called; a case that
    is not `checked` is a draft.
    """

    asker: Somebody
    days: int
    title: str
    situation: str
    tried: str = ""
    wanted: str = ""
    topic: str = ""
    groups: tuple[str, ...] = ()
    languages: tuple[str, ...] = ("en",)
    answers: tuple[DemoAnswer, ...] = field(default=())
    accepted: int = 0
    worked: str = ""
    note: str = ""
    closed_why: str = ""
    put: bool = True
    assist: bool = False
    checked: bool = True


CASES = (
    DemoCase(
        ("BG", 1),
        72,
        "How do you show ten years of care at home without a single paper?",
        "A woman looked after her grandparents and later a neighbour for ten years. She lifts, "
        "feeds, changes dressings and keeps track of medicines. She has no certificate and says "
        "herself that she has “never worked”.",
        "We listed her tasks day by day. The employer said that anybody could write such a list.",
        "A way to make it believable for a care home.",
        "Evidence of skills",
        (TargetGroup.WOMEN, TargetGroup.JOB_SEEKERS),
        answers=(
            DemoAnswer(
                ("IT", 2),
                5,
                "We ask a care home for *one morning of watching*: a nurse ticks twelve small "
                "things she does, with date and initials of the house. Those two pages are worth "
                "more than any list:\n\n- lifts with a second person and says so\n- washes hands "
                "before and after\n- writes down what she gave and when",
            ),
            DemoAnswer(
                ("SE", 3),
                30,
                "Start with a photo of her own hands doing it, if she wants that, and let her tell "
                "what she pays attention to. Put it beside the words of the national care course.",
            ),
        ),
        accepted=1,
        worked=Worked.YES,
        note="The care home took her for a trial month after the morning. The ticks with initials "
        "were what they asked for a copy of.",
    ),
    DemoCase(
        ("DE", 2),
        61,
        "The school that issued the certificate no longer exists. What now?",
        "A welder holds a copy of a certificate from a vocational school that was closed. Nobody "
        "answers at the ministry. Without the original the recognition office sends the file back.",
        "Two letters to the ministry, one to the embassy.",
        "Other ways than the original paper.",
        "Recognition of qualifications",
        (TargetGroup.SKILLED_WORKERS,),
        ("en", "de"),
        answers=(
            DemoAnswer(
                ("SE", 2),
                9,
                "With us a *skills analysis* by the trade takes the place of the paper: two days "
                "in a workshop, an examiner writes down what he saw. Ask your chamber whether they "
                "do it; most do, few say so on their pages.",
            ),
        ),
        accepted=1,
        worked=Worked.PARTLY,
        note="The chamber does it, but the next date is in four months. He works as a helper until "
        "then, and the employer pays half of the fee.",
    ),
    DemoCase(
        ("EL", 1),
        55,
        "A man cries whenever we come to “last job”. How do you go on?",
        "At the question about his last job a man stops talking and leaves the room. He comes back "
        "each week and wants to finish the portfolio.",
        "We left the page empty and went on with skills.",
        "How to ask, or how not to ask.",
        "",
        (TargetGroup.NEW_ARRIVALS,),
        answers=(
            DemoAnswer(
                ("BG", 7),
                3,
                "Do not ask about the *last* job; ask for “a day on which you did something well”. "
                "The year does not matter, and he chooses how near it comes. Keep a second chair "
                "for somebody he trusts, and stop before he has to.",
            ),
            DemoAnswer(
                ("IT", 8),
                26,
                "A portfolio is not the place to work through it. Tell him that the page may stay "
                "empty for good, and give him the card of the counselling service.",
            ),
        ),
        accepted=1,
        worked=Worked.NO,
        note="The question was right, but in the group it was still too much. We now do this page "
        "alone with him and it goes slowly.",
    ),
    DemoCase(
        ("IT", 1),
        35,
        "How do employers read a portfolio in under a minute?",
        "Shop managers tell us kindly that they have no time for twelve pages. What they look at "
        "is the first page, on a phone, standing.",
        "A summary at the end; nobody got that far.",
        "An example of a first page that works.",
        "Employers",
        (TargetGroup.JOB_SEEKERS,),
        answers=(
            DemoAnswer(
                ("DE", 5),
                2,
                "One page, four lines: *can do today*, *has done*, *is learning*, *can start on*. "
                "Large type, one photo of a piece of work, no photo of the face. The rest is for "
                "the interview.",
            ),
        ),
        accepted=1,
    ),
    DemoCase(
        ("ES", 2),
        16,
        "Which words do you use for language levels with people who never went to school?",
        "Levels like A2 frighten the learners in our reading group. They speak well enough to buy, "
        "to phone, to complain.",
        "We explained the table of levels, twice.",
        "Sentences that people recognise themselves in.",
        "Language passport",
        (TargetGroup.LEARNERS,),
        ("en", "es"),
        answers=(
            DemoAnswer(
                ("SE", 4),
                6,
                "Turn it round: “I can tell the doctor what hurts”, “I can say no to a date”. They "
                "tick with a mark of their own, the letter comes last and small. Our list has "
                "thirty sentences; take what fits.",
            ),
            DemoAnswer(
                ("DE", 3),
                50,
                "We record one minute of speech on the phone in the first and in the tenth week. "
                "They hear the difference themselves.",
            ),
        ),
        accepted=1,
    ),
    DemoCase(
        ("SE", 1),
        4,
        "Volunteers correct the stories until they sound like themselves. How do you stop that?",
        "Our volunteers mean well: they polish the texts of young people until no employer "
        "believes that the person wrote them.",
        "A rule on paper. It is not read.",
        "",
        "Young people",
        (TargetGroup.YOUNG_PEOPLE,),
        answers=(
            DemoAnswer(
                ("EL", 5),
                7,
                "We let volunteers write *questions* into the margin, never words into the text. "
                "After a month they liked it better: they learned more about the person.",
            ),
        ),
    ),
    DemoCase(
        ("DE", 6),
        6,
        "May a portfolio hold photos in which colleagues can be seen?",
        "A cook has wonderful photos of a large kitchen. In each of them other people can be seen, "
        "who cannot be asked any more.",
        "We cut the pictures. Then nobody sees that it is a kitchen.",
        "What others do, and how they explain it.",
        "",
        (TargetGroup.SKILLED_WORKERS,),
        ("en", "de"),
        answers=(
            DemoAnswer(
                ("ES", 3),
                31,
                "We paint the faces over in one colour and write below: “others made "
                "unrecognisable out of respect”. Employers ask about it, a good question to get.",
            ),
        ),
    ),
    DemoCase(
        ("EL", 3),
        8,
        "How do you begin a portfolio when people stay for three weeks only?",
        "In the reception centre nobody knows whether they are here next month. A portfolio of ten "
        "meetings makes no sense, and yet they ask for something they can carry on with.",
        "A folder with the first two pages. Most get lost on the way.",
        "The smallest thing that survives a move.",
        "First reception",
        (TargetGroup.NEW_ARRIVALS, TargetGroup.FAMILIES),
    ),
    DemoCase(
        ("IT", 4),
        1,
        "Which proof do families accept when a daughter wants to learn a trade?",
        "A young woman wants to become an electrician. Her parents trust our mediator but not the "
        "course: they want to see that women work there and come home safely.",
        "A visit to the school. The parents did not come.",
        "What convinced other families.",
        "Women and work",
        (TargetGroup.WOMEN, TargetGroup.FAMILIES),
        ("en", "it"),
    ),
    DemoCase(
        ("ES", 4),
        13,
        "Who keeps the portfolio when the phone is gone?",
        "People photograph everything and keep it on one phone. Phones are sold, lost or taken. "
        "We may not keep copies, and an account of their own is forgotten within a month.",
        "Memory cards; printed copies in a plastic sleeve.",
        "A way that needs neither us nor a password they have to remember.",
        "",
        (TargetGroup.NEW_ARRIVALS,),
        ("en", "es"),
        answers=(
            DemoAnswer(
                ("BG", 2),
                20,
                "We print two copies and ask who in the family keeps the second. It helps with "
                "papers, not with pictures and sound, so it is half an answer.",
            ),
        ),
        assist=True,
    ),
    DemoCase(
        ("SE", 5),
        40,
        "Is there a test of prior learning for seamstresses in another language?",
        "A seamstress could show everything she knows, but the test of prior learning is held in "
        "the national language with many special words.",
        "A word list with pictures.",
        "",
        "Prior learning",
        (TargetGroup.SKILLED_WORKERS, TargetGroup.WOMEN),
        closed_why="The school found an interpreter who sews herself. The test took place and the "
        "question is no longer needed.",
    ),
    DemoCase(
        ("BG", 2),
        0,
        "How do you word a reference when the former boss may not be named?",
        "Samira Haddad worked in a bakery for six years. Her former boss would write a reference "
        "but is afraid of being found; his number is +359 88 555 0123.",
        "A reference without a name. Nobody believed it.",
        "A form of words that is true and safe.",
        "First job",
        (TargetGroup.JOB_SEEKERS,),
        put=False,
        checked=False,
    ),
)
