"""Walk every address as everybody, and compare with who the tables say may open it."""

import importlib
import time
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils import timezone

from robust.organisation import actions
from robust.organisation.models import Account, ApiToken, Role
from tests.architecture.access import Access, World
from tests.factories import NOW, make_account, make_person, make_unit

TESTS = Path(__file__).resolve().parent.parent
DOMAINS = [
    importlib.import_module(f"tests.{path.parent.name}.access")
    for path in sorted(TESTS.glob("*/access.py"))
    if path.parent.name != "architecture"
]
TABLE: dict[str, Access | tuple[Access, ...]] = {
    name: line for domain in DOMAINS for name, line in domain.ACCESS.items()
}


def every_name(resolver: URLResolver, namespaces: tuple[str, ...] = (), before: str = "/") -> Iterator[str]:
    """Give the name of each address; one without a name by its path."""
    for pattern in resolver.url_patterns:
        path = before + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            inner = (*namespaces, pattern.namespace) if pattern.namespace else namespaces
            yield from every_name(pattern, inner, path)
        elif isinstance(pattern, URLPattern):
            yield ":".join([*namespaces, pattern.name]) if pattern.name else path


NAMES = sorted(set(every_name(get_resolver())))
PARTS = sorted({name.rpartition(":")[0] for name in NAMES})


@pytest.fixture
def world(db: None) -> World:
    hospital = make_unit("Hospitalet", level="hospital")
    ward = make_unit("Afsnit 1", parent=hospital)
    accounts = {
        role: make_account(str(role.label), role=role, unit=hospital, person=make_person()) for role in Role
    }
    Account.objects.update(password=make_password("a long enough password"))
    today = timezone.localdate()
    keys = {
        role: actions.create_token(
            account=account,
            name="",
            scope=ApiToken.Scope.WRITE,
            ends_on=today + timedelta(days=9),
            day=today,
            now=NOW,
        )[1]
        for role, account in accounts.items()
    }
    world = World(hospital=hospital, ward=ward, accounts=accounts, keys=keys)
    for domain in DOMAINS:
        getattr(domain, "furnish", lambda _world: None)(world)
    return world


def test_every_address_has_a_line_in_an_access_table():
    assert [name for name in NAMES if name not in TABLE] == []


def test_every_line_in_an_access_table_has_an_address():
    assert [name for name in TABLE if name not in NAMES] == []


@pytest.mark.parametrize("part", PARTS, ids=lambda part: part or "door")
def test_each_address_opens_for_those_and_only_those_the_table_names(part: str, world: World):
    clients = {role: signed_in(world, role) for role in Role} | {None: Client()}

    wrong = [
        f"{name} ({line.method}) as {role or 'signed out'}: {found}"
        for name in NAMES
        if name.rpartition(":")[0] == part and name in TABLE
        for line in lines_of(name)
        for role, client in clients.items()
        if (found := visited(name, line, world, role, client)) != expected(line, role)
    ]

    assert "\n".join(wrong) == ""


def lines_of(name: str) -> tuple[Access, ...]:
    lines = TABLE[name]
    return lines if isinstance(lines, tuple) else (lines,)


def signed_in(world: World, role: Role) -> Client:
    client = Client()
    client.force_login(Account.objects.get(pk=world.accounts[role].pk))
    session = client.session  # signed in with the password just now: nobody is asked for it again
    session["account_authentication_methods"] = [{"method": "password", "at": time.time()}]
    session.save()
    return client


def expected(line: Access, role: Role | None) -> str:
    if line.who == "anyone":
        return "let in"
    if role is None:
        return "refused"
    return "let in" if line.who == "signed_in" or role in line.who else "refused"


def visited(name: str, line: Access, world: World, role: Role | None, client: Client) -> str:
    """Open the address once, and take back whatever that did."""
    with transaction.atomic():
        response = called(name, line, world, role, client)
        transaction.set_rollback(True)
    status, sent_to = response.status_code, response.headers.get("Location", "")
    if status == 401 or (status == 302 and sent_to.startswith(reverse("account_login"))):
        return "refused"
    if status < 400 or (line.method != "get" and status in {400, 409, 422}):
        return "let in"
    return "refused" if status in {403, 404} else f"answered {status}"


def called(name: str, line: Access, world: World, role: Role | None, client: Client) -> Any:
    address = name if name.startswith("/") else reverse(name, kwargs=line.example(world))
    address += f"?{line.query}" if line.query else ""
    sent: dict[str, Any] = {} if line.method == "get" else {"data": line.form(world)}
    if line.content_type:
        sent["content_type"] = line.content_type
    if address.startswith("/api/v1/"):
        client = Client()
        sent["headers"] = {"Authorization": f"Bearer {world.keys[role]}"} if role else {}
    return getattr(client, line.method)(address, **sent)
