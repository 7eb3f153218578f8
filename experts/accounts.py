"""How allauth fits this house: no open sign-up, and its mails go through the outbox."""

from __future__ import annotations

import uuid
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone, translation

from cop_platform.common import clients
from experts.domain import mail_words, outbox
from experts.domain.mails import ACCOUNT_KIND
from experts.models import Person


class AccountAdapter(DefaultAccountAdapter):
    """Accounts come by invitation only."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def get_client_ip(self, request: HttpRequest) -> str:
        return clients.address_of(request)

    # Links name the platform's own address, whatever host a request claims to be for.
    def get_reset_password_from_key_url(self, key: str) -> str:
        uid, _, rest = key.partition("-")
        return settings.BASE_URL + reverse("account_reset_password_from_key", args=[uid, rest])

    def get_email_confirmation_url(self, request: HttpRequest, emailconfirmation: Any) -> str:
        return settings.BASE_URL + reverse("account_confirm_email", args=[emailconfirmation.key])

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Queues the mail, so that a mail server that is away neither loses it nor breaks a page.

        An address nobody here has gets nothing: the page says the same in both cases.
        """
        person = Person.objects.filter(email__iexact=email).first()
        if person is None:
            return
        fixed = {"current_site": {"name": "CoP Platform", "domain": settings.BASE_URL}}
        with translation.override(mail_words.spoken(person.language)):
            mail = self.render_mail(template_prefix, email, {"email": email, **fixed, **context})
        now = timezone.now()
        outbox.plan(
            kind=ACCOUNT_KIND,
            object_id=person.pk,
            person=person,
            due_at=now,
            key=f"{ACCOUNT_KIND}:{uuid.uuid4()}",
            at=now,
            payload={"subject": mail.subject, "text": str(mail.body)},
        )
