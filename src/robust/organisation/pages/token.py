"""What the page of somebody's keys shows."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from robust.organisation.models import ApiToken


@dataclass(frozen=True, slots=True, kw_only=True)
class TokenRow:
    """A key: what it may, until when, when it was used, and whether it still works."""

    id: int
    name: str
    scope_label: str
    latest_on: date
    used_at: datetime | None
    state: str
    made_at: datetime
    revoked_at: datetime | None


def token_row(token: ApiToken, *, day: date) -> TokenRow:
    """Show one key; its state is live, revoked or over."""
    is_over = token.ends_on <= day
    return TokenRow(
        id=token.pk,
        name=token.name,
        scope_label=token.get_scope_display(),
        latest_on=token.ends_on - timedelta(days=1),
        used_at=token.used_at,
        state="revoked" if token.revoked_at else "over" if is_over else "live",
        made_at=token.created_at,
        revoked_at=token.revoked_at,
    )
