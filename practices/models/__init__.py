"""What the community learns: practices and who adopted them, ideas, questions, the talk about all.

These rows carry names: members speak to members. What is told outside goes by country and role.
"""

from practices.models.briefs import Brief, BriefLine
from practices.models.forming import (
    Circle,
    CircleMember,
    HandOver,
    InterestAnswer,
    InterestPoll,
    StageDecision,
)
from practices.models.health import PulseMark, PulseTally
from practices.models.ideas import Experiment, Idea, IdeaNote, IdeaStep, IdeaVote
from practices.models.people import (
    Buddyship,
    CoffeePair,
    CoffeeRound,
    CoffeeSeat,
    Exchange,
    ExchangeMatch,
    FirstRun,
    HelpGiven,
    MemberChoice,
    Note,
)
from practices.models.practices import Adoption, Practice, PracticeVersion
from practices.models.questions import Answer, Question, QuestionRoute
from practices.models.stories import Story, StoryCitation
from practices.models.threads import Comment, CommentReport, Follow, TalkRead
from practices.models.watch import WatchItem, WatchTarget

__all__ = [
    "Adoption",
    "Answer",
    "Brief",
    "BriefLine",
    "Buddyship",
    "Circle",
    "CircleMember",
    "CoffeePair",
    "CoffeeRound",
    "CoffeeSeat",
    "Comment",
    "CommentReport",
    "Exchange",
    "ExchangeMatch",
    "Experiment",
    "FirstRun",
    "Follow",
    "HandOver",
    "HelpGiven",
    "Idea",
    "IdeaNote",
    "IdeaStep",
    "IdeaVote",
    "InterestAnswer",
    "InterestPoll",
    "MemberChoice",
    "Note",
    "Practice",
    "PracticeVersion",
    "PulseMark",
    "PulseTally",
    "Question",
    "QuestionRoute",
    "StageDecision",
    "Story",
    "StoryCitation",
    "TalkRead",
    "WatchItem",
    "WatchTarget",
]
