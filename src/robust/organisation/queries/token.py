"""The keys of an account, and the account behind a key."""

from datetime import date

from django.db.models import QuerySet

from robust.organisation.models import Account, ApiToken


def tokens_of(account: Account) -> QuerySet[ApiToken]:
    """Give the account's keys, newest first, also those that no longer work."""
    return ApiToken.objects.filter(account=account).order_by("-created_at", "-id")


def live_token(digest: str, *, day: date) -> ApiToken | None:
    """Give the key with this digest if it still works and its account may sign in."""
    live = ApiToken.objects.filter(revoked_at=None, ends_on__gt=day, account__is_active=True)
    return live.select_related("account").filter(digest=digest).first()
