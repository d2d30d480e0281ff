"""What is sent to make or change a track with its goals, signs of success and problems."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from robust.programme import queries
from robust.programme.forms.parts import DayInput, NumberField, PartForm, part_formset
from robust.programme.models import Plan, ProblemInitiative, SuccessSign, Track


class TrackForm(forms.Form):
    """The track itself."""

    name = forms.CharField(label=_("Name"), max_length=200)
    purpose = forms.CharField(label=_("Purpose"), required=False, widget=forms.Textarea(attrs={"rows": 4}))

    def __init__(self, *args: Any, plan: Plan, track: Track | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._plan, self._track = plan, track

    def clean_name(self) -> str:
        name: str = self.cleaned_data["name"]
        if queries.is_track_name_taken(name, plan=self._plan, besides=self._track):
            raise forms.ValidationError(_("The plan has a track of this name already. Choose another name."))
        return name


class GoalForm(PartForm):
    """Something the track will have put in place."""

    text = forms.CharField(label=_("Process goal"), widget=forms.Textarea(attrs={"rows": 2}))


class SignForm(PartForm):
    """A sign of success; the target may honestly be not set."""

    text = forms.CharField(label=_("Sign of success"), widget=forms.Textarea(attrs={"rows": 2}))
    target_kind = forms.ChoiceField(
        label=_("Target"), choices=SuccessSign.Target, initial=SuccessSign.Target.NOT_SET
    )
    target_number = NumberField(label=_("Target number"), required=False, max_digits=12, decimal_places=3)
    target_unit = forms.CharField(label=_("Unit of measure"), required=False, max_length=40)
    target_series = forms.CharField(
        label=_("Series to be level with"),
        required=False,
        max_length=200,
        help_text=_("For example: the rest of psychiatry."),
    )
    target_source = forms.CharField(label=_("Source"), required=False, max_length=200)
    target_set_on = forms.DateField(label=_("Set on"), required=False, widget=DayInput)

    @property
    def changed_data(self) -> list[str]:
        """A row in which only the kind of target stands, as in a new one, counts as empty."""
        return [name for name in super().changed_data if name != "target_kind"]

    def clean(self) -> None:
        sent = self.cleaned_data
        if sent.get("target_kind") == SuccessSign.Target.NUMBER:
            needed = ("target_number", "target_source", "target_set_on")
            for name in (name for name in needed if sent.get(name) in (None, "") and name not in self.errors):
                self.add_error(name, _("A target that is a number needs the number, its source and the day."))
        if sent.get("target_kind") == SuccessSign.Target.SERIES and not sent.get("target_series"):
            self.add_error("target_series", _("Name the series to be level with."))


class ProblemForm(PartForm):
    """A problem the track is to solve."""

    text = forms.CharField(label=_("Problem"), widget=forms.Textarea(attrs={"rows": 2}))


class ProblemLinkForm(forms.Form):
    """An initiative that works on a problem."""

    problem = forms.TypedChoiceField(label=_("Problem"), coerce=int)
    initiative = forms.IntegerField(label=_("Initiative"), min_value=1, max_value=2**63 - 1)
    level = forms.ChoiceField(label=_("Level"), choices=ProblemInitiative.Level)

    def __init__(self, *args: Any, problems: Iterable[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["problem"].choices = list(problems)  # type: ignore[attr-defined]  # a choice field


GoalFormSet = part_formset(GoalForm)
SignFormSet = part_formset(SignForm)
ProblemFormSet = part_formset(ProblemForm)
