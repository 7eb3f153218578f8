"""The demo's comments on anything, follows, moderation."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

from django.db.models import Q

from experts.enums import Role
from experts.models import Person, User
from materials.models import Material
from practices.demo.talk_lines import TALKS, Said, Talk
from practices.domain.talk import moderating, writing
from practices.models import Comment, Follow, Idea, Practice, Question
from sessions.models import CopSession

_NUMBERED = {"practice": Practice, "idea": Idea, "question": Question}
# What was said longer ago reached people then: no mail of the demo tells of it now.
_TOLD_DAYS = 2


def seed(anchor: date) -> None:
    """Creates what is missing, told from the day `anchor`."""
    people = _experts()
    for talk in TALKS:
        object_id = _object_of(talk, anchor)
        if object_id is None or Comment.objects.thread(talk.kind, object_id).exists():
            continue
        before: Comment | None = None
        for n, said in enumerate(talk.said):
            at = datetime.combine(anchor, time(8, 10 + n), tzinfo=UTC) - timedelta(days=said.days)
            quoted = before if said.answers else None
            before = _say(talk.kind, object_id, said, people[said.who], quoted, at)


def _experts() -> dict[str, Person]:
    """The experts of each country by code and number, as BG1."""
    found: dict[str, Person] = {}
    rows = Person.objects.filter(expert__isnull=False, user__is_active=True, country__isnull=False)
    counts: dict[str, int] = {}
    for person in rows.select_related("country", "user").order_by("email"):
        code = person.country.code if person.country else ""
        counts[code] = counts.get(code, 0) + 1
        found[f"{code}{counts[code]}"] = person
    return found


def _object_of(talk: Talk, anchor: date) -> int | None:
    """What is talked about, where the demo has it."""
    if talk.kind == "material":
        rows = Material.objects.released().filter(code=talk.ref)
        return rows.values_list("pk", flat=True).first()
    if talk.kind == "session":
        about = Q(host_cops__country__code=talk.ref, chatham_house=False) | Q(title=talk.ref)
        sessions = CopSession.objects.filter(about)
        past = sessions.filter(wall_day__lt=anchor, cancelled_at__isnull=True)
        return past.order_by("-starts_at").values_list("pk", flat=True).first()
    keys = _NUMBERED[talk.kind]._base_manager.order_by("pk").values_list("pk", flat=True)
    number = int(talk.ref)
    return keys[number - 1] if len(keys) >= number else None


def _say(
    kind: str, object_id: int, said: Said, by: Person, quoted: Comment | None, at: datetime
) -> Comment:
    if said.days <= _TOLD_DAYS:
        answered = quoted.pk if quoted else None
        words = writing.Words(said.text, said.language, said.place, answered, _meant(said.text))
        user = User.objects.get(person=by)
        written = writing.write(kind=kind, object_id=object_id, words=words, by=user, at=at)
        return written.comment
    comment = Comment.objects.create(
        kind=kind,
        object_id=object_id,
        place=said.place,
        by=by,
        text=said.text,
        language=said.language,
        translation=said.translation,
        translation_language="en" if said.translation else "",
        quoted=quoted,
        at=at,
        unnamed=kind == "session"
        and CopSession.objects.filter(pk=object_id, chatham_house=True).exists(),
    )
    Follow.objects.get_or_create(person=by, kind=kind, object_id=object_id)
    _decide(comment, said, at)
    return comment


def _meant(text: str) -> dict[str, int]:
    """The demo mentions by profession and country; the first who fits is meant."""
    if "@Legal adviser BG" not in text:
        return {}
    adviser = Person.objects.filter(name__startswith="Legal adviser BG").order_by("name").first()
    return {"legal adviser": adviser.pk} if adviser else {}


def _decide(comment: Comment, said: Said, at: datetime) -> None:
    """One comment of the demo was taken down, another waits for a moderator."""
    later = at + timedelta(hours=3)
    if said.fate == "reported":
        moderating.report(
            comment_id=comment.pk,
            why="This is about people, not about the page.",
            by=User.objects.get(email="facilitator.it@demo.example"),
            at=later,
        )
    elif said.fate == "taken down":
        manager = User.objects.filter(
            person__memberships__role=Role.PROJECT_MANAGER, email__endswith="@demo.example"
        ).first()
        comment.hidden_at, comment.hidden_why = later, "This is an advertisement."
        comment.hidden_by = manager.person if manager else None
        comment.save(update_fields=["hidden_at", "hidden_why", "hidden_by"])
