"""Small worlds of focus groups and forms: a planned talk, people under codes, what they said."""

from __future__ import annotations

from datetime import date
from itertools import count
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from cop_platform.common import sounds
from experts.enums import Role
from experts.models import User
from feedback.focus_groups.domain.consenting import receipts
from feedback.focus_groups.enums import AnswerKind, Purpose, Voice
from feedback.focus_groups.models import (
    AttendanceLine,
    Code,
    CoderPass,
    Coding,
    Consent,
    ConsentText,
    EasyForm,
    EasyQuestion,
    FocusGroup,
    FormAnswer,
    FormResponse,
    Guide,
    GuideQuestion,
    MergeProposal,
    Participant,
    QuestionAudio,
    Quote,
    Recording,
    Theme,
)
from sessions.enums import Kind
from tests import factories as make

DAY = date(2026, 11, 20)
_numbers = count(1)


def host(code: str = "BG") -> User:
    """A facilitator of the country, who hears what is said in its groups."""
    return make.user(Role.FACILITATOR, code)


def guide(voice: str = Voice.MIGRANT, *questions: str, **more: Any) -> Guide:
    """A guide with these questions in English, two without any."""
    made = Guide.objects.create(**{"name": f"Guide {next(_numbers)}", "voice": voice} | more)
    for number, text in enumerate(questions or ("What is this for?", "One change?"), start=1):
        GuideQuestion.objects.create(guide=made, position=number, texts={"en": text})
    return made


def group(code: str = "BG", *, by: User | None = None, **more: Any) -> FocusGroup:
    """A planned group of migrants in a country, with a guide of its own."""
    session = more.pop("session", None) or make.cop_session(
        code, by=by, kind=Kind.FOCUS_GROUP, title=f"Focus group {next(_numbers)}"
    )
    values: dict[str, Any] = {
        "session": session,
        "country": make.country(code),
        "voice": Voice.MIGRANT,
        "languages": ["ar", "bg"],
    }
    if "guide" not in more:
        values["guide"] = guide(more.get("voice", Voice.MIGRANT))
    return FocusGroup.objects.create(**values | more)


def closed_group(code: str = "BG", people: int = 6, **more: Any) -> FocusGroup:
    """A group that was held, with so many participants who agreed to everything."""
    made = group(code, **{"closed_on": DAY} | more)
    for _ in range(people):
        participant(made)
    return made


def consent_text(purpose: str = Purpose.NOTES, language: str = "en") -> ConsentText:
    found, _ = ConsentText.objects.get_or_create(
        purpose=purpose, version=1, language=language, defaults={"text": f"May we? ({purpose})"}
    )
    return found


def sound(name: str = "a.ogg") -> SimpleUploadedFile:
    """An upload whose content is a sound."""
    return SimpleUploadedFile(name, b"OggS" + b"\x00" * 60)


def read_aloud(purpose: str = Purpose.NOTES, language: str = "en") -> ConsentText:
    """A consent text with a reading aloud."""
    text = consent_text(purpose, language)
    sounds.keep(text, sounds.accept(sound()))
    return text


def participant(
    of: FocusGroup, *, agrees_to: tuple[str, ...] = (Purpose.NOTES, Purpose.QUOTES), **more: Any
) -> Participant:
    """The next code of a group, agreeing to notes and quotes; `receipt_code` is on the slip."""
    receipt = receipts.new()
    number = of.participants.count() + 1
    values = {"code": f"P{number}", "receipt": receipt.digest, "language": "ar"} | more
    made = Participant.objects.create(group=of, **values)
    made.receipt_code = receipt.code
    for purpose in agrees_to:
        Consent.objects.create(
            participant=made,
            purpose=purpose,
            text=consent_text(purpose),
            is_given=True,
            given_on=DAY,
        )
    return made


def quote(
    by: Participant | None,
    words: str = "The form was too long.",
    *,
    checked: bool = True,
    **more: Any,
) -> Quote:
    """Words of a participant to the first question, gone through for details unless told not."""
    of = more.pop("group", None) or by.group
    values: dict[str, Any] = {
        "group": of,
        "participant": by,
        "question": of.guide.questions.first(),
        "words": words,
        "language": "en",
        "position": next(_numbers),
    }
    if checked:
        values |= {"clean_words": words, "checked_on": DAY}
    return Quote.objects.create(**values | more)


