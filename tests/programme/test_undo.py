import pytest
from django.test import Client
from django.urls import reverse

from robust.organisation.models import AuditEntry, Role, StoredFile
from robust.programme.models import IdeaSupport, PlanRelation, ProblemInitiative, ProposedRow, SlideTemplate
from tests.factories import make_account, make_stored_file, make_unit
from tests.programme.factories import make_forum, make_initiative, make_plan, make_problem, make_track
from tests.programme.factories_more import make_idea, make_relation
from tests.programme.reading_documents import make_reading
from tests.undoing import sentence, undo, undo_of

pytestmark = pytest.mark.django_db
DONE_ALREADY = "Det er allerede fortrudt, eller der er sket for meget siden. Intet er ændret."
CHANGED_SINCE = "Nogen har ændret det siden, så det kan ikke fortrydes. Intet er ændret."


@pytest.fixture
def hospital():
    return make_unit("Psykiatrien", level="hospital")


@pytest.fixture
def consultant(hospital):
    return make_account("Karin Holm", role=Role.IMPROVEMENT_CONSULTANT, unit=hospital)


@pytest.fixture
def web(client, consultant):
    client.force_login(consultant)
    return client


@pytest.fixture
def plan(hospital):
    return make_plan("Vores plan", unit=hospital)


@pytest.fixture
def initiative(hospital, plan):
    return make_initiative("Nætter", unit=hospital, plan=plan)


def address(name, *args):
    return reverse(f"programme:{name}", args=args)


def latest_action():
    return AuditEntry.objects.order_by("-id").first().action


def test_an_initiative_taken_off_a_problem_works_on_it_again(web, plan, initiative):
    problem = make_problem(make_track(plan), "Uro", initiative)
    link = problem.initiatives.get()
    removed = web.post(address("problem_unlink", link.pk))

    said = undo(web, removed)

    assert sentence(removed) == "“Nætter” arbejder ikke længere med problemet."
    assert said == "“Nætter” arbejder med problemet."
    assert ProblemInitiative.objects.values_list("problem", "initiative", "level").get() == (
        problem.pk,
        initiative.pk,
        link.level,
    )
    assert latest_action() == "problem.linked"
    assert undo(web, removed) == DONE_ALREADY


def test_an_initiative_put_on_a_problem_is_taken_off_again(web, plan, initiative):
    problem = make_problem(make_track(plan), "Uro")
    sent = {"problem": problem.pk, "initiative": initiative.pk, "level": "ward"}
    linked = web.post(address("problem_link", problem.track_id), sent)

    assert undo(web, linked) == "“Nætter” arbejder ikke længere med problemet."
    assert not ProblemInitiative.objects.exists()


def test_a_problem_that_is_gone_since_gets_nothing_back(web, plan, initiative):
    problem = make_problem(make_track(plan), "Uro", initiative)
    removed = web.post(address("problem_unlink", problem.initiatives.get().pk))
    problem.delete()

    assert undo(web, removed) == DONE_ALREADY


def test_who_no_longer_manages_the_plan_cannot_take_back(web, plan, initiative, consultant):
    problem = make_problem(make_track(plan), "Uro", initiative)
    removed = web.post(address("problem_unlink", problem.initiatives.get().pk))
    consultant.roles.update(unit=make_unit("Andetsteds", parent=plan.unit))

    assert web.post(undo_of(removed)).status_code == 403


def relate(web, initiative, plan, **sent):
    return web.post(address("relation_edit", initiative.pk, plan.pk), {"kind": "", "reason": "", **sent})


@pytest.mark.parametrize("was", [{}, {"kind": "partly", "reason": "Lidt"}])
@pytest.mark.parametrize("sent", [{}, {"kind": "covered", "reason": "Sker der"}])
def test_a_relation_is_as_before(web, hospital, initiative, consultant, was, sent):
    other = make_plan(unit=hospital)
    track = make_track(other)
    if was:
        make_relation(initiative, other, owner=consultant, track=track, **was)
    changed = relate(web, initiative, other, **sent)

    said = undo(web, changed)

    assert said == "Forholdet er, som det var før."
    found = list(PlanRelation.objects.values("kind", "reason", "owner", "track"))
    assert found == ([{**was, "owner": consultant.pk, "track": track.pk}] if was else [])
    assert undo(web, changed) == DONE_ALREADY


def test_a_relation_that_somebody_changed_since_stays_as_it_is(web, hospital, initiative):
    other = make_plan(unit=hospital)
    changed = relate(web, initiative, other, kind="covered")
    PlanRelation.objects.update(kind="part_of")

    assert undo(web, changed) == CHANGED_SINCE
    assert PlanRelation.objects.get().kind == "part_of"


def test_a_relation_changed_in_its_cell_offers_to_undo_there(web, hospital, initiative):
    other = make_plan(unit=hospital)

    answer = web.post(
        address("relation_edit", initiative.pk, other.pk), {"kind": "covered"}, headers={"HX-Request": "true"}
    )

    html = answer.content.decode()
    assert "Forholdet er gemt." in html
    assert f'action="{address("relation_back", initiative.pk, other.pk)}"' in html


