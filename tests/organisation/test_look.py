"""A hospital's own name, mark and accent: read on every page, refused where it could not be read."""

import io
import struct
import zlib

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from PIL import Image

from robust.organisation import actions, queries
from robust.organisation.models import AuditEntry, HospitalLook, Role
from robust.organisation.pages import look as pages
from robust.organisation.queries import Look
from tests.factories import NOW, make_account, make_unit
from tests.web.test_contrast import THEMES
from tests.web.test_contrast import contrast as told_contrast

pytestmark = pytest.mark.django_db
GREEN, PALE = "#1f6f3d", "#9ad3ae"
ADDRESS = "/organisation/look/"


def picture(kind: str = "PNG", size: tuple[int, int] = (400, 200)) -> bytes:
    drawn = io.BytesIO()
    Image.new("RGB", size, "green").save(drawn, kind)
    return drawn.getvalue()


def header_of(width: int, height: int) -> bytes:
    """The first bytes of a PNG that says it is this large, and holds nothing."""
    said = b"IHDR" + struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    length, check = struct.pack(">I", 13), struct.pack(">I", zlib.crc32(said))
    return b"\x89PNG\r\n\x1a\n" + length + said + check


def upload(content: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile("mærke.png", content, "image/png")


@pytest.fixture
def administrator(client) -> Client:
    region = make_unit("Regionen", level="region")
    client.force_login(make_account("Ada Holm", role=Role.ADMINISTRATOR, unit=region))
    return client


def test_without_a_look_robust_has_its_own(administrator):
    page = administrator.get("/").text

    assert queries.hospital_look() == Look()
    assert "<span>Robust</span>" in page
    assert "accent.css" not in page
    assert administrator.get(reverse("organisation:look_stylesheet")).text == ""
    assert administrator.get(reverse("organisation:look_mark")).status_code == 404


def test_name_mark_and_accent_are_on_every_page_and_before_signing_in(administrator):
    sent = {"name": "Psykiatrien", "accent": GREEN.upper(), "mark": upload(picture())}

    answer = administrator.post(ADDRESS, sent)

    assert (answer.status_code, answer.headers["Location"]) == (302, "/organisation/units/")
    kept = queries.hospital_look()
    assert (kept.name, kept.accent, kept.has_mark) == ("Psykiatrien", GREEN, True)
    for page in (administrator.get("/").text, Client().get("/accounts/login/").text):
        assert "<span>Psykiatrien</span>" in page
        assert "· Psykiatrien</title>" in page
        assert f'href="/organisation/look/accent.css?v={kept.version}"' in page
        assert f'src="/organisation/look/mark.png?v={kept.version}" alt=""' in page


def test_the_accent_is_a_stylesheet_that_a_browser_keeps(administrator):
    administrator.post(ADDRESS, {"accent": GREEN})

    answer = Client().get(reverse("organisation:look_stylesheet"))

    dark = pages.nearest_shade(GREEN, grounds=pages.DARK_GROUNDS)
    assert (answer["Content-Type"], answer["Cache-Control"]) == (
        "text/css",
        "public, max-age=31536000, immutable",
    )
    assert f":root {{ --accent: {GREEN}; --on-accent: #ffffff; --accent-strong: #17532e; }}" in answer.text
    assert f'[data-theme="dark"] {{ --accent: {dark}; --on-accent: #0b1a1e;' in answer.text


def test_the_mark_is_drawn_anew_small_and_handed_out_as_png(administrator):
    administrator.post(ADDRESS, {"mark": upload(picture("JPEG") + b"<script>alert(1)</script>")})

    answer = Client().get(reverse("organisation:look_mark"))

    with Image.open(io.BytesIO(answer.content)) as drawn:
        assert (drawn.format, drawn.size) == ("PNG", (192, 96))
    assert b"script" not in answer.content
    assert (answer["Content-Type"], answer["X-Content-Type-Options"]) == ("image/png", "nosniff")


def test_the_mark_stays_until_it_is_taken_away(administrator):
    administrator.post(ADDRESS, {"mark": upload(picture())})
    first = queries.hospital_look()

    administrator.post(ADDRESS, {"name": "Psykiatrien"})
    second = queries.hospital_look()
    administrator.post(ADDRESS, {"name": "Psykiatrien", "without_mark": "on"})

    assert (first.has_mark, second.has_mark, queries.hospital_look().has_mark) == (True, True, False)
    assert first.version != second.version


@pytest.mark.parametrize(
    ("sent", "errors"),
    [
        (
            {"accent": "#e8c34a"},
            {
                "accent": [
                    "Farven ligner siden for meget til at kunne læses. Den nærmeste, der kan, er #7b6727."
                ]
            },
        ),
        (
            {"accent": GREEN, "dark_accent": "#1f6f3d"},
            {
                "dark_accent": [
                    "Farven ligner siden for meget til at kunne læses. Den nærmeste, der kan, er #699f7d."
                ]
            },
        ),
        ({"dark_accent": PALE}, {"accent": ["Vælg også accentfarven, eller lad begge stå tomme."]}),
        ({"accent": "grøn"}, {"accent": ["Skriv farven som # og seks tegn, for eksempel #0b5a6b."]}),
    ],
)
def test_a_colour_that_cannot_be_read_is_refused_with_the_nearest_that_can(administrator, sent, errors):
    answer = administrator.post(ADDRESS, sent)

    assert (answer.status_code, answer.context["form"].errors) == (422, errors)
    assert HospitalLook.objects.count() == 0


@pytest.mark.parametrize(
    ("content", "error"),
    [
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "Billedet kan ikke åbnes."),
        (picture()[:120], "Billedet kan ikke åbnes."),
        (header_of(20_000, 20_000), "Billedet kan ikke åbnes."),
        (b"x" * 1_000_001, "Billedet fylder mere end 1 MB."),
        (picture(size=(4001, 1)), "Billedet er mere end 4.000 pixel på en led."),
    ],
)
def test_a_picture_that_is_none_or_too_large_is_refused(administrator, content, error):
    answer = administrator.post(ADDRESS, {"mark": upload(content)})

    assert answer.status_code == 422
    assert answer.context["form"].errors["mark"][0].startswith(error)


