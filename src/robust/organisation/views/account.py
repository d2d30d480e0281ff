"""Accounts, the roles they hold, and which roles need a second factor."""

from datetime import date, timedelta
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from robust.core.http import (
    SignedInRequest,
    asked_in_words,
    file_answer,
    rows_shown,
    taken_back,
    undo_at,
    wants_file,
)
from robust.organisation import actions, queries, rules
from robust.organisation.forms import account as forms
from robust.organisation.forms.lists import AccountLookForm
from robust.organisation.models import Account, Role
from robust.organisation.pages import account as pages
from robust.organisation.pages import listing
from robust.organisation.pages.form import FormPage, unit_choices
from robust.organisation.views.form_page import ask

PER_PAGE = 50
ONE_DAY = timedelta(days=1)


@login_required
@require_safe
def account_list(request: SignedInRequest) -> HttpResponse:
    day, now = timezone.localdate(), timezone.now()
    _administered_or_refuse(request)
    form = AccountLookForm(request.GET)
    form.is_valid()
    accounts = queries.accounts_with(
        queries.accounts_visible_to(request.user, day=day), **form.cleaned_data, day=day
    )
    page = Paginator(accounts, rows_shown(request, PER_PAGE)).get_page(request.GET.get("page"))
    people = [account.person for account in page if account.person]
    lines = pages.account_lines(page, queries.roles_held_by(list(page), day=day), queries.tree_known_on(day))
    if wants_file(request):
        made = actions.export_list(
            listing.accounts(lines),
            asked=asked_in_words(form),
            actor=request.user,
            now=now,
            action="accounts.exported",
            people=people,
        )
        return file_answer(*made)
    criteria = {name: value for name, value in form.cleaned_data.items() if value}
    actions.record_reading("accounts.listed", actor=request.user, now=now, people=people, criteria=criteria)
    shown = {"page": page, "accounts": lines, "form": form, "is_narrowed": bool(criteria)}
    return render(request, "organisation/account_list.html", shown)


@login_required
@require_safe
def account_detail(request: SignedInRequest, pk: int) -> HttpResponse:
    account, day = _visible_account(request, pk), timezone.localdate()
    administered = _administered_or_refuse(request)
    actions.record(
        "account.viewed", actor=request.user, now=timezone.now(), subject=account, about=account.person
    )
    shown = {
        "account": account,
        "roles": pages.held_lines(
            queries.roles_of(account), administered, queries.tree_known_on(day), day=day
        ),
        "invitation": request.session.pop("invitation", ""),
    }
    return render(request, "organisation/account_detail.html", shown)


@login_required
def account_add(request: SignedInRequest) -> HttpResponse:
    _administered_or_refuse(request)
    form = forms.AddAccountForm(request.POST or None)
    page = FormPage(
        title=_("Add an account"),
        answer=_("Then give it a role and make an invitation, with which its person chooses a password."),
        button=_("Add"),
        back_url=reverse("organisation:account_list"),
        back=_("Accounts"),
        seen_by=_("Administrators see the address; colleagues see the name."),
    )

    added: list[Account] = []

    def save(said: dict[str, Any]) -> str:
        account = actions.add_account(person=None, actor=request.user, now=timezone.now(), **said)
        added.append(account)
        return _("%(account)s has an account.") % {"account": account.name}

    answer = ask(request, form, page, save=save)
    return redirect("organisation:account_detail", pk=added[0].pk) if added else answer


@login_required
def account_change(request: SignedInRequest, pk: int) -> HttpResponse:
    account, day = _visible_account(request, pk), timezone.localdate()
    _administered_or_refuse(request)
    people = queries.people_without_account(request.user, account=account, day=day)
    form = forms.ChangeAccountForm(
        request.POST or None,
        initial={"name": account.name, "person": account.person_id, "is_active": account.is_active},
        people=[(person.pk, person.name) for person in people],
    )
    page = _page(account, title=_("Change the account"), button=_("Save"))

    def save(said: dict[str, Any]) -> str:
        person = people.filter(pk=said.pop("person")).first()
        now = timezone.now()
        actions.change_account(account=account, person=person, actor=request.user, now=now, day=day, **said)
        return _("The account is changed.")

    return ask(request, form, page, save=save)


@login_required
@require_POST
def account_invite(request: SignedInRequest, pk: int) -> HttpResponse:
    account = _visible_account(request, pk)
    _administered_or_refuse(request)
    try:
        path = actions.invite(account, now=timezone.now(), actor=request.user)
    except actions.CannotInvite as error:
        messages.error(request, str(error))
    else:
        request.session["invitation"] = request.build_absolute_uri(path)
    return redirect("organisation:account_detail", pk=account.pk)


