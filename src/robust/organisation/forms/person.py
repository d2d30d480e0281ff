"""What somebody says of people and their employments."""

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from robust.organisation.forms.unit import NOTHING, Choices, day_field, id_field


class PersonForm(forms.Form):
    """Somebody's name."""

    name = forms.CharField(label=_("Name"), max_length=200)


class EmploymentForm(forms.Form):
    """A post that somebody gets."""

    unit = id_field(_("Unit"))
    profession = id_field(_("Profession"))
    post_number = forms.CharField(
        label=_("Post number"),
        max_length=20,
        help_text=_("As in the pay system. One person holds it at a time."),
    )
    weekly_hours = forms.DecimalField(
        label=_("Hours a week"),
        min_value=Decimal(0),
        max_value=Decimal(168),
        max_digits=5,
        decimal_places=2,
        localize=True,
    )
    starts_on = day_field(_("First day"))
    latest_on = day_field(_("Last day"), required=False, help_text=_("Leave empty if it has no end."))

    def __init__(self, *args: Any, units: Choices, professions: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].choices = [*NOTHING, *units]  # type: ignore[attr-defined]  # a choice field
        self.fields["profession"].choices = [*NOTHING, *professions]  # type: ignore[attr-defined]  # the same


class EndEmploymentForm(forms.Form):
    """The last day in a post."""

    latest_on = day_field(_("Last day"))


class MoveEmploymentForm(forms.Form):
    """The same post at another unit from a day on."""

    unit = id_field(_("Unit"))
    from_on = day_field(_("From and including"))

    def __init__(self, *args: Any, units: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].choices = [*NOTHING, *units]  # type: ignore[attr-defined]  # a choice field
