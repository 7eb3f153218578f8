"""Who gets where: every address, every role, on one's own objects, on foreign and missing ones.

The matrix is generated from the route register; `access.SEES` says for each kind of object who
sees one of Bulgaria, and who sees it although it belongs to Italy.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.conf import settings
from django.db import transaction
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from pytest_django import DjangoDbBlocker

from cop_platform.common.routes import Audience
from cop_platform.routes import REGISTER, find
from experts.enums import Role
from experts.models import User
from sessions.models import CopSession
from tests import factories as make
from tests.platform.access import MAY, MAY_ABROAD, POSTED, SEES, world
from tests.platform.access.keys import HUGE, MISSING
from tests.platform.access.roles import ROLES

pytestmark = pytest.mark.django_db

Worlds = dict[str, dict[str, object]]
OPEN_TO = {
    Audience.MEMBER: set(ROLES),
    Audience.COORDINATOR: {Role.COORDINATOR, Role.PROJECT_MANAGER},
    Audience.PEOPLE_MANAGER: {Role.COORDINATOR, Role.PROJECT_MANAGER, Role.PLATFORM_ADMIN},
    Audience.OPERATOR: {Role.PLATFORM_ADMIN},
}


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


@pytest.fixture(scope="module")
def worlds(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Worlds]:
    """A world of Bulgaria and one of Italy, laid once; what a test does to them is undone."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield {"BG": world("BG"), "IT": world("IT")}
        transaction.set_rollback(True)


def account(role: str) -> User:
    return make.user(role, "BG")


@pytest.mark.parametrize("role", ROLES)
def test_the_access_matrix(worlds, as_user, role):
    own, foreign = worlds["BG"], worlds["IT"]
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


def test_security_1_a_foreign_object_and_a_missing_one_answer_the_same(worlds, as_user):
    foreign, client = worlds["IT"], as_user(account(Role.COORDINATOR))
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
def test_get_changes_nothing(worlds, as_user, role):
    """Post-only addresses refuse GET; a scanner that opens every link does no harm."""
    own, client = worlds["BG"], as_user(account(role))
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


@pytest.mark.parametrize("_time", ["first", "second"])
def test_what_a_test_does_to_the_worlds_is_undone(worlds, _time):
    session = CopSession.objects.get(pk=worlds["BG"]["session"])
    assert session.title != "Left behind"
    CopSession.objects.filter(pk=session.pk).update(title="Left behind")
