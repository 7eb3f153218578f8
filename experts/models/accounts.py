"""Accounts: an address and a way to prove it."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from functools import cached_property
from typing import Any

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Q
from django.db.models.expressions import RawSQL
from django.db.models.functions import Lower
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from experts.access import NOBODY, Access

# Answered by the index of unread messages; capped, as nobody reads a larger number.
_UNREAD = """
(SELECT count(*) FROM (SELECT FROM experts_message
 WHERE person_id = %s AND state = 'sent' AND read_at IS NULL LIMIT 100) AS unread)
"""


class UserManager(BaseUserManager["User"]):
    """Loads the person with the account: every page greets somebody."""

    def get_queryset(self) -> models.QuerySet[User]:
        return super().get_queryset().select_related("person")

    def create_user(self, email: str, password: str | None = None) -> User:
        """An active account for an address, which is stored in lower case."""
        user = self.model(email=self.normalize_email(email).lower())
        user.set_password(password)
        user.save(using=self._db)
        return user

    def get_by_natural_key(self, username: str | None) -> User:
        return self.get(email__iexact=username)


class User(AbstractBaseUser):
    """An account: an address and a way to prove it. Who the person is stands in Person."""

    email = models.EmailField(_("e-mail address"), max_length=254, unique=True)
    is_active = models.BooleanField(_("may log in"), default=True)
    date_joined = models.DateTimeField(auto_now_add=True)
    public_code = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    session_generation = models.PositiveIntegerField(default=1, editable=False)

    objects = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"

    class Meta:
        constraints = [
            # Addresses that differ by case alone are the same person.
            models.CheckConstraint(condition=Q(email=Lower("email")), name="user_email_lower")
        ]

    def __str__(self) -> str:
        return self.email

    @property
    def access(self) -> Access:
        """Current memberships, kept for this request."""
        return self._standing[0]

    @property
    def unread(self) -> int:
        """How many notices wait behind the bell, 100 at most; read with the memberships."""
        return self._standing[1]

    @cached_property
    def _standing(self) -> tuple[Access, int]:
        """Memberships and the number at the bell in one query: every page shows both."""
        if not self.is_active:
            return NOBODY, 0
        found = self.person.memberships.current().order_by()
        rows = found.annotate(unread=RawSQL(_UNREAD, [self.person.pk])).values_list(  # noqa: S611
            "role", "cop__country_id", "unread"
        )
        read = list(rows)
        access = Access(frozenset((role, country) for role, country, _unread in read))
        return access, read[0][2] if read else 0

    @property
    def is_staff(self) -> bool:
        """Django's admin asks this; here it means the platform admin."""
        return self.is_active and self.access.is_admin

    def get_session_auth_hash(self) -> str:
        """What a log-in is bound to: the password and a generation that switching off raises."""
        return self._bound(settings.SECRET_KEY)

    def get_session_auth_fallback_hash(self) -> Iterator[str]:
        for secret in settings.SECRET_KEY_FALLBACKS:
            yield self._bound(secret)

    def _bound(self, secret: str | bytes) -> str:
        value = f"{self.password}:{self.session_generation}"
        return salted_hmac("experts.User.session", value, secret=secret).hexdigest()

    def has_perm(self, _perm: str, _obj: Any = None) -> bool:
        """Django's permissions are not used; rights are functions in permissions.py."""
        return False

    def has_module_perms(self, _label: str) -> bool:
        return False
