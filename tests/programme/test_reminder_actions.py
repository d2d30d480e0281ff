from datetime import timedelta

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.utils import timezone

from robust.organisation.actions import JobFailed, RunningJob
from robust.organisation.models import AuditEntry, JobRun
from robust.programme import actions, queries
from robust.programme.jobs import reminder as job
from robust.programme.models import Reminder
from tests.factories import DAY, NOW, make_account, make_unit
from tests.programme.factories import (
    make_initiative,
    make_plan,
    make_reminder,
    make_round,
    make_status,
)

pytestmark = pytest.mark.django_db
DUE = DAY + timedelta(days=7)
QUESTION = (
    "Hvor langt er disse indsatser i »Planen«? Svar senest 9. marts 2026. Det, du skrev sidst, er udfyldt."
)


class FullMailbox(EmailBackend):
    """A mail server that refuses one address."""

    def send_messages(self, messages):
        if messages[0].to == ["full@example.org"]:
            raise OSError("no room")
        return super().send_messages(messages)


def open_round(plan, **more):
    asked = {"due_on": DUE, "message": "Til mødet.", "actor": make_account("Karin Holm"), "now": NOW}
    return actions.open_round(plan, **(asked | more))


def run(round_):
    record = JobRun.objects.create(
        kind=actions.JOB_KIND, title="", arguments={"round": round_.pk}, state="running"
    )
    job.send_reminders(RunningJob(record, clock=timezone.now, is_stopping=lambda: False))
    record.refresh_from_db()
    return record


def test_owners_are_asked_and_deputies_where_there_is_no_owner():
    plan, owner, deputy = make_plan("Planen"), make_account(), make_account()
    first = make_initiative("A", plan=plan, owner=owner, deputy=deputy)
    second = make_initiative("B", plan=plan, deputy=deputy)
    make_initiative("nobody", plan=plan)
    make_initiative("elsewhere", owner=owner)

    round_ = open_round(plan)

    assert (round_.opened_on, round_.due_on, round_.message) == (DAY, DUE, "Til mødet.")
    assert list(round_.reminders.values_list("initiative", "account")) == [
        (first.pk, owner.pk),
        (second.pk, deputy.pk),
    ]
    assert list(JobRun.objects.values_list("kind", "title", "arguments")) == [
        ("programme_reminders", "Send rykkere for Planen", {"round": round_.pk})
    ]
    assert list(AuditEntry.objects.filter(action="round.opened").values_list("subject_name", "detail")) == [
        ("Planen", {"asked": 2, "due_on": "2026-03-09"})
    ]


def test_what_is_over_is_not_asked_about():
    plan, owner = make_plan(), make_account()
    going = make_initiative(plan=plan, owner=owner)
    make_initiative(plan=plan, owner=owner, ends_on=DAY)
    make_status(make_initiative(plan=plan, owner=owner), judgement="done")

    round_ = open_round(plan)

    assert [reminder.initiative for reminder in round_.reminders.all()] == [going]


def test_a_round_needs_somebody_to_ask():
    plan = make_plan()
    make_initiative(plan=plan)

    with pytest.raises(actions.CannotOpenRound, match="Der er ingen at spørge"):
        open_round(plan)


def test_a_round_needs_a_day_to_come():
    with pytest.raises(actions.CannotOpenRound, match="Svarfristen er allerede gået"):
        open_round(make_plan(), due_on=DAY - timedelta(days=1))


def test_nobody_is_asked_twice_while_a_round_is_running():
    plan = make_plan()
    make_initiative(plan=plan, owner=make_account())
    open_round(plan)

    with pytest.raises(actions.CannotOpenRound, match=r"allerede en runde i gang til og med 9\. marts 2026"):
        open_round(plan)

    assert Reminder.objects.count() == 1


