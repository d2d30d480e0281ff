"""Rows of a form that can be added, emptied and removed: areas, goals, places, links, money."""

import re
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils import formats
from django.utils.translation import gettext_lazy as _


class DayInput(forms.DateInput):
    """A day picked in the browser's own way; its value is always an ISO day."""

    input_type = "date"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs=attrs, format="%Y-%m-%d")


class NumberField(forms.DecimalField):
    """A number as people write it: 31,5 and 5.000.000 in Danish, 31.5 and 5,000,000 in English."""

    widget = forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"})

    def to_python(self, value: Any) -> Any:
        text = re.sub(r"\s", "", str(value or ""))
        point, between = _signs()
        if re.fullmatch(rf"-?\d{{1,3}}({re.escape(between)}\d{{3}})+({re.escape(point)}\d+)?", text):
            text = text.replace(between, "")
        return super().to_python(text.replace(",", "."))

    def prepare_value(self, value: Any) -> Any:
        if not isinstance(value, Decimal):
            return value
        whole, _point, decimals = f"{value:f}".partition(".")
        decimals = decimals.rstrip("0")
        return f"{whole}{_signs()[0]}{decimals}" if decimals else whole


def _signs() -> tuple[str, str]:
    """The decimal sign of the language, and the one that stands between thousands."""
    return (",", ".") if formats.get_format("DECIMAL_SEPARATOR") == "," else (".", ",")


class PartForm(forms.Form):
    """One row; a row with nothing in it, whether new or emptied, counts as not there."""

    id = forms.IntegerField(required=False, widget=forms.HiddenInput, min_value=1)

    @property
    def changed_data(self) -> list[str]:
        return [name for name in super().changed_data if name not in ("id", "DELETE")]


class PartFormSet(forms.BaseFormSet[PartForm]):
    """The rows of one kind; every row may be left empty."""

    def get_form_kwargs(self, index: int | None) -> dict[str, Any]:
        return {**super().get_form_kwargs(index), "empty_permitted": True, "use_required_attribute": False}

    def parts(self) -> tuple[dict[str, Any], ...]:
        """Give the values of the rows that hold something and are not to be removed."""
        filled = (form for form in self.forms if form.has_changed() and form not in self.deleted_forms)
        return tuple(
            {name: value for name, value in form.cleaned_data.items() if name != "DELETE"} for form in filled
        )

    def counted_forms(self) -> list[tuple[int, PartForm]]:
        """Give the checked rows with their number; what is wrong in those to be removed does not matter."""
        rows = enumerate(self.forms if self.is_bound else (), start=1)
        return [(number, form) for number, form in rows if not form.cleaned_data.get("DELETE")]

    def duplicates(self, *names: str) -> list[PartForm]:
        """Find rows that repeat what an earlier row says in these fields."""
        seen, repeated = set(), []
        for form in self.forms:
            if form.is_valid() and form.has_changed() and form not in self.deleted_forms:
                said = tuple(form.cleaned_data.get(name) for name in names)
                if said in seen:
                    repeated.append(form)
                seen.add(said)
        return repeated


def part_formset(form: type[PartForm]) -> type[PartFormSet]:
    """Make the class for rows of a kind: at most 200, each removable."""
    made: Any = forms.formset_factory(form, formset=PartFormSet, extra=0, can_delete=True, max_num=200)
    return type(f"{form.__name__}Set", (made,), {})


def are_valid(parts: Iterable[forms.Form | PartFormSet]) -> bool:
    """Check a form and its rows, all of them, so that every error is shown at once."""
    valid = [part.is_valid() for part in parts]
    return all(valid)


def refuse_doubles(formset: PartFormSet, *names: str, field: str) -> bool:
    """Put an error at each row that stands there twice; tell whether there was none."""
    repeated = formset.duplicates(*names)
    for form in repeated:
        form.add_error(field, _("This stands there already. Remove one of the two."))
    return not repeated


def as_typed(form: type[forms.Form], sent: QueryDict, *, prefix: str = "", **kwargs: Any) -> dict[str, Any]:
    """Give what was typed in a form that is shown again before it is checked."""
    blank = form(prefix=prefix or None, **kwargs)
    return {
        name: field.widget.value_from_datadict(sent, blank.files, blank.add_prefix(name))
        for name, field in blank.fields.items()
    }


def rows_as_typed(
    form: type[PartForm], sent: QueryDict, *, prefix: str, with_one_more: bool, **kwargs: Any
) -> Sequence[dict[str, Any]]:
    """Give what was typed in the rows, and a blank one at the end if asked for."""
    total = sent.get(f"{prefix}-TOTAL_FORMS", "")
    count = min(int(total), 200) if total.isdecimal() else 0
    rows = [as_typed(form, sent, prefix=f"{prefix}-{number}", **kwargs) for number in range(count)]
    return [*rows, {}] if with_one_more else rows
