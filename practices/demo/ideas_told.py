"""What the demo's members thought of: ideas in every state and from every country."""

from __future__ import annotations

from dataclasses import dataclass

from practices.enums import IdeaState, Outcome


@dataclass(frozen=True)
class Trial:
    """A test; days are counted back from the demo's day, below zero are days to come."""

    by: str
    hypothesis: str
    test: str
    sign: str
    starts: int
    ends: int
    outcome: str = Outcome.OPEN
    result: str = ""


@dataclass(frozen=True)
class Told:
    """An idea of the demo. `answered`, `ended` count days back as `added` does."""

    by: str
    added: int
    title: str
    text: str
    votes: int = 0
    answered: int | None = None
    answer: str = ""
    state: str = ""
    trials: tuple[Trial, ...] = ()
    ended: int | None = None
    end: str = ""
    why: str = ""
    action: str = ""
    done: bool = False
    of: tuple[str, ...] = ()
    same_as: str = ""
    material: str = ""


VOICE = "A CV from a voice note"
BADGE = "A badge for mentors"
SPOKEN = "A spoken badge: mentors record what they saw"
EVENING = "An evening hour online for people on shifts"
CHILDREN = "A corner for children at the first meeting"
LIBRARY = "A portfolio day at the library"
BRIEF = "Three things a city can do this year"
BRIEF_INTRO = (
    "Six communities of experts tried what helps people who arrive to show what they can do. "
    "Three things cost a city little."
)
BRIEF_OF = (EVENING, CHILDREN, LIBRARY)
TOPICS = {
    VOICE: "First job",
    BADGE: "Prior learning",
    SPOKEN: "Prior learning",
    EVENING: "Language on the job",
    CHILDREN: "Women and work",
}
PRACTICE, ACTION = "practice", "action"

