"""The eleven recommendations of the labour inspectorate, by number, in short words of our own."""

from django.db import migrations

NAMES = (
    "Realistisk planlægning af arbejdet",
    "Klare ord om service og kvalitet",
    "Opgaver fordelt efter evner",
    "Tid til forandringer",
    "Åbne grunde til beslutninger om organisering",
    "Uddannelse, der passer til opgaverne",
    "Personalepolitik, der lever i hverdagen",
    "Systematisk forebyggelse af vold",
    "Systematisk arbejde med høje følelsesmæssige krav",
    "Støtte fra kolleger og ledere",
    "Samarbejde mellem faggrupper og afsnit",
)


def bring(apps, schema_editor):
    recommendation = apps.get_model("programme", "Recommendation")
    for number, name in enumerate(NAMES, start=1):
        recommendation.objects.get_or_create(number=number, defaults={"name": name})


class Migration(migrations.Migration):

    dependencies = [
        ('programme', '0003_question'),
    ]

    operations = [
        migrations.RunPython(bring, migrations.RunPython.noop),
    ]
