"""What the community learns: practices and who adopted them, ideas, questions, the talk about all.

These rows carry names: members speak to members. What is told outside goes by country and role.
"""

from practices.models.forming import (
    Circle,
    CircleMember,
    HandOver,
    InterestAnswer,
    InterestPoll,
    StageDecision,
)
from practices.models.ideas import Experiment, Idea, IdeaVote
from practices.models.practices import Adoption, Practice, PracticeVersion
from practices.models.questions import Answer, Question, QuestionRoute
from practices.models.threads import Comment, CommentReport, Follow

__all__ = [
    "Adoption",
    "Answer",
    "Circle",
    "CircleMember",
    "Comment",
    "CommentReport",
    "Experiment",
    "Follow",
    "HandOver",
    "Idea",
    "IdeaVote",
    "InterestAnswer",
    "InterestPoll",
    "Practice",
    "PracticeVersion",
    "Question",
    "QuestionRoute",
    "StageDecision",
]
