"""What the frame around every page needs to know; a fragment, which has no frame, costs no query."""

from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from django.utils.functional import SimpleLazyObject

from robust.core import registry
from robust.organisation import queries
from robust.organisation.models import Account
from robust.web import pages


def shell(request: HttpRequest) -> dict[str, Any]:
    """Give the frame its rooms, the unit in focus, the person's menu and how the person wants the screen."""
    house = SimpleLazyObject(lambda: pages.house(queries.hospital_look()))
    account = getattr(request, "user", None)
    if not isinstance(account, Account):
        return {"theme": "system", "density": "comfortable", "house": house}
    here = request.resolver_match.view_name if request.resolver_match else ""
    return {
        "rooms": SimpleLazyObject(lambda: pages.rooms(registry.offered("room"), here=here)),
        "person_menu": SimpleLazyObject(lambda: _person_menu(account, here=here)),
        "unit_name": request.session.get("unit_name", ""),
        "theme": account.theme,
        "density": account.density,
        "house": house,
    }


def _person_menu(account: Account, *, here: str) -> tuple[pages.MenuLine, ...]:
    day = timezone.localdate()
    places = [place for _name, offered in registry.offered("menu") for place in offered(account, day=day)]
    return pages.menu(places, here=here)
