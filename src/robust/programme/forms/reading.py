"""Handing in a document, and correcting what was read."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from robust.organisation.models import Unit
from robust.programme.actions.reading import Upload
from robust.programme.forms.parts import DayInput
from robust.programme.models import DocumentReading, Initiative, Plan, PlanRelation, ProposedRow

MOST_BYTES = 60_000_000


class ReadingLookForm(forms.Form):
    """Which of the read documents to see; nonsense in the address narrows nothing."""

    words = forms.CharField(label=_("Words in the name"), required=False, max_length=200)
    plan = forms.TypedChoiceField(label=_("Plan"), required=False, coerce=int, empty_value=None)
    state = forms.ChoiceField(label=_("State"), required=False, choices=DocumentReading.State.choices)

    def __init__(self, *args: Any, plans: Iterable[Plan], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = self.fields["plan"]
        choices.choices = [(plan.pk, plan.short_name) for plan in plans]  # type: ignore[attr-defined]

    def asked(self) -> dict[str, Any]:
        """Give what was understood."""
        self.is_valid()
        return self.cleaned_data


class ReadingForm(forms.Form):
    """A document with the plan it belongs to and the place its examples come from."""

    file = forms.FileField(
        label=_("Document"),
        help_text=_(
            "PowerPoint, Word, Excel, CSV or PDF with text, at most 60 MB. A scanned page cannot be read."
        ),
        widget=forms.FileInput(attrs={"accept": ".pptx,.docx,.xlsx,.csv,.pdf"}),
    )
    plan = forms.ModelChoiceField(
        Plan.objects.none(),
        label=_("Plan"),
        empty_label=_("choose a plan"),
        help_text=_("New initiatives are put here; known ones are found again."),
    )
    unit = forms.ModelChoiceField(
        Unit.objects.none(),
        label=_("Examples are from"),
        empty_label=_("choose a place"),
        help_text=_("A column such as 'examples from' becomes the status of this place."),
    )
    dated_on = forms.DateField(
        label=_("Status as of"), help_text=_("The day the document's status holds for."), widget=DayInput
    )
    red_since_on = forms.DateField(
        label=_("Red text is new since"),
        required=False,
        help_text=_("If red text marks what is new: the day of the version before."),
        widget=DayInput,
    )
    coverage_plan = forms.ModelChoiceField(
        Plan.objects.none(),
        label=_("The coverage column speaks of"),
        empty_label=_("none"),
        required=False,
        help_text=_("If a column says how each initiative stands to another plan."),
    )

    def __init__(
        self,
        *args: Any,
        plans: QuerySet[Plan],
        other_plans: QuerySet[Plan],
        units: QuerySet[Unit],
        today: date,
        places: Sequence[tuple[int, str]] = (),
        **kwargs: Any,
    ) -> None:
        """`places` are the units as they are offered: in the order of the tree."""
        super().__init__(*args, **kwargs)
        self.today = today
        for name, choices in (("plan", plans), ("coverage_plan", other_plans), ("unit", units)):
            self.fields[name].queryset = choices  # type: ignore[attr-defined]  # typed as a plain field
        if places:
            offered = [("", _("choose a place")), *places]
            self.fields["unit"].choices = offered  # type: ignore[attr-defined]  # typed as a plain field

    def clean_file(self) -> "UploadedFile[bytes]":
        file: UploadedFile[bytes] = self.cleaned_data["file"]
        if (file.size or 0) > MOST_BYTES:
            raise forms.ValidationError(
                _("The file is larger than 60 MB. Save it without pictures, or split it, and try again.")
            )
        return file

    def clean_dated_on(self) -> date:
        day: date = self.cleaned_data["dated_on"]
        if day > self.today:
            raise forms.ValidationError(_("The day has not come yet. Choose today or an earlier day."))
        return day

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        since, dated_on = cleaned.get("red_since_on"), cleaned.get("dated_on")
        if since and dated_on and since >= dated_on:
            self.add_error("red_since_on", _("The version before must be older than this one."))
        plan = cleaned.get("plan")
        if plan is not None and plan == cleaned.get("coverage_plan"):
            self.add_error("coverage_plan", _("Choose another plan than the one the document is read into."))
        return cleaned

    def upload(self) -> Upload:
        """Give the document with what is said of it, once the form is valid."""
        sent = dict(self.cleaned_data)
        file = sent.pop("file")
        media_type = file.content_type or "application/octet-stream"
        return Upload(name=file.name, content=file.read(), media_type=media_type, **sent)


class RowForm(forms.ModelForm[ProposedRow]):
    """One row of the preview."""

    class Meta:
        model = ProposedRow
        fields = ["area", "group", "text", "status", "example", "relation_kind", "choice", "joined"]
        widgets = {
            "text": forms.Textarea(attrs={"rows": 3}),
            "status": forms.Textarea(attrs={"rows": 3}),
            "example": forms.Textarea(attrs={"rows": 3}),
        }

    def __init__(self, *args: Any, initiatives: QuerySet[Initiative], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["joined"] = forms.ModelChoiceField(
            initiatives,
            required=False,
            label=_("Join to"),
            empty_label=_("none"),
            help_text=_("The status is added there; its text stays as somebody has written it."),
        )
        self.fields["text"].required = True
        kinds = [("", _("none")), *PlanRelation.Kind.choices]
        self.fields["relation_kind"].choices = kinds  # type: ignore[attr-defined]  # it is a choice

    def clean(self) -> dict[str, Any]:
        """Give the words the line ends of the document, not those of the browser."""
        cleaned = super().clean() or {}
        return {name: _lines(value) if isinstance(value, str) else value for name, value in cleaned.items()}


def _lines(text: str) -> str:
    return "\n".join(text.splitlines())
