"""Who sat in the demo's groups, as codes, and what they agreed to."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from datetime import date, timedelta

from feedback.focus_groups.demo import GROUPS, DemoGroup
from feedback.focus_groups.domain.consenting import consent_texts, receipts
from feedback.focus_groups.domain.consenting.consents import ASKED_IN_GROUPS
from feedback.focus_groups.enums import AgeBand, Gender, Purpose
from feedback.focus_groups.models import Consent, ConsentText, FocusGroup, Participant

# The slip of P1 in Bulgaria's group in Arabic, to try the page that takes codes.
KNOWN_CODE = "DEM0-C0DE-SH0W-1234"
_KNOWN = ("BG", "Focus group with migrants, in Arabic", "P1")
# Somebody of 17 who came with a guardian; somebody who took back what was agreed to.
_MINOR = ("BG", "Focus group with migrants, in Ukrainian", "P6")
_TOOK_BACK = ("IT", "Focus group with migrants, in French", "P3")
_NOTHING_WRITTEN = ("EL", "Focus group with migrants, in Arabic", "P8")

_AGES = (AgeBand.MIDDLE, AgeBand.YOUNG, AgeBand.MIDDLE, AgeBand.OLDER, AgeBand.NOT_SAID)
_GENDERS = (Gender.WOMAN, Gender.MAN, Gender.WOMAN, Gender.NOT_SAID)
_SIGNS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


def seed(anchor: date) -> None:
    """Adds participants and their answers to the groups that were held and have none."""
    texts = consent_texts.all_current()
    for item in GROUPS:
        group = FocusGroup.objects.filter(
            country__code=item.country, session__title=item.title
        ).first()
        if group is None or group.session.wall_day >= anchor or group.participants.exists():
            continue
        people = Participant.objects.bulk_create(_people(item, group))
        Consent.objects.bulk_create(
            consent for person in people for consent in _answers(item, person, texts)
        )


def code_of(country: str, title: str, participant: str) -> str:
    """The code on a demo slip, the same at every start."""
    if (country, title, participant) == _KNOWN:
        return KNOWN_CODE
    drawn = hashlib.sha256(f"{country}\n{title}\n{participant}".encode()).digest()
    return receipts.shown("".join(_SIGNS[byte % 32] for byte in drawn[: receipts.LENGTH]))


def _people(item: DemoGroup, group: FocusGroup) -> Iterator[Participant]:
    own, *others = item.languages
    for number in range(1, item.came + 1):
        code = f"P{number}"
        language = others[number % len(others)] if others else own
        is_minor = (item.country, item.title, code) == _MINOR
        yield Participant(
            group=group,
            code=code,
            receipt=receipts.digest(code_of(item.country, item.title, code)) or "",
            language=language,
            age_band=AgeBand.UNDER_18 if is_minor else _AGES[number % len(_AGES)],
            gender=_GENDERS[number % len(_GENDERS)],
            is_minor=is_minor,
            guardian_agreed=is_minor,
            uses_interpreter=bool(item.interpreters) and language != own,
        )


def _answers(
    item: DemoGroup, person: Participant, texts: dict[str, dict[str, ConsentText]]
) -> Iterator[Consent]:
    who = (item.country, item.title, person.code)
    day = person.group.session.wall_day
    number = int(person.code[1:])
    for purpose in ASKED_IN_GROUPS:
        says_no = {
            Purpose.NOTES: who == _NOTHING_WRITTEN,
            Purpose.QUOTES: number == 5 or who == _NOTHING_WRITTEN,
            Purpose.RECORDING: number % 3 == 1,
        }[purpose]
        takes_back = who == _TOOK_BACK and purpose == Purpose.QUOTES
        yield Consent(
            participant=person,
            purpose=purpose,
            text=texts[purpose].get(person.language) or texts[purpose][consent_texts.FIRST],
            is_given=not says_no,
            was_read_aloud=person.uses_interpreter or number % 2 == 0,
            given_on=day,
            withdrawn_on=day + timedelta(days=9) if takes_back else None,
        )
