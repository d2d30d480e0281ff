"""What stands at the door beside allauth's pages: who must do more, who cannot come in, who has no mail."""

from allauth.account.views import password_reset
from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from robust.core.http import SignedInRequest
from robust.organisation import queries


@login_required
@require_safe
def door_second_factor(request: SignedInRequest) -> HttpResponse:
    """Lead those who must set up a second factor there, and the others on."""
    if not queries.lacks_second_factor(request.user, day=timezone.localdate()):
        return redirect("mfa_index")
    return render(request, "organisation/door_second_factor.html")


def door_forgotten(request: HttpRequest) -> HttpResponse:
    """Send a link for a new password, or say who can where no mail server is set up."""
    if settings.EMAIL_HOST:
        answer: HttpResponse = password_reset(request)
        return answer
    return render(request, "organisation/door_forgotten.html")


@require_safe
def door_closed(request: HttpRequest) -> HttpResponse:
    """Say that nobody makes or changes an account alone, and who does."""
    return render(request, "account/signup_closed.html")
