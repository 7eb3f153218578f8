"""What the community learns: practices and who adopted them, ideas, questions, the talk about all.

These rows carry names: members speak to members. What is told outside goes by country and role.
"""

from practices.models.briefs import Brief, BriefLine
from practices.models.ideas import Experiment, Idea, IdeaStep, IdeaVote
from practices.models.practices import Adoption, Practice, PracticeVersion
from practices.models.questions import Answer, Question, QuestionRoute
from practices.models.threads import Comment, CommentReport, Follow

__all__ = [
    "Adoption",
    "Answer",
    "Brief",
    "BriefLine",
    "Comment",
    "CommentReport",
    "Experiment",
    "Follow",
    "Idea",
    "IdeaStep",
    "IdeaVote",
    "Practice",
    "PracticeVersion",
    "Question",
    "QuestionRoute",
]
