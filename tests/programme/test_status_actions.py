from datetime import timedelta

import pytest

from robust.organisation.models import AuditEntry
from robust.programme import actions
from robust.programme.models import Status
from tests.factories import DAY, NOW, make_account, make_unit
from tests.programme.factories import make_initiative, make_plan, make_reminder, make_round, make_status

pytestmark = pytest.mark.django_db


def tell(initiative, unit=None, **more):
    told = {"dated_on": DAY, "judgement": "on_track", "text": "Det går.", "now": NOW, "actor": make_account()}
    return actions.record_status(initiative, unit=unit or initiative.unit, **(told | more))


def test_a_status_is_added_with_who_and_when_and_written_to_the_audit_trail():
    initiative, ward, leader = make_initiative("Nætter"), make_unit("Afsnit 1"), make_account("Mette")

    status = tell(initiative, ward, actor=leader, text="To afsnit er i gang.")

    assert list(Status.objects.values("initiative", "unit", "dated_on", "judgement", "text", "reason")) == [
        {
            "initiative": initiative.pk,
            "unit": ward.pk,
            "dated_on": DAY,
            "judgement": "on_track",
            "text": "To afsnit er i gang.",
            "reason": "",
        }
    ]
    assert (status.recorded_by, status.recorded_at) == (leader, NOW)
    assert list(AuditEntry.objects.values("action", "actor_id", "subject_type", "subject_id", "detail")) == [
        {
            "action": "status.recorded",
            "actor_id": leader.pk,
            "subject_type": "programme.initiative",
            "subject_id": initiative.pk,
            "detail": {"status": status.pk, "unit": "Afsnit 1", "judgement": "on_track"},
        }
    ]


@pytest.mark.parametrize(
    ("said", "refusal"),
    [
        (
            {"dated_on": DAY + timedelta(days=1)},
            "Dagen er ikke kommet endnu. Vælg i dag eller en tidligere dag.",
        ),
        ({"judgement": "", "text": ""}, "Skriv, hvor langt I er, eller vælg, hvordan det går."),
        ({"judgement": "stopped"}, "Skriv, hvorfor den blev stoppet, så andre kan lære af det."),
    ],
)
def test_nonsense_is_refused_in_words(said, refusal):
    with pytest.raises(actions.CannotRecordStatus) as error:
        tell(make_initiative(), **said)

    assert (str(error.value), Status.objects.count()) == (refusal, 0)


def test_what_was_stopped_keeps_the_reason():
    status = tell(make_initiative(), judgement="stopped", text="", reason="Tog mere tid, end det gav.")

    assert (status.judgement, status.reason) == ("stopped", "Tog mere tid, end det gav.")


def test_somebody_elses_status_in_between_is_shown_first():
    initiative = make_initiative(unit=make_unit("Afsnit 1"))
    begun_from = make_status(initiative, dated_on=DAY - timedelta(days=9))
    other = make_status(initiative, by=make_account("Søren Ågård"))

    with pytest.raises(actions.StatusMeanwhile) as error:
        tell(initiative, based_on=begun_from.pk)

    assert error.value.latest == other
    assert str(error.value) == (
        "Søren Ågård har skrevet status for Afsnit 1, mens du skrev. Din er ikke gemt endnu: "
        "læs den anden, ret din egen, hvis det er nødvendigt, og gem igen."
    )
    assert Status.objects.count() == 2


def test_saving_again_after_reading_the_other_one_adds_ones_own():
    initiative = make_initiative()
    other = make_status(initiative)

    mine = tell(initiative, based_on=other.pk, text="Mit.")

    assert list(Status.objects.order_by("pk")) == [other, mine]


def test_the_same_words_sent_twice_are_one_entry():
    initiative, leader = make_initiative(), make_account()

    first = tell(initiative, actor=leader, based_on=0)
    second = tell(initiative, actor=leader, based_on=0)

    assert (second, Status.objects.count()) == (first, 1)


def test_a_status_by_the_owner_answers_everybody_who_was_asked():
    owner, former = make_account(), make_account()
    initiative = make_initiative(plan=make_plan(), owner=owner)
    round_ = make_round(initiative.plans.get())
    reminders = [make_reminder(round_, initiative, account) for account in (owner, former)]

    status = tell(initiative, actor=owner)

    for reminder in reminders:
        reminder.refresh_from_db()
    assert [reminder.answered_with for reminder in reminders] == [status, status]


def test_a_status_by_somebody_else_answers_only_what_that_person_was_asked():
    owner, former = make_account(), make_account()
    initiative, elsewhere = make_initiative(plan=make_plan(), owner=owner), make_initiative()
    round_ = make_round(initiative.plans.get())
    to_owner, to_former = (make_reminder(round_, initiative, account) for account in (owner, former))
    about_another = make_reminder(round_, elsewhere, former)

    status = tell(initiative, actor=former)

    for reminder in (to_owner, to_former, about_another):
        reminder.refresh_from_db()
    assert [row.answered_with for row in (to_owner, to_former, about_another)] == [None, status, None]
