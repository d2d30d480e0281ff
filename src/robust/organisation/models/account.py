"""Accounts, and the roles they hold at a unit and below it."""

from datetime import datetime

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from robust.core.models import BaseModel, no_overlap
from robust.organisation.models.person import Person
from robust.organisation.models.unit import Unit


class AccountManager(BaseUserManager["Account"]):
    """Make accounts; e-mail addresses are kept in lower case."""

    def create_user(self, *, email: str, name: str, password: str | None = None) -> "Account":
        account = self.model(email=email.strip().lower(), name=name)
        account.set_password(password)
        account.save(using=self._db)
        return account

    def get_by_natural_key(self, username: str | None) -> "Account":
        return self.get(email=(username or "").strip().lower())


class Account(AbstractBaseUser, BaseModel):
    """Somebody who can sign in; what they may do comes from their roles."""

    class Theme(models.TextChoices):
        SYSTEM = "system", _("as the device")
        LIGHT = "light", _("light")
        DARK = "dark", _("dark")

    class Density(models.TextChoices):
        COMFORTABLE = "comfortable", _("comfortable")
        COMPACT = "compact", _("compact")

    email = models.EmailField(_("e-mail"), unique=True)
    name = models.CharField(_("name"), max_length=200)
    person = models.OneToOneField(
        Person, models.SET_NULL, null=True, blank=True, related_name="account", verbose_name=_("person")
    )
    is_active = models.BooleanField(_("may sign in"), default=True)
    language = models.CharField(_("language"), max_length=2, default="da")
    theme = models.CharField(_("colours"), max_length=10, choices=Theme, default=Theme.SYSTEM)
    density = models.CharField(_("density"), max_length=12, choices=Density, default=Density.COMFORTABLE)
    shared_computer = models.BooleanField(_("works on shared computers"), default=False)
    here_at = models.DateTimeField(_("latest seen"), null=True, blank=True, editable=False)
    previous_visit_at = models.DateTimeField(_("previous visit"), null=True, blank=True, editable=False)

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS = ["name"]
    objects = AccountManager()

    class Meta:
        ordering = ["name", "id"]
        verbose_name, verbose_name_plural = _("account"), _("accounts")
        constraints = [
            models.CheckConstraint(name="organisation_account_email_lower", condition=Q(email=Lower("email")))
        ]

    def __str__(self) -> str:
        return self.name

    def get_full_name(self) -> str:
        return self.name

    def has_not_seen(self, moment: datetime | None) -> bool:
        """Say whether something happened after the previous visit; on a first visit nothing is new."""
        return moment is not None and self.previous_visit_at is not None and moment > self.previous_visit_at


class Role(models.TextChoices):
    """What somebody is at a unit and everything below it."""

    EMPLOYEE = "employee", _("employee")
    WORK_PLANNER = "work_planner", _("work planner")
    WARD_LEADER = "ward_leader", _("ward leader")
    DEPARTMENT_MANAGEMENT = "department_management", _("department management")
    HR_ANALYST = "hr_analyst", _("HR analyst")
    IMPROVEMENT_CONSULTANT = "improvement_consultant", _("improvement consultant")
    WORKING_ENVIRONMENT_REP = "working_environment_rep", _("working-environment representative")
    UNION_REP = "union_rep", _("union representative")
    BOARD = "board", _("board")
    ADMINISTRATOR = "administrator", _("administrator")


class RoleAssignment(BaseModel):
    """A role that an account holds at a unit for a time."""

    account = models.ForeignKey(Account, models.CASCADE, related_name="roles", verbose_name=_("account"))
    role = models.CharField(_("role"), max_length=30, choices=Role)
    unit = models.ForeignKey(Unit, models.CASCADE, related_name="roles", verbose_name=_("unit"))
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("until (not included)"), null=True, blank=True)

    class Meta:
        ordering = ["account", "role", "starts_on", "id"]
        verbose_name, verbose_name_plural = _("role"), _("roles")
        constraints = [
            no_overlap("organisation_role_no_overlap", "account", "role", "unit"),
            models.CheckConstraint(
                name="organisation_role_ends_after_start",
                condition=Q(ends_on__isnull=True) | Q(ends_on__gt=F("starts_on")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_role_display()}, {self.unit_id}"


class RoleRequirement(BaseModel):
    """A role whose holders must sign in with a second factor."""

    role = models.CharField(_("role"), max_length=30, choices=Role, unique=True)

    class Meta:
        ordering = ["role"]
        verbose_name, verbose_name_plural = _("second-factor requirement"), _("second-factor requirements")

    def __str__(self) -> str:
        return self.get_role_display()
