from datetime import UTC, datetime, timedelta

import pytest
from django.contrib.sessions.models import Session
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from robust.core.registry import Found, HomeItem, Place, offer
from robust.organisation.models import Account, AuditEntry, Unit
from tests.factories import make_account, make_unit
from tests.web.conftest import words

pytestmark = pytest.mark.usefixtures("only_ours")


def item(title: str, **values) -> HomeItem:
    return HomeItem(title=title, url=f"/{title}/", kind="Status", **values)


def settings_of(account: Account) -> tuple[str, str, str, bool]:
    account.refresh_from_db()
    return account.language, account.theme, account.density, account.shared_computer


def test_home_asks_who_is_not_signed_in_to_sign_in(client: Client, db: None):
    assert client.get("/")["Location"] == f"{reverse('account_login')}?next=/"


def test_home_puts_what_waits_in_order_and_says_what_is_late(signed_in: Client):
    today = timezone.localdate()
    waiting = [
        item("engang"),
        item("i-morgen", due_on=today + timedelta(days=1), note="Afsnit Q1"),
        item("i-gaar", due_on=today - timedelta(days=1)),
    ]
    offer("home", "programme", lambda account, *, day: waiting)
    offer("quick", "programme", Place(label="Del en idé", url_name="web:search"))

    page = signed_in.get("/")

    assert [thing.title for thing in page.context["page"].waiting] == ["i-gaar", "i-morgen", "engang"]
    told = words(page.content.decode())
    assert told.startswith("Min dag 3 ting venter på dig.")
    assert "Venter på dig 1 forsinket i-gaar Status senest" in told
    assert told.count(", overskredet") == 1
    assert '<a class="button button--primary" href="/search/">Del en idé</a>' in page.content.decode()


def test_home_teaches_somebody_for_whom_nothing_waits(signed_in: Client):
    told = words(signed_in.get("/").content.decode())

    assert told.startswith("Min dag Der er ikke noget, der venter på dig.")
    assert "Du er à jour Her finder du det, andre venter på fra dig" in told
    assert "Nyt siden" not in told


@pytest.mark.parametrize(
    ("news", "told"),
    [([item("nyt")], "kl. 09.30 nyt Status"), ([], "kl. 09.30 Der er ikke sket noget nyt")],
)
def test_home_tells_what_is_new_since_the_previous_visit(
    signed_in: Client, account: Account, news: list[HomeItem], told: str
):
    since = datetime(2026, 3, 2, 8, 30, tzinfo=UTC)
    Account.objects.filter(pk=account.pk).update(here_at=timezone.now(), previous_visit_at=since)
    asked = []
    offer("news", "programme", lambda account, *, since, day: asked.append(since) or news)

    page = signed_in.get("/")

    assert asked == [since]
    assert f"Nyt siden dit seneste besøg 2. marts 2026 {told}" in words(page.content.decode())


def test_frame_costs_four_queries(signed_in: Client):
    signed_in.get("/accessibility/")

    with CaptureQueriesContext(
        connection,
    ) as captured:
        signed_in.get("/search/")

    read = [query["sql"].split(" FROM ")[1].split()[0] for query in captured if " FROM " in query["sql"]]
    assert sorted(read) == [
        '"django_session"',
        '"organisation_account"',
        '"organisation_hospitallook"',
        '"organisation_roleassignment"',
    ]


def test_search_groups_what_the_rooms_find(signed_in: Client):
    offer(
        "search",
        "a",
        lambda account, *, words, day: [
            Found(title=f"{words} 1", url="/1/", kind="indsats", excerpt="om natten"),
            Found(title="Rolig time", url="/2/", kind="idé"),
        ],
    )
    offer("search", "b", lambda account, *, words, day: [Found(title="Tre", url="/3/", kind="indsats")])

    told = words(signed_in.get("/search/", {"words": "  natte  vagt\0 "}).content.decode())

    assert told == (
        "Søg 3 resultater for »natte vagt«. Ord Søg Indsats 2 natte vagt 1 om natten Tre Idé 1 Rolig time"
    )


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ("zzz", "Søg 0 resultater for »zzz«. Ord Søg Intet fundet Prøv med færre ord"),
        ("z", "Søg Søg i alt, du må se, i alle rum. Ord Søg Skriv mindst to bogstaver."),
        ("", "Søg Søg i alt, du må se, i alle rum. Ord Søg"),
    ],
)
def test_search_says_what_to_do_when_nothing_is_found(signed_in: Client, asked: str, told: str):
    assert words(signed_in.get("/search/", {"words": asked}).content.decode()).startswith(told)


