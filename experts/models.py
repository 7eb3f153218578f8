"""WHO: countries, communities, people, roles, and every mail to a person."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from functools import cached_property
from typing import Any

import pgtrigger
from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from cop_platform.common.choices import QuickLabels
from cop_platform.common.text import LineField, LongTextField
from cop_platform.common.times import validate_zone
from experts import querysets
from experts.access import NOBODY, Access
from experts.enums import (
    UNSETTLED,
    MessageState,
    Profession,
    Role,
    Scope,
    Stage,
    TargetGroup,
)


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

    @cached_property
    def access(self) -> Access:
        """Current memberships, one query, kept for this request."""
        if not self.is_active:
            return NOBODY
        pairs = Membership.objects.current().filter(person=self.person).order_by()
        return Access(frozenset(pairs.values_list("role", "cop__country_id")))

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


class Country(QuickLabels):
    """A country of the project, by the code the agencies write (EL) with ISO 3166 beside it."""

    code = models.CharField(_("code"), max_length=2, unique=True)
    iso_code = models.CharField(_("ISO 3166 code"), max_length=2, unique=True)
    name = LineField(_("name"))
    zone = models.CharField(_("time zone"), max_length=50, validators=[validate_zone])
    language = models.CharField(_("language"), max_length=3, choices=settings.PROJECT_LANGUAGES)

    objects = querysets.CountryQuerySet.as_manager()

    class Meta:
        ordering = ["code"]
        verbose_name_plural = _("countries")

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("country_detail", args=[self.code])


class Partner(models.Model):
    """A consortium member that answers for one country."""

    name = LineField(_("name"))
    kind = LineField(_("kind of organisation"))
    country = models.ForeignKey(Country, on_delete=models.PROTECT, related_name="partners")
    leads = models.BooleanField(_("leads the consortium"), default=False)

    class Meta:
        ordering = ["country__code", "name"]

    def __str__(self) -> str:
        return self.name


class CommunityOfPractice(models.Model):
    """The community of one country, or of all of them."""

    name = LineField(_("name"))
    scope = models.CharField(_("scope"), max_length=10, choices=Scope.choices)
    country = models.OneToOneField(
        Country, on_delete=models.PROTECT, null=True, blank=True, related_name="cop"
    )
    started_on = models.DateField(_("started on"))

    objects = querysets.CommunityQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        verbose_name_plural = _("communities of practice")
        constraints = [
            models.CheckConstraint(
                condition=Q(scope=Scope.COUNTRY, country__isnull=False)
                | Q(scope=Scope.PROJECT, country__isnull=True),
                name="cop_country_fits_scope",
            ),
            models.UniqueConstraint(
                fields=["scope"], condition=Q(scope=Scope.PROJECT), name="cop_one_project_cop"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Charter(models.Model):
    """What a community agreed on; a new version leaves the old one readable."""

    cop = models.ForeignKey(CommunityOfPractice, on_delete=models.CASCADE, related_name="charters")
    version = models.PositiveSmallIntegerField(_("version"), default=1)
    domain = LineField(_("domain"))
    purpose = LongTextField(_("purpose"))
    adopted_on = models.DateField(_("adopted on"))

    class Meta:
        ordering = ["-version"]
        constraints = [
            models.UniqueConstraint(fields=["cop", "version"], name="charter_version_once")
        ]

    def __str__(self) -> str:
        return f"{self.domain} (v{self.version})"


class Topic(models.Model):
    """A subject of a community's charter."""

    charter = models.ForeignKey(Charter, on_delete=models.CASCADE, related_name="topics")
    name = LineField(_("name"))

    class Meta:
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(fields=["charter", "name"], name="topic_once_per_charter")
        ]

    def __str__(self) -> str:
        return self.name


class Person(QuickLabels):
    """Somebody the communities work with; an account is optional."""

    user = models.OneToOneField(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="person"
    )
    name = LineField(_("name"), max_length=120)
    email = models.EmailField(_("e-mail address"), max_length=254)
    country = models.ForeignKey(
        Country, on_delete=models.PROTECT, null=True, blank=True, related_name="people"
    )
    partner = models.ForeignKey(
        Partner, on_delete=models.SET_NULL, null=True, blank=True, related_name="people"
    )
    language = models.CharField(
        _("language of mails"), max_length=3, choices=settings.PROJECT_LANGUAGES, default="en"
    )
    languages = ArrayField(
        models.CharField(max_length=3, choices=settings.PROJECT_LANGUAGES),
        verbose_name=_("languages spoken"),
        default=list,
        blank=True,
    )
    zone = models.CharField(_("time zone"), max_length=50, validators=[validate_zone])
    in_directory = models.BooleanField(_("shown in the directory"), default=True)
    ask_me_about = LineField(_("ask me about"), blank=True)

    objects = querysets.PersonQuerySet.as_manager()

    class Meta:
        ordering = ["name", "pk"]
        verbose_name_plural = _("people")
        constraints = [models.UniqueConstraint(Lower("email"), name="person_email_once")]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("person_detail", args=[self.pk])


