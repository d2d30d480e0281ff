"""Somebody's keys for other programs: see them, make one, revoke one."""

from datetime import timedelta

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_POST, require_safe

from robust.core.http import SignedInRequest, file_answer, wants_file
from robust.organisation import actions, queries
from robust.organisation.forms.token import TokenForm
from robust.organisation.pages import listing
from robust.organisation.pages import token as pages

USUAL_LIFE = timedelta(days=90)


@login_required
@require_safe
def token_list(request: SignedInRequest) -> HttpResponse:
    day = timezone.localdate()
    rows = [pages.token_row(token, day=day) for token in queries.tokens_of(request.user)]
    if wants_file(request):
        made = actions.export_list(listing.tokens(rows), actor=request.user, now=timezone.now())
        return file_answer(*made)
    return render(request, "organisation/token_list.html", {"tokens": rows})


@login_required
@sensitive_variables("secret")
def token_create(request: SignedInRequest) -> HttpResponse:
    """Make a key and show it in the answer to the form, the only time it is ever seen."""
    day = timezone.localdate()
    form = TokenForm(request.POST or None, initial={"latest_on": day + USUAL_LIFE})
    if request.method != "POST" or not form.is_valid():
        return _asked_again(request, form)
    try:
        token, secret = actions.create_token(
            account=request.user,
            name=form.cleaned_data["name"],
            scope=form.cleaned_data["scope"],
            ends_on=form.cleaned_data["latest_on"] + timedelta(days=1),
            day=day,
            now=timezone.now(),
        )
    except actions.CannotCreateToken as error:
        form.add_error("latest_on", str(error))
        return _asked_again(request, form)
    shown = {"token": pages.token_row(token, day=day), "secret": secret}
    return render(request, "organisation/token_created.html", shown)


@login_required
@require_POST
def token_revoke(request: SignedInRequest, pk: int) -> HttpResponse:
    token = get_object_or_404(queries.tokens_of(request.user), pk=pk)
    actions.revoke_token(token, actor=request.user, now=timezone.now())
    messages.success(request, _("The key %(name)s no longer works.") % {"name": token.name})
    return redirect("organisation:token_list")


def _asked_again(request: SignedInRequest, form: TokenForm) -> HttpResponse:
    status = 422 if form.errors else 200
    return render(request, "organisation/token_create.html", {"form": form}, status=status)