@login_required
def role_assign(request: SignedInRequest, pk: int) -> HttpResponse:
    account, day = _visible_account(request, pk), timezone.localdate()
    units = _administered_or_refuse(request)
    form = forms.AssignRoleForm(
        request.POST or None,
        initial={"starts_on": day, "role": Role.EMPLOYEE, "unit": request.GET.get("unit")},
        units=unit_choices(queries.tree_known_on(day), units),
    )
    page = _page(
        account, title=_("Give %(account)s a role") % {"account": account.name}, button=_("Give the role")
    )

    def save(said: dict[str, Any]) -> str:
        latest_on = said["latest_on"]
        actions.assign_role(
            account=account,
            role=Role(said["role"]),
            unit=queries.units_among([said["unit"]]).get(),
            starts_on=said["starts_on"],
            ends_on=latest_on + ONE_DAY if latest_on else None,
            actor=request.user,
            now=timezone.now(),
        )
        return _("%(account)s has the role.") % {"account": account.name}

    return ask(request, form, page, save=save)


@login_required
def role_end(request: SignedInRequest, pk: int) -> HttpResponse:
    units, day = _administered_or_refuse(request), timezone.localdate()
    held = get_object_or_404(queries.roles_at(units), pk=pk)
    form = forms.EndRoleForm(request.POST or None, initial={"latest_on": day})
    words = {"role": held.get_role_display(), "unit": held.unit.name}
    page = _page(held.account, title=_("End the role %(role)s at %(unit)s") % words, button=_("End the role"))

    def save(said: dict[str, Any]) -> tuple[str, str]:
        ends_on = said["latest_on"] + ONE_DAY
        actions.end_role(held=held, ends_on=ends_on, actor=request.user, now=timezone.now())
        undo = undo_at(
            request,
            reverse("organisation:role_again", args=[pk]),
            account=held.account_id,
            role=held.role,
            unit=held.unit_id,
            starts_on=held.starts_on.isoformat(),
            ended_on=ends_on.isoformat(),
            ends_on=held.ends_on.isoformat() if held.ends_on else None,
        )
        return _("The role ends on that day."), undo

    return ask(request, form, page, save=save)


@login_required
@require_POST
def role_again(request: SignedInRequest, pk: int) -> HttpResponse:
    """Take back that a role ended."""
    units, before = _administered_or_refuse(request), taken_back(request)
    unit = queries.units_among(units & {before.get("unit", 0)}).first()
    if unit is None:
        messages.error(request, actions.TOO_LATE)
        return redirect("organisation:account_list")
    account = _visible_account(request, before["account"])
    try:
        actions.hold_role_again(
            account=account,
            role=Role(before["role"]),
            unit=unit,
            starts_on=date.fromisoformat(before["starts_on"]),
            ended_on=date.fromisoformat(before["ended_on"]),
            ends_on=date.fromisoformat(before["ends_on"]) if before["ends_on"] else None,
            actor=request.user,
            now=timezone.now(),
        )
    except actions.CannotTakeBack as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("The role goes on as before."))
    return redirect("organisation:account_detail", pk=account.pk)


@login_required
def role_requirements(request: SignedInRequest) -> HttpResponse:
    if not rules.can_administer_everything(request.user, day=timezone.localdate()):
        raise PermissionDenied
    form = forms.RoleRequirementForm(
        request.POST or None, initial={"roles": sorted(queries.roles_with_second_factor())}
    )
    page = FormPage(
        title=_("Second factor"),
        answer=_("Whoever holds one of these roles must also use a passkey or a code by app to come in."),
        button=_("Save"),
        back_url=reverse("organisation:account_list"),
        back=_("Accounts"),
        seen_by=_("Administrators."),
    )

    def save(said: dict[str, Any]) -> str:
        roles = frozenset(Role(role) for role in said["roles"])
        actions.set_role_requirements(roles=roles, actor=request.user, now=timezone.now())
        return _("It counts from the next sign-in.")

    return ask(request, form, page, save=save)


def _visible_account(request: SignedInRequest, pk: int) -> Account:
    accounts = queries.accounts_visible_to(request.user, day=timezone.localdate())
    return get_object_or_404(accounts.select_related("person"), pk=pk)


def _administered_or_refuse(request: SignedInRequest) -> frozenset[int]:
    units = queries.units_where(request.user, roles=(Role.ADMINISTRATOR,), day=timezone.localdate())
    if not units:
        raise PermissionDenied
    return units


def _page(account: Account, *, title: str, button: str) -> FormPage:
    return FormPage(
        title=title,
        button=button,
        back_url=reverse("organisation:account_detail", args=[account.pk]),
        back=account.name,
        seen_by=_("Administrators of the unit, and the person."),
    )
