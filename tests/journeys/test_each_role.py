"""One short path for each further role."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from robust.organisation.models import Account, Role, RoleAssignment, Unit
from robust.programme.models import Example, Idea, Initiative
from robust.thread.models import Link
from tests.factories import make_account, make_unit
from tests.journeys.looking import PHONE
from tests.programme.factories import make_initiative, make_plan, make_status
from tests.programme.factories_more import make_idea, make_recommendation

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def hospital() -> Unit:
    return make_unit("Psykiatrien", level="hospital")


@pytest.fixture
def ward(hospital: Unit) -> Unit:
    return make_unit("Afsnit P2", parent=hospital)


def test_a_nurse_proposes_an_idea_and_supports_another(come_in, ward):
    make_idea("Varm mad til nattevagten", unit=ward)
    nurse = come_in(make_account("Freja Lindevang", role=Role.EMPLOYEE, unit=ward), viewport=PHONE)

    nurse.opens("/")
    nurse.follows("Foreslå en idé")
    nurse.sees("Foreslå en idé")
    nurse.writes("Hvad foreslår du?", "Én kode til alle døre")
    nurse.presses("Send")
    nurse.sees("Én kode til alle døre")
    nurse.opens("/programme/ideas/")
    nurse.sees("Idéer")
    nurse.follows("Varm mad til nattevagten")
    nurse.sees("Varm mad til nattevagten")
    nurse.presses("Støt Varm mad til nattevagten")
    nurse.reads("Du støtter den")

    ideas = Idea.objects.filter(supports__account__name="Freja Lindevang").order_by("title")
    assert [idea.title for idea in ideas] == ["Varm mad til nattevagten", "Én kode til alle døre"]


def test_an_hr_analyst_finds_a_word_inside_another(come_in, hospital):
    make_initiative("Mentor på nattevagten", unit=hospital)
    analyst = come_in(make_account("Solveig Elkjærby", role=Role.HR_ANALYST, unit=hospital))

    analyst.opens("/")
    analyst.page.get_by_role("searchbox").first.fill("vagt")
    analyst.page.keyboard.press("Enter")
    analyst.sees("Søg")
    analyst.follows("Mentor på nattevagten")

    analyst.sees("Mentor på nattevagten")


def test_a_working_environment_representative_tells_an_example_that_management_takes_up(
    come_in, hospital, ward
):
    make_recommendation(number=1)
    representative = come_in(make_account("Thor Hvidkilde", role=Role.WORKING_ENVIRONMENT_REP, unit=ward))
    management = come_in(make_account("Viggo Sønderlyng", role=Role.DEPARTMENT_MANAGEMENT, unit=hospital))

    representative.opens("/programme/examples/")
    representative.sees("Gode eksempler")
    representative.follows("Fortæl et eksempel")
    representative.sees("Fortæl et eksempel")
    representative.writes("Titel", "Rolig time på aftenvagten")
    representative.writes("Hvor", "Afsnit P2")
    representative.writes("Hvad blev der gjort?", "Ingen telefon mellem 19 og 20.")
    representative.page.get_by_label("Anbefaling 1").check()
    representative.presses("Læg det i kataloget")
    representative.sees("Rolig time på aftenvagten")
    management.opens(f"/programme/examples/{Example.objects.get().pk}/")
    management.follows("Tag op")
    management.sees("Tag eksemplet op")
    management.presses("Tag op")
    management.reads("er taget op fra")
    management.looks()

    example, initiative = Example.objects.get(), Initiative.objects.get()
    assert str(Link.objects.get()) == f"example {example.pk} adopted initiative {initiative.pk}"


def test_an_administrator_adds_an_account_gives_it_a_role_and_makes_its_invitation(come_in, hospital, ward):
    administrator = come_in(make_account("Signe Krogsholt", role=Role.ADMINISTRATOR, unit=hospital))

    administrator.opens("/organisation/accounts/")
    administrator.sees("Konti")
    administrator.follows("Tilføj en konto")
    administrator.sees("Tilføj en konto")
    administrator.writes("Navn", "Kasper Mosegren")
    administrator.writes("E-mail", "kasper@example.org")
    administrator.presses("Tilføj")
    administrator.sees("Kasper Mosegren")
    administrator.follows("Giv en rolle")
    administrator.looks()
    administrator.chooses("Rolle", "vagtplanlægger")
    administrator.picks("Enhed", ward.pk)
    administrator.presses("Giv rollen")
    administrator.sees("Kasper Mosegren")
    administrator.presses("Lav en invitation")
    administrator.reads("Det virker én gang")
    administrator.looks()

    made = Account.objects.get(email="kasper@example.org")
    held = RoleAssignment.objects.filter(account=made).values_list("role", "unit", "starts_on", "ends_on")
    assert list(held) == [("work_planner", ward.pk, timezone.localdate(), None)]


def test_a_union_representative_sees_who_answered_an_idea(come_in, hospital, ward):
    leader = make_account("Hanne Bækgaard", role=Role.WARD_LEADER, unit=ward)
    make_idea(
        "Telefonsvarer mellem 7 og 7.30",
        unit=ward,
        state="declined",
        answer="Pårørende skal kunne få fat i os.",
        answered_by=leader,
        answered_at=timezone.now(),
    )
    union = come_in(make_account("Birgit Østerlyng", role=Role.UNION_REP, unit=hospital))

    union.opens("/programme/ideas/")
    union.sees("Idéer")
    union.follows("Telefonsvarer mellem 7 og 7.30")
    union.sees("Telefonsvarer mellem 7 og 7.30")

    union.reads("Pårørende skal kunne få fat i os.")
    union.reads("Hanne Bækgaard")


def test_a_work_planner_reads_matrix_and_timeline(come_in, hospital, ward):
    today = timezone.localdate()
    moved = make_initiative("Fælles vagtkorps", plan=make_plan(unit=hospital), starts_on=today)
    make_status(moved, ward, dated_on=today - timedelta(days=3), judgement="at_risk")
    planner = come_in(make_account("Kasper Mosegren", role=Role.WORK_PLANNER, unit=ward))

    planner.opens("/programme/initiatives/")
    planner.sees("Indsatser")
    planner.page.get_by_role("link", name="Matrix").first.click()
    planner.sees("Matrix")
    planner.reads("i risiko")
    planner.page.get_by_role("link", name="Tidslinje").first.click()
    planner.sees("Tidslinje")

    expect(planner.page.get_by_role("link", name="Fælles vagtkorps, i risiko").first).to_be_visible()
