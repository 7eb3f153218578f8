"""People, what they are experts in, and their roles: the source of every right."""

from __future__ import annotations

from datetime import date, timedelta

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from cop_platform.common.addresses import numbered
from cop_platform.common.choices import QuickLabels
from cop_platform.common.text import LineField
from cop_platform.common.times import validate_zone
from experts import querysets
from experts.enums import Profession, Role, Stage, TargetGroup
from experts.models.accounts import User
from experts.models.communities import CommunityOfPractice, Country, Partner


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
        return numbered("person_detail", self.pk)


class Expert(QuickLabels):
    """The expertise of a person who works with migrants, and how much they can take on.

    `most_reviews` is the number of open reviews one is asked for at a time; from `away_from` to
    `away_until`, both days included, nobody is asked.
    """

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
    most_reviews = models.PositiveSmallIntegerField(_("reviews at a time"), default=3)
    away_from = models.DateField(_("away from"), null=True, blank=True)
    away_until = models.DateField(_("away until"), null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(years__lte=70), name="expert_years_plausible")
        ]

    def __str__(self) -> str:
        return f"{self.get_profession_display()}: {self.person}"

    @property
    def group_names(self) -> str:
        """The groups worked with, as a person reads them."""
        names = dict(TargetGroup.choices)
        return ", ".join(str(names.get(group, group)) for group in self.groups)


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

    @property
    def last_day(self) -> date | None:
        """The last day with rights; None while nobody said when it ends."""
        return self.left_on - timedelta(days=1) if self.left_on else None


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
