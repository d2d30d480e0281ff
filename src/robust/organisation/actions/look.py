"""The hospital gives Robust its own name, mark and accent."""

import hashlib
from datetime import datetime

from django.db import transaction

from robust.organisation.actions.audit import record
from robust.organisation.models import Account, HospitalLook

TOLD = ("name", "accent", "dark_accent")


@transaction.atomic
def set_look(
    *, name: str, accent: str, dark_accent: str, mark: bytes | None, actor: Account, now: datetime
) -> None:
    """Keep how the hospital looks from now on; every page shows it from its next answer."""
    kept = HospitalLook.objects.select_for_update().filter(pk=HospitalLook.ONLY).first()
    before = kept or HospitalLook(pk=HospitalLook.ONLY)
    wanted = {"name": name, "accent": accent, "dark_accent": dark_accent}
    old = {told: getattr(before, told) for told in TOLD}
    has_new_mark = mark != (bytes(before.mark) if before.mark else None)
    if old == wanted and not has_new_mark:
        return
    digest = hashlib.sha256("\n".join([*wanted.values(), ""]).encode() + (mark or b"")).hexdigest()
    HospitalLook.objects.update_or_create(
        pk=HospitalLook.ONLY, defaults=wanted | {"mark": mark, "version": digest[:16]}
    )
    detail = {"old": old, "new": wanted, "mark_changed": has_new_mark}
    record("look.changed", actor=actor, now=now, detail=detail)
