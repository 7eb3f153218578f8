"""Everything of a community as plain data; the same rows always give the same data."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import Prefetch, Q

from cop_platform.common import sounds
from experts.models import Charter, Country
from materials.domain.results_package import file_name
from materials.models import GlossaryTerm, Material, Version
from practices.domain.exporting.voices import Voices
from practices.models import Adoption, Answer, Idea, Practice, PracticeVersion, Question, Story
from sessions.models import ActionItem, CopSession, DutyHolder, Lesson, Method

FORMAT = 1
_OF_A_CARD = (
    "title", "place", "need", "steps", "resources", "result", "evidence", "lessons", "conditions",
    "adaptable", "licence",
)  # fmt: skip
Rows = list[dict[str, Any]]


def gather(country: Country) -> dict[str, Any]:
    """All parts by name, without anybody's name; a dozen queries however much there is."""
    voices = Voices()
    told = {
        "format": FORMAT,
        "country": {"code": country.code, "name": country.name},
        "community": _community(country),
        "charters": list(_charters(country)),
        "sessions": list(_sessions(country, voices)),
        "actions": list(_actions(country, voices)),
        "lessons": list(_lessons(country)),
        "practices": list(_practices(country, voices)),
        "adopted": list(_adopted(country, voices)),
        "ideas": list(_ideas(country, voices)),
        "questions": list(_questions(country, voices)),
        "stories": list(_stories(country, voices)),
        "glossary": list(_glossary()),
        "methods": list(_methods()),
        "materials": list(_materials(country)),
    }
    cleaned: dict[str, Any] = voices.clean(told)
    return cleaned


def released(country: Country) -> list[Version]:
    """The released versions of its materials, in the order they are listed."""
    works = _works(country).values("pk")
    found = Version.objects.released().filter(material__in=works).select_related("material")
    return list(found.order_by("material__code", "number"))


def clips(country: Country) -> list[Story]:
    """Stories whose teller let the voice leave the platform; the others' words go without it."""
    told = Story.objects.filter(country=country, clip_may_leave=True).exclude(file="")
    return list(told.order_by("told_on", "pk"))


def clip_name(story: Story) -> str:
    """Made of the key of its bytes: nothing that a person typed."""
    return f"files/story-{story.pk}-{story.sha256[:8]}.{sounds.ending(story.media_type)}"


def _community(country: Country) -> dict[str, Any]:
    cop = country.cop
    return {"name": cop.name, "started_on": cop.started_on.isoformat()}


def _charters(country: Country) -> Iterable[dict[str, Any]]:
    """All versions, the one in force first."""
    charters = Charter.objects.adopted().filter(cop__country=country)
    for charter in charters.prefetch_related("topics"):
        yield {
            "version": charter.version,
            "domain": charter.domain,
            "vision": charter.vision,
            "purpose": charter.purpose,
            "scope_in": charter.scope_in,
            "scope_out": charter.scope_out,
            "roles": charter.roles,
            "rules": charter.rules,
            "sponsor": charter.sponsor,
            "review_on": _day(charter.review_on),
            "topics": [topic.name for topic in charter.topics.all()],
            "adopted_on": _day(charter.adopted_on),
        }


def _sessions(country: Country, voices: Voices) -> Iterable[dict[str, Any]]:
    """When, what for and in which roles; where people met is left out."""
    rows = CopSession.objects.in_country(country.pk).order_by("starts_at", "pk")
    rows = rows.select_related("topic").prefetch_related("host_cops__country", "duty_holders")
    for session in rows:
        yield {
            "title": session.title,
            "kind": str(session.get_kind_display()),
            "mode": str(session.get_mode_display()),
            "day": session.wall_day.isoformat(),
            "clock": session.wall_clock.strftime("%H:%M"),
            "zone": session.zone,
            "minutes": session.minutes,
            "purpose": session.purpose,
            "topic": session.topic.name if session.topic else "",
            "countries": sorted(c.country.code for c in session.host_cops.all() if c.country),
            "led_by": sorted(_led(duty, session, voices) for duty in session.duty_holders.all()),
            "cancelled": session.cancelled_at is not None,
        }


