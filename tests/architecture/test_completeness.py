"""What must be complete at every commit: migrations, and the words in Danish."""

import re
from pathlib import Path

import allauth
import django
import polib
import pytest
from django.apps import apps
from django.db.migrations.autodetector import MigrationAutodetector
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.state import ProjectState
from django.utils import translation

import robust
from tests.architecture import messages

PACKAGE = Path(robust.__file__).parent
CATALOGUE = PACKAGE / "locale" / "da" / "LC_MESSAGES" / "django.po"
WORDS = polib.pofile(str(CATALOGUE))
PYTHON = [path for path in PACKAGE.rglob("*.py") if "migrations" not in path.parts]
TEMPLATES = [*PACKAGE.rglob("templates/**/*.html"), *PACKAGE.rglob("templates/**/*.txt")]
MARKED = {message for path in PYTHON for message in messages.in_python(path)} | {
    message for path in TEMPLATES for message in messages.in_template(path)
}
PLACEHOLDER = re.compile(r"%\([a-z_]+\)[a-z]|%[sd]|\{[a-z_]*\}")


def key(entry: polib.POEntry) -> messages.Message:
    return entry.msgctxt or "", entry.msgid, entry.msgid_plural or ""


def placeholders(text: str) -> list[str]:
    return sorted(PLACEHOLDER.findall(text))


@pytest.mark.django_db
def test_every_change_of_a_model_has_its_migration():
    loader = MigrationLoader(None, ignore_no_migrations=True)
    detector = MigrationAutodetector(loader.project_state(), ProjectState.from_apps(apps))
    ours = {config.label for config in apps.get_app_configs() if config.name.startswith("robust.")}

    with translation.override(None):  # names in migrations are the untranslated ones
        changes = detector.changes(graph=loader.graph)

    assert {label: found for label, found in changes.items() if label in ours} == {}
    assert loader.detect_conflicts() == {}


def test_every_text_has_danish_words():
    translated = {key(entry) for entry in WORDS if entry.translated()}

    assert sorted(MARKED - translated) == []


def test_the_catalogue_holds_nothing_that_is_not_used():
    outside = [
        Path(package.__file__).parent / folder / "locale/da/LC_MESSAGES/django.po"
        for package, folder in [(allauth, "."), (django, "conf"), (django, "contrib/auth")]
    ]
    theirs = {entry.msgid for path in outside if path.exists() for entry in polib.pofile(str(path))}

    unused = sorted(key(entry) for entry in WORDS if key(entry) not in MARKED and entry.msgid not in theirs)

    assert unused == []


def test_the_catalogue_holds_nothing_uncertain_or_given_up():
    uncertain = [entry.msgid for entry in WORDS if entry.obsolete or "fuzzy" in entry.flags]

    assert uncertain == []


def test_danish_words_fill_in_what_the_english_do():
    wrong = [
        entry.msgid
        for entry in WORDS
        for text in (entry.msgstr_plural.values() if entry.msgid_plural else [entry.msgstr])
        if placeholders(text) not in (placeholders(entry.msgid), placeholders(entry.msgid_plural))
    ]

    assert wrong == []


def test_the_compiled_words_are_the_written_ones():
    compiled = polib.mofile(str(CATALOGUE.with_suffix(".mo")))

    written = {(key(entry), entry.msgstr, str(entry.msgstr_plural)) for entry in WORDS if entry.translated()}

    assert {(key(entry), entry.msgstr, str(entry.msgstr_plural)) for entry in compiled} == written
