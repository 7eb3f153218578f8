"""A month in which people were heard: two groups, their themes, a form; and what must not show."""

from __future__ import annotations

from datetime import date

from experts.models import User
from feedback.changes.models import ChangeRequest
from feedback.focus_groups.domain.coding import theme_source
from feedback.focus_groups.enums import AnswerKind, Recruited, Stance, Voice
from feedback.focus_groups.models import EasyForm, FocusGroup, RecruitedCount
from sessions.enums import Duty, Kind
from sessions.models import CopSession, DutyHolder
from tests import factories as make
from tests.feedback.groups import world

# Never in any report: a name on a list, words nobody checked, words taken back, an address.
# The code is long, so that no random token of a page holds it by chance.
SECRETS = ("Amina Hidden", "Unchecked words", "Words taken back", "Hidden Street 5", "P9XQ7Z")


def group(
    code: str = "BG",
    people: int = 6,
    *,
    day: date = date(2026, 11, 18),
    **more: object,
) -> FocusGroup:
    """A closed group with quotes, an attendance list, and a place that has an address."""
    session = make.cop_session(code, kind=Kind.FOCUS_GROUP, day=day)
    CopSession.objects.filter(pk=session.pk).update(place="Hidden Street 5")
    made = world.closed_group(code, people, session=session, **more)
    world.attendance(made, *[f"Amina Hidden {n}" for n in range(people)])
    return made


def recruited(of: FocusGroup, *people: int) -> None:
    """The numbers of the way to the group, in the order of its steps."""
    for step, count in zip(Recruited, people, strict=False):
        RecruitedCount.objects.create(group=of, step=step, people=count)


def voiced(of: FocusGroup, coder: User, stance: str = Stance.FOR, *, title: str) -> None:
    """Everybody in a group says the same on a theme of that title; the theme is made once."""
    code = world.Code.objects.filter(name=title).first() or world.code(of.country.code, title)
    if not code.themes.exists():
        world.theme(code, country=of.country.code, title=title, summary=f"Many speak of {title}.")
    for n, person in enumerate(of.participants.order_by("code")):
        said = world.quote(person, f"{title}, said in words of my own, number {n}.")
        world.coded(said, coder, code, stance=stance)


def form(code: str = "BG", **more: object) -> EasyForm:
    """A form with faces, thumbs, five steps and words, answered by twelve."""
    kinds = (AnswerKind.FACES, AnswerKind.THUMBS, AnswerKind.AGREE, AnswerKind.WORDS)
    made = world.easy_form(code, *kinds, title="About the workbook", **more)
    for n in range(12):
        values = (4 if n < 7 else 1, 2, 5 if n < 6 else 2, f"My own words {n}")
        world.response(made, *values, may_quote=n == 3)
    return made


def month() -> tuple[FocusGroup, FocusGroup]:
    """Bulgaria's November: migrants and mentors were heard, and a form was answered."""
    coder = world.host()
    version = make.version(make.material(owner=coder.person, code="M02"))
    first = group(languages=["ar", "bg"], silences="Nobody spoke of money.")
    first.versions.add(version)
    DutyHolder.objects.create(
        session=first.session, person=coder.person, duty=Duty.INTERPRETER, languages=["ar", "bg"]
    )
    recruited(first, 14, 6, 8, 7, 1)
    second = group(people=5, day=date(2026, 11, 19), voice=Voice.MENTOR)
    recruited(second, 10, 3, 7, 5, 0)
    voiced(first, coder, title="Too many words")
    voiced(second, coder, Stance.AGAINST, title="Too many words")
    secrets(first)
    theme = world.Theme.objects.get()
    ChangeRequest.objects.create(
        material=version.material,
        version=version,
        country=first.country,
        source_kind=theme_source.KIND,
        source_key=theme.pk,
        asked="Use fewer words on page 2",
        raised_on=world.DAY,
    )
    form(version=version)
    return first, second


def secrets(of: FocusGroup) -> None:
    """What somebody may not read: not checked, taken back, or without a yes to be quoted."""
    someone = of.participants.first()
    world.quote(someone, "Unchecked words", checked=False)
    silent = world.participant(of, agrees_to=("notes",), code="P9XQ7Z")
    world.quote(silent, "Words taken back")
