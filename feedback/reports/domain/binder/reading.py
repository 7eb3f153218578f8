"""Reads a binder: the facts of reports about one material, and what was signed and published."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

from django.db.models import Count, Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cop_platform.common.addresses import numbered
from cop_platform.common.reporting import sayings
from cop_platform.common.reporting.sections import CountryKey, Profile, Scope
from cop_platform.common.times import to_wall
from experts.models import Country
from feedback.changes.enums import Decision
from feedback.changes.models import ChangeRequest
from feedback.reports.domain.asking import COMMON_ZONE
from feedback.reports.domain.binder.lines import Binder, Group, Line
from feedback.reports.enums import FileFormat, Step
from feedback.reports.models import Report
from feedback.validation.domain.report import (
    materials_reading,
    ratings_reading,
    ratings_sayings,
    verdict_sayings,
)
from feedback.validation.domain.report.materials_reading import MaterialFacts
from feedback.validation.domain.report.ratings_facts import PolicyFacts, RoundFacts
from feedback.validation.domain.report.verdict_facts import State
from feedback.validation.models import Credential, Endorsement
from materials.enums import Licence
from materials.models import Material

_BEGINNING = datetime(2000, 1, 1, tzinfo=UTC)


def build(material: Material, *, at: datetime) -> Binder:
    """All that is known of a material by `at`. A fixed number of queries.

    In the active language. Counts and roles stand for people; nobody is named.
    """
    scope = _scope(material, at)
    held = materials_reading.collect(scope).versions
    ratings = ratings_reading.collect(scope)
    groups = (
        Group("what", _("Which work, and which files"), tuple(_works(material, held))),
        Group("when", _("Who reviewed which version, and when"), tuple(_rounds(ratings.rounds))),
        Group("rule", _("By which rule"), tuple(_rules(ratings.rounds, ratings.policies))),
        Group("said", _("What the ratings came to"), tuple(_ratings(ratings.rounds))),
        Group("changes", _("What was changed because of it"), tuple(_changes(material, at))),
        Group("verdict", _("Verdicts"), tuple(_verdicts(held))),
        Group("endorsed", _("Who stands behind it"), tuple(_endorsed(material, at))),
        Group("reports", _("Reports that tell of it"), tuple(_reports(material, at))),
    )
    return Binder(material.code, material.title, scope.end, groups)


def _scope(material: Material, at: datetime) -> Scope:
    """This material in all countries, from the beginning to today."""
    return Scope(
        countries=tuple(
            CountryKey(c.pk, c.code, c.zone, c.language) for c in Country.objects.order_by("code")
        ),
        start=_BEGINNING.date().isoformat(),
        end=to_wall(at, COMMON_ZONE).date().isoformat(),
        after=_BEGINNING,
        until=at,
        profile=Profile.AGENCY,
        materials=frozenset({material.pk}),
    )


def _works(material: Material, held: tuple[MaterialFacts, ...]) -> Iterator[Line]:
    card = material.get_absolute_url()
    yield Line(_("Work"), f"{material.code} {material.title}", card)
    licence = str(Licence(material.licence).label) if material.licence else ""
    yield Line(_("Licence"), licence or _("None is given."), card, gap=not licence)
    if not held:
        yield Line(_("Versions"), _("There is no version yet."), card, gap=True)
    keys = dict(material.versions.values_list("number", "pk"))
    for row in held:
        said = _("%(language)s, uploaded on %(day)s") % {
            "language": sayings.language(row.language),
            "day": sayings.day(row.uploaded_on),
        }
        yield Line(
            _version(row.version), said, numbered("version_detail", keys[row.version]), row.sha256
        )
    if held and not any(row.released_on for row in held):
        yield Line(_("Release"), _("No version is released to readers."), card, gap=True)


def _version(number: int) -> str:
    return _("Version %(n)s") % {"n": sayings.count(number)}


def _named(row: RoundFacts) -> str:
    return _("Round on version %(n)s, %(language)s") % {
        "n": sayings.count(row.version),
        "language": sayings.language(row.language),
    }


def _round_url(row: RoundFacts) -> str:
    return reverse("round_detail", args=[row.round_id])


def _rounds(rounds: tuple[RoundFacts, ...]) -> Iterator[Line]:
    if not rounds:
        yield Line(_("Review"), _("No review round was held."), reverse("review_list"), gap=True)
    for row in rounds:
        values = {
            "start": sayings.day(row.opened_on),
            "end": sayings.day(row.closed_on) if row.closed_on else "",
            "asked": sayings.count(row.asked),
            "sent": sayings.count(row.submitted),
        }
        said = (
            _("%(start)s to %(end)s: %(sent)s of %(asked)s experts handed in their review.")
            if row.closed_on
            else _("Open since %(start)s: %(sent)s of %(asked)s experts handed in their review.")
        ) % values
        gap = not row.closed_on or not row.submitted
        yield Line(_named(row), said, _round_url(row), row.sha256, gap)


def _rules(rounds: tuple[RoundFacts, ...], policies: tuple[PolicyFacts, ...]) -> Iterator[Line]:
    """Whether the rule was frozen before the data."""
    known = {policy.number: policy for policy in policies}
    for row in rounds:
        policy = known[row.policy]
        if not policy.frozen_on:
            said, gap = _("The platform's first rule; no day of freezing is kept."), True
        elif policy.frozen_on <= row.opened_on:
            said, gap = _("Frozen on %(day)s, before the round opened."), False
        else:
            said, gap = _("Frozen on %(day)s, after the round opened."), True
        day = {"day": sayings.day(policy.frozen_on)} if policy.frozen_on else {}
        yield Line(_named(row), said % day, reverse("policy_list"), gap=gap)


def _ratings(rounds: tuple[RoundFacts, ...]) -> Iterator[Line]:
    for row in rounds:
        if row.withheld:
            yield Line(_named(row), ratings_sayings.withheld(row), _round_url(row), gap=True)
            continue
        said = _("%(passed)s criteria passed; S-CVI/Ave %(ave)s, S-CVI/UA %(ua)s.") % {
            "passed": ratings_sayings.passed(row),
            "ave": ratings_sayings.value(row.s_cvi_ave),
            "ua": ratings_sayings.value(row.s_cvi_ua),
        }
        yield Line(_named(row), said, reverse("round_outcome", args=[row.round_id]))


def _changes(material: Material, at: datetime) -> Iterator[Line]:
    found = ChangeRequest.objects.filter(material=material, raised_on__lte=at.date()).aggregate(
        asked=Count("pk"),
        accepted=Count("pk", filter=Q(decision__in=[Decision.ACCEPT, Decision.ADAPT])),
        declined=Count("pk", filter=Q(decision=Decision.DECLINE)),
        unreasoned=Count("pk", filter=Q(decision=Decision.DECLINE, reason="")),
        open=Count("pk", filter=Q(decision=Decision.OPEN)),
        done=Count("pk", filter=Q(done_in__isnull=False)),
    )
    url = f"{reverse('change_list')}?material={material.code}"
    if not found["asked"]:
        yield Line(_("Changes"), _("Nobody asked for a change."), url)
        return
    n = {key: sayings.count(value) for key, value in found.items()}
    yield Line(
        _("Changes"),
        _(
            "%(asked)s asked for: %(accepted)s accepted, %(declined)s declined, %(open)s not "
            "decided; %(done)s stand in a version."
        )
        % n,
        url,
    )
    if found["open"]:
        yield Line(_("Not decided"), _("%(open)s wait for a decision.") % n, url, gap=True)
    if found["accepted"] > found["done"]:
        left = sayings.count(found["accepted"] - found["done"])
        said = _("%(n)s accepted changes stand in no version yet.") % {"n": left}
        yield Line(_("Not done"), said, url, gap=True)
    if found["unreasoned"]:
        said = _("%(unreasoned)s were declined without a reason.") % n
        yield Line(_("Without a reason"), said, url, gap=True)


def _verdicts(held: tuple[MaterialFacts, ...]) -> Iterator[Line]:
    pairs = [(row, verdict) for row in held for verdict in row.verdicts]
    for row, verdict in pairs:
        past = verdict.state in {State.REPLACED, State.REFUSED, State.WITHDRAWN}
        yield Line(
            _version(row.version),
            verdict_sayings.sentence(verdict),
            reverse("quality_board"),
            row.sha256,
            gap=not past and verdict.state != State.IN_FORCE,
        )
    if not any(verdict.state == State.IN_FORCE for _row, verdict in pairs):
        said = _("No verdict on any version is in force.")
        yield Line(_("Verdict"), said, reverse("quality_board"), gap=True)


def _endorsed(material: Material, at: datetime) -> Iterator[Line]:
    held = Endorsement.objects.filter(version__material=material, signed_at__lte=at)
    n = held.filter(revoked_at__isnull=True).count()
    badges = Credential.objects.filter(
        verdict__version__material=material, issued_at__lte=at, revoked_at__isnull=True
    ).count()
    card = material.get_absolute_url()
    said = ngettext("%(n)s expert endorses it by name.", "%(n)s experts endorse it by name.", n) % {
        "n": sayings.count(n)
    }
    yield Line(_("Endorsements"), said if n else _("Nobody endorses it yet."), card, gap=not n)
    if badges:
        said = ngettext(
            "%(n)s signed credential holds.", "%(n)s signed credentials hold.", badges
        ) % {"n": sayings.count(badges)}
        yield Line(_("Credentials"), said, card)


def _reports(material: Material, at: datetime) -> Iterator[Line]:
    """Signed and public releases whose data hold the material, each file with its hash."""
    telling = {"sections": {"materials": {"versions": [{"code": material.code}]}}}
    found = (
        Report.objects.filter(dataset__contains=telling, compiled_at__lte=at)
        .select_related("country", "cut")
        .defer("dataset")
        .prefetch_related("files", "steps")
        .order_by("pk")
    )
    is_public = False
    for report in found:
        steps = {step.step for step in report.steps.all()}
        if Step.SIGNED not in steps or Step.WITHDRAWN in steps:
            continue
        is_public = is_public or Step.PUBLIC in steps
        state = Step.PUBLIC if Step.PUBLIC in steps else Step.SIGNED
        for file in report.files.all():
            said = _("%(format)s: %(state)s") % {
                "format": FileFormat(file.format).label,
                "state": state.label,
            }
            named = _("Release %(name)s") % {"name": str(report)}
            yield Line(named, said, report.get_absolute_url(), file.sha256)
    if not is_public:
        said = _("No public report tells of it.")
        yield Line(_("Reports"), said, reverse("report_list"), gap=True)