def test_each_person_gets_one_mail_with_all_that_is_asked(settings):
    settings.PUBLIC_URL = "https://robust.example"
    plan = make_plan("Planen")
    mette = make_account("Mette Ravn", email="mette@example.org")
    round_ = make_round(plan, opened_on=DAY, due_on=DUE)
    round_.message = "Til mødet & snart."
    round_.save()
    first, second = (make_initiative(title, owner=mette) for title in ("Nætter", "Mentor"))
    for initiative in (first, second):
        make_reminder(round_, initiative, mette)

    record = run(round_)

    (sent,) = mail.outbox
    assert (sent.to, sent.subject) == (["mette@example.org"], "Hvor langt er I? Svar senest 9. marts 2026")
    assert [line for line in sent.body.splitlines() if line.strip()] == [
        "Hej Mette Ravn",
        QUESTION,
        "Til mødet & snart.",
        "- Mentor",
        f"  https://robust.example/programme/initiatives/{second.pk}/status/",
        "- Nætter",
        f"  https://robust.example/programme/initiatives/{first.pk}/status/",
        f"Spurgt af {round_.opened_by.name}. Du får én mail i denne runde; listen står også på Min dag.",
    ]
    assert (record.state, record.message, record.result_url) == (
        "done",
        "1 person er spurgt.",
        f"/programme/reminders/{round_.pk}/",
    )


def test_a_second_attempt_mails_nobody_again():
    round_, account = make_round(make_plan()), make_account()
    make_reminder(round_, make_initiative(), account)
    run(round_)

    run(round_)

    assert len(mail.outbox) == 1


def test_who_has_answered_already_is_not_mailed():
    round_, account, initiative = make_round(make_plan()), make_account(), make_initiative()
    reminder = make_reminder(round_, initiative, account)
    reminder.answered_with = make_status(initiative)
    reminder.save()

    run(round_)

    assert mail.outbox == []


def test_a_refused_mail_is_told_and_can_be_sent_again(settings):
    settings.EMAIL_BACKEND = f"{__name__}.FullMailbox"
    round_ = make_round(make_plan())
    full = make_account("Birgit Lund", email="full@example.org")
    for account in (full, make_account(email="room@example.org")):
        make_reminder(round_, make_initiative(), account)

    with pytest.raises(JobFailed, match=r"1 person fik ikke mailen: Birgit Lund\."):
        run(round_)

    assert [sent.to for sent in mail.outbox] == [["room@example.org"]]
    assert list(Reminder.objects.filter(sent_at__isnull=True).values_list("account", flat=True)) == [full.pk]


def test_without_a_mail_server_nobody_is_said_to_be_mailed(settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
    round_ = make_round(make_plan())
    make_reminder(round_, make_initiative(), make_account())

    record = run(round_)

    assert record.message == "Her er ikke sat mail op. Spørgsmålene står på Min dag hos dem, der er spurgt."
    assert Reminder.objects.get().sent_at is None


def test_rounds_come_newest_first_with_how_many_answered():
    plan = make_plan()
    old, new = make_round(plan, opened_on=DAY - timedelta(days=90)), make_round(plan)
    initiative = make_initiative()
    for round_, account in ((old, make_account()), (old, make_account())):
        make_reminder(round_, initiative, account)
    Reminder.objects.filter(pk=Reminder.objects.first().pk).update(answered_with=make_status(initiative))

    rounds = [(row, row.asked_count, row.answered_count) for row in queries.rounds_of(plan)]

    assert rounds == [(new, 0, 0), (old, 2, 1)]


def test_of_several_questions_about_an_initiative_the_newest_waits():
    plan, account, initiative = make_plan(), make_account(), make_initiative()
    make_reminder(make_round(plan, opened_on=DAY - timedelta(days=90)), initiative, account)
    newest = make_reminder(make_round(plan, opened_on=DAY), initiative, account)
    make_reminder(make_round(plan), initiative, make_account())

    assert list(queries.open_reminders_of(account)) == [newest]


def test_those_who_have_not_answered_come_first():
    round_ = make_round(make_plan())
    answered = make_reminder(round_, make_initiative("A"), make_account())
    answered.answered_with = make_status(answered.initiative)
    answered.save()
    waiting = make_reminder(round_, make_initiative("B"), make_account())

    assert list(queries.reminders_in(round_)) == [waiting, answered]


def test_a_review_waits_for_the_owner_while_the_initiative_goes_on():
    owner, unit = make_account(), make_unit()
    due = make_initiative(unit=unit, owner=owner, next_review_on=DAY)
    make_initiative(unit=unit, owner=owner, next_review_on=DAY + timedelta(days=1))
    make_status(make_initiative(unit=unit, owner=owner, next_review_on=DAY), judgement="done")
    make_initiative(unit=unit, owner=make_account(), next_review_on=DAY)

    assert list(queries.waiting_for(owner, day=DAY)) == [due]
