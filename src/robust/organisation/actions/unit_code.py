"""The numbers other systems know a unit by: given, ended, and read from a file."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from robust.organisation.actions.audit import record
from robust.organisation.models import Account, Unit, UnitCode


class CannotGiveCode(Exception):
    """The code cannot stand for that unit then; the text says why."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CodeLine:
    """One line of a code file: which unit has which code in which system, and when."""

    line: int
    unit: Unit
    system: str
    code: str
    starts_on: date
    ends_on: date | None


class CannotImportCodes(CannotGiveCode):
    """Some lines cannot be kept, so none is; `texts` says why, line by line."""

    def __init__(self, texts: list[str]) -> None:
        super().__init__(" ".join(texts))
        self.texts = texts


@transaction.atomic
def give_code(
    *,
    unit: Unit,
    system: str,
    code: str,
    starts_on: date,
    ends_on: date | None,
    actor: Account,
    now: datetime,
) -> UnitCode:
    """Say by which code another system knows a unit, for a time. Raises: CannotGiveCode."""
    given = _create(unit=unit, system=system, code=code, starts_on=starts_on, ends_on=ends_on)
    detail = {"system": system, "code": code, "from_on": starts_on, "until_on": ends_on}
    record("unit.code_given", actor=actor, now=now, subject=unit, detail=detail)
    return given


@transaction.atomic
def end_code(*, given: UnitCode, ends_on: date, actor: Account, now: datetime) -> None:
    """Let a code end on a day; one that would never have held is taken away."""
    if ends_on <= given.starts_on:
        given.delete()
    else:
        given.ends_on = ends_on
        given.save(update_fields=["ends_on", "updated_at"])
    detail = {"system": given.system, "code": given.code, "until_on": ends_on}
    record("unit.code_ended", actor=actor, now=now, subject=given.unit, detail=detail)


@transaction.atomic
def import_codes(lines: Iterable[CodeLine], *, actor: Account, now: datetime) -> int:
    """Keep the lines of a code file, all or none, and say how many were new.

    Lines that stand already are skipped. Raises: CannotImportCodes with every line that cannot be kept.
    """
    problems: list[str] = []
    kept = 0
    for line in lines:
        row = {"unit": line.unit, "system": line.system, "code": line.code, "starts_on": line.starts_on}
        if UnitCode.objects.filter(**row, ends_on=line.ends_on).exists():
            continue
        try:
            _create(**row, ends_on=line.ends_on)  # type: ignore[arg-type]  # a mixed dict of exactly these
            kept += 1
        except CannotGiveCode as error:
            words = {"line": line.line, "what": str(error)}
            problems.append(_("Line %(line)d: %(what)s") % words)
    if problems:
        raise CannotImportCodes(problems)
    record("unit.codes_imported", actor=actor, now=now, detail={"count": kept})
    return kept


def _create(*, unit: Unit, system: str, code: str, starts_on: date, ends_on: date | None) -> UnitCode:
    if ends_on and ends_on <= starts_on:
        raise CannotGiveCode(_("The code must end after it begins."))
    try:
        with transaction.atomic():
            return UnitCode.objects.create(
                unit=unit, system=system, code=code, starts_on=starts_on, ends_on=ends_on
            )
    except IntegrityError as error:
        words = {"system": UnitCode.System(system).label, "code": code}
        raise CannotGiveCode(
            _("%(system)s code %(code)s stands for a unit already in some of that time. End that first.")
            % words
        ) from error
