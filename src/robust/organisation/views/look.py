"""How the hospital looks: chosen by an administrator, fetched by every browser."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from robust.core.http import SignedInRequest
from robust.organisation import actions, queries, rules
from robust.organisation.forms.look import LookForm
from robust.organisation.pages import look as pages
from robust.organisation.pages.form import FormPage
from robust.organisation.views.form_page import ask

FOR_A_YEAR = "public, max-age=31536000, immutable"


@login_required
def look(request: SignedInRequest) -> HttpResponse:
    if not rules.can_administer_everything(request.user, day=timezone.localdate()):
        raise PermissionDenied
    now_shown = queries.hospital_look()
    initial = {"name": now_shown.name, "accent": now_shown.accent, "dark_accent": now_shown.dark_accent}
    form = LookForm(request.POST or None, request.FILES or None, initial=initial)
    page = FormPage(
        title=_("Name and colours"),
        answer=_("How Robust looks at your hospital. Colours that cannot be read are refused."),
        button=_("Save"),
        back_url=reverse("organisation:unit_list"),
        back=_("The organisation"),
        seen_by=_("Everybody, also before they sign in."),
        is_upload=True,
    )

    def save(said: dict[str, Any]) -> str:
        mark = None if said.pop("without_mark") else said.pop("mark") or queries.hospital_mark()
        actions.set_look(
            name=said["name"],
            accent=said["accent"],
            dark_accent=said["dark_accent"],
            mark=mark,
            actor=request.user,
            now=timezone.now(),
        )
        return _("It is saved, and everybody sees it from their next page.")

    return ask(request, form, page, save=save)


@require_safe
def look_stylesheet(request: HttpRequest) -> HttpResponse:
    return _kept(HttpResponse(pages.stylesheet(queries.hospital_look()), content_type="text/css"))


@require_safe
def look_mark(request: HttpRequest) -> HttpResponse:
    mark = queries.hospital_mark()
    if mark is None:
        raise Http404
    return _kept(HttpResponse(mark, content_type="image/png"))


def _kept(response: HttpResponse) -> HttpResponse:
    """Let the browser keep it; the address changes when the look does."""
    response.headers["Cache-Control"] = FOR_A_YEAR
    return response
