"""Read documents: which an account may see, their rows, and what earlier readings brought."""

from datetime import date
from typing import Any

from django.db.models import Case, F, IntegerField, Q, QuerySet, Value, When, Window
from django.db.models.functions import DenseRank

from robust.organisation import queries as organisation_queries
from robust.organisation.models import Account, Role, Unit
from robust.programme.models import DocumentReading, ImportedRow, Initiative, Plan, ProposedRow

READERS = (Role.IMPROVEMENT_CONSULTANT, Role.DEPARTMENT_MANAGEMENT)


def readings_visible_to(account: Account, *, day: date) -> QuerySet[DocumentReading]:
    """Find the readings into plans that the account may manage, without the files' content."""
    units = organisation_queries.units_where(account, roles=READERS, day=day)
    readings = DocumentReading.objects.filter(plan__unit__in=units)
    return readings.select_related("file", "plan__unit", "unit", "read_by", "run", "coverage_plan").defer(
        "file__content"
    )


def documents_visible_to(account: Account, *, day: date) -> QuerySet[DocumentReading]:
    """Find those of them whose document is kept: one that was refused is not."""
    return readings_visible_to(account, day=day).exclude(state=DocumentReading.State.REFUSED)


def readings_with(
    readings: QuerySet[DocumentReading], *, words: str = "", plan: int | None = None, state: str = ""
) -> QuerySet[DocumentReading]:
    """Keep those with the words in the file's name, into this plan, in this state, as far as asked for."""
    for word in words.split()[:10]:
        readings = readings.filter(file__name__icontains=word)
    if plan:
        readings = readings.filter(plan=plan)
    return readings.filter(state=state) if state else readings


def places_to_read_for(account: Account, *, day: date) -> QuerySet[Unit]:
    """Find the units a document can speak of: those the account sees, in Danish order."""
    return Unit.objects.filter(pk__in=organisation_queries.units_visible_to(account, day=day)).order_by(
        "sort_key"
    )


def own_hospital(account: Account, *, day: date) -> int | None:
    """Give the hospital at or above the account's roles on the day, where there is exactly one."""
    tree = organisation_queries.tree_on(day)
    held = {role.unit_id for role in organisation_queries.roles_on(account, day=day)} & set(tree.nodes)
    around = held.union(*(tree.above(unit_id) for unit_id in held))
    hospitals = [pk for pk in around if tree.nodes[pk].level == Unit.Level.HOSPITAL]
    return hospitals[0] if len(hospitals) == 1 else None


def reading_to_do(pk: int) -> DocumentReading:
    """Load a reading with its file's content, for the job that reads it."""
    return DocumentReading.objects.select_related("file", "plan", "read_by").get(pk=pk)


def rows_of(reading: DocumentReading, *, kind: str = "") -> QuerySet[ProposedRow]:
    """Find the rows of a reading by number; the kind narrows to new, join, leave_out or similar."""
    rows = ProposedRow.objects.filter(reading=reading).select_related("joined", "similar", "joined_row")
    if kind == "similar":
        return rows.filter(SIMILAR_BUT_NEW).order_by("number")
    return (rows.filter(choice=kind) if kind else rows).order_by("number")


SIMILAR_BUT_NEW = Q(choice=ProposedRow.Choice.NEW, similar__isnull=False)


def nearest_imported(reading: DocumentReading) -> QuerySet[ImportedRow]:
    """Find what the nearest document before this one brought of each initiative under each area of the plan.

    Nearest is one from the same place, then one not dated later, then the newest.
    """
    nearest = (
        _first(reading__unit=reading.unit_id),
        _first(reading__dated_on__lte=reading.dated_on),
        F("reading__dated_on").desc(),
        F("reading__applied_at").desc(),
        F("reading_id").desc(),
    )
    turn = Window(DenseRank(), partition_by=["initiative_id", "area"], order_by=nearest)
    rows = ImportedRow.objects.filter(reading__plan=reading.plan_id).exclude(reading=reading.pk)
    return rows.annotate(turn=turn).filter(turn=1).select_related("reading").order_by("pk")


def _first(**wanted: Any) -> Case:
    return Case(When(**wanted, then=Value(0)), default=Value(1), output_field=IntegerField())


def printed(row: ProposedRow | ImportedRow, name: str) -> str:
    """Give a field of a row as it stands in the document."""
    words: str = row.corrections[name][0] if name in row.corrections else getattr(row, name)
    return words


def left_out_before(plan: Plan) -> frozenset[tuple[str, str]]:
    """Give area and text, as printed, of the rows that were left out of documents read into a plan."""
    rows = ProposedRow.objects.filter(
        reading__plan=plan,
        reading__state=DocumentReading.State.APPLIED,
        choice=ProposedRow.Choice.LEAVE_OUT,
    ).only("area", "text", "corrections")
    return frozenset((printed(row, "area"), printed(row, "text")) for row in rows)


def _applied_before(reading: DocumentReading) -> DocumentReading | None:
    same_kind = DocumentReading.objects.filter(plan=reading.plan_id, unit=reading.unit_id)
    applied = same_kind.filter(state=DocumentReading.State.APPLIED).exclude(pk=reading.pk)
    if reading.applied_at:
        applied = applied.filter(applied_at__lte=reading.applied_at)
    return applied.order_by("-dated_on", "-applied_at", "-pk").first()


def gone_since(reading: DocumentReading) -> QuerySet[Initiative]:
    """Find the initiatives that the previous document of the same plan and unit had and this one lacks.

    A document that has none of them is no later version of it, and takes nothing away.
    """
    before = _applied_before(reading)
    if before is None:
        return Initiative.objects.none()
    kept = ProposedRow.objects.filter(reading=reading, joined__isnull=False).values("joined")
    had = ImportedRow.objects.filter(reading=before).values("initiative")
    if not ImportedRow.objects.filter(reading=before, initiative__in=kept).exists():
        return Initiative.objects.none()
    return Initiative.objects.filter(pk__in=had).exclude(pk__in=kept).order_by("sort_key", "pk")


def texts_of(account: Account, *, plan: Plan, day: date) -> list[tuple[int, str, str]]:
    """Give id, title and text of every initiative the account sees, those of the plan first."""
    units = organisation_queries.units_visible_to(account, day=day)
    in_plan = Initiative.objects.filter(placements__plan=plan).order_by().values("pk")
    first = Case(When(pk__in=in_plan, then=Value(0)), default=Value(1), output_field=IntegerField())
    known = Initiative.objects.filter(Q(unit__in=units)).order_by(first, F("pk").asc())
    return list(known.values_list("pk", "title", "text"))


def joinable(reading: DocumentReading, account: Account, *, day: date) -> QuerySet[Initiative]:
    """Find the initiatives a row may be joined to: those of the plan, and others that its rows resemble."""
    units = organisation_queries.units_visible_to(account, day=day)
    resembled = ProposedRow.objects.filter(reading=reading, similar__isnull=False).values("similar")
    in_plan = Q(placements__plan=reading.plan)
    known = Initiative.objects.filter(in_plan | Q(pk__in=resembled), unit__in=units)
    return known.distinct().order_by("sort_key", "pk")
