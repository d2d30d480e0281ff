"""Keeping uploaded files."""

import hashlib
from datetime import datetime

from django.db import transaction

from robust.organisation.actions.audit import record
from robust.organisation.models import Account, StoredFile


@transaction.atomic
def store_file(
    *, name: str, content: bytes, media_type: str, actor: Account | None, now: datetime
) -> StoredFile:
    """Keep the bytes of a file with their SHA-256; a path in front of the name is left out."""
    stored = StoredFile.objects.create(
        name=name.replace("\\", "/").rsplit("/", 1)[-1].replace("\0", "")[-255:],
        media_type=media_type[:100],
        content=content,
        size_bytes=len(content),
        digest=hashlib.sha256(content).hexdigest(),
        uploaded_by=actor,
    )
    detail = {"size_bytes": stored.size_bytes, "digest": stored.digest}
    record("file.stored", actor=actor, now=now, subject=stored, detail=detail)
    return stored


@transaction.atomic
def empty_file(stored: StoredFile, *, now: datetime) -> None:
    """Throw away the bytes of a file that is not to be kept; its name, size and digest stay."""
    StoredFile.objects.filter(pk=stored.pk).update(content=b"")
    record("file.emptied", actor=None, now=now, subject=stored, detail={"digest": stored.digest})
