from django.db import migrations
from django.utils import timezone


def link(apps, kind, source, target, linked_on, reason, author_id):
    account = apps.get_model("organisation", "Account")
    apps.get_model("thread", "Link").objects.get_or_create(
        kind=kind,
        source_thing=source[0],
        source_id=source[1],
        target_thing=target[0],
        target_id=target[1],
        ended_on=None,
        defaults={
            "linked_on": linked_on,
            "reason": reason,
            "author_id": author_id if account.objects.filter(pk=author_id).exists() else None,
        },
    )


def to_the_thread(apps, schema_editor):
    """Let the thread remember what initiatives and ideas pointed to themselves."""
    trail = apps.get_model("organisation", "AuditEntry").objects.filter(action="example.adopted")
    initiatives = apps.get_model("programme", "Initiative").objects.filter(adopted_from__isnull=False)
    adoptions = apps.get_model("programme", "ExampleAdoption").objects
    for pk, example_id, created_at in initiatives.values_list("pk", "adopted_from_id", "created_at"):
        adoption = adoptions.filter(initiative=pk).first()
        link(
            apps,
            "adopted",
            ("example", example_id),
            ("initiative", pk),
            adoption.adopted_on if adoption else timezone.localdate(created_at),
            adoption.changed if adoption else "",
            trail.filter(detail__initiative=pk).values_list("actor_id", flat=True).first(),
        )
    for idea in apps.get_model("programme", "Idea").objects.filter(initiative__isnull=False):
        link(
            apps,
            "became",
            ("idea", idea.pk),
            ("initiative", idea.initiative_id),
            timezone.localdate(idea.answered_at or idea.updated_at),
            idea.answer,
            idea.answered_by_id,
        )


def from_the_thread(apps, schema_editor):
    links = apps.get_model("thread", "Link").objects.filter(target_thing="initiative", ended_on__isnull=True)
    initiatives = apps.get_model("programme", "Initiative").objects
    for link in links.filter(kind="adopted", source_thing="example").order_by("pk"):
        initiatives.filter(pk=link.target_id).update(adopted_from=link.source_id)
    for link in links.filter(kind="became", source_thing="idea").order_by("pk"):
        apps.get_model("programme", "Idea").objects.filter(pk=link.source_id).update(initiative=link.target_id)


class Migration(migrations.Migration):

    dependencies = [
        ('programme', '0011_row_outcome'),
        ('thread', '0002_append_only'),
    ]

    operations = [migrations.RunPython(to_the_thread, from_the_thread)]