def _led(duty: DutyHolder, session: CopSession, voices: Voices) -> str:
    """Under the Chatham House rule a role and a country are too much where one person has both."""
    if session.chatham_house:
        return str(duty.get_duty_display())
    return f"{duty.get_duty_display()}: {voices.of(duty.person_id)}"


def _actions(country: Country, voices: Voices) -> Iterable[dict[str, Any]]:
    """What was promised, and how it ended."""
    rows = ActionItem.objects.in_country(country.pk).with_people().order_by("due_on", "pk")
    for action in rows.select_related("goal"):
        yield {
            "title": action.title,
            "details": action.details,
            "countries": action.country_codes,
            "owner": voices.of(action.owner_id),
            "due_on": action.due_on.isoformat(),
            "goal": action.goal.title if action.goal else "",
            "state": str(action.get_state_display()),
            "settled_on": _day(action.settled_on),
            "reason": action.reason,
        }


def _lessons(country: Country) -> Iterable[dict[str, Any]]:
    """What looking back taught, and the procedures that changed."""
    rows = Lesson.objects.in_country(country.pk).select_related("session")
    for lesson in rows.order_by("session__starts_at", "pk"):
        yield {
            "change": lesson.change,
            "session": lesson.session.title,
            "day": lesson.session.wall_day.isoformat(),
            "planned": lesson.planned,
            "happened": lesson.happened,
            "why": lesson.why,
            "procedure": lesson.procedure,
            "link": lesson.procedure_link,
            "changed_on": _day(lesson.changed_on),
        }


def _practices(country: Country, voices: Voices) -> Iterable[dict[str, Any]]:
    adoptions = Adoption.objects.select_related("partner__country").order_by("adopted_on", "pk")
    published = PracticeVersion.objects.filter(published_on__isnull=False).order_by("number")
    rows = Practice.objects.filter(country=country, current__isnull=False).order_by("pk")
    rows = rows.select_related("current", "topic").prefetch_related(
        "materials",
        Prefetch("versions", published.prefetch_related(Prefetch("adoptions", adoptions))),
    )
    for practice in rows:
        versions = list(practice.versions.all())
        yield _card(practice.current) | {
            "version": practice.current.number if practice.current else 1,
            "maturity": str(practice.get_maturity_display()),
            "topic": practice.topic.name if practice.topic else "",
            "tags": sorted(practice.tags),
            "told_by": voices.of(practice.author_id),
            "materials": sorted(work.code for work in practice.materials.all()),
            "retired": practice.retired_why if practice.retired_on else "",
            "versions": [
                {
                    "number": v.number,
                    "published_on": _day(v.published_on),
                    "changed": v.what_changed,
                }
                for v in versions
            ],
            "adopted_by": [_adoption(one) for v in versions for one in v.adoptions.all()],
        }


def _adopted(country: Country, voices: Voices) -> Iterable[dict[str, Any]]:
    """What its partners took over from elsewhere."""
    rows = Adoption.objects.filter(partner__country=country).order_by("adopted_on", "pk")
    for one in rows.select_related("partner__country", "version__practice__country"):
        yield _card(one.version) | {
            "from_country": one.version.practice.country.code,
            "told_by": voices.of(one.person_id),
            "adoption": _adoption(one),
        }


def _card(version: PracticeVersion | None) -> dict[str, Any]:
    return {name: getattr(version, name) for name in _OF_A_CARD} if version else {}


def _adoption(one: Adoption) -> dict[str, Any]:
    return {
        "country": one.partner.country.code,
        "use": str(one.get_use_display()),
        "on": _day(one.adopted_on),
        "changed": one.adapted,
        "outcome": one.outcome,
    }


