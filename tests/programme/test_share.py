from datetime import date, timedelta

import pytest

from robust.organisation.models import AuditEntry, Role
from robust.programme.actions import share as actions
from robust.programme.models import PartyShare
from robust.programme.queries import share as queries
from tests.factories import DAY, NOW, make_account, make_party, make_unit
from tests.programme.factories import make_initiative
from tests.programme.factories_more import make_share

pytestmark = pytest.mark.django_db


def audited() -> list[str]:
    return list(AuditEntry.objects.order_by("id").values_list("action", flat=True))


def test_of_a_made_link_only_the_digest_is_kept():
    party, hospital = make_party(), make_unit()

    made = actions.make_share(
        party=party, unit=hospital, ends_on=date(2026, 6, 1), actor=make_account(), now=NOW
    )

    kept = PartyShare.objects.get()
    assert (kept.party, kept.unit, kept.ends_on, kept.revoked_at) == (party, hospital, date(2026, 6, 1), None)
    assert made.token not in str(PartyShare.objects.values())
    assert queries.share_behind(made.token) == kept
    assert audited() == ["share.made"]


@pytest.mark.parametrize("ends_on", [DAY, DAY - timedelta(days=1), DAY + timedelta(days=367)])
def test_a_link_ends_within_the_coming_year(ends_on):
    with pytest.raises(actions.CannotShare):
        actions.make_share(
            party=make_party(), unit=make_unit(), ends_on=ends_on, actor=make_account(), now=NOW
        )


def test_another_token_opens_nothing():
    make_share("rigtig")

    assert queries.share_behind("forkert") is None


def test_a_link_is_taken_back_once():
    share, anna = make_share(), make_account()

    actions.revoke(share=share, actor=anna, now=NOW)
    actions.revoke(share=share, actor=anna, now=NOW + timedelta(days=1))

    share.refresh_from_db()
    assert (share.revoked_at, audited()) == (NOW, ["share.revoked"])


@pytest.mark.parametrize(
    ("fields", "is_open", "written"),
    [
        ({}, True, "share.opened"),
        ({"ends_on": DAY + timedelta(days=1)}, True, "share.opened"),
        ({"ends_on": DAY}, False, "share.refused"),
        ({"revoked_at": NOW}, False, "share.refused"),
    ],
)
def test_every_opening_is_written_down(fields, is_open, written):
    share = make_share(**fields)

    assert actions.open_share(share, now=NOW) == is_open
    assert audited() == [written]


def test_a_share_shows_what_the_party_owns_at_the_hospital_and_below():
    hospital = make_unit(level="hospital")
    ward = make_unit(parent=hospital)
    party = make_party()
    shown = [make_initiative("A", unit=ward, party=party), make_initiative("B", unit=hospital, party=party)]
    make_initiative(unit=ward)
    make_initiative(party=party)
    share = make_share(party=party, unit=hospital)

    units = queries.units_shown_by(share, day=DAY)

    assert units == frozenset({hospital.pk, ward.pk})
    assert list(queries.initiatives_shown_by(share, units=units)) == shown


def test_links_are_managed_where_one_leads():
    hospital = make_unit(level="hospital")
    share = make_share(unit=hospital)
    make_share("andet")

    for role, found in [(Role.IMPROVEMENT_CONSULTANT, [share]), (Role.WARD_LEADER, [])]:
        account = make_account(role=role, unit=hospital)
        assert list(queries.shares_managed_by(account, day=DAY)) == found
