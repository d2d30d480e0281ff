"""The unit tree of any day, and the ways to change it."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import formats, timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from robust.core.http import SignedInRequest, asked_in_words, file_answer, wants_file
from robust.organisation import actions, queries, rules
from robust.organisation.forms import unit as forms
from robust.organisation.models import Role, Unit, UnitType
from robust.organisation.pages import listing
from robust.organisation.pages import unit as pages
from robust.organisation.pages.form import FormPage, unit_choices
from robust.organisation.views.form_page import ask, day_asked


@login_required
@require_safe
def unit_list(request: SignedInRequest) -> HttpResponse:
    today, day = timezone.localdate(), day_asked(request)
    visible = queries.units_visible_to(request.user, day=today)
    form = forms.UnitLookForm(request.GET)
    form.is_valid()
    words = form.cleaned_data.get("words", "")
    lines = pages.unit_lines(
        queries.tree_on(day), visible, queries.unit_types(), times=queries.unit_times(visible), words=words
    )
    if wants_file(request):
        asked = asked_in_words(form) | {_("Day"): formats.date_format(day)}
        made = actions.export_list(listing.units(lines), asked=asked, actor=request.user, now=timezone.now())
        return file_answer(*made)
    shown = {
        "day": day,
        "is_today": day == today,
        "units": lines,
        "words": words,
        "can_open": rules.can_administer(request.user, day=today),
    }
    return render(request, "organisation/unit_list.html", shown)


@login_required
@require_safe
def unit_detail(request: SignedInRequest, pk: int) -> HttpResponse:
    today, day = timezone.localdate(), day_asked(request)
    unit = _visible_unit(request, pk)
    tree = queries.tree_on(day)
    can_administer = rules.can_administer_unit(request.user, unit.pk, day=today)
    shown = {
        "day": day,
        "is_today": day == today,
        "unit": pages.unit_page(unit, tree, queries.periods_of(unit), queries.unit_types(), day=day),
        "successions": pages.succession_lines(unit, queries.successions_of(unit)),
        "codes": pages.code_lines(queries.codes_of(unit), day=today),
        "roles": pages.role_lines(unit, queries.roles_counting_at(unit, tree, day=day), tree)
        if can_administer
        else (),
        "can_administer": can_administer,
    }
    return render(request, "organisation/unit_detail.html", shown)


@login_required
def unit_open(request: SignedInRequest) -> HttpResponse:
    day, now = timezone.localdate(), timezone.now()
    parents = queries.units_where(request.user, roles=(Role.ADMINISTRATOR,), day=day)
    if not parents:
        raise PermissionDenied
    form = forms.OpenUnitForm(
        request.POST or None,
        initial={"opens_on": day, "level": Unit.Level.UNIT, "parent": request.GET.get("parent")},
        parents=unit_choices(queries.tree_known_on(day), parents),
        types=_type_choices(),
    )
    page = FormPage(
        title=_("Open a unit"),
        answer=_("The unit stands in the tree from its first day; that may be a day to come."),
        button=_("Open the unit"),
        back_url=reverse("organisation:unit_list"),
        back=_("The organisation"),
        seen_by=_("Everybody who works there, below or above sees the unit."),
    )

    def save(said: dict[str, Any]) -> str:
        unit = actions.open_unit(
            code=queries.free_unit_code(said["name"]),
            name=said["name"],
            level=said["level"],
            parent=queries.units_among([said["parent"]]).get(),
            unit_type=_unit_type(said["unit_type"]),
            opens_on=said["opens_on"],
            actor=request.user,
            now=now,
        )
        return _("%(unit)s is in the tree.") % {"unit": unit.name}

    return ask(request, form, page, save=save)


@login_required
def unit_change(request: SignedInRequest, pk: int) -> HttpResponse:
    unit, day, now = _administered_unit(request, pk), timezone.localdate(), timezone.now()
    node = queries.tree_on(day).nodes.get(unit.pk)
    types = {unit_type.code: unit_type.pk for unit_type in queries.unit_types()}
    initial = {
        "name": node.name if node else unit.name,
        "unit_type": types.get(node.type_code) if node else None,
        "from_on": day,
    }
    form = forms.ChangeUnitForm(request.POST or None, initial=initial, types=_type_choices())
    page = _page(
        unit,
        title=_("Change name or type"),
        answer=_("What the unit was called and was before that day stays as it was."),
        button=_("Change"),
    )

    def save(said: dict[str, Any]) -> str:
        actions.change_unit(
            unit=unit,
            name=said["name"],
            unit_type=_unit_type(said["unit_type"]),
            from_on=said["from_on"],
            actor=request.user,
            now=now,
        )
        return _("The change is kept.")

    return ask(request, form, page, save=save)


@login_required
def unit_move(request: SignedInRequest, pk: int) -> HttpResponse:
    unit, day, now = _administered_unit(request, pk), timezone.localdate(), timezone.now()
    tree = queries.tree_known_on(day)
    parents = queries.units_where(request.user, roles=(Role.ADMINISTRATOR,), day=day) - tree.below(unit.pk)
    form = forms.MoveUnitForm(
        request.POST or None, initial={"from_on": day}, parents=unit_choices(tree, parents)
    )
    page = _page(
        unit,
        title=_("Move the unit"),
        answer=_("It and everything below it belong there from that day. Roles held further up then follow."),
        button=_("Move"),
    )

    def save(said: dict[str, Any]) -> str:
        parent = queries.units_among([said["parent"]]).get()
        actions.move_unit(unit=unit, parent=parent, from_on=said["from_on"], actor=request.user, now=now)
        words = {"unit": unit.name, "parent": parent.name}
        return _("%(unit)s belongs to %(parent)s from that day.") % words

    return ask(request, form, page, save=save)


@login_required
def unit_close(request: SignedInRequest, pk: int) -> HttpResponse:
    unit, now = _administered_unit(request, pk), timezone.now()
    form = forms.CloseUnitForm(request.POST or None)
    page = _page(
        unit,
        title=_("Close the unit"),
        answer=_("Roles and codes there end on the same day. What was written there can still be read."),
        button=_("Close the unit"),
    )

    def save(said: dict[str, Any]) -> str:
        actions.close_unit(unit=unit, closes_on=said["closes_on"], actor=request.user, now=now)
        return _("%(unit)s closes on that day.") % {"unit": unit.name}

    return ask(request, form, page, save=save)


@login_required
def unit_reopen(request: SignedInRequest, pk: int) -> HttpResponse:
    unit, day, now = _administered_unit(request, pk), timezone.localdate(), timezone.now()
    form = forms.ReopenUnitForm(request.POST or None, initial={"opens_on": day})
    page = _page(
        unit,
        title=_("Open the unit again"),
        answer=_("It comes back with the name, type and place it had when it closed."),
        button=_("Open again"),
    )

    def save(said: dict[str, Any]) -> str:
        actions.reopen_unit(unit=unit, opens_on=said["opens_on"], actor=request.user, now=now)
        return _("%(unit)s is open from that day.") % {"unit": unit.name}

    return ask(request, form, page, save=save)


@login_required
def unit_merge(request: SignedInRequest, pk: int) -> HttpResponse:
    unit, day, now = _administered_unit(request, pk), timezone.localdate(), timezone.now()
    tree = queries.tree_on(day)
    mine = queries.units_where(request.user, roles=(Role.ADMINISTRATOR,), day=day)
    others = [
        (node.id, pages.place(tree, node.id))
        for node, _depth in tree.in_order()
        if node.id in mine - {unit.pk, *tree.above(unit.pk)} and node.level == unit.level
    ]
    form = forms.MergeUnitsForm(request.POST or None, initial={"happens_on": day}, others=others)
    page = _page(
        unit,
        title=_("Let other units go on as %(unit)s") % {"unit": unit.name},
        answer=_("Their people, roles and the units below them go along, and they close on that day."),
        button=_("Merge"),
    )

    def save(said: dict[str, Any]) -> str:
        merged = list(queries.units_among(said["units"]))
        actions.merge_units(
            units=merged, into=unit, happens_on=said["happens_on"], actor=request.user, now=now
        )
        sentence = ngettext(
            "%(count)d unit goes on as %(unit)s.", "%(count)d units go on as %(unit)s.", len(merged)
        )
        return sentence % {"count": len(merged), "unit": unit.name}

    return ask(request, form, page, save=save)


@login_required
def unit_split(request: SignedInRequest, pk: int) -> HttpResponse:
    unit, day, now = _administered_unit(request, pk), timezone.localdate(), timezone.now()
    form = forms.SplitUnitForm(request.POST or None, initial={"happens_on": day})
    page = _page(
        unit,
        title=_("Split the unit"),
        answer=_("It closes on that day and goes on as several new ones in the same place."),
        button=_("Split the unit"),
    )

    def save(said: dict[str, Any]) -> str:
        new = [actions.NewUnit(code=queries.free_unit_code(name), name=name) for name in said["names"]]
        actions.split_unit(unit=unit, into=new, happens_on=said["happens_on"], actor=request.user, now=now)
        return _("%(unit)s goes on as %(count)d units.") % {"unit": unit.name, "count": len(new)}

    return ask(request, form, page, save=save)


def _visible_unit(request: SignedInRequest, pk: int) -> Unit:
    if pk not in queries.units_visible_to(request.user, day=timezone.localdate()):
        raise Http404
    return get_object_or_404(queries.units_among([pk]))


def _administered_unit(request: SignedInRequest, pk: int) -> Unit:
    unit = _visible_unit(request, pk)
    if not rules.can_administer_unit(request.user, pk, day=timezone.localdate()):
        raise PermissionDenied
    return unit


def _page(unit: Unit, *, title: str, answer: str, button: str) -> FormPage:
    return FormPage(
        title=title,
        answer=answer,
        button=button,
        back_url=reverse("organisation:unit_detail", args=[unit.pk]),
        back=unit.name,
        seen_by=_("Everybody who works there, below or above sees the change."),
    )


def _unit_type(pk: int | None) -> UnitType | None:
    return queries.unit_types().filter(pk=pk).first() if pk else None


def _type_choices() -> list[tuple[int, str]]:
    return [(unit_type.pk, unit_type.name) for unit_type in queries.unit_types()]
