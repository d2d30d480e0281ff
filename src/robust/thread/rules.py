"""Who may link things with each other, and end that."""

from datetime import date

from robust.organisation.models import Account
from robust.thread import queries
from robust.thread.models import End, Link


def can_link_from(account: Account, end: End, *, day: date) -> bool:
    """Whoever may change a thing may link it with anything they see, and end its links."""
    return end.id in queries.things()[end.thing].changeable(account, [end.id], day=day)


def can_link(account: Account, source: End, target: End, *, day: date) -> bool:
    return can_link_from(account, source, day=day) or can_link_from(account, target, day=day)


def can_end(account: Account, link: Link, *, day: date) -> bool:
    """What an action has linked, such as an adoption, is not ended by hand."""
    return link.kind in queries.kinds_by_hand() and can_link(account, link.source, link.target, day=day)
