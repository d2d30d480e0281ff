import pytest
from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse
from django.test import Client, override_settings
from django.urls import include, path
from django.utils.translation import override

from robust.web import views
from tests.web.conftest import words


def _raise(error: Exception):
    def view(request: HttpRequest) -> HttpResponse:
        raise error

    return view


handler400, handler403 = views.bad_request, views.forbidden
handler404, handler500 = views.not_found, views.server_error
urlpatterns = [
    path("broken/", _raise(ZeroDivisionError())),
    path("down/", _raise(OperationalError("connection refused"))),
    path("refused/", _raise(PermissionDenied("Kun bestyrelsen beslutter."))),
    path("odd/", _raise(SuspiciousOperation())),
    path("", include("robust.config.urls")),
]


@pytest.fixture
def calm(client: Client) -> Client:
    client.raise_request_exception = False
    return client


@pytest.mark.parametrize(
    ("address", "status", "told"),
    [
        (
            "/broken/",
            500,
            "Noget gik galt hos os Fejlen er vores, ikke din. Det, du lige har sendt, er ikke gemt",
        ),
        ("/down/", 503, "Databasen svarer ikke lige nu Det, du lige har sendt, er ikke gemt"),
        ("/odd/", 400, "Det kunne ikke læses Det, din browser sendte, kunne ikke forstås. Intet er ændret."),
    ],
)
@override_settings(ROOT_URLCONF=__name__)
def test_what_fails_is_told_without_a_database(calm: Client, address: str, status: int, told: str):
    answer = calm.get(address)

    assert answer.status_code == status
    assert words(answer.content.decode()).startswith(told)
    assert '<a class="button button--primary" href="' in answer.content.decode()


@override_settings(ROOT_URLCONF=__name__)
def test_database_that_is_down_asks_to_come_back_soon(calm: Client):
    assert calm.get("/down/")["Retry-After"] == "10"


@override_settings(ROOT_URLCONF=__name__)
def test_database_that_fails_before_the_view_is_told_too(calm: Client, monkeypatch: pytest.MonkeyPatch):
    calm.cookies["robust_session"] = "x" * 32

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("django.contrib.sessions.backends.db.SessionStore.load", _raise_down)
        answer = calm.get("/")

    assert answer.status_code == 503


def _raise_down(store: object) -> None:
    raise OperationalError("server closed the connection")


@override_settings(ROOT_URLCONF=__name__)
def test_refusal_gives_its_reason_inside_the_frame(signed_in: Client):
    answer = signed_in.get("/refused/")

    assert answer.status_code == 403
    assert words(answer.content.decode()).startswith("Du har ikke adgang her")
    assert "Kun bestyrelsen beslutter." in words(answer.content.decode())


@pytest.mark.django_db
def test_address_with_nothing_behind_it_offers_ways_on(client: Client, signed_in: Client):
    answer = signed_in.get("/nowhere/")

    assert answer.status_code == 404
    assert words(answer.content.decode()).endswith("Gå til Min dag Søg efter det")


@pytest.mark.django_db
def test_address_with_nothing_behind_it_is_told_to_strangers_outside_the_rooms(client: Client):
    answer = client.get("/nowhere/")

    assert answer.status_code == 404
    assert words(answer.content.decode()).endswith(
        "eller det hører til en enhed, du ikke kan se. Gå til Min dag"
    )
    assert 'class="rail"' not in answer.content.decode()


def test_page_that_was_too_old_says_that_nothing_was_saved(db: None):
    client = Client(enforce_csrf_checks=True)

    answer = client.post("/unit/switch/", {"unit": "1"})

    assert answer.status_code == 403
    assert words(answer.content.decode()).startswith("Siden var for gammel Siden har stået åben")


def test_a_script_of_a_page_that_was_too_old_gets_no_page_to_put_anywhere(db: None):
    client = Client(enforce_csrf_checks=True)

    answer = client.post("/unit/switch/", {"unit": "1"}, headers={"X-Autosave": "1"})

    assert (answer.status_code, answer.content) == (401, b"")


def test_plain_pages_speak_english_too():
    with override("en"):
        html = views.server_error(HttpRequest()).content.decode()

    assert words(html).startswith("Something went wrong here The mistake is ours, not yours.")
