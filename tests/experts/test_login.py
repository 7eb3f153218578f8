"""The one log-in: by password, by code, and what it never tells."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from django.urls import reverse

from experts.domain import sender
from experts.enums import MessageState, Role
from experts.models import Message
from tests import factories as make

pytestmark = pytest.mark.django_db


def test_the_password_opens_today(client):
    user = make.user()
    data = {"login": user.email, "password": make.PASSWORD}
    page = client.post(reverse("account_login"), data)
    assert page.headers["Location"] == reverse("today")
    assert client.get("/").status_code == 200


def test_a_code_by_mail_opens_today(client, sink):
    user = make.user()
    client.post(reverse("account_request_login_code"), {"email": user.email})
    sender.send_due(at=Message.objects.get().due_at)
    code = re.search(r"\b[A-Z0-9]{4}-[A-Z0-9]{4}\b", sink.mails[0].get_body().get_content())
    client.post(reverse("account_confirm_login_code"), {"code": code.group()})
    assert client.get("/").status_code == 200


def test_the_words_of_an_account_mail_are_gone_once_it_is_sent(client, sink):
    client.post(reverse("account_request_login_code"), {"email": make.user().email})
    message = Message.objects.get()
    assert message.payload["text"]
    sender.send_due(at=message.due_at)
    message.refresh_from_db()
    assert (message.state, message.payload) == (MessageState.SENT, {})


def test_security_10_a_reset_says_the_same_for_known_and_unknown_addresses(client, sink):
    pages = []
    for email in (make.user().email, "nobody@example.org"):
        page = client.post(reverse("account_reset_password"), {"email": email}, follow=True)
        pages.append(re.sub(rb"csrf\S+ value=\S+|nonce=\S+", b"", page.content))
    assert pages[0] == pages[1]
    assert Message.objects.count() == 1


def test_security_12_a_log_in_needs_its_token_and_gets_a_new_session():
    user = make.user()
    data = {"login": user.email, "password": make.PASSWORD}
    strict = Client(enforce_csrf_checks=True)
    assert strict.post(reverse("account_login"), data).status_code == 403
    client = Client()
    client.get(reverse("account_login"))
    client.session["seen"] = 1
    before = client.session.session_key
    client.post(reverse("account_login"), data)
    assert client.session.session_key != before


def test_security_13_links_in_mails_use_the_fixed_address(client, sink, settings):
    settings.ALLOWED_HOSTS = ["evil.example", "testserver"]
    headers = {"host": "evil.example"}
    client.post(reverse("account_reset_password"), {"email": make.user().email}, headers=headers)
    sender.send_due(at=Message.objects.get().due_at)
    text = sink.mails[0].get_body().get_content()
    assert "evil.example" not in text
    assert settings.BASE_URL in text


@pytest.mark.parametrize(
    "target", ["https://evil.example/", "//evil.example", "javascript:alert(1)"]
)
def test_security_26_no_redirect_leaves_the_platform(client, target):
    user = make.user()
    data = {"login": user.email, "password": make.PASSWORD, "next": target}
    assert client.post(reverse("account_login"), data).headers["Location"] == reverse("today")
    page = client.post(reverse("set_page_language"), {"language": "ar", "next": target})
    assert page.headers["Location"] == "/"


def test_the_admin_has_no_log_in_of_its_own(client, as_user):
    page = client.get("/admin/")
    assert page.headers["Location"].startswith(reverse("account_login"))
    assert as_user(make.user(Role.PROJECT_MANAGER)).get("/admin/").status_code == 403


@pytest.mark.parametrize("model", ["person", "user", "message", "auditevent", "membership"])
def test_the_admin_reads_and_never_writes(as_user, model):
    admin = make.user(Role.PLATFORM_ADMIN)
    client = as_user(admin)
    assert client.get(f"/admin/experts/{model}/").status_code == 200
    assert client.get(f"/admin/experts/{model}/add/").status_code == 403
    assert (
        client.post(f"/admin/experts/user/{admin.pk}/delete/", {"post": "yes"}).status_code == 403
    )