def test_search_escapes_what_was_searched_for(signed_in: Client):
    html = signed_in.get("/search/", {"words": "<script>alert(1)</script>"}).content.decode()

    assert "<script>alert" not in html


def test_settings_are_kept_audited_and_told_in_the_new_language(signed_in: Client, account: Account):
    sent = {"language": "en", "theme": "dark", "density": "compact", "shared_computer": "on"}

    answer = signed_in.post("/settings/", sent, follow=True)

    assert settings_of(account) == ("en", "dark", "compact", True)
    assert answer.redirect_chain == [("/settings/", 302)]
    html = answer.content.decode()
    assert '<html lang="en" data-theme="dark" data-density="compact">' in html
    assert words(html).startswith("Your settings are saved. My settings")
    assert list(AuditEntry.objects.filter(actor_id=account.pk).values_list("action", "subject_id")) == [
        ("account.settings_changed", account.pk)
    ]


def test_settings_refuse_what_is_not_a_choice(signed_in: Client, account: Account):
    before = settings_of(account)

    answer = signed_in.post("/settings/", {"language": "xx", "theme": "pink", "density": "compact"})

    assert (answer.status_code, settings_of(account)) == (422, before)
    assert "Intet er gemt endnu. Ret dette, og send igen: Sprog : " in words(answer.content.decode())
    assert '<html lang="da" data-theme="system" data-density="comfortable">' in answer.content.decode()


def test_units_are_listed_as_a_tree(signed_in: Client, hospital: Unit):
    ward = make_unit("Afsnit Q1", parent=hospital)
    make_unit("Et andet hospital", level="hospital")

    page = signed_in.get("/unit/", {"next": "/search/?words=a&b=c"})

    lines = [(unit.id, unit.name, unit.depth) for unit in page.context["units"]]
    assert lines == [(hospital.pk, "Psykiatrien", 0), (ward.pk, "Afsnit Q1", 1)]
    assert 'name="next" value="/search/?words=a&amp;b=c"' in page.content.decode()
    assert page["Vary"] == "HX-Request, Cookie"


def test_units_come_without_the_frame_to_the_menu(signed_in: Client):
    html = signed_in.get("/unit/", headers={"HX-Request": "true"}).content.decode()

    assert html.strip().startswith("<form")


def test_units_say_what_to_do_without_a_role(client: Client, db: None):
    client.force_login(make_account("Ny Ansat"))

    assert "Du har ingen enhed endnu" in words(client.get("/unit/").content.decode())


def test_unit_in_focus_is_kept_and_can_be_left(signed_in: Client, hospital: Unit):
    kept = signed_in.post("/unit/switch/", {"unit": hospital.pk, "next": "/search/"})
    name = signed_in.get("/search/").context["unit_name"]
    in_focus = signed_in.session["unit_id"]
    signed_in.post("/unit/switch/", {"unit": ""})

    assert (kept["Location"], name, in_focus) == ("/search/", "Psykiatrien", hospital.pk)
    assert "unit_id" not in signed_in.session


@pytest.mark.parametrize("unit", ["0", "nonsense", "\0"])
def test_unit_that_is_not_seen_cannot_be_in_focus(signed_in: Client, unit: str):
    signed_in.post("/unit/switch/", {"unit": unit})

    assert "unit_id" not in signed_in.session


@pytest.mark.parametrize("wanted", ["https://elsewhere.example/", "//elsewhere.example", ""])
def test_unit_switch_never_leads_elsewhere(signed_in: Client, wanted: str):
    assert signed_in.post("/unit/switch/", {"unit": "", "next": wanted})["Location"] == "/"


def test_accessibility_is_told_to_everybody_without_the_database(client: Client):
    assert words(client.get("/accessibility/").content.decode()).startswith("Tilgængelighed Robust er lavet")


def test_language_of_the_device_is_kept_for_whoever_is_not_signed_in(client: Client, db: None):
    danish = client.get("/accessibility/", headers={"Accept-Language": "en"})
    client.post("/language/", {"language": "en", "next": "/accessibility/"})
    english = client.get("/accessibility/")

    assert (danish["Content-Language"], english["Content-Language"]) == ("da", "en")
    assert Session.objects.count() == 0
