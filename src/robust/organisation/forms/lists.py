"""What somebody says of the hospital's own lists, codes, retention, and what to see of the audit trail."""

from django import forms
from django.utils.translation import gettext_lazy as _

from robust.organisation.forms.unit import day_field
from robust.organisation.models import Party, Profession, RetentionRule, UnitCode, UnitType


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

    words = forms.CharField(max_length=200, required=False)
    action = forms.CharField(max_length=60, required=False)
    from_on = forms.DateField(required=False)
    until_on = forms.DateField(required=False)
