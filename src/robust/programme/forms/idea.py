"""What is sent to propose, answer and merge ideas."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from robust.programme.models import Idea


class IdeaForm(forms.Form):
    """An idea in a sentence, more words if one likes, and whose place it is about."""

    title = forms.CharField(
        label=_("What do you propose?"),
        max_length=200,
        widget=forms.Textarea(attrs={"rows": 2, "autofocus": True, "autocapitalize": "sentences"}),
    )
    text = forms.CharField(
        label=_("Why, and how?"), required=False, max_length=10_000, widget=forms.Textarea(attrs={"rows": 4})
    )
    unit = forms.TypedChoiceField(label=_("For whom?"), coerce=int)

    def __init__(self, *args: Any, units: Sequence[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].choices = units  # type: ignore[attr-defined]  # the field is a choice field

    def clean_title(self) -> str:
        return " ".join(str(self.cleaned_data["title"]).split())


class AnswerForm(forms.Form):
    """What becomes of an idea, and the words for its sender."""

    state = forms.ChoiceField(
        label=_("What becomes of it?"),
        widget=forms.RadioSelect,
        choices=[
            (Idea.State.ACCEPTED, _("We try it: it becomes an initiative")),
            (Idea.State.UNDER_WAY, _("It is under way already")),
            (Idea.State.CONSIDERED, _("We are considering it")),
            (Idea.State.DECLINED, _("We will not do it")),
        ],
    )
    answer = forms.CharField(
        label=_("Answer to the sender"),
        max_length=10_000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Say why, and what happens next."),
    )


class MergeForm(forms.Form):
    """The idea that another goes on in."""

    into = forms.TypedChoiceField(label=_("Goes on in"), coerce=int, widget=forms.RadioSelect)

    def __init__(self, *args: Any, ideas: Sequence[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["into"].choices = ideas  # type: ignore[attr-defined]  # the field is a choice field


class IdeaLookForm(forms.Form):
    """What somebody looks for among the ideas; nonsense in the address narrows nothing."""

    words = forms.CharField(label=_("Words"), required=False, max_length=200)
    state = forms.ChoiceField(
        label=_("State"),
        required=False,
        choices=[(value, label) for value, label in Idea.State.choices if value != "merged"],
    )
    mine = forms.BooleanField(label=_("Only mine"), required=False)
    sort = forms.ChoiceField(
        required=False, choices=[("support", _("most support")), ("oldest", _("oldest"))]
    )

    def asked(self) -> dict[str, Any]:
        """Give what was understood."""
        self.is_valid()
        return self.cleaned_data
