"""The background job that writes a follow-up as a document."""

from django.utils import formats, timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _

from robust.organisation.actions import JobFailed, RunningJob
from robust.organisation.queries import hospital_look
from robust.programme.actions import handout as handout_actions
from robust.programme.bridge.follow_up import CannotUseTemplate, written
from robust.programme.queries.handout import ToWrite, handout_to_write


def write_handout(running: RunningJob) -> None:
    """Write the handout that the job names and keep it for its maker. Raises: JobFailed."""
    todo = handout_to_write(running.arguments["handout"])
    running.progress(0, 1)
    try:
        content = _content(todo)
    except CannotUseTemplate as error:
        raise JobFailed(
            _("The slide template cannot be used any more. Upload a new one, or remove it, and try again.")
        ) from error
    handout_actions.keep_handout(todo.handout, content, name=_name(todo), now=timezone.now())
    running.finish(result_url=todo.handout.get_absolute_url())


def _content(todo: ToWrite) -> bytes:
    return written(
        todo.follow_up,
        kind=todo.handout.kind,
        subtitle=todo.handout.plan.unit.name,
        sender=hospital_look().name,
        unit_id=todo.handout.plan.unit_id,
        sites=todo.sites,
        headings=todo.headings,
        compared_on=todo.handout.compared_on,
        template=todo.template,
    )


def _name(todo: ToWrite) -> str:
    day = formats.date_format(todo.handout.dated_on, "Y-m-d")
    title = slugify(todo.handout.plan.short_name) or "plan"
    return f"{title}-{_('follow-up')}-{day}.{todo.handout.kind}"