def test_a_change_is_audited_once(administrator):
    for _time in range(2):
        administrator.post(ADDRESS, {"name": "Psykiatrien", "accent": GREEN, "dark_accent": PALE})

    entry = AuditEntry.objects.get(action="look.changed")
    assert entry.detail == {
        "old": {"name": "", "accent": "", "dark_accent": ""},
        "new": {"name": "Psykiatrien", "accent": GREEN, "dark_accent": PALE},
        "mark_changed": False,
    }


def test_only_an_administrator_of_the_whole_sets_it(client):
    client.force_login(make_account(role=Role.WARD_LEADER, unit=make_unit()))

    assert client.get(ADDRESS).status_code == 403


def test_a_page_takes_one_query_for_it_all(django_assert_num_queries):
    actions.set_look(
        name="Psykiatrien", accent=GREEN, dark_accent=PALE, mark=None, actor=make_account(), now=NOW
    )

    with django_assert_num_queries(1):
        look = queries.hospital_look()

    assert (look.name, look.has_mark) == ("Psykiatrien", False)
    assert str(HospitalLook.objects.get()) == "Psykiatrien"


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_grounds_are_those_of_the_pages(theme):
    grounds = {"light": pages.LIGHT_GROUNDS, "dark": pages.DARK_GROUNDS}[theme]

    assert tuple(THEMES[theme][name] for name in ("paper", "paper-2", "paper-3")) == grounds


@pytest.mark.parametrize("grounds", [pages.LIGHT_GROUNDS, pages.DARK_GROUNDS])
@pytest.mark.parametrize(
    "colour", ["#000000", "#ffffff", "#e8c34a", "#ff0000", "#1f6f3d", "#777777", "#0000ff"]
)
def test_the_nearest_shade_can_be_read_everywhere_and_on_itself(colour, grounds):
    shade = pages.nearest_shade(colour, grounds=grounds)

    assert min(told_contrast(shade, ground) for ground in grounds) >= 4.5
    assert told_contrast(shade, pages.words_on(shade)) >= 4.5
    assert (shade == colour) == pages.stands_out(colour, grounds=grounds)
