"""What somebody says of accounts, their roles, and who needs a second factor."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from robust.organisation.forms.unit import NOTHING, Choices, day_field, id_field
from robust.organisation.models import Role


class AddAccountForm(forms.Form):
    """Somebody who is to sign in."""

    name = forms.CharField(label=_("Name"), max_length=200)
    email = forms.EmailField(label=_("E-mail"), max_length=254, help_text=_("They sign in with it."))


class ChangeAccountForm(forms.Form):
    """Whose account it is, and whether it may sign in."""

    name = forms.CharField(label=_("Name"), max_length=200)
    person = id_field(
        _("Whose employment"),
        required=False,
        help_text=_("Ties the account to a person, who then sees what is kept about them."),
    )
    is_active = forms.BooleanField(label=_("May sign in"), required=False)

    def __init__(self, *args: Any, people: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].choices = [*NOTHING, *people]  # type: ignore[attr-defined]  # a choice field


class AssignRoleForm(forms.Form):
    """A role at a unit and below it."""

    role = forms.ChoiceField(label=_("Role"), choices=Role.choices)
    unit = id_field(_("Unit"), help_text=_("The role counts there and in everything below it."))
    starts_on = day_field(_("First day"))
    latest_on = day_field(_("Last day"), required=False, help_text=_("Leave empty if it has no end."))

    def __init__(self, *args: Any, units: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].choices = [*NOTHING, *units]  # type: ignore[attr-defined]  # a choice field


class EndRoleForm(forms.Form):
    """The last day with a role."""

    latest_on = day_field(_("Last day"))


class RoleRequirementForm(forms.Form):
    """For which roles a password alone is not enough."""

    roles = forms.MultipleChoiceField(
        label=_("Roles that need a second factor"),
        choices=Role.choices,
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