def recording(of: FocusGroup, **more: Any) -> Recording:
    """The sound of a talk, uploaded on the day."""
    made = Recording.objects.create(group=of, **{"uploaded_on": DAY} | more)
    upload = SimpleUploadedFile("talk.ogg", b"OggS" + b"\x00" * 60)
    sounds.keep(made, sounds.accept(upload))
    return made


def attendance(of: FocusGroup, *names: str) -> list[AttendanceLine]:
    return [AttendanceLine.objects.create(group=of, name=name) for name in names]


def code(country: str = "BG", name: str = "") -> Code:
    return Code.objects.create(
        country=make.country(country), name=name or f"Code {next(_numbers)}", added_on=DAY
    )


def coded(said: Quote, by: User, *codes: Code, stance: str = "") -> CoderPass:
    """A coder's pass through a quote with these codes, none without; nothing else is written."""
    done = CoderPass.objects.create(quote=said, coder=by.person, done_on=DAY)
    for one in codes:
        Coding.objects.create(coded=done, code=one, stance=stance)
    return done


def merge_proposal(country: str = "BG") -> MergeProposal:
    """Somebody means that two new codes are one."""
    one, into = code(country), code(country)
    return MergeProposal.objects.create(code=one, into=into, proposed_by=make.person(code=country))


def theme(*codes: Code, country: str = "BG", **more: Any) -> Theme:
    """A theme of a country made of these codes."""
    values = {"country": make.country(country), "title": f"Theme {next(_numbers)}"}
    made = Theme.objects.create(**values | {"added_on": DAY} | more)
    made.codes.set(codes)
    return made


def easy_form(code: str = "BG", *kinds: str, **more: Any) -> EasyForm:
    """An open form of a country with a question of each kind given; faces and words without."""
    values: dict[str, Any] = {
        "country": make.country(code),
        "title": f"Form {next(_numbers)}",
        "voice": Voice.MIGRANT,
        "languages": ["en", "ar", "bg", "uk"],
        "opens_on": date(2026, 11, 1),
        "closes_on": date(2026, 12, 31),
    }
    made = EasyForm.objects.create(**values | more)
    for number, kind in enumerate(kinds or (AnswerKind.FACES, AnswerKind.WORDS), start=1):
        EasyQuestion.objects.create(
            form=made, position=number, kind=kind, texts={"en": f"Question {number}?"}
        )
    return made


def response(to: EasyForm, *values: int | str, day: date = DAY, **more: Any) -> FormResponse:
    """A finished response: a number is a value, a text is words that were gone through."""
    receipt, place = receipts.new(), receipts.new()
    made = FormResponse.objects.create(
        **{
            "form": to,
            "place": place.digest,
            "receipt": receipt.digest,
            "language": "ar",
            "started_on": day,
            "finished_on": day,
        }
        | more
    )
    made.receipt_code = receipt.code
    for question, value in zip(to.questions.all(), values, strict=False):
        said = (
            {"value": value}
            if isinstance(value, int)
            else {"words": value, "clean_words": value, "checked_on": day}
        )
        FormAnswer.objects.create(response=made, question=question, **said)
    return made


def voice(to: EasyForm, of: int = 2) -> FormAnswer:
    """A voice message to the question at a position, in a sent response of its own."""
    answer = FormAnswer.objects.create(
        response=response(to), question=to.questions.get(position=of)
    )
    sounds.keep(answer, sounds.HeardSound(b"OggS" + b"\x00" * 60, "0" * 64, "audio/ogg"))
    return answer


def audio(to: EasyForm, language: str = "ar") -> QuestionAudio:
    """The first question of a form, read aloud."""
    made = QuestionAudio(question=to.questions.first(), language=language)
    sounds.keep(made, sounds.HeardSound(b"OggS" + b"\x01" * 60, "1" * 64, "audio/ogg"))
    return made
