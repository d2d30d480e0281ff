from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("programme", "0007_areas_change_names"),
    ]

    operations = [
        migrations.RemoveIndex(
            model_name="status",
            name="programme_status_latest",
        ),
        migrations.AddIndex(
            model_name="status",
            index=models.Index(
                fields=["initiative", "unit", "-dated_on", "-recorded_at", "-id"],
                include=["judgement"],
                name="programme_status_latest",
            ),
        ),
    ]
