"""What is done with ideas: propose, support, answer, accept and merge."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from robust.organisation import actions as organisation_actions
from robust.organisation.models import Account, Unit
from robust.programme.actions.initiative import create_initiative
from robust.programme.models import Idea, IdeaSupport, Initiative
from robust.programme.queries import idea as idea_queries
from robust.thread import actions as thread_actions
from robust.thread.models import End

ANSWERS = (Idea.State.CONSIDERED, Idea.State.UNDER_WAY, Idea.State.DECLINED)


class CannotAnswer(Exception):
    """The idea cannot be answered like this."""


class CannotMerge(Exception):
    """The two ideas cannot become one."""


@transaction.atomic
def propose(*, title: str, text: str, unit: Unit, actor: Account, now: datetime) -> Idea:
    """Put an idea in the bank with its sender's support; sent twice, it is still one idea."""
    Account.objects.select_for_update().get(pk=actor.pk)
    idea, is_new = Idea.objects.get_or_create(
        title=title, unit=unit, sender=actor, state=Idea.State.NEW, defaults={"text": text}
    )
    if is_new:
        IdeaSupport.objects.create(idea=idea, account=actor)
        organisation_actions.record("idea.proposed", actor=actor, now=now, subject=idea)
    return idea


@transaction.atomic
def support(*, idea: Idea, actor: Account, now: datetime) -> None:
    """Support an idea, or the one it was merged into; a second time changes nothing."""
    into = idea.merged_into or idea
    _support, is_new = IdeaSupport.objects.get_or_create(idea=into, account=actor)
    if is_new:
        organisation_actions.record("idea.supported", actor=actor, now=now, subject=into)


@transaction.atomic
def withdraw(*, idea: Idea, actor: Account, now: datetime) -> None:
    """Take the support back; without any it changes nothing."""
    into = idea.merged_into or idea
    count, _rows = IdeaSupport.objects.filter(idea=into, account=actor).delete()
    if count:
        organisation_actions.record("idea.support_withdrawn", actor=actor, now=now, subject=into)


@transaction.atomic
def answer(*, idea: Idea, state: Idea.State, text: str, actor: Account, now: datetime) -> None:
    """Tell the sender what becomes of the idea.

    Raises: CannotAnswer, where the idea was merged, the state is none that an answer gives, or the answer
    says nothing.
    """
    idea = _locked(idea)
    if state not in ANSWERS:
        raise CannotAnswer(_("Choose what becomes of the idea."))
    if not text.strip():
        raise CannotAnswer(_("Write an answer. The sender reads it, and it is the only reason they get."))
    _answer(idea, state=state, text=text, actor=actor, now=now)


@transaction.atomic
def accept(*, idea: Idea, text: str, actor: Account, now: datetime) -> Initiative:
    """Make an initiative of the idea, owned by whoever accepts it; accepted before, give that initiative.

    Raises: CannotAnswer, where the idea was merged or the answer says nothing.
    """
    idea = _locked(idea)
    if became := idea_queries.initiative_of(idea):
        return became
    if not text.strip():
        raise CannotAnswer(_("Write an answer. The sender reads it, and it is the only reason they get."))
    values = {
        "title": idea.title,
        "text": idea.text,
        "kind": Initiative.Kind.TRIAL,
        "unit": idea.unit,
        "owner": actor,
    }
    initiative = create_initiative(values=values, actor=actor, now=now)
    thread_actions.link(
        kind="became",
        source=End(thing="idea", id=idea.pk),
        target=End(thing="initiative", id=initiative.pk),
        reason=text,
        actor=actor,
        now=now,
    )
    _answer(idea, state=Idea.State.ACCEPTED, text=text, actor=actor, now=now)
    return initiative


@transaction.atomic
def merge(*, idea: Idea, into: Idea, actor: Account, now: datetime) -> Idea:
    """Let the idea go on in another, with its support but no doubles; give the one that goes on.

    What was merged into the idea before goes along, so that every old address leads straight to the end.
    Raises: CannotMerge, where it is the same idea or was merged already.
    """
    target = into.merged_into or into
    rows = {row.pk: row for row in Idea.objects.select_for_update().filter(pk__in=[idea.pk, target.pk])}
    idea, target = rows[idea.pk], rows[target.pk]
    if idea.pk == target.pk:
        raise CannotMerge(_("An idea cannot be merged with itself. Choose another one."))
    if Idea.State.MERGED in (idea.state, target.state):
        raise CannotMerge(_("One of the ideas was merged in the meantime. Nothing was changed; look again."))
    supporters = IdeaSupport.objects.filter(idea=idea).values_list("account_id", flat=True)
    IdeaSupport.objects.bulk_create(
        [IdeaSupport(idea=target, account_id=account_id) for account_id in supporters], ignore_conflicts=True
    )
    idea.merged_ideas.update(merged_into=target, updated_at=now)
    idea.merged_into = target
    _answer(idea, state=Idea.State.MERGED, text=idea.answer, actor=actor, now=now)
    return target


def _locked(idea: Idea) -> Idea:
    idea = Idea.objects.select_for_update(of=("self",)).select_related("unit").get(pk=idea.pk)
    if idea.state == Idea.State.MERGED:
        raise CannotAnswer(_("The idea was merged with another. Answer that one; its senders read it too."))
    return idea


def _answer(idea: Idea, *, state: Idea.State, text: str, actor: Account, now: datetime) -> None:
    before = {"state": idea.state, "answer": idea.answer}
    idea.state, idea.answer = state, text.strip()
    idea.answered_by, idea.answered_at = actor, now
    idea.save(update_fields=["state", "answer", "answered_by", "answered_at", "merged_into", "updated_at"])
    organisation_actions.record(
        f"idea.{state}", actor=actor, now=now, subject=idea, detail={"before": before, "answer": idea.answer}
    )
