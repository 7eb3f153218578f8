"""Who gets where: every address, every role, on one's own objects, on foreign and missing ones.

The matrix is generated from the route register; `SEES` says for each kind of object who sees one
of Bulgaria, and who sees it although it belongs to Italy.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from uuid import UUID

import pytest
from django.conf import settings
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils import timezone

from cop_platform.common.routes import Audience
from cop_platform.routes import REGISTER, find
from experts.domain import accounts
from experts.enums import Role, Suppressed
from experts.models import Message, SuppressedAddress, User
from materials.models import Erratum
from sessions.enums import UndoableDeed
from sessions.models import CopSession, KindTemplate, Method, UndoWindow
from tests import factories as make
from tests.experts import imports, notices
from tests.feedback import world as reviews
from tests.feedback.changes import asking
from tests.feedback.groups import world as groups
from tests.materials import drawings
from tests.practices import access as learning
from tests.reports import funded, stored
from tests.sessions import calendars
from tests.sessions.actions import access as actions

pytestmark = pytest.mark.django_db

ROLES = [role.value for role in Role]
ANONYMOUS = "anonymous"
OPEN_TO = {
    Audience.MEMBER: set(ROLES),
    Audience.COORDINATOR: {Role.COORDINATOR, Role.PROJECT_MANAGER},
    Audience.PEOPLE_MANAGER: {Role.COORDINATOR, Role.PROJECT_MANAGER, Role.PLATFORM_ADMIN},
    Audience.OPERATOR: {Role.PLATFORM_ADMIN},
}
IN_BULGARIA = {Role.COORDINATOR, Role.FACILITATOR, Role.PARTNER, Role.EXPERT}
REPORT_READERS = {Role.COORDINATOR, Role.PARTNER, Role.PROJECT_MANAGER}
GROUP_HOSTS = {Role.COORDINATOR, Role.FACILITATOR}
DAYS = timedelta(days=9)
TWO_NUMBERS = {"version number", "version pair", "erratum"}
BY_CODE = {"country", "country report", "mail text", "report file", "funding text"} | {
    "retention rule"
}
# kind -> (who sees a Bulgarian one, who of the Bulgarians and the project sees an Italian one)
SEES = {
    "country": (set(ROLES), set(ROLES)),
    "person": (set(ROLES), set(ROLES)),
    "session": (IN_BULGARIA | {Role.PROJECT_MANAGER}, {Role.PROJECT_MANAGER}),
    "series": (IN_BULGARIA | {Role.PROJECT_MANAGER}, {Role.PROJECT_MANAGER}),
    "series session": (IN_BULGARIA | {Role.PROJECT_MANAGER}, {Role.PROJECT_MANAGER}),
    "session invitation": (
        {Role.COORDINATOR, Role.PROJECT_MANAGER},
        {Role.PROJECT_MANAGER},
    ),
    "kind template": (set(ROLES), set(ROLES)),
    "method": (set(ROLES), set(ROLES)),
    "room": (set(ROLES), set(ROLES)),
    "undo window": ({Role.COORDINATOR, Role.PROJECT_MANAGER}, {Role.PROJECT_MANAGER}),
    # Reached by those who speak for the country.
    "busy period": (
        {Role.COORDINATOR, Role.PARTNER, Role.PROJECT_MANAGER},
        {Role.PROJECT_MANAGER},
    ),
    # Those asked see it too; the accounts of this matrix are not among them.
    "poll": ({Role.COORDINATOR, Role.PROJECT_MANAGER}, {Role.PROJECT_MANAGER}),
    # The contact log: a coordinator's own people; the admin looks and does nothing.
    "message": (
        {Role.COORDINATOR, Role.PROJECT_MANAGER, Role.PLATFORM_ADMIN},
        {Role.PROJECT_MANAGER, Role.PLATFORM_ADMIN},
    ),
    "address": (
        {Role.COORDINATOR, Role.PROJECT_MANAGER, Role.PLATFORM_ADMIN},
        {Role.PROJECT_MANAGER, Role.PLATFORM_ADMIN},
    ),
    "account invitation": (
        {Role.COORDINATOR, Role.PROJECT_MANAGER, Role.PLATFORM_ADMIN},
        {Role.PROJECT_MANAGER, Role.PLATFORM_ADMIN},
    ),
    "material": (set(ROLES), set(ROLES)),
    # Not released: the owner's country's coordinators and the manager, nobody else.
    "version": ({Role.COORDINATOR, Role.PROJECT_MANAGER}, {Role.PROJECT_MANAGER}),
    "version number": ({Role.COORDINATOR, Role.PROJECT_MANAGER}, {Role.PROJECT_MANAGER}),
    # Its sender alone; the accounts of this matrix send none.
    "incoming file": (set(), set()),
    "version pair": ({Role.COORDINATOR, Role.PROJECT_MANAGER}, {Role.PROJECT_MANAGER}),
    # Every member reads the project's words; who keeps them stands in MAY.
    "glossary term": (set(ROLES), set(ROLES)),
    # The card of its material is every member's; who decides stands in MAY.
    "erratum": (set(ROLES), set(ROLES)),
    "page": ({Role.COORDINATOR, Role.PROJECT_MANAGER}, {Role.PROJECT_MANAGER}),
    "text track": ({Role.COORDINATOR, Role.PROJECT_MANAGER}, {Role.PROJECT_MANAGER}),
    "country report": (REPORT_READERS, {Role.PROJECT_MANAGER}),
    "report": (REPORT_READERS, {Role.PROJECT_MANAGER}),
    "report file": (REPORT_READERS, {Role.PROJECT_MANAGER}),
    "report run": (REPORT_READERS, {Role.PROJECT_MANAGER}),
    # A page for each language, not somebody's object; who may open it stands in MAY.
    "funding text": (set(ROLES), set(ROLES)),
    # Who runs groups in the country, and the manager; what was said there is the country's alone.
    "focus group": (GROUP_HOSTS | {Role.PROJECT_MANAGER}, {Role.PROJECT_MANAGER}),
    "group capture": (GROUP_HOSTS, set()),
    "participant": (GROUP_HOSTS, set()),
    # Of no country; who plays it stands in MAY.
    "consent text": (set(ROLES), set(ROLES)),
    # By its group and the key that its device chose.
    "quote": (GROUP_HOSTS, set()),
    "easy form": (GROUP_HOSTS | {Role.PROJECT_MANAGER}, {Role.PROJECT_MANAGER}),
    # Codes stand beside what was said; a theme is counted from them and names nobody.
    "code": (GROUP_HOSTS, set()),
    "merge proposal": (GROUP_HOSTS, set()),
    "theme": (GROUP_HOSTS | {Role.PROJECT_MANAGER}, {Role.PROJECT_MANAGER}),
    "easy question": (GROUP_HOSTS | {Role.PROJECT_MANAGER}, {Role.PROJECT_MANAGER}),
    "question audio": (GROUP_HOSTS | {Role.PROJECT_MANAGER}, {Role.PROJECT_MANAGER}),
    # What people wrote and said to a form, as they did.
    "form answers": (GROUP_HOSTS, set()),
    "form answer": (GROUP_HOSTS, set()),
    "form voice": (GROUP_HOSTS, set()),
    # Of no country: whoever runs groups reads them; who writes them stands in MAY.
    "guide": (GROUP_HOSTS | {Role.PROJECT_MANAGER}, GROUP_HOSTS | {Role.PROJECT_MANAGER}),
    "guide question": (GROUP_HOSTS | {Role.PROJECT_MANAGER}, GROUP_HOSTS | {Role.PROJECT_MANAGER}),
    # A page for each kind, not somebody's object; who may change the days stands in MAY.
    "retention rule": (set(ROLES), set(ROLES)),
    # Of a work that has a home; by its key.
    "audit binder": (REPORT_READERS, {Role.PROJECT_MANAGER}),
    "named report": ({Role.PROJECT_MANAGER}, {Role.PROJECT_MANAGER}),
    "partner": ({Role.PARTNER, Role.PROJECT_MANAGER}, {Role.PROJECT_MANAGER}),
    "partner logo": ({Role.PARTNER, Role.PROJECT_MANAGER}, {Role.PROJECT_MANAGER}),
    # Its asker and the manager; the accounts of this matrix ask for none.
    "import run": ({Role.PROJECT_MANAGER}, {Role.PROJECT_MANAGER}),
    "review round": ({Role.COORDINATOR, Role.PROJECT_MANAGER}, {Role.PROJECT_MANAGER}),
    "wave": ({Role.COORDINATOR, Role.PROJECT_MANAGER}, {Role.PROJECT_MANAGER}),
    # Its reason is every member's; who signs and takes back stands in MAY.
    "waiver": (set(ROLES), set(ROLES)),
    "sign of ageing": ({Role.COORDINATOR, Role.PROJECT_MANAGER}, {Role.PROJECT_MANAGER}),
    # In force once: every member reads what was said.
    "verdict": (set(ROLES), set(ROLES)),
    # Its owner alone; the accounts of this matrix are never that person.
    "credential": (set(), set()),
    # Beside its holder the manager, who may withdraw it.
    "certificate": ({Role.PROJECT_MANAGER}, {Role.PROJECT_MANAGER}),
    "reopening": ({Role.COORDINATOR, Role.PROJECT_MANAGER}, {Role.PROJECT_MANAGER}),
    # Of no country: whoever coordinates reads them; who writes them stands in MAY.
    "rubric": ({Role.COORDINATOR, Role.PROJECT_MANAGER}, {Role.COORDINATOR, Role.PROJECT_MANAGER}),
    "criterion": (
        {Role.COORDINATOR, Role.PROJECT_MANAGER},
        {Role.COORDINATOR, Role.PROJECT_MANAGER},
    ),
    # By which rule materials are judged is every member's to read; who freezes stands in MAY.
    "validation policy": (set(ROLES), set(ROLES)),
    "proposal": ({Role.COORDINATOR, Role.PROJECT_MANAGER}, {Role.PROJECT_MANAGER}),
    "inbound mail": ({Role.COORDINATOR, Role.PROJECT_MANAGER}, {Role.PROJECT_MANAGER}),
    # A page, not somebody's object; who may edit stands in MAY.
    "mail text": (set(ROLES), set(ROLES)),
    # The author and who was named to decide see it too; the accounts of this matrix are neither.
    "change request": ({Role.COORDINATOR, Role.PROJECT_MANAGER}, {Role.PROJECT_MANAGER}),
    # Its owner alone; the accounts of this matrix are never that person.
    "feed": (set(), set()),
    "notice": (set(), set()),
    # The assigned expert alone; the accounts of this matrix are never that person.
    "review assignment": (set(), set()),
}
# Routes whose right is narrower than seeing the object: the others who see it get 403.
MAY = {
    "report_sign": {Role.PARTNER, Role.PROJECT_MANAGER},
    "report_publish": {Role.PARTNER, Role.PROJECT_MANAGER},
    "report_withdraw": {Role.PARTNER, Role.PROJECT_MANAGER},
    "session_edit": {Role.COORDINATOR, Role.PROJECT_MANAGER},
    "session_cancel": {Role.COORDINATOR, Role.PROJECT_MANAGER},
    "session_move": {Role.COORDINATOR, Role.PROJECT_MANAGER},
    "session_invite": {Role.COORDINATOR, Role.PROJECT_MANAGER},
    "session_mails": {Role.COORDINATOR, Role.PROJECT_MANAGER},
    "session_seats": {Role.COORDINATOR, Role.PROJECT_MANAGER},
    "series_invite": {Role.COORDINATOR, Role.PROJECT_MANAGER},
    "series_change": {Role.COORDINATOR, Role.PROJECT_MANAGER},
    "series_cancel": {Role.COORDINATOR, Role.PROJECT_MANAGER},
    "series_bring_back": {Role.COORDINATOR, Role.PROJECT_MANAGER},
    "person_account": {Role.PLATFORM_ADMIN, Role.PROJECT_MANAGER},
    "privacy_register": {Role.PLATFORM_ADMIN, Role.PROJECT_MANAGER},
    "privacy_register_csv": {Role.PLATFORM_ADMIN, Role.PROJECT_MANAGER},
    "operations": {Role.PLATFORM_ADMIN, Role.PROJECT_MANAGER},
    "sending_pause": {Role.PLATFORM_ADMIN, Role.PROJECT_MANAGER},
    "sending_resume": {Role.PLATFORM_ADMIN, Role.PROJECT_MANAGER},
    "mail_text_list": {Role.PROJECT_MANAGER},
    "mail_text_edit": {Role.PROJECT_MANAGER},
    "mail_text_preview": {Role.PROJECT_MANAGER},
    "mail_text_use": {Role.PROJECT_MANAGER},
    "kind_edit": {Role.PROJECT_MANAGER},
    "method_edit": {Role.PROJECT_MANAGER},
    "invitation_answer": set(),
    "poll_vote": set(),
    "review_list": {Role.EXPERT, Role.AUTHOR, Role.COORDINATOR, Role.PROJECT_MANAGER},
    "rubric_templates": {Role.PROJECT_MANAGER},
    "rubric_new": {Role.PROJECT_MANAGER},
    "rubric_edit": {Role.PROJECT_MANAGER},
    "rubric_sample": {Role.PROJECT_MANAGER},
    "rubric_revise": {Role.PROJECT_MANAGER},
    "rubric_retire": {Role.PROJECT_MANAGER},
    "criterion_new": {Role.PROJECT_MANAGER},
    "criterion_edit": {Role.PROJECT_MANAGER},
    "criterion_move": {Role.PROJECT_MANAGER},
    "criterion_delete": {Role.PROJECT_MANAGER},
    "policy_new": {Role.PROJECT_MANAGER},
    "policy_preview": {Role.PROJECT_MANAGER},
    "material_new": {Role.AUTHOR, Role.COORDINATOR, Role.PROJECT_MANAGER},
    "material_conflict": {Role.EXPERT},
    "version_new": {Role.COORDINATOR, Role.PROJECT_MANAGER},
    "incoming_list": {Role.AUTHOR, Role.COORDINATOR, Role.PROJECT_MANAGER},
    "term_new": {Role.COORDINATOR, Role.PROJECT_MANAGER},
    "term_edit": {Role.COORDINATOR, Role.PROJECT_MANAGER},
    "term_delete": {Role.COORDINATOR, Role.PROJECT_MANAGER},
    "matrix_edit": {Role.COORDINATOR, Role.PROJECT_MANAGER},
    "erratum_decide": {Role.COORDINATOR, Role.PROJECT_MANAGER},
    "material_tags": {Role.COORDINATOR, Role.PROJECT_MANAGER},
    # Experts endorse, and they see a version once it is released.
    "version_endorse": set(),
    "verdict_credential": {Role.COORDINATOR, Role.PROJECT_MANAGER},
    "certificate_all": {Role.PROJECT_MANAGER},
    "change_new": {Role.AUTHOR, Role.COORDINATOR, Role.PROJECT_MANAGER},
    "release_waive": {Role.PROJECT_MANAGER},
    "report_funding": {Role.PROJECT_MANAGER},
    "report_grant": {Role.PROJECT_MANAGER},
    "report_plan": {Role.PROJECT_MANAGER},
    "report_consortium": {Role.PROJECT_MANAGER},
    "cut_list": {Role.PROJECT_MANAGER},
    "cut_new": {Role.PROJECT_MANAGER},
    "funding_emblem": {Role.PROJECT_MANAGER},
    "funding_text": {Role.PROJECT_MANAGER},
    "funding_text_sign": {Role.PROJECT_MANAGER},
    "waiver_take_back": {Role.PROJECT_MANAGER},
    "codebook": GROUP_HOSTS,
    "codebook_csv": GROUP_HOSTS,
    "code_new": GROUP_HOSTS,
    "theme_list": GROUP_HOSTS | {Role.PROJECT_MANAGER},
    "theme_new": GROUP_HOSTS,
    "theme_edit": GROUP_HOSTS,
    "form_list": GROUP_HOSTS | {Role.PROJECT_MANAGER},
    "form_new": GROUP_HOSTS | {Role.PROJECT_MANAGER},
    "form_rule": GROUP_HOSTS | {Role.PROJECT_MANAGER},
    "consent_list": GROUP_HOSTS | {Role.PROJECT_MANAGER},
    "consent_new": {Role.PROJECT_MANAGER},
    "consent_words": GROUP_HOSTS | {Role.PROJECT_MANAGER},
    "consent_sound": GROUP_HOSTS | {Role.PROJECT_MANAGER},
    "group_list": GROUP_HOSTS | {Role.PROJECT_MANAGER},
    "group_plan": GROUP_HOSTS | {Role.PROJECT_MANAGER},
    "referral_card": GROUP_HOSTS | {Role.PROJECT_MANAGER},
    "referral_print": GROUP_HOSTS | {Role.PROJECT_MANAGER},
    "guide_list": GROUP_HOSTS | {Role.PROJECT_MANAGER},
    "guide_new": {Role.PROJECT_MANAGER},
    "guide_edit": {Role.PROJECT_MANAGER},
    "guide_revise": {Role.PROJECT_MANAGER},
    "guide_retire": {Role.PROJECT_MANAGER},
    "guide_piloted": {Role.PROJECT_MANAGER},
    "guide_words": {Role.COORDINATOR, Role.PROJECT_MANAGER},
    "guide_question_new": {Role.PROJECT_MANAGER},
    "guide_question_edit": {Role.PROJECT_MANAGER},
    "guide_question_move": {Role.PROJECT_MANAGER},
    "guide_question_delete": {Role.PROJECT_MANAGER},
    "retention_edit": {Role.PROJECT_MANAGER},
}
# The same for an object of another country that everybody sees.
MAY_ABROAD = {
    "version_new": {Role.PROJECT_MANAGER},
    "matrix_edit": {Role.PROJECT_MANAGER},
    "erratum_decide": {Role.PROJECT_MANAGER},
    "material_tags": {Role.PROJECT_MANAGER},
    "room_edit": {Role.PROJECT_MANAGER},
    "referral_card": {Role.PROJECT_MANAGER},
    "referral_print": {Role.PROJECT_MANAGER},
    "verdict_credential": {Role.PROJECT_MANAGER},
    "verdict_sign": {Role.PROJECT_MANAGER},
    "verdict_withdraw": {Role.PROJECT_MANAGER},
    "verdict_inherit": {Role.PROJECT_MANAGER},
}
POSTED = {
    "report_withdraw": {"reason": "A figure was counted twice."},
    "invitation_answer": {"answer": "yes"},
    "person_account": {"active": "yes"},
    "proposal_decide": {"decision": "decline"},
}

PARTS = (*learning.PARTS, actions)
for part in PARTS:
    SEES |= part.SEES
    MAY |= part.MAY
    MAY_ABROAD |= part.MAY_ABROAD
    POSTED |= part.POSTED


def routes(patterns=None, prefix: str = "") -> Iterator[str]:
    """Every view name the resolver knows."""
    for entry in get_resolver().url_patterns if patterns is None else patterns:
        if isinstance(entry, URLResolver):
            inner = f"{prefix}{entry.namespace}:" if entry.namespace else prefix
            yield from routes(entry.url_patterns, inner)
        elif isinstance(entry, URLPattern):
            yield f"{prefix}{entry.name}" if entry.name else f"{prefix}{entry.pattern}"


def test_every_route_is_in_the_register():
    assert [name for name in routes() if find(name) is None] == []


def test_the_register_holds_no_route_that_is_gone():
    assert sorted(set(REGISTER) - set(routes())) == []


def undo_window(session: CopSession) -> UndoWindow:
    """A deed on a session whose window has closed."""
    return UndoWindow.objects.create(
        session=session,
        deed=UndoableDeed.MOVE,
        version=session.version,
        by=session.planned_by,
        at=make.NOW,
        until=make.NOW,
    )


def world(code: str) -> dict[str, object]:
    """One object of each kind in a country, by kind, as arguments of its address."""
    session = make.cop_session(code)
    # From today on, so that its dates can be changed.
    series = make.series(code, by=session.planned_by.user, day=timezone.now().date() + DAYS)
    guest = make.person(code=code)
    offer = accounts.invite(
        by=session.planned_by.user,
        cop=make.cop(make.country(code)),
        role=Role.EXPERT,
        name="New",
        email=f"new.{code.lower()}@example.org",
        at=make.NOW,
    )
    version = make.version(make.material(code))
    drawings.ready(version, pdf=drawings.stored(b"%PDF-1.7"))
    invitation = make.invitation(session, guest)
    address = SuppressedAddress.objects.create(
        email=guest.email, since=make.NOW, why=Suppressed.BOUNCE
    )
    mended = make.version(version.material)
    Erratum.objects.create(version=mended, corrects=version)
    review_round = reviews.review_round(code, by=session.planned_by.user, version=version)
    rubric = reviews.rubric(f"Rubric {code}")
    group = groups.group(code, by=session.planned_by.user)
    line = groups.quote(groups.participant(group), question=None, checked=False)
    groups.recording(group)
    form = groups.easy_form(code)
    answered = groups.response(form, 4, "The form was clear.")
    return {
        "country": code,
        "focus group": group.pk,
        "group capture": group.pk,
        "easy form": form.pk,
        "easy question": form.questions.first().pk,
        "question audio": groups.audio(form).pk,
        "form answers": form.pk,
        "form answer": answered.answers.get(question__position=2).pk,
        "form voice": groups.voice(form).pk,
        "participant": groups.participant(group).pk,
        "consent text": groups.read_aloud(language=code.lower()).pk,
        "quote": (group.pk, line.client_key),
        "guide": group.guide_id,
        "guide question": groups.guide().questions.first().pk,
        "code": groups.code(code).pk,
        "merge proposal": groups.merge_proposal(code).pk,
        "theme": groups.theme(country=code).pk,
        "retention rule": "voice",
        "person": guest.pk,
        "session": session.pk,
        "series": series.pk,
        "series session": series.sessions.first().pk,
        "session invitation": invitation.pk,
        "kind template": KindTemplate.objects.get(kind=session.kind).pk,
        "method": Method.objects.get(number=1).pk,
        "room": make.room(code).pk,
        "undo window": undo_window(session).pk,
        "poll": make.poll(code, by=session.planned_by.user).pk,
        "busy period": make.busy_period(code, by=session.planned_by.user).pk,
        "message": Message.objects.filter(person=guest).earliest("pk").pk,
        "address": address.pk,
        "account invitation": offer.pk,
        "material": version.material_id,
        "version": version.pk,
        "version number": (version.material_id, version.number),
        "incoming file": make.incoming_file(guest).key,
        "version pair": (version.pk, mended.pk),
        "erratum": (version.material_id, mended.number),
        "glossary term": make.term(f"portfolio {code}").pk,
        "page": version.page_set.get().pk,
        "text track": drawings.captions(version).pk,
        "country report": code,
        "report": stored.report(code).pk,
        "report file": (stored.report(code, number=2).pk, "pdf"),
        "report run": stored.run(code).pk,
        "audit binder": version.material_id,
        "named report": stored.cut(f"Named report {code}", code).pk,
        "funding text": funded.text().language,
        "partner": funded.partner(code).pk,
        "partner logo": funded.logo(code).partner_id,
        "import run": imports.run(code).pk,
        "proposal": calendars.proposal(session, guest).pk,
        "inbound mail": calendars.inbound_mail(session).pk,
        "feed": calendars.feed(guest).pk,
        "mail text": ("session_reminder", "de"),
        "notice": notices.notice(guest).pk,
        "review round": review_round.pk,
        "change request": asking.typed(version, code=code).pk,
        "reopening": reviews.asked_back(review_round, make.person(code=code)).pk,
        "wave": reviews.wave(review_round).pk,
        "verdict": reviews.verdict(make.version(version.material), code).pk,
        "waiver": reviews.waiver(mended).pk,
        "sign of ageing": reviews.ageing_sign(version).pk,
        "credential": reviews.credential(guest).key,
        "certificate": reviews.certificate(guest).key,
        "rubric": rubric.pk,
        "criterion": rubric.criteria.first().pk,
        "validation policy": review_round.policy_id,
        "review assignment": reviews.assigned(review_round, guest).pk,
        **{kind: key for part in PARTS for kind, key in part.objects(code).items()},
    }


def number(kind: str, value: int) -> object:
    """A key of this kind; some addresses name an object by two numbers."""
    return (value, 1) if kind in TWO_NUMBERS else value


MISSING = {kind: "XX" if kind in BY_CODE else number(kind, 10**9) for kind in SEES}
MISSING["incoming file"] = "0" * 32
MISSING["credential"] = MISSING["certificate"] = UUID(int=0)
MISSING["quote"] = (10**9, UUID(int=0))
MISSING["discussion"] = ("session", 10**9)
MISSING["report file"] = (10**9, "pdf")
MISSING["mail text"] = ("session_reminder", "xx")
BY_KEY = {"credential", "certificate", "quote", "discussion"}
HUGE = {kind: number(kind, 10**30) for kind in SEES if kind not in BY_CODE | BY_KEY}


def ask(client, name: str, target: object) -> int:
    keys = target if isinstance(target, tuple) else (target,)
    url = reverse(name, args=keys if REGISTER[name].shows else [])
    if REGISTER[name].post_only:
        return client.post(url, POSTED.get(name, {})).status_code
    return client.get(url).status_code


def expected(name: str, role: str, sees: set[str], done: int, may: dict) -> int:
    route = REGISTER[name]
    if role not in OPEN_TO[route.audience]:
        return 403
    if route.shows and role not in sees:
        return 404
    return done if role in may.get(name, OPEN_TO[route.audience]) else 403


PLAIN = [
    name
    for name, route in REGISTER.items()
    if route.audience in OPEN_TO and not name.startswith(("account_", "mfa_"))
]


def account(role: str) -> User:
    return make.user(role, "BG")


@pytest.mark.parametrize("role", ROLES)
def test_the_access_matrix(as_user, role):
    own, foreign = world("BG"), world("IT")
    client = as_user(account(role))
    wrong = []
    for name in PLAIN:
        kind, done = REGISTER[name].shows, 302 if REGISTER[name].post_only else 200
        cases = [("own", own.get(kind), SEES.get(kind, (set(), set()))[0])]
        if kind:
            cases.append(("foreign", foreign[kind], SEES[kind][1]))
            cases.append(("missing", MISSING[kind], set()))
        for label, target, sees in cases:
            may = MAY | MAY_ABROAD if label == "foreign" else MAY
            got, want = ask(client, name, target), expected(name, role, sees, done, may)
            if got != want:
                wrong.append(f"{name} {label}: {got}, not {want}")
        if kind in HUGE and ask(client, name, HUGE[kind]) not in {403, 404}:
            wrong.append(f"{name}: an id out of range is not answered as missing")
    assert wrong == []


@pytest.mark.parametrize("name", PLAIN)
def test_nobody_gets_in_without_a_log_in(client, name):
    target = MISSING.get(REGISTER[name].shows)
    assert ask(client, name, target) == 302


def test_security_1_a_foreign_object_and_a_missing_one_answer_the_same(as_user):
    foreign, client = world("IT"), as_user(account(Role.COORDINATOR))
    pages = [
        client.get(reverse("session_detail", args=[pk])).content
        for pk in (foreign["session"], MISSING["session"])
    ]
    assert pages[0] == pages[1]


@pytest.mark.parametrize("name", ["demo_mailbox", "styleguide"])
def test_the_demos_pages_exist_in_the_demo_only(client, name):
    assert not settings.DEMO
    assert client.get(reverse(name)).status_code == 404


@pytest.mark.parametrize("role", ROLES)
def test_get_changes_nothing(as_user, role, django_assert_num_queries):
    """Post-only addresses refuse GET; a scanner that opens every link does no harm."""
    own, client = world("BG"), as_user(account(role))
    for name in PLAIN:
        if REGISTER[name].post_only:
            target = own[REGISTER[name].shows] if REGISTER[name].shows else ()
            url = reverse(name, args=target if isinstance(target, tuple) else (target,))
            assert client.get(url).status_code in {403, 405}


def test_security_3_a_route_that_is_not_registered_does_not_open(as_user, monkeypatch):
    client = as_user(account(Role.PROJECT_MANAGER))
    assert client.get(reverse("session_list")).status_code == 200
    monkeypatch.delitem(REGISTER, "session_list")
    assert client.get(reverse("session_list")).status_code == 404
