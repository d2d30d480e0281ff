"""The file that a backup is: a zip with PostgreSQL's dump and a note of what must be in it."""

import hashlib
import json
import os
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

from robust.config.words import Refused
from robust.config.words import gettext as _

DUMP, NOTE = "database.dump", "manifest.json"
CHUNK_BYTES = 1 << 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """What a backup says of itself."""

    robust: str
    server: str
    made_at: str
    rows: dict[str, int]
    sha256: str = ""


def write(path: Path, chunks: Iterable[bytes], manifest: Manifest) -> None:
    """Write the backup beside its place and move it there whole, for its owner's eyes. Raises: Refused."""
    if path.exists():
        raise Refused(_("%s is there already and is not overwritten. Choose another name.") % path)
    unfinished = path.with_name(path.name + ".part")
    try:
        _write_zip(unfinished, chunks, manifest)
        unfinished.rename(path)
    except OSError as error:
        raise Refused(
            _("%(file)s could not be written: %(reason)s. There is no backup.")
            % {"file": path, "reason": error.strerror}
        ) from error
    finally:
        unfinished.unlink(missing_ok=True)


def read_manifest(path: Path) -> Manifest:
    """Give what the backup says of itself, once every byte of it is proven right. Raises: Refused."""
    try:
        with zipfile.ZipFile(path) as archive:
            manifest = Manifest(**json.loads(archive.read(NOTE)))
        digest = hashlib.sha256()
        for chunk in read_dump(path):
            digest.update(chunk)
    except FileNotFoundError as error:
        raise Refused(_("There is no file %s.") % path) from error
    except (OSError, zipfile.BadZipFile, KeyError, TypeError, ValueError) as error:
        raise Refused(
            _("%s is no backup of Robust, or it is damaged. Nothing was changed.") % path
        ) from error
    if digest.hexdigest() != manifest.sha256:
        raise Refused(_("%s is damaged: its content is not what was written. Nothing was changed.") % path)
    return manifest


def read_dump(path: Path) -> Iterator[bytes]:
    """Give the dump, piece by piece."""
    with zipfile.ZipFile(path) as archive, archive.open(DUMP) as dump:
        while chunk := dump.read(CHUNK_BYTES):
            yield chunk


def _write_zip(path: Path, chunks: Iterable[bytes], manifest: Manifest) -> None:
    digest = hashlib.sha256()
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        with zipfile.ZipFile(file, "w", zipfile.ZIP_STORED) as archive:
            with archive.open(DUMP, "w", force_zip64=True) as dump:
                for chunk in chunks:
                    digest.update(chunk)
                    dump.write(chunk)
            note = {**asdict(manifest), "sha256": digest.hexdigest()}
            archive.writestr(NOTE, json.dumps(note, indent=2))
        file.flush()
        os.fsync(file.fileno())
