"""Make the table of the shared cache, in which the rate limits of all machines are counted."""

from django.db import migrations

FORWARDS = """
CREATE UNLOGGED TABLE robust_cache (
    cache_key varchar(255) PRIMARY KEY,
    value text NOT NULL,
    expires timestamptz NOT NULL
);
CREATE INDEX robust_cache_expires ON robust_cache (expires);
"""


class Migration(migrations.Migration):
    dependencies = [("organisation", "0003_visits")]

    operations = [migrations.RunSQL(FORWARDS, "DROP TABLE robust_cache")]
