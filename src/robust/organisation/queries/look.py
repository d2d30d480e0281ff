"""How the hospital looks; one small row, read anew for every page so that all machines show the same."""

from dataclasses import dataclass

from django.db.models import BooleanField, ExpressionWrapper, Q

from robust.organisation.models import HospitalLook


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """The hospital's name and accent; empty where it has not chosen."""

    name: str = ""
    accent: str = ""
    dark_accent: str = ""
    version: str = ""
    has_mark: bool = False


def hospital_look() -> Look:
    """Give how the hospital looks. One query."""
    has_mark = ExpressionWrapper(Q(mark__isnull=False), output_field=BooleanField())
    told = HospitalLook.objects.order_by().values(
        "name", "accent", "dark_accent", "version", has_mark=has_mark
    )
    kept = told.first()
    return Look(**kept) if kept else Look()


def hospital_mark() -> bytes | None:
    """Give the hospital's mark as PNG."""
    mark = HospitalLook.objects.values_list("mark", flat=True).first()
    return bytes(mark) if mark else None