IDEAS = (
    Told(
        by="expert.bg-03",
        added=300,
        title=VOICE,
        text="Many speak well long before they write. Let people tell their work in one minute "
        "on the phone; a mentor turns it into the first lines of the CV with them.",
        votes=14,
        answered=288,
        answer="Yes. Try it with five people before the summer, with the picture cards beside it.",
        state=IdeaState.EXPLORED,
        trials=(
            Trial(
                by="expert.bg-03",
                hypothesis="People who speak first say more about their work than on paper.",
                test="Five learners record one minute each and write the CV with a mentor.",
                sign="Three of five have more than four lines after one meeting.",
                starts=260,
                ends=232,
                outcome=Outcome.HELD,
                result="All five had more than six lines. One did not want the voice to be kept: "
                "we now delete it together at the end.",
            ),
        ),
        ended=215,
        end=PRACTICE,
        why="The test held, and two countries asked how it is done.",
    ),
    Told(
        by="expert.se-02",
        added=280,
        title=BADGE,
        text="Mentors give many hours and have nothing to show for it. A badge with three levels "
        "would say what they learnt.",
        votes=11,
        answered=262,
        answer="Good. The certificates cover a part of it; please try what mentors make of it.",
        state=IdeaState.EXPLORED,
        trials=(
            Trial(
                by="expert.se-02",
                hypothesis="Mentors who get a badge stay for a second term.",
                test="Eight mentors get a paper badge after their first three meetings.",
                sign="Six of eight sign up again.",
                starts=220,
                ends=130,
                outcome=Outcome.PARTLY,
                result="Five signed up again. What they liked was that somebody had looked, less "
                "the paper.",
            ),
        ),
    ),
    Told(
        by="expert.el-01",
        added=251,
        title="One shared list of evidence",
        text="Each of us collects what counts as evidence of a skill. One list for all countries "
        "would spare us six.",
        votes=12,
        answered=240,
        answer="Agreed: it starts with the Greek list, and every country adds its own lines.",
        state=IdeaState.EXPLORED,
        ended=201,
        end=ACTION,
        why="Nothing to test: everybody needs it.",
        action="The Greek lab keeps the list; each country adds to it after a regular session.",
        material="M06",
    ),
    Told(
        by="expert.de-02",
        added=200,
        title=EVENING,
        text="Who works shifts never comes at ten. One hour at half past seven, online.",
        votes=9,
        answered=186,
        answer="Try it for a month with two facilitators who take turns.",
        state=IdeaState.EXPLORED,
        trials=(
            Trial(
                by="expert.de-02",
                hypothesis="People on shifts come when the hour is in the evening.",
                test="Four evenings, the same room online, twenty people asked.",
                sign="Eight different people come at least once.",
                starts=26,
                ends=-1,
            ),
        ),
    ),
    Told(
        by="expert.it-04",
        added=150,
        title="Meet online in the evening",
        text="Care workers are free after eight. Could one meeting a month be in the evening?",
        votes=6,
        answered=140,
        answer="This says the same as the idea from Germany; both go on there.",
        same_as=EVENING,
    ),
    Told(
        by="expert.es-03",
        added=230,
        title="A tripod for phones in every room",
        text="Videos of skills shake. A tripod costs ten euros.",
        votes=2,
        answered=205,
        answer="Parked: a stack of books does it. We wrote that tip into the module instead.",
        state=IdeaState.PARKED,
    ),
    Told(
        by="expert.el-04",
        added=96,
        title="Words of a trade in pictures",
        text="Twenty pictures for each trade, so that people can point at what they have done.",
        votes=7,
        answered=88,
        answer="The lab collects what the countries have; then we decide on five trades.",
        state=IdeaState.EXPLORED,
        material="M04",
    ),
    Told(
        by="expert.de-05",
        added=220,
        title="Employers read one portfolio a month",
        text="An employer reads a portfolio aloud and says what is missing.",
        votes=5,
        answered=201,
        answer="Please ask three employers first.",
        state=IdeaState.EXPLORED,
        trials=(
            Trial(
                by="expert.de-05",
                hypothesis="Employers have an hour a month for it.",
                test="We ask twelve employers of the region.",
                sign="Four say yes and two come.",
                starts=180,
                ends=120,
                outcome=Outcome.FAILED,
                result="One came, once. A month is too often; at a job fair it may work.",
            ),
        ),
        ended=110,
        end=IdeaState.PARKED,
        why="Employers have no hour a month. Somebody may take it up for job fairs.",
    ),
    Told(
        by="expert.it-02",
        added=170,
        title=CHILDREN,
        text="Women come if the children may come. A blanket, crayons and one volunteer.",
        votes=13,
        answered=165,
        answer="Yes, at once.",
        state=IdeaState.EXPLORED,
        ended=140,
        end=ACTION,
        why="It costs nearly nothing and three countries do it already.",
        action="Every invitation to a first meeting says that children are welcome.",
        done=True,
    ),
    Told(
        by="expert.se-05",
        added=120,
        title=SPOKEN,
        text="The badge carries a voice note of the mentor: what I saw this person do.",
        votes=8,
        answered=101,
        answer="A fine child of two ideas. Sweden and Bulgaria write down who may hear it.",
        state=IdeaState.EXPLORED,
        of=(VOICE, BADGE),
    ),
    Told(
        by="expert.se-01",
        added=80,
        title="A pocket glossary of work in Tigrinya",
        text="Fifty words of the first weeks at work, with sound.",
        votes=6,
        answered=66,
        answer="Try it with one group and count the words that were looked up.",
        state=IdeaState.EXPLORED,
        trials=(
            Trial(
                by="expert.se-01",
                hypothesis="Fifty words are enough for the first weeks.",
                test="One group carries the sheet for a month and marks what was missing.",
                sign="Fewer than ten words are missing.",
                starts=20,
                ends=-12,
            ),
        ),
    ),
    Told(
        by="expert.bg-06",
        added=140,
        title=LIBRARY,
        text="The library has scanners, tables and time. One Saturday in three months.",
        votes=10,
        answered=125,
        answer="The library said yes. Please count who comes.",
        state=IdeaState.EXPLORED,
        trials=(
            Trial(
                by="expert.bg-06",
                hypothesis="People upload more when a scanner and a helper are there.",
                test="One Saturday with four mentors.",
                sign="Fifteen uploads in a day.",
                starts=75,
                ends=74,
                outcome=Outcome.HELD,
                result="22 uploads. The queue was at the scanner: two next time.",
            ),
        ),
    ),
    Told(
        by="expert.es-01",
        added=18,
        title="Who speaks what: interpreters of all countries in one list",
        text="When nobody in Spain speaks Tigrinya, somebody in Sweden does.",
        votes=5,
    ),
    Told(
        by="expert.se-03",
        added=10,
        title="Swap facilitators for one session",
        text="A facilitator from another country asks what we no longer see.",
        votes=4,
    ),
    Told(
        by="expert.bg-01",
        added=4,
        title="One page to check before every upload",
        text="Whose data is on it? Who will see it? May it be taken down again?",
        votes=1,
        material="M03",
    ),
)
