import re
from typing import Any

import pytest
from django.template import Context, Template
from django.test import Client, RequestFactory
from django_cotton.compiler_regex import CottonCompiler

from robust.core import registry
from robust.core.registry import Room
from robust.organisation.models import Account, Role, Unit
from tests.factories import make_account, make_unit


@pytest.fixture
def only_ours(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let no other room take part: what a test does not offer is not there."""
    monkeypatch.setattr(registry, "_OFFERS", {})
    registry.offer("room", "web", Room(label="Min dag", url_name="web:home", order=0, mark="day"))


@pytest.fixture
def hospital(db: None) -> Unit:
    return make_unit("Psykiatrien", level="hospital")


@pytest.fixture
def account(hospital: Unit) -> Account:
    return make_account("Bo Lund", role=Role.WARD_LEADER, unit=hospital)


@pytest.fixture
def signed_in(client: Client, account: Account) -> Client:
    client.force_login(account)
    return client


def drawn(source: str, /, path: str = "/", **values: Any) -> str:
    """Render template text with components in it, with blank space between words made one."""
    template = Template(CottonCompiler().process(f"{{% load robust %}}{source}"))
    html = template.render(Context({"request": RequestFactory().get(path), **values}))
    return re.sub(r">\s+<", "><", re.sub(r"\s+", " ", html)).strip()


def words(html: str) -> str:
    """Take the words of a page's main part, as they are read."""
    main = re.search(r"<main.*?</main>", html, re.DOTALL)
    shown = re.sub(r"<(script|style|svg)\b.*?</\1>", " ", main.group(0) if main else html, flags=re.DOTALL)
    return " ".join(re.sub(r"<[^>]+>", " ", shown).split())
