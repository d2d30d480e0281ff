"""Who may open which address: each domain's table is made of these lines."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from robust.organisation.models import Account, Role, Unit

EVERY_ROLE: tuple[Role, ...] = tuple(Role)


@dataclass(frozen=True, slots=True, kw_only=True)
class World:
    """What the walk finds: one hospital, an account for each role held there, and what is made.

    `things` holds whatever a domain's example needs, by name; `tests/<domain>/access.py` may have a function
    `furnish(world)` that puts it there.
    """

    hospital: Unit
    ward: Unit
    accounts: Mapping[Role, Account]
    keys: Mapping[Role, str] = field(default_factory=dict)
    things: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Access:
    """Who gets an answer at an address; everybody else is refused, whoever is signed out is asked to sign in.

    `example` gives the address's arguments, `query` what stands after the question mark, `form` what is
    posted. An answer is anything below 400 that does not lead to the sign-in page; where `method` is not get
    also 400, 409 or 422, since a form that is told what is wrong with it was let in. A refusal is 403 or 404;
    signed out it may also be 401, or lead to the sign-in page. The API is called with a key instead of a
    session. An address with several methods has a tuple of lines.
    """

    who: Literal["anyone", "signed_in"] | tuple[Role, ...]
    example: Callable[[World], dict[str, Any]] = lambda _world: {}
    method: Literal["get", "post", "put", "patch", "delete"] = "get"
    query: str = ""
    form: Callable[[World], dict[str, Any]] = lambda _world: {}
    content_type: str = ""
