"""What the screens for handing over show."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

TEMPLATE_REFUSALS: dict[str, Promise] = {
    "broken": gettext_lazy("The template cannot be opened. Save it anew in PowerPoint and try again."),
    "external_entity": gettext_lazy(
        "The template refers to content outside itself and is not used for safety's sake."
    ),
    "macros": gettext_lazy("The template holds macros and is not used. Save it as .potx or .pptx."),
    "encrypted": gettext_lazy("The template is locked with a password. Save it without one and try again."),
    "too_large": gettext_lazy("The template is too large. Take pictures out and try again."),
    "not_slides": gettext_lazy("The file is no slide template. Choose a .potx or .pptx file."),
}


def template_refusal(code: str) -> str:
    """Give the sentence that says why a template cannot be used."""
    return str(TEMPLATE_REFUSALS[code])
