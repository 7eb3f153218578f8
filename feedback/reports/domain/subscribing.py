"""Who hears of new releases: each person says so for a country, and is told when one is signed."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy, pgettext, pgettext_lazy

from cop_platform.common.reporting import sayings
from experts.domain import mail_blocks, mail_words, message_kinds, outbox
from experts.domain.links import path
from experts.domain.mail_words import NAME, Placeholder, Value, Words
from experts.domain.mails import write
from experts.domain.message_kinds import Example, Mail, MessageKind
from experts.enums import Topic
from experts.models import Country, Message, Person, User
from feedback.reports import permissions
from feedback.reports.enums import Step
from feedback.reports.models import Report, ReportSubscription

RELEASED = "report_released"

WORDS = Words(
    subject=pgettext_lazy("mail", "New validation report: {place}, release {number}"),
    body=(
        pgettext_lazy("mail", "Hello {name},"),
        pgettext_lazy(
            "mail",
            "Release {number} of the validation report of {place} was signed. It covers {period}.",
        ),
        "{report_button}",
    ),
    placeholders=(
        NAME,
        Placeholder("place", gettext_lazy("the country of the report")),
        Placeholder("number", gettext_lazy("the number of the release")),
        Placeholder("period", gettext_lazy("the days the report covers")),
        mail_words.button(gettext_lazy("the button that opens the report"), "report_button"),
    ),
)


@transaction.atomic
def set_wish(*, country: Country, wanted: bool, by: User, at: datetime) -> None:
    """Tells somebody of new releases of a country from now on, or no more. Raises Refused."""
    permissions.may_read(by, country.pk)
    mine = ReportSubscription.objects.filter(person=by.person, country=country)
    if not wanted:
        mine.delete()
        return
    ReportSubscription.objects.get_or_create(
        person=by.person, country=country, defaults={"since": at}
    )


def is_told(user: User, country: Country) -> bool:
    """Whether this person hears of the country's new releases."""
    return ReportSubscription.objects.filter(person=user.person, country=country).exists()


def tell(report: Report, *, at: datetime) -> None:
    """Plans the mail to everybody who asked for it, once for a release."""
    told = Person.objects.filter(
        pk__in=ReportSubscription.objects.filter(country=report.country_id).values("person")
    )
    rows = [(report.pk, person, f"{RELEASED}:{report.pk}:{person.pk}") for person in told]
    outbox.plan_many(kind=RELEASED, rows=rows, due_at=at, at=at)


def _reports() -> QuerySet[Report]:
    return Report.objects.select_related("country").defer("dataset").prefetch_related("steps")


def _is_true(message: Message, report: Report, _at: datetime) -> bool:
    """It stands signed, and the reader may still open it."""
    steps = {step.step for step in report.steps.all()}
    user = User.objects.filter(person=message.person_id, is_active=True).first()
    if user is None or Step.SIGNED not in steps or Step.WITHDRAWN in steps:
        return False
    return Report.objects.visible_to(user).filter(pk=report.pk).exists()


def _write(message: Message, report: Report, _at: datetime) -> Mail:
    page = path("report_release", report.pk)
    values: dict[str, Value] = {
        "name": message.person.name,
        "place": _place(report),
        "number": str(report.number),
        "period": sayings.period(report.period_start.isoformat(), report.period_end.isoformat()),
        "report_button": mail_blocks.button(
            settings.BASE_URL + page, pgettext("mail", "Open the report")
        ),
    }
    return write(RELEASED, values, link=page)


def _place(report: Report) -> str:
    """The country in the active language; the consortium where it is about several."""
    if report.country is None:
        return pgettext("mail", "the consortium")
    return sayings.country(report.country.iso_code)


def _example(user: User, _at: datetime) -> Example | None:
    """The newest release that the user sees, as if it had just been signed."""
    newest = _reports().filter(pk__in=Report.objects.visible_to(user).values("pk"))
    found = newest.order_by("-compiled_at", "-pk").first()
    return Example(found, {}, str(found)) if found else None


KIND = MessageKind(
    name=RELEASED,
    label=gettext_lazy("A validation report was signed"),
    load=message_kinds.by_row(_reports),
    still_true=_is_true,
    render=_write,
    topic=Topic.NEWS,
    waits=True,
    words=WORDS,
    example=_example,
)


def register() -> None:
    """Makes the kind known to the outbox."""
    message_kinds.register(KIND)
