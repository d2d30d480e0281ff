from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from robust.core.registry import Place, RetentionKind, Room, offer


class ProgrammeConfig(AppConfig):
    name = "robust.programme"
    label = "programme"

    def ready(self) -> None:
        # Models cannot be imported before the apps are loaded.
        from robust.programme.jobs import handout, reading, reminder  # noqa: PLC0415
        from robust.programme.pages.audit import AUDIT_CODES, AUDIT_DETAILS, AUDIT_WORDS  # noqa: PLC0415
        from robust.programme.views import board, example, home, idea, search, share, thread  # noqa: PLC0415

        offer("room", "programme", ROOM)
        offer("home", "programme", home.waiting)
        offer("news", "programme", home.news)
        offer("search", "programme", search.found)
        offer("home", "programme_beginning", home.first_plan)
        offer("home", "programme_board", board.waiting)
        offer("home", "programme_idea", idea.waiting)
        offer("search", "programme_example", example.found)
        offer("search", "programme_idea", idea.found)
        offer("quick", "programme_idea", PROPOSE)
        offer("menu", "programme_share", share.menu)
        offer("job", "programme_reminders", reminder.send_reminders)
        offer("job", "programme_reading", reading.read_uploaded)
        offer("job", "programme_handout", handout.write_handout)
        offer("audit_words", "programme", AUDIT_WORDS)
        offer("audit_details", "programme", AUDIT_DETAILS)
        offer("audit_codes", "programme", AUDIT_CODES)
        for kind, offers in (
            ("thing", thread.THINGS),
            ("thread_kind", thread.KINDS),
            ("memory", thread.MEMORIES),
        ):
            for name, thing in offers.items():
                offer(kind, name, thing)
        self._offer_retention()

    def _offer_retention(self) -> None:
        # As above: actions import models.
        from robust.programme import actions  # noqa: PLC0415

        offer(
            "retention",
            "handouts",
            RetentionKind(
                label=_("Follow-ups written as documents"),
                months=6,
                basis=_("The plan itself can write them again for any day."),
                drop=actions.forget_handouts,
            ),
        )
        offer(
            "retention",
            "status_drafts",
            RetentionKind(
                label=_("Drafts of statuses"),
                months=1,
                basis=_("Only whoever wrote a draft sees it; one that nobody finishes is not needed."),
                drop=actions.forget_drafts,
            ),
        )


ROOM = Room(
    label=_("Initiatives"),
    url_name="programme:initiative_list",
    order=30,
    mark="programme",
    places=(
        Place(label=_("All initiatives"), url_name="programme:initiative_list"),
        Place(label=_("Plans"), url_name="programme:plan_list"),
        Place(label=_("Matrix"), url_name="programme:matrix"),
        Place(label=_("Timeline"), url_name="programme:timeline"),
        Place(label=_("Meetings"), url_name="programme:forum_list"),
        Place(label=_("Ideas"), url_name="programme:idea_list"),
        Place(label=_("Good examples"), url_name="programme:example_list"),
    ),
)
PROPOSE = Place(label=_("Propose an idea"), url_name="programme:idea_create")
