"""What is done with the thread: link two things, and end that. Nothing is ever deleted."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from robust.organisation import actions as organisation_actions
from robust.organisation.models import Account
from robust.thread import queries
from robust.thread.models import End, Link


class CannotLink(Exception):
    """The two things cannot be linked in this way."""


@transaction.atomic
def link(*, kind: str, source: End, target: End, reason: str, actor: Account, now: datetime) -> Link:
    """Link two things; in a kind without direction the order of the ends does not count.

    Raises: CannotLink, where it is one thing, the kind does not start there, or they are linked so already.
    """
    known = queries.kinds()[kind]
    if source == target:
        raise CannotLink(_("A thing cannot be connected with itself. Choose another one."))
    if known.sources and source.thing not in known.sources:
        raise CannotLink(_("These two cannot be connected in this way. Choose another way."))
    if not queries.has_direction(known):
        source, target = sorted((source, target), key=lambda end: (end.thing, end.id))
    made, is_new = Link.objects.get_or_create(
        kind=kind,
        source_thing=source.thing,
        source_id=source.id,
        target_thing=target.thing,
        target_id=target.id,
        ended_on=None,
        defaults={"linked_on": timezone.localdate(now), "reason": reason.strip(), "author": actor},
    )
    if not is_new:
        raise CannotLink(_("The two are connected in this way already. Nothing was changed."))
    organisation_actions.record(
        "thread.linked", actor=actor, now=now, subject=made, detail={"note": made.reason}
    )
    return made


@transaction.atomic
def end_link(link: Link, *, actor: Account, now: datetime) -> Link:
    """End a link from today; ended before, it changes nothing. Linking again takes it back."""
    link = Link.objects.select_for_update(of=("self",)).get(pk=link.pk)
    if link.ended_on is None:
        link.ended_on, link.ended_by = timezone.localdate(now), actor
        link.save(update_fields=["ended_on", "ended_by", "updated_at"])
        organisation_actions.record("thread.ended", actor=actor, now=now, subject=link)
    return link


@transaction.atomic
def end_links_of(end: End, *, actor: Account, now: datetime) -> None:
    """End every link of a thing that is about to be deleted."""
    for link in queries.open_links_of(end):
        end_link(link, actor=actor, now=now)
