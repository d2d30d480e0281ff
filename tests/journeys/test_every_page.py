"""Every page of the access tables with the demo hospital: in two sizes, in the light and in the dark."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from robust.demo import hospital
from robust.organisation.models import Account, Role, Unit
from robust.programme.models import Example, Idea, Initiative, Meeting, Plan, Track
from tests.architecture.access import World
from tests.architecture.test_access import DOMAINS, TABLE, lines_of
from tests.journeys.visitor import Visitor
from tests.programme.factories_more import make_recommendation

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
WALKERS = (Role.IMPROVEMENT_CONSULTANT, Role.ADMINISTRATOR, None)
RECOMMENDATIONS = range(1, 12)


@pytest.fixture
def world(transactional_db: None) -> World:
    """The demo hospital with what the access tables need, and what is most worth seeing in its place."""
    for number in RECOMMENDATIONS:
        make_recommendation(number)
    hospital.load(today=timezone.localdate())
    emails = [person.email for person in hospital.demo_people()]
    accounts = Account.objects.filter(email__in=emails).prefetch_related("roles")
    world = World(
        hospital=Unit.objects.get(code="psykiatrien"),
        ward=Unit.objects.get(code="p2"),
        accounts={Role(account.roles.get().role): account for account in accounts},
    )
    for domain in DOMAINS:
        getattr(domain, "furnish", lambda _world: None)(world)
    world.things.update(most_worth_seeing())
    return world


def most_worth_seeing() -> Mapping[str, Any]:
    waiting = Initiative.objects.filter(awaits_decision=True, forum__isnull=False).earliest("pk")
    told = Initiative.objects.filter(statuses__isnull=False).earliest("pk")
    return {
        "plan": Plan.objects.earliest("pk"),
        "track": Track.objects.filter(problems__isnull=False).earliest("pk"),
        "told": told,
        "status": told.statuses.latest("dated_on"),
        "decided": waiting,
        "forum": waiting.forum,
        "meeting": Meeting.objects.filter(forum=waiting.forum).latest("held_on"),
        "idea": Idea.objects.exclude(answer="").earliest("pk"),
        "example": Example.objects.earliest("pk"),
    }


def pages_for(role: Role | None, world: World) -> Iterator[str]:
    """Give the addresses whose page the role sees; those of the consultant are not walked once more."""
    client, before = signed_in(world, role), signed_in(world, Role.IMPROVEMENT_CONSULTANT)
    for address in addresses(world):
        is_walked = role == Role.ADMINISTRATOR and is_page(before.get(address))
        if not is_walked and is_page(client.get(address)):
            yield address


def addresses(world: World) -> Iterator[str]:
    for name in TABLE:
        for line in lines_of(name):
            if line.method == "get" and not name.startswith(("/", "api:")):
                yield reverse(name, kwargs=line.example(world)) + (f"?{line.query}" if line.query else "")


def signed_in(world: World, role: Role | None) -> Client:
    client = Client()
    if role:
        client.force_login(world.accounts[role])
    return client


def is_page(response: HttpResponse) -> bool:
    return response.status_code == 200 and response.content.lstrip()[:15].lower() == b"<!doctype html>"


@pytest.mark.parametrize("role", WALKERS, ids=lambda role: role or "signed out")
def test_each_page_is_reached_by_everybody(role: Role | None, world: World, come_in: Callable[..., Visitor]):
    visitor = come_in(world.accounts[role] if role else None)
    pages = sorted(set(pages_for(role, world)))

    for address in pages:
        visitor.opens(address)
        visitor.looks_everywhere()

    assert len(pages) >= 5
    assert visitor.faults == []
