from django.db import migrations

REFUSE = """
CREATE FUNCTION thread_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND OLD.ended_on IS NULL AND NEW.ended_on IS NOT NULL
        AND to_jsonb(OLD) - '{ended_on,ended_by_id,updated_at}'::text[]
            = to_jsonb(NEW) - '{ended_on,ended_by_id,updated_at}'::text[]
    THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION '% is append-only: a link is ended, not changed or deleted', TG_TABLE_NAME
        USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER thread_link_append_only BEFORE UPDATE OR DELETE ON thread_link
    FOR EACH ROW EXECUTE FUNCTION thread_refuse_change();
"""
ALLOW = """
DROP TRIGGER thread_link_append_only ON thread_link;
DROP FUNCTION thread_refuse_change();
"""


class Migration(migrations.Migration):

    dependencies = [
        ('thread', '0001_initial'),
    ]

    operations = [migrations.RunSQL(REFUSE, ALLOW)]
