"""Make the audit trail: entries partitioned by month, links written at commit, nothing changed afterwards."""

from django.db import migrations

ENTRIES = """
CREATE SEQUENCE organisation_auditentry_id_seq;

CREATE TABLE organisation_auditentry (
    month_on date NOT NULL,
    id bigint NOT NULL DEFAULT nextval('organisation_auditentry_id_seq'),
    occurred_at timestamptz NOT NULL,
    action varchar(60) NOT NULL,
    actor_id bigint,
    actor_name varchar(200) NOT NULL,
    subject_type varchar(60) NOT NULL,
    subject_id bigint,
    subject_name varchar(300) NOT NULL,
    about_person_id bigint,
    detail jsonb NOT NULL,
    PRIMARY KEY (month_on, id),
    CONSTRAINT organisation_auditentry_month
        CHECK (month_on = date_trunc('month', occurred_at AT TIME ZONE 'UTC')::date)
) PARTITION BY RANGE (month_on);

ALTER SEQUENCE organisation_auditentry_id_seq OWNED BY organisation_auditentry.id;

CREATE INDEX organisation_auditentry_when ON organisation_auditentry (occurred_at, id);
CREATE INDEX organisation_auditentry_actor ON organisation_auditentry (actor_id, occurred_at);
CREATE INDEX organisation_auditentry_subject ON organisation_auditentry (subject_type, subject_id);
CREATE INDEX organisation_auditentry_about ON organisation_auditentry (about_person_id, occurred_at);
CREATE INDEX organisation_auditentry_people
    ON organisation_auditentry USING gin ((detail -> 'people') jsonb_path_ops);
"""

LINKS = """
CREATE TABLE organisation_auditlink (
    month_on date NOT NULL,
    entry_id bigint NOT NULL,
    position bigint,
    digest varchar(64),
    PRIMARY KEY (month_on, entry_id),
    UNIQUE (month_on, position),
    CONSTRAINT organisation_auditlink_placed CHECK ((position IS NULL) = (digest IS NULL))
) PARTITION BY RANGE (month_on);
"""

# What an entry says, in one text that is the same on every server and in every session.
CANONICAL = """
CREATE FUNCTION organisation_audit_text(entry organisation_auditentry) RETURNS text
LANGUAGE sql STABLE SET timezone = 'UTC' SET search_path FROM CURRENT AS $$
    SELECT jsonb_build_array(
        entry.id, entry.occurred_at, entry.action, entry.actor_id, entry.actor_name,
        entry.subject_type, entry.subject_id, entry.subject_name, entry.about_person_id, entry.detail
    )::text
$$;
"""

REFUSAL = """
CREATE FUNCTION organisation_audit_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'The audit trail is only ever added to: % on % is refused.', TG_OP, TG_TABLE_NAME
        USING ERRCODE = 'insufficient_privilege';
END $$;

-- A link may be filled in once, by the trigger that places it; after that it stands.
CREATE FUNCTION organisation_audit_guard_link() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND OLD.digest IS NULL AND NEW.digest IS NOT NULL
        AND OLD.month_on = NEW.month_on AND OLD.entry_id = NEW.entry_id THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'The audit trail is only ever added to: % on % is refused.', TG_OP, TG_TABLE_NAME
        USING ERRCODE = 'insufficient_privilege';
END $$;

CREATE TRIGGER organisation_auditentry_kept BEFORE UPDATE OR DELETE ON organisation_auditentry
    FOR EACH ROW EXECUTE FUNCTION organisation_audit_refuse();
CREATE TRIGGER organisation_auditentry_whole BEFORE TRUNCATE ON organisation_auditentry
    FOR EACH STATEMENT EXECUTE FUNCTION organisation_audit_refuse();
CREATE TRIGGER organisation_auditlink_kept BEFORE UPDATE OR DELETE ON organisation_auditlink
    FOR EACH ROW EXECUTE FUNCTION organisation_audit_guard_link();
CREATE TRIGGER organisation_auditlink_whole BEFORE TRUNCATE ON organisation_auditlink
    FOR EACH STATEMENT EXECUTE FUNCTION organisation_audit_refuse();
CREATE TRIGGER organisation_auditclosing_kept BEFORE UPDATE OR DELETE ON organisation_auditclosing
    FOR EACH ROW EXECUTE FUNCTION organisation_audit_refuse();
"""

# Two rounds at commit. The first notes the entry; whatever else the transaction has put off to its commit
# (foreign keys) is then checked; only the second round takes the lock and places the entry in the chain. So
# nobody who holds the lock ever waits for a row, and no audit lock is held while work is being done.
CHAIN = """
CREATE FUNCTION organisation_audit_note() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
BEGIN
    INSERT INTO organisation_auditlink (month_on, entry_id) VALUES (NEW.month_on, NEW.id);
    RETURN NULL;
END $$;

CREATE FUNCTION organisation_audit_place() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
DECLARE
    before record;
    written text;
BEGIN
    PERFORM pg_advisory_xact_lock(hashtext('organisation_auditlink'));
    SELECT position, digest INTO before FROM organisation_auditlink
        WHERE month_on = NEW.month_on AND position IS NOT NULL ORDER BY position DESC LIMIT 1;
    SELECT organisation_audit_text(entry) INTO STRICT written FROM organisation_auditentry entry
        WHERE month_on = NEW.month_on AND id = NEW.entry_id;
    UPDATE organisation_auditlink SET
        position = coalesce(before.position, 0) + 1,
        digest = encode(sha256(convert_to(coalesce(before.digest, NEW.month_on::text) || written, 'UTF8')), 'hex')
        WHERE month_on = NEW.month_on AND entry_id = NEW.entry_id;
    RETURN NULL;
END $$;

CREATE CONSTRAINT TRIGGER organisation_auditentry_note AFTER INSERT ON organisation_auditentry
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION organisation_audit_note();
CREATE CONSTRAINT TRIGGER organisation_auditlink_place AFTER INSERT ON organisation_auditlink
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (NEW.digest IS NULL)
    EXECUTE FUNCTION organisation_audit_place();
"""

