"""A list as it stands on a page, written as a sheet by the engine of documents."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils import formats, timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from robust.engines import documents
from robust.organisation.models import Account

Listing = documents.Listing


def sheet(
    listing: Listing, *, asked: Mapping[str, str], total: int, account: Account, now: datetime
) -> bytes:
    """Write the sheet with what it is narrowed to, how many rows there are, and who fetched it when."""
    count, when = len(listing.rows), formats.date_format(timezone.localtime(now), "DATETIME_FORMAT")
    facts = [
        _("Fetched %(when)s by %(name)s") % {"when": when, "name": account.name},
        "; ".join(f"{label}: {words}" for label, words in asked.items()) or _("Everything you may see"),
        _counted(count, total),
    ]
    plain = documents.Listing(
        title=str(listing.title),
        columns=[str(words) for words in listing.columns],
        rows=[[_plain(value) for value in row] for row in listing.rows],
    )
    return documents.write_listing(plain, facts=facts)


def _counted(count: int, total: int) -> str:
    if total > count:
        words = {"count": count, "total": total}
        return _("The first %(count)d of %(total)d rows; narrow the list to get the rest") % words
    return ngettext("%d row", "%d rows", count) % count


def _plain(value: Any) -> Any:
    if isinstance(value, Promise):
        return str(value)
    if isinstance(value, datetime):
        return timezone.make_naive(value).replace(microsecond=0)
    return value
