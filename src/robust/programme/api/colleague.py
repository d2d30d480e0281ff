"""Whom an account may name as owner or deputy of an initiative."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.utils import timezone
from ninja import Query, Router
from pydantic import BaseModel

from robust.core.http import Named, Paged, Paging, SignedInRequest, Words, page_of
from robust.programme import rules
from robust.programme.queries import choice

router = Router(tags=["initiatives"])


class AccountsAsked(BaseModel):
    """Who is looked for: those in whose name every word stands."""

    words: Words = ""


@router.get("/accounts", response=Paged[Named], summary="Whom you may name as owner or deputy")
def account_list(
    request: SignedInRequest, asked: Query[AccountsAsked], paging: Query[Paging]
) -> dict[str, Any]:
    day = timezone.localdate()
    if not rules.can_name_owners(request.user, day=day):
        raise PermissionDenied
    words = asked.words.casefold().split()
    rows = [
        {"id": pk, "name": name}
        for pk, name in choice.accounts(request.user, day=day)
        if all(word in name.casefold() for word in words)
    ]
    return page_of(rows, paging)