# A partition is made beside the table and then attached: that lets others go on writing. Whoever writes first
# in a month makes the next month too, so that in daily life nobody waits for one to be made.
MONTHS = """
CREATE FUNCTION organisation_audit_make_month(day date) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
DECLARE
    first_day date := date_trunc('month', day)::date;
    parent text;
    partition text;
BEGIN
    IF to_regclass('organisation_auditentry_' || to_char(day, 'YYYY_MM')) IS NOT NULL THEN
        RETURN;
    END IF;
    FOREACH parent IN ARRAY ARRAY['organisation_auditentry', 'organisation_auditlink'] LOOP
        partition := parent || '_' || to_char(day, 'YYYY_MM');
        EXECUTE format('CREATE TABLE %I (LIKE %I INCLUDING DEFAULTS INCLUDING CONSTRAINTS)', partition, parent);
        EXECUTE format('ALTER TABLE %I ATTACH PARTITION %I FOR VALUES FROM (%L) TO (%L)',
            parent, partition, first_day, (first_day + interval '1 month')::date);
        EXECUTE format('CREATE TRIGGER %I BEFORE TRUNCATE ON %I FOR EACH STATEMENT '
            'EXECUTE FUNCTION organisation_audit_refuse()', parent || '_whole', partition);
    END LOOP;
END $$;

CREATE FUNCTION organisation_audit_month(day date) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
DECLARE
    next_month date := (date_trunc('month', day) + interval '1 month')::date;
    making integer := hashtext('organisation_auditentry');
BEGIN
    IF to_regclass('organisation_auditentry_' || to_char(day, 'YYYY_MM')) IS NULL THEN
        PERFORM pg_advisory_xact_lock(making);
        PERFORM organisation_audit_make_month(day);
    END IF;
    IF to_regclass('organisation_auditentry_' || to_char(next_month, 'YYYY_MM')) IS NULL
        AND pg_try_advisory_xact_lock(making) THEN
        PERFORM organisation_audit_make_month(next_month);
    END IF;
END $$;

CREATE FUNCTION organisation_audit_write(entries jsonb) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
BEGIN
    PERFORM organisation_audit_month(month_on) FROM (
        SELECT DISTINCT date_trunc('month', (entry ->> 'occurred_at')::timestamptz AT TIME ZONE 'UTC')::date AS month_on
        FROM jsonb_array_elements(entries) entry ORDER BY 1
    ) months;
    INSERT INTO organisation_auditentry
        (month_on, occurred_at, action, actor_id, actor_name, subject_type, subject_id, subject_name,
         about_person_id, detail)
    SELECT date_trunc('month', occurred_at AT TIME ZONE 'UTC')::date, occurred_at, action, actor_id, actor_name,
        subject_type, subject_id, subject_name, about_person_id, detail
    FROM jsonb_to_recordset(entries) AS entry(
        occurred_at timestamptz, action text, actor_id bigint, actor_name text, subject_type text,
        subject_id bigint, subject_name text, about_person_id bigint, detail jsonb
    );
END $$;
"""

# Only a month that ended more than thirty days ago can be dropped, whoever asks. The tables are locked in the
# order in which writers take them; a writer that does not finish makes this give up, not everybody wait.
DROPPING = """
CREATE FUNCTION organisation_audit_drop_month(day date) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT SET lock_timeout = '5s' AS $$
DECLARE
    first_day date := date_trunc('month', day)::date;
BEGIN
    IF (first_day + interval '1 month 30 days') AT TIME ZONE 'UTC' > clock_timestamp() THEN
        RAISE EXCEPTION 'The audit month % is not over long enough to be dropped.', first_day;
    END IF;
    LOCK TABLE organisation_auditentry IN ACCESS EXCLUSIVE MODE;
    LOCK TABLE organisation_auditlink IN ACCESS EXCLUSIVE MODE;
    INSERT INTO organisation_auditclosing (month_on, entry_count, digest, dropped_at)
    SELECT first_day, count(*), coalesce(max(digest) FILTER (WHERE position = latest), ''), clock_timestamp()
    FROM (SELECT position, digest, max(position) OVER () AS latest
        FROM organisation_auditlink WHERE month_on = first_day) links;
    EXECUTE format('DROP TABLE %I', 'organisation_auditentry_' || to_char(day, 'YYYY_MM'));
    EXECUTE format('DROP TABLE %I', 'organisation_auditlink_' || to_char(day, 'YYYY_MM'));
END $$;
"""

UNDO = """
DROP TRIGGER organisation_auditclosing_kept ON organisation_auditclosing;
DROP TABLE organisation_auditlink, organisation_auditentry CASCADE;
DROP FUNCTION organisation_audit_drop_month, organisation_audit_write, organisation_audit_month,
    organisation_audit_make_month, organisation_audit_place, organisation_audit_note,
    organisation_audit_guard_link, organisation_audit_refuse;
"""


class Migration(migrations.Migration):
    dependencies = [("organisation", "0001_initial")]

    operations = [
        migrations.RunSQL(
            sql=ENTRIES + LINKS + CANONICAL + REFUSAL + CHAIN + MONTHS + DROPPING, reverse_sql=UNDO
        )
    ]
