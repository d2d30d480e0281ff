"""What somebody says of the hospital's own lists, codes and retention, and what to see of longer lists."""

from django import forms
from django.utils.translation import gettext_lazy as _

from robust.organisation.forms.unit import day_field
from robust.organisation.models import JobRun, Party, Profession, RetentionRule, Role, UnitCode, UnitType


class PartyForm(forms.ModelForm[Party]):
    """Somebody outside the tree."""

    class Meta:
        model = Party
        fields = ["name", "kind"]


class ProfessionForm(forms.ModelForm[Profession]):
    """A profession and its place in lists."""

    class Meta:
        model = Profession
        fields = ["name", "code", "order"]
        help_texts = {
            "code": _("Short, in small letters, without spaces. Other systems know the profession by it."),
            "order": _("Small numbers stand first."),
        }


class UnitTypeForm(forms.ModelForm[UnitType]):
    """What a unit can be."""

    class Meta:
        model = UnitType
        fields = ["name", "code", "order"]
        help_texts = {
            "code": _("Short, in small letters, without spaces."),
            "order": _("Small numbers stand first."),
        }


class GiveCodeForm(forms.Form):
    """The code another system knows a unit by."""

    system = forms.ChoiceField(label=_("System"), choices=UnitCode.System.choices)
    code = forms.CharField(label=_("Code"), max_length=50)
    starts_on = day_field(_("First day"))
    latest_on = day_field(_("Last day"), required=False, help_text=_("Leave empty if it has no end."))


class RetentionForm(forms.ModelForm[RetentionRule]):
    """For how long, and why."""

    class Meta:
        model = RetentionRule
        fields = ["months", "note"]
        labels = {"months": _("Months"), "note": _("Why this hospital keeps it that long")}


class AuditFilterForm(forms.Form):
    """What to see of the audit trail."""

    words = forms.CharField(label=_("Who or what"), max_length=200, required=False)
    action = forms.CharField(label=_("Kind"), max_length=60, required=False)
    from_on = forms.DateField(label=_("From"), required=False)
    until_on = forms.DateField(label=_("Until"), required=False)


class JobLookForm(forms.Form):
    """Which of somebody's jobs to see; nonsense in the address narrows nothing."""

    words = forms.CharField(label=_("Words"), max_length=200, required=False)
    state = forms.ChoiceField(label=_("State"), choices=JobRun.State.choices, required=False)


class AccountLookForm(forms.Form):
    """Which accounts to see; nonsense in the address narrows nothing."""

    words = forms.CharField(label=_("Name"), max_length=200, required=False)
    role = forms.ChoiceField(label=_("Role"), choices=Role.choices, required=False)
    active = forms.ChoiceField(
        label=_("May sign in"), choices=[("yes", _("yes")), ("no", _("no"))], required=False
    )
