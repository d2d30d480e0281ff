"""What is sent to open a round of reminders."""

from django import forms
from django.utils.translation import gettext_lazy as _

from robust.programme.forms.parts import DayInput


class RoundForm(forms.Form):
    """When answers are wanted, and what is said to those who are asked."""

    due_on = forms.DateField(label=_("Answer by"), widget=DayInput)
    message = forms.CharField(
        label=_("Message"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Stands in the mail, above the list of what is asked for."),
    )