def _ideas(country: Country, voices: Voices) -> Iterable[dict[str, Any]]:
    rows = Idea.objects.filter(country=country).standing().order_by("added_on", "pk")
    for idea in rows.prefetch_related("experiments", "parents"):
        yield {
            "title": idea.title,
            "text": idea.text,
            "state": str(idea.get_state_display()),
            "told_by": voices.of(idea.author_id),
            "added_on": _day(idea.added_on),
            "answer": idea.answer,
            "combines": sorted(parent.title for parent in idea.parents.all()),
            "experiments": [
                {
                    "hypothesis": test.hypothesis,
                    "test": test.test,
                    "result": test.result,
                    "outcome": str(test.get_outcome_display()),
                }
                for test in sorted(idea.experiments.all(), key=lambda test: test.pk)
            ],
        }


def _questions(country: Country, voices: Voices) -> Iterable[dict[str, Any]]:
    """Those that were gone through for details."""
    rows = Question.objects.filter(country=country, checked_at__isnull=False)
    answers = Prefetch("answers", Answer.objects.order_by("at", "pk"))
    for question in rows.order_by("checked_at", "pk").prefetch_related(answers):
        yield {
            "title": question.title,
            "situation": question.situation,
            "tried": question.tried,
            "wanted": question.wanted,
            "told_by": voices.of(question.asked_by_id),
            "worked": str(question.get_worked_display()) if question.accepted_id else "",
            "answers": [
                {
                    "text": answer.text,
                    "told_by": voices.of(answer.by_id),
                    "accepted": answer.pk == question.accepted_id,
                }
                for answer in question.answers.all()
            ],
        }


def _stories(country: Country, voices: Voices) -> Iterable[dict[str, Any]]:
    """Told by role and country, also where the teller's name stands on the platform."""
    rows = Story.objects.filter(country=country).order_by("told_on", "pk")
    for story in rows.select_related("material", "practice__current").prefetch_related("citations"):
        leaves = story.clip_may_leave and bool(story.file)
        yield {
            "title": story.title,
            "text": story.text,
            "language": story.language,
            "occasion": str(story.get_occasion_display()),
            "cycle": str(story.get_cycle_display()),
            "told_by": voices.of(story.teller_id),
            "told_on": _day(story.told_on),
            "material": story.material.code if story.material else "",
            "practice": str(story.practice) if story.practice and story.practice.current else "",
            "used_in": sorted(str(one.get_used_in_display()) for one in story.citations.all()),
            "clip": clip_name(story) if leaves else "",
        }


def _glossary() -> Iterable[dict[str, Any]]:
    for term in GlossaryTerm.objects.order_by("pk").with_words():
        words = sorted(term.words.all(), key=lambda word: word.language)
        yield {
            "words": {word.language: word.word for word in words},
            "meanings": {word.language: word.definition for word in words if word.definition},
        }


def _methods() -> Iterable[dict[str, Any]]:
    for method in Method.objects.order_by("number"):
        yield {
            "number": method.number,
            "name": method.name,
            "purpose": method.purpose,
            "steps": [[title, minutes] for title, minutes in method.steps],
        }


def _works(country: Country) -> Any:
    """Its own, those of the whole project, and those it needs in one of its languages."""
    needed = Q(country=country) | Q(country__isnull=True) | Q(required__country=country)
    return Material.objects.filter(needed).distinct()


def _materials(country: Country) -> Iterable[dict[str, Any]]:
    versions = Prefetch("versions", Version.objects.released().order_by("number"))
    for work in _works(country).order_by("code").prefetch_related(versions):
        yield {
            "code": work.code,
            "title": work.title,
            "type": str(work.get_type_display()),
            "summary": work.summary,
            "licence": str(work.get_licence_display()),
            "editions": [_edition(version, work) for version in work.versions.all()],
        }


def _edition(version: Version, work: Material) -> dict[str, Any]:
    version.material = work
    return {
        "number": version.number,
        "language": version.language,
        "sha256": version.sha256,
        "file": file_name(version) if version.file else "",
        "link": version.link,
    }


def _day(day: Any) -> str:
    return day.isoformat() if day else ""
