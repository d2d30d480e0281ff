"""What the audit trail tells its readers: words and days, not codes."""

import pytest
from django.utils import timezone, translation

from robust.organisation import actions
from robust.organisation.models import AuditEntry, Role
from robust.organisation.pages.audit import audit_lines
from tests.factories import DAY, NOW, give_role, make_account, make_unit
from tests.programme.factories import make_decision, make_initiative

pytestmark = pytest.mark.django_db


def told(action, *, subject=None, **detail):
    actions.record(action, actor=None, now=timezone.now(), subject=subject, detail=detail)
    (line,) = audit_lines(AuditEntry.objects.order_by("-id")[:1])
    return line.subject, line.detail


@pytest.mark.parametrize(
    ("action", "detail", "words"),
    [
        ("status.recorded", {"judgement": "on_track"}, ("vurdering", "på sporet")),
        ("token.created", {"scope": "read"}, ("omfang", "læse")),
        ("account.signed_in", {"by": ["password", "totp"]}, ("ved", "adgangskode, kode fra en app")),
        ("token.created", {"ends_on": DAY}, ("til", "2. marts 2026")),
        ("retention.applied", {"before": NOW}, ("ældre end", "2. marts 2026 09.30")),
        ("retention.changed", {"kind": "jobs"}, ("type", "Job i baggrunden")),
        ("role.second_factor_required", {"old": ["board"]}, ("før", "styregruppe")),
        ("role.assigned", {"role": "board"}, ("rolle", "styregruppe")),
        ("decision.taken", {"outcome": "changed"}, ("beslutning", "godkendt med ændringer")),
        ("relation.stated", {"before": {"kind": "covered", "reason": ""}}, ("før", "type dækket af")),
        ("look.changed", {"mark_changed": True}, ("nyt mærke", "ja")),
        ("look.changed", {"mark_changed": False}, ("nyt mærke", "nej")),
        ("audit.read", {"criteria": {"action": "unit.opened"}}, ("søgt efter", "type åbnede en enhed")),
        ("people.listed", {"people": [4, 5]}, ("personer", "2")),
        ("example.result_told", {"changed": "Kortere vagter"}, ("ændret", "Kortere vagter")),
        ("unit.renamed", {"name": "2026-03-02T09"}, ("navn", "2026-03-02T09")),
        ("unit.renamed", {"name": "2026-13-02"}, ("navn", "2026-13-02")),
    ],
)
def test_names_codes_and_days_are_told_in_words(action, detail, words):
    assert told(action, **detail)[1][0] == words


def test_what_the_subject_says_already_is_not_told_once_more():
    assert told("job.started", kind="programme_reading") == ("", ())


def test_fields_and_codes_of_what_it_is_about_have_its_own_words():
    initiative = make_initiative("Nætter")

    assert told("initiative.changed", subject=initiative, changed=["kind", "next_review_on", "x"]) == (
        "Nætter",
        (("ændret", "type, næste opfølgning, x"),),
    )
    assert told("initiative.changed", subject=initiative, kind="trial")[1] == (("type", "prøvehandling"),)


def test_what_has_no_name_is_called_by_its_kind_and_number():
    decision = make_decision(make_initiative())
    held = give_role(make_account(), Role.BOARD, make_unit())

    assert told("decision.taken", subject=decision)[0] == f"Beslutning nr. {decision.pk}"
    assert told("role.given", subject=held)[0] == f"Rolle nr. {held.pk}"
    with translation.override("en"):
        assert told("decision.taken", subject=decision)[0] == f"Decision no. {decision.pk}"