class Expert(QuickLabels):
    """The expertise of a person who works with migrants."""

    person = models.OneToOneField(Person, on_delete=models.CASCADE, related_name="expert")
    profession = models.CharField(_("role"), max_length=30, choices=Profession.choices)
    years = models.PositiveSmallIntegerField(_("years of work with migrants"), default=0)
    groups = ArrayField(
        models.CharField(max_length=30, choices=TargetGroup.choices),
        verbose_name=_("groups worked with"),
        default=list,
        blank=True,
    )
    verified_by = models.ForeignKey(
        Person, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(years__lte=70), name="expert_years_plausible")
        ]

    def __str__(self) -> str:
        return f"{self.get_profession_display()}: {self.person}"


class Membership(QuickLabels):
    """A person's role in a community, from a day to a day; the source of every right."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="memberships")
    cop = models.ForeignKey(
        CommunityOfPractice, on_delete=models.PROTECT, related_name="memberships"
    )
    role = models.CharField(_("role"), max_length=20, choices=Role.choices)
    stage = models.CharField(_("stage"), max_length=10, choices=Stage.choices)
    joined_on = models.DateField(_("joined on"))
    left_on = models.DateField(_("left on"), null=True, blank=True)

    objects = querysets.MembershipQuerySet.as_manager()

    class Meta:
        ordering = ["role", "person__name"]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "cop", "role"],
                condition=Q(left_on__isnull=True),
                name="membership_current_once",
            ),
            models.CheckConstraint(
                condition=Q(left_on__isnull=True) | Q(left_on__gte=models.F("joined_on")),
                name="membership_leaves_after_joining",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person}: {self.get_role_display()}"


class AccountInvitation(QuickLabels):
    """The offer of an account, bound to one address; its link works once."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="invitations")
    cop = models.ForeignKey(
        CommunityOfPractice, on_delete=models.CASCADE, related_name="account_invitations"
    )
    role = models.CharField(_("role"), max_length=20, choices=Role.choices)
    invited_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    invited_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)
    generation = models.PositiveIntegerField(default=1)

    objects = querysets.AccountInvitationQuerySet.as_manager()

    class Meta:
        ordering = ["-invited_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["person"],
                condition=Q(accepted_at__isnull=True, revoked_at__isnull=True),
                name="invitation_one_open_per_person",
            )
        ]

    def __str__(self) -> str:
        return f"{self.person} ({self.get_role_display()})"


class Message(QuickLabels):
    """A mail to a person: the outbox before it is sent, the contact log ever after.

    `object_id` is the key of the object the kind is about. `key` makes a message happen once.
    `payload` holds words that exist nowhere else (a log-in code) and is emptied when sent.
    """

    kind = models.CharField(max_length=40)
    object_id = models.BigIntegerField()
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="contacts")
    due_at = models.DateTimeField()
    state = models.CharField(
        max_length=10, choices=MessageState.choices, default=MessageState.PLANNED
    )
    attempts = models.PositiveSmallIntegerField(default=0)
    lease_until = models.DateTimeField(null=True, blank=True)
    message_id = models.CharField(max_length=120, unique=True)
    key = models.CharField(max_length=200, unique=True)
    language = models.CharField(max_length=3)
    zone = models.CharField(max_length=50)
    payload = models.JSONField(default=dict, blank=True)
    subject = models.CharField(max_length=300, blank=True)
    created_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True, blank=True)
    last_error = models.CharField(max_length=300, blank=True)

    objects = querysets.MessageQuerySet.as_manager()

    class Meta:
        ordering = ["-due_at", "-pk"]
        indexes = [
            models.Index(
                fields=["due_at"], condition=Q(state=MessageState.PLANNED), name="message_due"
            ),
            models.Index(
                fields=["state"], condition=Q(state__in=UNSETTLED), name="message_unsettled"
            ),
            models.Index(fields=["kind", "object_id"], name="message_about"),
            models.Index(fields=["-due_at", "-id"], name="message_newest"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} to {self.person_id}"


class AuditEvent(models.Model):
    """A deed, written beside what it changed and never altered: who by code, what, when."""

    at = models.DateTimeField()
    actor = models.UUIDField(null=True)
    deed = models.CharField(max_length=60)
    object_kind = models.CharField(max_length=40)
    object_id = models.BigIntegerField()
    country = models.ForeignKey(Country, on_delete=models.PROTECT, null=True, related_name="+")
    detail = models.JSONField(default=dict, blank=True)

    class Meta:
        ordering = ["-pk"]
        indexes = [models.Index(fields=["object_kind", "object_id"], name="audit_object")]
        triggers = [
            pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)
        ]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.deed}"
