"""The demo project's endorsements: who stands behind what was validated, and one credential."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

from experts.models import User
from feedback.validation.domain.proof import credentials, endorsing
from feedback.validation.models import Credential, Endorsement, Verdict
from materials.models import Version

# Country and number of the expert, whether the name is shown, and their words.
BY = (
    ("BG-01", True, "I give it to every new mentor, and they come back with good questions."),
    ("IT-02", True, "Short, honest, and it works with people who read slowly."),
    ("SE-01", False, ""),
    ("EL-02", True, "The second part alone has saved me hours."),
    ("DE-01", False, ""),
)
TAKEN_BACK = ("EL-02", "I have left the centre where I used it.")
_MOST = 4  # versions that are endorsed


def seed(anchor: date) -> None:
    """Endorses what may be relied on today, where nobody has yet."""
    if Endorsement.objects.exists():
        return
    good = Verdict.objects.public().good(anchor).with_facts().order_by("final_at", "pk")
    verdicts: dict[int, Verdict] = {}
    for verdict in good:
        verdicts.setdefault(verdict.version_id, verdict)
    morning = datetime.combine(anchor, time(8), tzinfo=UTC)
    for number, verdict in enumerate(list(verdicts.values())[:_MOST]):
        _endorse(verdict, number, morning)
    for verdict in list(verdicts.values())[:1]:
        _credential(verdict, morning)


def _endorse(verdict: Verdict, number: int, morning: datetime) -> None:
    """Fewer people for each further version; signed in the weeks before the demo's day."""
    version = verdict.version
    assert verdict.final_at is not None  # good verdicts are signed
    first = max(verdict.final_at, version.released_at or verdict.final_at)
    for place, (name, shows, words) in enumerate(BY[: len(BY) - number]):
        user = User.objects.get(email=f"expert.{name.lower()}@demo.example")
        if not endorsing.may_endorse.allows(user, version):
            continue
        at = min(first + timedelta(days=2 + place), morning - timedelta(hours=place))
        endorsing.endorse(
            version=version, words=words, shows_name=shows, by=user, at=at, today=morning.date()
        )
        if number == 0 and name == TAKEN_BACK[0]:
            _take_back(version, user, min(at + timedelta(days=9), morning))


def _take_back(version: Version, user: User, at: datetime) -> None:
    endorsing.take_back(version=version, reason=TAKEN_BACK[1], by=user, at=at)


def _credential(verdict: Verdict, morning: datetime) -> Credential:
    manager = User.objects.get(email="manager@demo.example")
    return credentials.issue_for_material(
        verdict_id=verdict.pk, by=manager, at=morning, today=morning.date()
    )
