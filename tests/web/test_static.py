"""The static files as they are collected, and as the browser asks for them."""

import hashlib
import re
from pathlib import Path

from django.conf import LazySettings
from django.core.management import call_command
from django.test import Client

import robust.web

STATIC = Path(robust.web.__file__).parent / "static/web"


def test_collected_files_name_only_files_that_exist(tmp_path: Path, settings: LazySettings):
    settings.STATIC_ROOT = tmp_path
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.ManifestStaticFilesStorage"},
    }

    call_command("collectstatic", interactive=False, verbosity=0)

    assert (tmp_path / "staticfiles.json").is_file()


def test_fonts_are_those_that_were_checked():
    sums = dict(
        reversed(line.split(maxsplit=1)) for line in (STATIC / "fonts/SHA256SUMS").read_text().splitlines()
    )

    found = {
        path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in STATIC.glob("fonts/*.woff2")
    }

    assert {name: sums.get(name) for name in found} == found


def test_every_property_used_is_a_token():
    sheets = "".join(path.read_text() for path in STATIC.glob("css/*.css"))

    used, made = set(re.findall(r"var\((--[\w-]+)", sheets)), set(re.findall(r"(--[\w-]+):", sheets))

    assert used - made == set()


def test_no_colour_is_written_outside_the_tokens():
    written = {
        path.name: found
        for path in STATIC.glob("css/*.css")
        if path.name not in ("tokens.css", "print.css")
        and (
            found := set(re.findall(r"(?<![\w-])#[0-9a-f]{3,8}\b|\brgba?\(|\bhsla?\(", path.read_text()))
            - {"#ffffff"}
        )
    }

    assert written == {}


def test_first_page_asks_for_few_and_small_files(signed_in: Client):
    html = signed_in.get("/search/").content.decode()

    asked = re.findall(r'(?:href|src)="/static/([^"]+)"', html)
    ours = [STATIC.parent / name for name in asked if name.startswith("web/")]
    assert len(asked) <= 13
    assert sum(path.stat().st_size for path in ours) < 110_000


def test_what_is_late_has_a_sign_in_the_colour_of_warning_and_text_in_that_of_ink():
    css = (STATIC / "css/components.css").read_text()

    assert re.search(r"\.late \{ color: var\(--ink\);", css)
    assert re.search(r'\.late::before \{ content: "▲ " / ""; color: var\(--warn\);', css)
