"""Focus groups and easy forms.

Two families of rows that never meet. Attendance lines hold names and prove that a group was held.
Participants, consents, quotes and answers hold what was said, under codes. Between them stands the
group alone: no key, no order and no moment leads from one to the other.
"""

from feedback.focus_groups.models.capture import Priority, Quote, Recording
from feedback.focus_groups.models.coding import Code, CoderPass, Coding, MergeProposal, Theme
from feedback.focus_groups.models.consents import Consent, ConsentText, Participant
from feedback.focus_groups.models.easy_forms import (
    EasyForm,
    EasyQuestion,
    FormAnswer,
    FormResponse,
    QuestionAudio,
)
from feedback.focus_groups.models.groups import (
    LARGEST,
    SMALLEST,
    AttendanceLine,
    FocusGroup,
    Interpreter,
    RecruitedCount,
)
from feedback.focus_groups.models.guides import Guide, GuideQuestion, ReferralCard
from feedback.focus_groups.models.keeping import Erasure, RetentionRule

__all__ = [
    "LARGEST",
    "SMALLEST",
    "AttendanceLine",
    "Code",
    "CoderPass",
    "Coding",
    "Consent",
    "ConsentText",
    "EasyForm",
    "EasyQuestion",
    "Erasure",
    "FocusGroup",
    "FormAnswer",
    "FormResponse",
    "Guide",
    "GuideQuestion",
    "Interpreter",
    "MergeProposal",
    "Participant",
    "Priority",
    "QuestionAudio",
    "Quote",
    "Recording",
    "RecruitedCount",
    "ReferralCard",
    "RetentionRule",
    "Theme",
]
