"""What is sent to tell, find and adopt good examples."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from robust.programme.models import Recommendation


def _words(label: Any, help_text: Any = "", *, required: bool = False, rows: int = 3) -> forms.CharField:
    area = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(
        label=label, help_text=help_text, required=required, max_length=20_000, widget=area
    )


class ExampleLookForm(forms.Form):
    """What somebody looks for in the catalogue; nonsense in the address narrows nothing."""

    words = forms.CharField(label=_("Words"), required=False, max_length=200)
    recommendation = forms.TypedChoiceField(
        label=_("Recommendation"), required=False, coerce=int, empty_value=None
    )

    def __init__(self, *args: Any, recommendations: Sequence[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = self.fields["recommendation"]
        choices.choices = [("", _("All")), *recommendations]  # type: ignore[attr-defined]  # it is a choice

    def asked(self) -> dict[str, Any]:
        """Give what was understood."""
        self.is_valid()
        return self.cleaned_data


class ExampleForm(forms.Form):
    """A good example, told so that others can judge whether it would work for them."""

    title = forms.CharField(label=_("Title"), max_length=200)
    place = forms.CharField(
        label=_("Where"), max_length=200, help_text=_("Ward and hospital. No names of people.")
    )
    what_was_done = _words(_("What was done?"), required=True, rows=5)
    context = _words(_("Context"), _("How was it before, and what kind of place is it?"))
    prerequisites = _words(_("Prerequisites"), _("What must be in place for it to work?"))
    result = _words(_("Result"), _("What came of it? Numbers with what they are out of, if there are any."))
    why_stopped = _words(_("Why it stopped"), _("If it did. Others learn as much from that."))
    recommendations = forms.ModelMultipleChoiceField(
        Recommendation.objects.none(),
        label=_("Recommendations of the labour inspectorate"),
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Which of the eleven does it show?"),
    )

    def __init__(self, *args: Any, recommendations: QuerySet[Recommendation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["recommendations"].queryset = recommendations  # type: ignore[attr-defined]  # it has one


class AdoptForm(forms.Form):
    """Where an example is taken up, and what is changed in it."""

    unit = forms.TypedChoiceField(label=_("Where?"), coerce=int)
    changed = _words(_("What do you change?"), _("Leave it empty if you do it as they did."))

    def __init__(self, *args: Any, units: Sequence[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].choices = units  # type: ignore[attr-defined]  # the field is a choice field


class AdoptionForm(forms.Form):
    """What came of an adopted example."""

    changed = _words(_("What did you change?"))
    result = _words(_("Result"), _("What came of it?"))
    why_stopped = _words(_("Why it stopped"), _("Only if it did."))
