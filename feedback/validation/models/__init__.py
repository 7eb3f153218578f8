"""What validation keeps, by noun."""

from feedback.validation.models.ageing import AgeingSign
from feedback.validation.models.endorsements import Credential, Endorsement
from feedback.validation.models.participation import Participation
from feedback.validation.models.verdicts import ReleaseWaiver, Verdict
from feedback.validation.models.waves import SecondRating, Wave

__all__ = [
    "AgeingSign",
    "Credential",
    "Endorsement",
    "Participation",
    "ReleaseWaiver",
    "SecondRating",
    "Verdict",
    "Wave",
]
