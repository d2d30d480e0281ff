"""What is sent to forums: meetings, decisions, questions and answers."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from robust.programme.forms.parts import DayInput
from robust.programme.models import Decision


class ForumForm(forms.Form):
    """A forum and the unit it decides for."""

    name = forms.CharField(label=_("Name"), max_length=200)
    unit = forms.TypedChoiceField(label=_("Decides for"), coerce=int)

    def __init__(self, *args: Any, units: Sequence[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].choices = units  # type: ignore[attr-defined]  # the field is a choice field


class MeetingForm(forms.Form):
    """The day of a meeting."""

    held_on = forms.DateField(label=_("Day of the meeting"), widget=DayInput)


class MeetingEditForm(MeetingForm):
    """The day of a meeting and what else is to be remembered."""

    note = forms.CharField(
        label=_("Note"), required=False, max_length=10_000, widget=forms.Textarea(attrs={"rows": 4})
    )


class DecisionForm(forms.Form):
    """What was decided, and why."""

    outcome = forms.ChoiceField(label=_("Decision"), choices=Decision.Outcome, widget=forms.RadioSelect)
    reason = forms.CharField(
        label=_("Reason"),
        max_length=10_000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("One sentence that the owner can act on."),
    )


class QuestionForm(forms.Form):
    """What the forum wants to know."""

    text = forms.CharField(label=_("Question"), max_length=2_000, widget=forms.Textarea(attrs={"rows": 2}))


class QuestionAnswerForm(forms.Form):
    """What the forum gets to know."""

    answer = forms.CharField(label=_("Answer"), max_length=10_000, widget=forms.Textarea(attrs={"rows": 4}))


class SendToDecisionForm(forms.Form):
    """What is to be decided, and where."""

    forum = forms.TypedChoiceField(label=_("Who is to decide?"), coerce=int)
    wanted = forms.CharField(
        label=_("What is to be decided?"),
        max_length=2_000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Put it so that it can be answered with yes or no."),
    )

    def __init__(self, *args: Any, forums: Sequence[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["forum"].choices = forums  # type: ignore[attr-defined]  # the field is a choice field
