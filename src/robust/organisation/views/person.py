"""People and their employments: every list, search and look is written to the audit trail."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from robust.core.http import SignedInRequest, file_answer, rows_shown, wants_file
from robust.organisation import actions, queries, rules
from robust.organisation.forms import person as forms
from robust.organisation.models import Employment, Person
from robust.organisation.pages import listing
from robust.organisation.pages import person as pages
from robust.organisation.pages.form import FormPage, unit_choices
from robust.organisation.views.form_page import ask

PER_PAGE = 50
ONE_DAY = timedelta(days=1)
USUAL_HOURS = 37


@login_required
@require_safe
def person_list(request: SignedInRequest) -> HttpResponse:
    day = timezone.localdate()
    if not rules.can_see_personnel(request.user, day=day):
        raise PermissionDenied
    tree = queries.tree_known_on(day)
    mine = queries.units_where(request.user, roles=queries.PERSONNEL_ROLES, day=day)
    asked = _asked(request, tree, mine)
    people = queries.named(queries.people_visible_to(request.user, day=day), asked["words"])
    posts = queries.employments_visible_to(request.user, day=day)
    if asked["unit"] or not asked["all"]:
        units = tree.below(asked["unit"]) & mine if asked["unit"] else frozenset()
        wanted = queries.employments_with(posts, unit_ids=units, day=None if asked["all"] else day)
        people = people.filter(pk__in=wanted.values("person"))
    page = Paginator(people, rows_shown(request, PER_PAGE)).get_page(request.GET.get("page"))
    shown_posts = queries.employments_with(posts, day=day).filter(person__in=list(page))
    lines = pages.person_lines(page, shown_posts, tree, day=day)
    if wants_file(request):
        return _as_file(request, lines, asked=asked, tree=tree, people=page.object_list)
    _note_reading(request, asked, page.object_list)
    shown = {
        "page": page,
        "people": lines,
        "asked": asked,
        "units": unit_choices(tree, mine),
        "can_add": bool(_employing_units(request)),
    }
    return render(request, "organisation/person_list.html", shown)


@login_required
@require_safe
def person_detail(request: SignedInRequest, pk: int) -> HttpResponse:
    day = timezone.localdate()
    person = _visible_person(request, pk)
    if person.pk == request.user.person_id:
        return redirect("organisation:my_data")
    employments = queries.employments_visible_to(request.user, day=day).filter(person=person)
    changeable = _employing_units(request)
    actions.record("person.viewed", actor=request.user, now=timezone.now(), subject=person, about=person)
    shown = {
        "person": person,
        "employments": pages.employment_lines(employments, changeable, queries.tree_known_on(day), day=day),
        "can_employ": bool(changeable),
    }
    return render(request, "organisation/person_detail.html", shown)


@login_required
def person_add(request: SignedInRequest) -> HttpResponse:
    _employer_or_refuse(request)
    form = forms.PersonForm(request.POST or None)
    page = FormPage(
        title=_("Add a person"),
        answer=_("Then give the person a post, so that their leader can see them."),
        button=_("Add"),
        back_url=reverse("organisation:person_list"),
        back=_("People"),
        seen_by=_(
            "Leaders, planners, HR analysts and administrators of the units where the person has posts."
        ),
    )

    def save(said: dict[str, Any]) -> str:
        person = actions.add_person(name=said["name"], actor=request.user, now=timezone.now())
        return _("%(person)s is added.") % {"person": person.name}

    return ask(request, form, page, save=save)


@login_required
def person_rename(request: SignedInRequest, pk: int) -> HttpResponse:
    _employer_or_refuse(request)
    person = _visible_person(request, pk)
    form = forms.PersonForm(request.POST or None, initial={"name": person.name})
    page = _page(person, title=_("Correct the name"), button=_("Save"))

    def save(said: dict[str, Any]) -> str:
        actions.rename_person(person=person, name=said["name"], actor=request.user, now=timezone.now())
        return _("The name is corrected.")

    return ask(request, form, page, save=save)


@login_required
def employment_add(request: SignedInRequest, pk: int) -> HttpResponse:
    units, day = _employer_or_refuse(request), timezone.localdate()
    person = _visible_person(request, pk)
    form = forms.EmploymentForm(
        request.POST or None,
        initial={"starts_on": day, "weekly_hours": USUAL_HOURS},
        units=unit_choices(queries.tree_known_on(day), units),
        professions=[(profession.pk, profession.name) for profession in queries.professions()],
    )
    page = _page(person, title=_("Give a post"), button=_("Give the post"))

    def save(said: dict[str, Any]) -> str:
        latest_on = said.pop("latest_on")
        actions.add_employment(
            person=person,
            unit=queries.units_among([said.pop("unit")]).get(),
            profession=queries.professions().get(pk=said.pop("profession")),
            ends_on=latest_on + ONE_DAY if latest_on else None,
            actor=request.user,
            now=timezone.now(),
            **said,
        )
        return _("The employment is added.")

    return ask(request, form, page, save=save)


@login_required
def employment_end(request: SignedInRequest, pk: int) -> HttpResponse:
    employment = _changeable_employment(request, pk)
    form = forms.EndEmploymentForm(request.POST or None)
    page = _page(
        employment.person,
        title=_("End the employment in post %(post)s") % {"post": employment.post_number},
        button=_("End"),
    )

    def save(said: dict[str, Any]) -> str:
        ends_on = said["latest_on"] + ONE_DAY
        actions.end_employment(employment=employment, ends_on=ends_on, actor=request.user, now=timezone.now())
        return _("The employment ends on that day.")

    return ask(request, form, page, save=save)


@login_required
def employment_move(request: SignedInRequest, pk: int) -> HttpResponse:
    employment, day = _changeable_employment(request, pk), timezone.localdate()
    units = _employing_units(request)
    form = forms.MoveEmploymentForm(
        request.POST or None,
        initial={"from_on": day},
        units=unit_choices(queries.tree_on(day), units - {employment.unit_id}),
    )
    page = _page(
        employment.person,
        title=_("Move post %(post)s to another unit") % {"post": employment.post_number},
        button=_("Move"),
    )

    def save(said: dict[str, Any]) -> str:
        unit = queries.units_among([said["unit"]]).get()
        actions.move_employment(
            employment=employment, unit=unit, from_on=said["from_on"], actor=request.user, now=timezone.now()
        )
        return _("The post is at %(unit)s from that day.") % {"unit": unit.name}

    return ask(request, form, page, save=save)


def _asked(request: SignedInRequest, tree: queries.UnitTree, mine: frozenset[int]) -> dict[str, Any]:
    """Read what is looked for; what cannot be read is not asked."""
    unit = request.GET.get("unit", "")
    unit_id = int(unit) if unit.isdecimal() and len(unit) < 19 else 0
    return {
        "words": " ".join(request.GET.get("words", "").replace("\0", " ").split())[:200],
        "unit": unit_id if unit_id in tree.nodes and unit_id in mine else 0,
        "all": request.GET.get("all") == "1",
    }


def _note_reading(request: SignedInRequest, asked: dict[str, Any], people: Any) -> None:
    action = "people.searched" if asked["words"] else "people.listed"
    criteria = {name: value for name, value in asked.items() if value}
    actions.record_reading(action, actor=request.user, now=timezone.now(), people=people, criteria=criteria)


def _as_file(
    request: SignedInRequest,
    lines: tuple[pages.PersonLine, ...],
    *,
    asked: dict[str, Any],
    tree: queries.UnitTree,
    people: Iterable[Person],
) -> HttpResponse:
    said = {
        _("Name"): asked["words"],
        _("Unit"): tree.nodes[asked["unit"]].name if asked["unit"] else "",
        _("Also those without a post today"): _("yes") if asked["all"] else "",
    }
    made = actions.export_list(
        listing.people(lines),
        asked={label: words for label, words in said.items() if words},
        actor=request.user,
        now=timezone.now(),
        action="people.exported",
        people=people,
    )
    return file_answer(*made)


def _visible_person(request: SignedInRequest, pk: int) -> Person:
    return get_object_or_404(queries.people_visible_to(request.user, day=timezone.localdate()), pk=pk)


def _changeable_employment(request: SignedInRequest, pk: int) -> Employment:
    units, day = _employer_or_refuse(request), timezone.localdate()
    return get_object_or_404(queries.employments_visible_to(request.user, day=day), pk=pk, unit__in=units)


def _employing_units(request: SignedInRequest) -> frozenset[int]:
    return queries.units_where(request.user, roles=queries.EMPLOYER_ROLES, day=timezone.localdate())


def _employer_or_refuse(request: SignedInRequest) -> frozenset[int]:
    units = _employing_units(request)
    if not units:
        raise PermissionDenied
    return units


def _page(person: Person, *, title: str, button: str) -> FormPage:
    return FormPage(
        title=title,
        button=button,
        back_url=reverse("organisation:person_detail", args=[person.pk]),
        back=person.name,
        seen_by=_("The person, and leaders, planners, HR analysts and administrators of the unit."),
    )
