"""The request types that views name."""

from typing import TYPE_CHECKING

from django.http import HttpRequest
from django_htmx.middleware import HtmxDetails

if TYPE_CHECKING:
    from robust.organisation.models import Account


class SignedInRequest(HttpRequest):
    """A request whose account is known, as it is behind the sign-in check."""

    user: "Account"
    htmx: HtmxDetails