def test_who_may_not_change_the_initiative_cannot_take_back_a_relation(web, hospital, initiative):
    other = make_plan(unit=hospital)
    changed = relate(web, initiative, other, kind="covered")
    nurse = Client()
    nurse.force_login(make_account(role=Role.EMPLOYEE, unit=hospital))

    assert nurse.post(undo_of(changed)).status_code == 403


def test_what_was_called_back_is_asked_again(web, hospital, plan):
    forum = make_forum("Styregruppen", unit=hospital)
    initiative = make_initiative(
        unit=hospital, plan=plan, forum=forum, awaits_decision=True, decision_wanted="Skal vi?"
    )
    called_back = web.post(address("decision_call_back", initiative.pk))

    said = undo(web, called_back)

    initiative.refresh_from_db()
    assert said == "Den står på dagsordenen i Styregruppen igen."
    assert (initiative.awaits_decision, initiative.decision_wanted) == (True, "Skal vi?")
    assert latest_action() == "initiative.sent_to_decision"
    assert undo(web, called_back) == DONE_ALREADY


def test_what_was_sent_to_another_forum_since_stays_there(web, hospital, plan):
    forum = make_forum(unit=hospital)
    initiative = make_initiative(
        unit=hospital, plan=plan, forum=forum, awaits_decision=True, decision_wanted="Skal vi?"
    )
    called_back = web.post(address("decision_call_back", initiative.pk))
    initiative.refresh_from_db()
    initiative.awaits_decision, initiative.decision_wanted = True, "Eller?"
    initiative.save()

    assert undo(web, called_back) == CHANGED_SINCE
    assert undo_of(web.post(address("decision_call_back", make_initiative(unit=hospital).pk))) == ""


def test_what_was_sent_to_a_forum_is_called_back_unless_it_waited_there_before(web, hospital, initiative):
    forum = make_forum(unit=hospital)
    sent = {"forum": forum.pk, "wanted": "Skal vi?"}
    first = web.post(address("decision_ask", initiative.pk), sent)
    second = web.post(address("decision_ask", initiative.pk), sent | {"wanted": "Eller?"})

    assert undo_of(second) == ""
    assert undo(web, first) == "Kaldt tilbage. Intet venter på beslutning længere."
    initiative.refresh_from_db()
    assert not initiative.awaits_decision


def test_withdrawn_support_is_given_again(web, hospital, consultant):
    idea = make_idea(unit=hospital)
    IdeaSupport.objects.create(idea=idea, account=consultant)
    withdrawn = web.post(address("idea_withdraw", idea.pk))

    web.post(undo_of(withdrawn))

    assert sentence(withdrawn) == "Din støtte er trukket tilbage."
    assert IdeaSupport.objects.filter(idea=idea, account=consultant).exists()


def test_a_template_is_used_again_and_only_while_no_other_is(web, plan):
    old, newest, later = (make_stored_file(name=f"{number}.potx") for number in range(3))
    for file in (old, newest):
        SlideTemplate.objects.create(unit=plan.unit, file=file)
    removed = web.post(address("template_remove", plan.pk))

    said = undo(web, removed)
    twice = undo(web, removed)
    again = web.post(address("template_remove", plan.pk))
    SlideTemplate.objects.create(unit=plan.unit, file=later)

    assert (said, twice, undo(web, again)) == ("Skabelonen bruges igen.", DONE_ALREADY, CHANGED_SINCE)
    assert [template.file for template in SlideTemplate.objects.all()] == [later]
    assert latest_action() == "template.removed"


def test_where_no_template_was_or_its_file_is_gone_nothing_is_offered_back(web, plan):
    nothing = web.post(address("template_remove", plan.pk))
    SlideTemplate.objects.create(unit=plan.unit, file=make_stored_file())
    removed = web.post(address("template_remove", plan.pk))
    StoredFile.objects.all().delete()

    assert undo_of(nothing) == ""
    assert undo(web, removed) == DONE_ALREADY


def test_a_row_of_a_reading_is_chosen_for_as_before(web, plan, initiative):
    reading = make_reading({"text": "a", "choice": "join", "joined": initiative}, plan=plan)
    left_out = web.post(address("reading_row_choice", reading.pk, 1), {"choice": "new"})

    said = undo(web, left_out)

    assert sentence(left_out) == "Række 1: ny indsats."
    assert said == "Række 1 er, som den var før."
    assert ProposedRow.objects.values_list("choice", "joined", "joined_row").get() == (
        "join",
        initiative.pk,
        None,
    )
    assert latest_action() == "reading.row_corrected"
    assert undo(web, left_out) == DONE_ALREADY


def test_a_row_that_was_changed_or_taken_over_since_stays_as_it_is(web, plan):
    reading = make_reading({"text": "a"}, {"text": "b"}, plan=plan)
    left_out = [
        web.post(address("reading_row_choice", reading.pk, number), {"choice": "leave_out"})
        for number in (1, 2)
    ]
    ProposedRow.objects.filter(number=1).update(choice="new")
    reading.state = "dropped"
    reading.save()

    assert undo(web, left_out[0]) == CHANGED_SINCE
    assert undo(web, left_out[1]).startswith("Dokumentet er allerede")
