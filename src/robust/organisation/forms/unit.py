"""What somebody says to change the unit tree."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from robust.organisation.models import Unit

Choices = Sequence[tuple[Any, Any]]
NOTHING: Choices = [("", "–")]


def day_field(label: Any, *, help_text: Any = "", required: bool = True) -> forms.DateField:
    """Ask for a day, by the browser's own calendar."""
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, help_text=help_text, required=required, widget=widget)


def id_field(label: Any, *, help_text: Any = "", required: bool = True) -> forms.TypedChoiceField:
    """Ask for one of the rows that the view offers."""
    return forms.TypedChoiceField(
        label=label, help_text=help_text, required=required, coerce=int, empty_value=None
    )


class UnitLookForm(forms.Form):
    """Which units of the tree to see."""

    words = forms.CharField(label=_("Name"), max_length=200, required=False)


class OpenUnitForm(forms.Form):
    """A new unit."""

    name = forms.CharField(label=_("Name"), max_length=200)
    level = forms.ChoiceField(label=_("Level"), choices=Unit.Level.choices)
    parent = id_field(_("Belongs to"))
    unit_type = id_field(_("Type"), required=False)
    opens_on = day_field(_("Opens on"), help_text=_("The first day on which the unit is there."))

    def __init__(self, *args: Any, parents: Choices, types: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["parent"].choices = [*NOTHING, *parents]  # type: ignore[attr-defined]  # a choice field
        self.fields["unit_type"].choices = [*NOTHING, *types]  # type: ignore[attr-defined]  # the same


class ChangeUnitForm(forms.Form):
    """Another name or type from a day on."""

    name = forms.CharField(label=_("Name"), max_length=200)
    unit_type = id_field(_("Type"), required=False)
    from_on = day_field(_("From and including"), help_text=_("Before that day the unit keeps what it was."))

    def __init__(self, *args: Any, types: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit_type"].choices = [*NOTHING, *types]  # type: ignore[attr-defined]  # a choice field


class MoveUnitForm(forms.Form):
    """Another place in the tree from a day on."""

    parent = id_field(_("Belongs to"))
    from_on = day_field(_("From and including"))

    def __init__(self, *args: Any, parents: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["parent"].choices = [*NOTHING, *parents]  # type: ignore[attr-defined]  # a choice field


class CloseUnitForm(forms.Form):
    """The unit is there no more."""

    closes_on = day_field(_("Closes on"), help_text=_("The first day on which the unit is no longer there."))


class ReopenUnitForm(forms.Form):
    """The unit is there again."""

    opens_on = day_field(_("Opens on"), help_text=_("The first day on which the unit is there again."))


class MergeUnitsForm(forms.Form):
    """Other units go on as this one."""

    units = forms.TypedMultipleChoiceField(
        label=_("Units that go on here"), coerce=int, widget=forms.CheckboxSelectMultiple
    )
    happens_on = day_field(_("From and including"))

    def __init__(self, *args: Any, others: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["units"].choices = others  # type: ignore[attr-defined]  # a choice field


class SplitUnitForm(forms.Form):
    """The unit goes on as several."""

    names = forms.CharField(
        label=_("New units"),
        help_text=_(
            "One name on each line. People and roles go along to the first; move them on from there."
        ),
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=2000,
    )
    happens_on = day_field(_("From and including"))

    def clean_names(self) -> list[str]:
        lines = self.cleaned_data["names"].splitlines()
        names = [name for line in lines if (name := " ".join(line.split()))]
        if len(names) < 2 or len(set(names)) < len(names):
            raise forms.ValidationError(_("Write at least two different names, each on its own line."))
        if too_long := next((name for name in names if len(name) > 200), ""):
            raise forms.ValidationError(_("“%s…” is longer than 200 characters.") % too_long[:40])
        return names
