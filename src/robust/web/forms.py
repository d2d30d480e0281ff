"""What a person may send to the shell."""

from django import forms
from django.conf import settings
from django.utils.translation import get_language_info
from django.utils.translation import gettext_lazy as _

from robust.organisation.models import Account


class SettingsForm(forms.ModelForm[Account]):
    """How the screen looks and speaks to one person."""

    language = forms.ChoiceField(
        label=_("Language"),
        choices=[
            (code, get_language_info(code)["name_local"].capitalize()) for code, _name in settings.LANGUAGES
        ],
        widget=forms.RadioSelect,
    )

    class Meta:
        model = Account
        fields = ("language", "theme", "density", "shared_computer")
        widgets = {"theme": forms.RadioSelect, "density": forms.RadioSelect}
        labels = {
            "theme": _("Colours"),
            "density": _("Density"),
            "shared_computer": _("I work on shared computers"),
        }
        help_texts = {
            "density": _("Compact shows more lines at a time."),
            "shared_computer": _("You are signed out sooner when the computer is left alone."),
        }
