"""Put new sentences into the Danish catalogue, compile it, and print what has no Danish words yet."""

import sys
from pathlib import Path

import polib

import robust
from tests.architecture import messages

PACKAGE = Path(robust.__file__).parent
CATALOGUE = PACKAGE / "locale" / "da" / "LC_MESSAGES" / "django.po"


def main() -> None:
    catalogue = polib.pofile(str(CATALOGUE), wrapwidth=110)
    known = {(entry.msgctxt or "", entry.msgid) for entry in catalogue}
    for context, words, plural in sorted(_marked()):
        if (context, words) not in known:
            forms = {0: "", 1: ""} if plural else None
            catalogue.append(
                polib.POEntry(
                    msgctxt=context or None, msgid=words, msgid_plural=plural, msgstr_plural=forms or {}
                )
            )
    catalogue.sort(key=lambda entry: (entry.msgid.lower(), entry.msgid, entry.msgctxt or ""))
    catalogue.save()
    catalogue.save_as_mofile(str(CATALOGUE.with_suffix(".mo")))
    for entry in catalogue.untranslated_entries():
        sys.stdout.write(f"{entry.msgid}\n")


def _marked() -> set[messages.Message]:
    templates = [*PACKAGE.rglob("templates/**/*.html"), *PACKAGE.rglob("templates/**/*.txt")]
    found = {message for path in templates for message in messages.in_template(path)}
    return found | {message for path in PACKAGE.rglob("*.py") for message in messages.in_python(path)}


if __name__ == "__main__":
    main()
