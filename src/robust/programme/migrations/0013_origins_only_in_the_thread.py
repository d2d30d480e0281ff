from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ('programme', '0012_origins_to_the_thread'),
    ]

    operations = [
        migrations.RemoveField(model_name='initiative', name='adopted_from'),
        migrations.RemoveField(model_name='idea', name='initiative'),
    ]
