"""How the hospital wants to look: what may be chosen, and what cannot be read."""

import io
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _
from PIL import Image, UnidentifiedImageError

from robust.organisation.pages import look as colours

MOST_BYTES = 1_000_000
MOST_PIXELS = 4_000
MARK_PIXELS = 192  # three times as large as it is shown


class ColourField(forms.CharField):
    """A colour written as #0b5a6b."""

    default_validators = [
        RegexValidator(r"^#[0-9a-f]{6}$", _("Write the colour as # and six signs, for example #0b5a6b."))
    ]

    def to_python(self, value: Any) -> str:
        return (super().to_python(value) or "").lower()


class LookForm(forms.Form):
    """Name, mark and accent of the hospital; an empty field keeps Robust's own."""

    name = forms.CharField(
        label=_("Name"),
        required=False,
        max_length=60,
        help_text=_("Stands where Robust stood: in the corner of every page, and on documents."),
    )
    accent = ColourField(
        label=_("Accent"),
        required=False,
        help_text=_("The colour of buttons and links, for example #0b5a6b. Empty: Robust's own."),
    )
    dark_accent = ColourField(
        label=_("Accent in the dark"),
        required=False,
        help_text=_("Empty: the nearest shade of the accent that can be read on dark."),
    )
    mark = forms.FileField(
        label=_("Mark"),
        required=False,
        help_text=_("A square picture as PNG or JPEG, at most 1 MB and 4,000 pixels on a side."),
        widget=forms.FileInput(attrs={"accept": "image/png,image/jpeg"}),
    )
    without_mark = forms.BooleanField(label=_("Use Robust's own mark"), required=False)

    def clean_accent(self) -> str:
        return _readable(self.cleaned_data["accent"], grounds=colours.LIGHT_GROUNDS)

    def clean_dark_accent(self) -> str:
        return _readable(self.cleaned_data["dark_accent"], grounds=colours.DARK_GROUNDS)

    def clean_mark(self) -> bytes | None:
        file = self.cleaned_data["mark"]
        return _redrawn(file) if file else None

    def clean(self) -> None:
        accent, dark = self.cleaned_data.get("accent"), self.cleaned_data.get("dark_accent")
        if dark and accent == "":
            self.add_error("accent", _("Choose the accent too, or leave both empty."))
        if accent and dark == "":
            self.cleaned_data["dark_accent"] = colours.nearest_shade(accent, grounds=colours.DARK_GROUNDS)


def _readable(colour: str, *, grounds: tuple[str, ...]) -> str:
    if colour and not colours.stands_out(colour, grounds=grounds):
        raise forms.ValidationError(
            _("This colour is too close to the page to be read. The nearest that can be: %(shade)s."),
            params={"shade": colours.nearest_shade(colour, grounds=grounds)},
        )
    return colour


def _redrawn(file: "UploadedFile[bytes]") -> bytes:
    """Draw an uploaded picture anew as a small PNG, so that nothing but its pixels is kept."""
    if (file.size or 0) > MOST_BYTES:
        raise forms.ValidationError(_("The picture is larger than 1 MB. Save it smaller and try again."))
    try:
        with Image.open(file, formats=("PNG", "JPEG")) as picture:
            return _small(picture)
    except (UnidentifiedImageError, Image.DecompressionBombError, OSError, SyntaxError, ValueError) as error:
        raise forms.ValidationError(
            _("The picture cannot be opened. Save it as PNG or JPEG and try again.")
        ) from error


def _small(picture: Image.Image) -> bytes:
    if max(picture.size) > MOST_PIXELS:
        raise forms.ValidationError(
            _("The picture is more than 4,000 pixels on a side. Save it smaller and try again.")
        )
    drawn = picture.convert("RGBA")
    drawn.thumbnail((MARK_PIXELS, MARK_PIXELS))
    written = io.BytesIO()
    drawn.save(written, "PNG")
    return written.getvalue()
