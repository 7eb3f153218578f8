"""The demo's charters: a first version that was replaced, and the one in force."""

from __future__ import annotations

from datetime import date

from dateutil.relativedelta import relativedelta

from experts.enums import CharterState
from experts.models import Charter, CommunityOfPractice, Topic

_FIRST_PURPOSE = (
    "We help people who arrive to show what they can do. We try the project's "
    "materials in our own work, say honestly what they are good for, and share what "
    "works, so that mentors and migrants can rely on what carries our name."
)
_PURPOSE = (
    "We help people who arrive to show what they can do. We try the project's "
    "materials in our own work, say honestly what they are good for, and write down what "
    "works and where it did not, so that mentors and migrants can rely on what carries our name."
)
_WORDS = {
    "vision": "In three years nobody who arrives here starts from zero: what people can do is "
    "seen, written down and believed.",
    "scope_in": "Portfolios, first conversations, evidence of skills, work with mentors, and what "
    "colleagues in other countries learnt about these.",
    "scope_out": "Legal advice in single cases. Placing people in jobs: that is the work of the "
    "employment service.",
    "roles": "The coordinator keeps the calendar and this charter. Facilitators lead sessions. "
    "Experts give about three hours a month. The partner organisation gives rooms and time.",
    "rules": "What is said in the room stays without names. We decide by asking everybody. Who "
    "is away for two months gets a call, not a mail.",
}


def seed(
    cop: CommunityOfPractice, domain: str, topics: tuple[str, ...], start: date, sponsor: str
) -> None:
    """Both versions of a community that began on the day `start`."""
    words = {"domain": domain, "sponsor": sponsor}
    first, _ = Charter.objects.get_or_create(
        cop=cop,
        version=1,
        defaults={
            **words,
            "state": CharterState.SUPERSEDED,
            "adopted_on": start + relativedelta(days=20),
            "purpose": _FIRST_PURPOSE,
        },
    )
    if not Charter.objects.filter(cop=cop, version__gt=1).exists():
        Charter.objects.filter(pk=first.pk).update(state=CharterState.SUPERSEDED)
    second, _ = Charter.objects.get_or_create(
        cop=cop,
        version=2,
        defaults={
            **words,
            **_WORDS,
            "state": CharterState.ADOPTED,
            "adopted_on": start + relativedelta(months=9),
            "review_on": start + relativedelta(months=21),
            "purpose": _PURPOSE,
            "what_changed": "What does not belong to us is said; one more topic.",
            "outcome": {"yes": 9, "no": 1, "quorum": 6, "electors": 12},
        },
    )
    for name in topics[:-1]:
        Topic.objects.get_or_create(charter=first, name=name)
    for name in topics:
        Topic.objects.get_or_create(charter=second, name=name)
