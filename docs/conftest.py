"""What the examples in the documents need, so that they can be run."""

from datetime import date
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from tests import factories
from tests.programme.calling import call, key_of
from tests.programme.factories import make_area, make_initiative, make_plan, make_status

from robust.organisation.jobs import run_job
from robust.organisation.models import Role


@pytest.fixture(autouse=True)
def api_examples(db, doctest_namespace):
    """Give the examples of the API a hospital, and `ask`, which acts for its improvement consultant.

    `hand_in` sends a form with a file; `finished` does a job as a worker would, and gives its state.
    """
    hospital = factories.make_unit("Hospitalet", level="hospital")
    ward = factories.make_unit("Afsnit 1", parent=hospital)
    account = factories.make_account("Eva Friis", role=Role.IMPROVEMENT_CONSULTANT, unit=hospital)
    plan = make_plan("Tryghed 2026", unit=hospital)
    area = make_area(plan, "Vold og trusler")
    initiative = make_initiative("To går sammen", plan=plan, area=area, starts_on=date(2025, 1, 1))
    make_status(initiative, ward, dated_on=date(2026, 1, 15), text="Et afsnit er med.")
    make_status(initiative, ward, dated_on=date(2026, 2, 15), text="To afsnit er med.")

    def ask(*asked: Any) -> Any:
        return call(Client(), account, *asked).json()

    def hand_in(name: str, content: str, **said: Any) -> Any:
        file = SimpleUploadedFile(name, content.encode())
        return Client().post("/api/v1/readings", {"file": file, **said}, headers=key_of(account)).json()

    def finished(job: int) -> str:
        run_job(SimpleNamespace(should_abort=lambda: False), run_id=job)
        state: str = ask("GET", f"/jobs/{job}")["state"]
        return state

    doctest_namespace.update(ask=ask, hand_in=hand_in, finished=finished)
