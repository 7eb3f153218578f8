"""Reads one group for its report; the same number of queries however much was said."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.db.models import Count, Max, Q

from experts.enums import Profession
from experts.enums import Scope as Reach
from experts.models import CommunityOfPractice, Expert
from feedback.changes.models import ChangeRequest
from feedback.focus_groups.domain.coding import coded, saturation, themes
from feedback.focus_groups.domain.coding.coded import CodedQuote
from feedback.focus_groups.domain.group_report.facts import (
    CapturedFacts,
    CodedFacts,
    OneGroup,
    PriorityFacts,
    SpeakerQuote,
    TeamFacts,
    ToldFacts,
)
from feedback.focus_groups.domain.report import (
    asked_reading,
    reading,
    scoping,
    theme_reading,
    words_reading,
)
from feedback.focus_groups.domain.report.facts import AskedFacts
from feedback.focus_groups.domain.report.scoping import Told
from feedback.focus_groups.domain.report.words_reading import Said
from feedback.focus_groups.enums import Composition, Purpose
from feedback.focus_groups.models import Code, Consent, FocusGroup, Recording, Theme
from sessions.enums import Duty
from sessions.models import DutyHolder


def read(group: FocusGroup) -> OneGroup:
    """Everything its report says; only checked words whose speakers let them be printed."""
    row = next(iter(scoping.with_all(FocusGroup.objects.filter(pk=group.pk))))
    told = Told(row, tuple(scoping.sitting([row]).get(row.pk, ())))
    said = words_reading.read([told])
    found = list(_themes(row))
    project = CommunityOfPractice.objects.filter(scope=Reach.PROJECT).first()
    return OneGroup(
        number=row.pk,
        title=words_reading.masked(row.session.title),
        iso_code=row.country.iso_code,
        project=project.name if project else "",
        closed_on=row.closed_on.isoformat() if row.closed_on else "",
        about=reading.group_facts(told, with_day=True),
        composition=Composition(row.composition),
        fewest=row.fewest,
        most=row.most,
        team=_team(row),
        told=_told(row),
        flow=next(iter(reading.flows([told])), None),
        ages=reading.bands([told], "age"),
        genders=reading.bands([told], "gender"),
        tongues=reading.bands([told], "language"),
        guide=words_reading.guides([told], said)[0],
        captured=_captured(row),
        coded=_coded(row),
        themes=theme_reading.of_groups(found, [told], said),
        quotes=_quotes(told, said),
        priorities=_priorities(row),
        asked=_asked(found, row),
    )


def _themes(group: FocusGroup) -> Iterable[Theme]:
    own = Theme.objects.filter(country=group.country_id)
    return own.select_related("country", "version__material")


def _team(group: FocusGroup) -> TeamFacts:
    """Those with a duty in the session, as roles; nobody's name is read."""
    holders = DutyHolder.objects.filter(session=group.session_id)
    duties = set(holders.values_list("duty", flat=True))
    leading = holders.filter(duty=Duty.FACILITATOR).values("person")
    known = Expert.objects.filter(person__in=leading)
    held = set(known.values_list("profession", flat=True))
    interpreters = list(group.interpreters.all())
    return TeamFacts(
        has_moderator=Duty.FACILITATOR in duties,
        has_note_taker=Duty.NOTE_TAKER in duties,
        professions=tuple(p for p in Profession if p in held),
        years=known.aggregate(most=Max("years"))["most"],
        interpreters=len(interpreters) or len(group.session.interpreting),  # type: ignore[attr-defined]
        briefed=sum(one.is_briefed for one in interpreters),
    )


def _told(group: FocusGroup) -> ToldFacts:
    fields = ToldFacts.__dataclass_fields__
    return ToldFacts(**{name: words_reading.masked(getattr(group, name)) for name in fields})


def _captured(group: FocusGroup) -> CapturedFacts:
    kept = group.quotes.aggregate(
        lines=Count("pk"),
        waiting=Count("pk", filter=Q(checked_on__isnull=True)),
        observed=Count("pk", filter=~Q(nonverbal="")),
        back_checked=Count("pk", filter=Q(is_back_checked=True)),
    )
    recording = Recording.objects.filter(group=group).values_list("written_down_on").first()
    agreed = Consent.objects.filter(
        participant__group=group, purpose=Purpose.NOTES, is_given=True, withdrawn_on__isnull=True
    )
    return CapturedFacts(
        **kept,
        is_recorded=recording is not None,
        is_written_down=bool(recording and recording[0]),
        consents=agreed.count(),
    )


def _coded(group: FocusGroup) -> CodedFacts:
    """By all that is coded in the country: a code is new where no group before raised it."""
    quotes = coded.of_country(group.country_id)
    own = [quote for quote in quotes if quote.group_id == group.pk]
    steps = saturation.curve(quotes)
    new = next((len(step.new) for step in steps if step.group_id == group.pk), None)
    used = {code for quote in own for code in quote.codes()}
    names = Code.objects.filter(pk__in=used).values_list("name", flat=True)
    return CodedFacts(
        coders=len(_coders(own)),
        doubly=sum(len(quote.coders) > 1 for quote in own),
        codes=tuple(names),
        groups=len(steps),
        new=new,
    )


def _coders(quotes: Sequence[CodedQuote]) -> set[int]:
    return {coder for quote in quotes for coder in quote.coders}


def _quotes(told: Told, said: Said) -> tuple[SpeakerQuote, ...]:
    codes = dict(told.row.participants.values_list("pk", "code"))
    return tuple(SpeakerQuote(codes[one.speaker], one.words) for one in said.quotes)


def _priorities(group: FocusGroup) -> tuple[PriorityFacts, ...]:
    found = group.priorities.values_list("words", "dots")
    return tuple(PriorityFacts(words_reading.masked(words), dots) for words, dots in found)


def _asked(found: Sequence[Theme], group: FocusGroup) -> tuple[AskedFacts, ...]:
    """Changes made of themes that this group raised."""
    codes = themes.codes_of(found)
    quotes = coded.with_codes(set().union(*codes.values()))
    own = [quote for quote in quotes if quote.group_id == group.pk]
    raised = [theme for theme, wanted in codes.items() if themes.raising(own, wanted)]
    rows = ChangeRequest.objects.told().filter(
        source_kind__in=asked_reading.SOURCES, source_key__in=raised
    )
    return asked_reading.facts(rows)
