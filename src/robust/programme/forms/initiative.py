"""What is sent to look for initiatives, and to make or change one."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from robust.programme.forms.colleague import ColleagueField, offered
from robust.programme.forms.parts import DayInput, NumberField, PartForm, part_formset
from robust.programme.forms.plan import refuse_end_before_start
from robust.programme.models import Area, Initiative, Judgement, Plan, Track

Choices = Sequence[tuple[Any, Any]]
SORTS = ("title", "-title", "stated", "-stated", "review", "-review")


class LookForm(forms.Form):
    """What somebody looks for, as it stands in the address; nonsense there narrows nothing."""

    words = forms.CharField(label=_("Words"), required=False, max_length=200)
    plan = forms.TypedChoiceField(label=_("Plan"), required=False, coerce=int, empty_value=None)
    area = forms.TypedChoiceField(label=_("Area"), required=False, coerce=int, empty_value=None)
    track = forms.TypedChoiceField(label=_("Track"), required=False, coerce=int, empty_value=None)
    unit = forms.TypedChoiceField(label=_("Place"), required=False, coerce=int, empty_value=None)
    judgement = forms.ChoiceField(label=_("Judgement"), required=False)
    kind = forms.ChoiceField(label=_("Kind"), required=False)
    owner = forms.TypedChoiceField(label=_("Owner"), required=False, coerce=str, empty_value="")
    only = forms.MultipleChoiceField(
        label=_("Only"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        choices=[
            ("overdue", _("review overdue")),
            ("quiet", _("no status for 60 days")),
            ("awaits", _("waits for a decision")),
        ],
    )
    sort = forms.ChoiceField(required=False, choices=[(key, key) for key in SORTS], widget=forms.HiddenInput)

    def __init__(
        self,
        *args: Any,
        plans: Choices,
        areas: Choices,
        tracks: Choices,
        units: Choices,
        owners: Choices,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        given = {"plan": plans, "area": areas, "track": tracks, "unit": units, "owner": owners}
        given |= {"judgement": Judgement.choices, "kind": Initiative.Kind.choices}
        for name, choices in given.items():
            self.fields[name].choices = [("", _("all")), *choices]  # type: ignore[attr-defined]

    def asked(self) -> dict[str, Any]:
        """Give what was understood."""
        self.is_valid()
        return self.cleaned_data


class InitiativeForm(forms.Form):
    """The initiative itself."""

    title = forms.CharField(label=_("Title"), max_length=300)
    text = forms.CharField(
        label=_("What is to be done"), required=False, widget=forms.Textarea(attrs={"rows": 5})
    )
    kind = forms.ChoiceField(label=_("Kind"), choices=Initiative.Kind)
    unit = forms.TypedChoiceField(label=_("Belongs to"), coerce=int)
    owner = ColleagueField(
        label=_("Owner"),
        required=False,
        help_text=_(
            "Write some of the name, and pick it. Is asked for status, and may change the initiative."
        ),
    )
    deputy = ColleagueField(
        label=_("Deputy"),
        required=False,
        help_text=_("May do the same, and is asked when there is no owner."),
    )
    party = forms.TypedChoiceField(
        label=_("Owned outside the hospital by"), required=False, coerce=int, empty_value=None
    )
    starts_on = forms.DateField(label=_("From"), required=False, widget=DayInput)
    ends_on = forms.DateField(label=_("Ends before"), required=False, widget=DayInput)
    next_review_on = forms.DateField(label=_("Next review"), required=False, widget=DayInput)
    forum = forms.TypedChoiceField(label=_("Decided in"), required=False, coerce=int, empty_value=None)
    awaits_decision = forms.BooleanField(label=_("Waits for a decision"), required=False)
    decision_wanted = forms.CharField(
        label=_("What is to be decided"), required=False, widget=forms.Textarea(attrs={"rows": 2})
    )

    def __init__(
        self,
        *args: Any,
        units: Choices,
        accounts: Choices,
        parties: Choices,
        forums: Choices,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        nobody = [("", _("nobody"))]
        given = {"unit": units, "party": [*nobody, *parties], "forum": [("", _("nowhere")), *forums]}
        for name, choices in given.items():
            self.fields[name].choices = choices  # type: ignore[attr-defined]  # these are choice fields
        for name in ("owner", "deputy"):
            self.fields[name].known = dict(accounts)  # type: ignore[attr-defined]  # these name colleagues
        self.colleagues = offered(accounts)

    def clean(self) -> None:
        refuse_end_before_start(self)
        owner, deputy = self.cleaned_data.get("owner"), self.cleaned_data.get("deputy")
        if owner and owner == deputy:
            self.add_error("deputy", _("The deputy must be somebody else than the owner."))
        if self.cleaned_data.get("awaits_decision") and not self.cleaned_data.get("forum"):
            self.add_error("forum", _("Choose where it is to be decided."))


class PlacementForm(PartForm):
    """A place of the initiative in a plan."""

    plan = forms.TypedChoiceField(label=_("Plan"), coerce=int)
    area = forms.TypedChoiceField(label=_("Area"), required=False, coerce=int, empty_value=None)
    track = forms.TypedChoiceField(label=_("Track"), required=False, coerce=int, empty_value=None)
    group = forms.CharField(
        label=_("Group"), required=False, max_length=300, help_text=_("A heading within the area.")
    )

    def __init__(
        self, *args: Any, plans: Sequence[Plan], areas: Sequence[Area], tracks: Sequence[Track], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        names = {plan.pk: plan.name for plan in plans}
        self._plan_of = {"area": {row.pk: row.plan_id for row in areas}}
        self._plan_of["track"] = {row.pk: row.plan_id for row in tracks}
        given: dict[str, Any] = {"plan": [("", _("choose a plan")), *names.items()]}
        given |= {"area": _under_plans(areas, names), "track": _under_plans(tracks, names)}
        for name, choices in given.items():
            self.fields[name].choices = choices  # type: ignore[attr-defined]  # these are choice fields

    def clean(self) -> None:
        plan_id = self.cleaned_data.get("plan")
        for name, plan_of in self._plan_of.items():
            chosen = self.cleaned_data.get(name)
            if plan_id and chosen and plan_of[chosen] != plan_id:
                self.add_error(name, _("This belongs to another plan. Choose one of the plan's own."))


class LinkForm(PartForm):
    """An address where more stands."""

    label = forms.CharField(label=_("Text"), max_length=200)
    url = forms.URLField(label=_("Address"), max_length=500, assume_scheme="https")


class FundingForm(PartForm):
    """Money set aside."""

    amount_dkk = NumberField(label=_("Amount in DKK"), min_value=1, max_digits=14, decimal_places=2)
    source = forms.CharField(label=_("Source"), max_length=200)
    decided_on = forms.DateField(label=_("Decided on"), required=False, widget=DayInput)


PlacementFormSet = part_formset(PlacementForm)
LinkFormSet = part_formset(LinkForm)
FundingFormSet = part_formset(FundingForm)


def _under_plans(rows: Sequence[Area] | Sequence[Track], names: dict[int, str]) -> list[Any]:
    grouped: dict[str, list[tuple[int, str]]] = {}
    for row in rows:
        grouped.setdefault(names[row.plan_id], []).append((row.pk, row.name))
    return [("", _("none")), *grouped.items()]
