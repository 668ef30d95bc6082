-- Statements that go out by themselves, and the run that makes those of a roster. The references stand in the tables, as in 0005.
SET LOCAL check_function_bodies = off;
--> statement-breakpoint
CREATE TABLE "statement_schedules" (
	"creator_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"pace" text NOT NULL,
	"day" integer NOT NULL,
	"hour" integer NOT NULL,
	"time_zone" text NOT NULL,
	"attachments" text[] NOT NULL,
	"sections" text[],
	"locale" text NOT NULL,
	"note" text DEFAULT '' NOT NULL,
	"next_at" timestamp with time zone,
	"removed_at" timestamp with time zone,
	"recorded_by" uuid NOT NULL,
	"recorded_at" timestamp with time zone DEFAULT now() NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	CONSTRAINT "statement_schedules_creator_id_id_pk" PRIMARY KEY("creator_id","id"),
	CONSTRAINT "statement_schedules_pace" CHECK ("statement_schedules"."pace" in ('month', 'week')),
	CONSTRAINT "statement_schedules_day" CHECK ("statement_schedules"."day" between 1 and case "statement_schedules"."pace" when 'month' then 28 else 7 end and "statement_schedules"."hour" between 0 and 23),
	CONSTRAINT "statement_schedules_attachments" CHECK ("statement_schedules"."attachments" <@ array['pdf', 'xlsx', 'csv', 'json']::text[]),
	CONSTRAINT "statement_schedules_creator_id_creators_id_fk" FOREIGN KEY ("creator_id") REFERENCES "public"."creators"("id")
);
--> statement-breakpoint
CREATE TABLE "statement_recipients" (
	"creator_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"schedule_id" uuid NOT NULL,
	"email" text NOT NULL,
	"name" text NOT NULL,
	"off_at" timestamp with time zone,
	"removed_at" timestamp with time zone,
	"recorded_by" uuid NOT NULL,
	"recorded_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "statement_recipients_creator_id_id_pk" PRIMARY KEY("creator_id","id"),
	CONSTRAINT "statement_recipients_schedule" FOREIGN KEY ("creator_id","schedule_id") REFERENCES "public"."statement_schedules"("creator_id","id")
);
--> statement-breakpoint
CREATE TABLE "statement_sends" (
	"creator_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"schedule_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"period" text NOT NULL,
	"month" char(7) NOT NULL,
	"attachments" text[] NOT NULL,
	"sections" text[],
	"locale" text NOT NULL,
	"note" text NOT NULL,
	"summary" jsonb,
	"made_at" timestamp with time zone,
	"recorded_by" uuid NOT NULL,
	"recorded_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "statement_sends_creator_id_id_pk" PRIMARY KEY("creator_id","id"),
	CONSTRAINT "statement_sends_kind" CHECK ("statement_sends"."kind" in ('due', 'now', 'test')),
	CONSTRAINT "statement_sends_month" CHECK ("statement_sends"."month" ~ '^[0-9]{4}-(0[1-9]|1[0-2])$'),
	CONSTRAINT "statement_sends_schedule" FOREIGN KEY ("creator_id","schedule_id") REFERENCES "public"."statement_schedules"("creator_id","id")
);
--> statement-breakpoint
CREATE TABLE "statement_files" (
	"creator_id" uuid NOT NULL,
	"send_id" uuid NOT NULL,
	"name" text NOT NULL,
	"media_type" text NOT NULL,
	"sha256" text NOT NULL,
	"bytes" "bytea" NOT NULL,
	"recorded_by" uuid NOT NULL,
	"recorded_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "statement_files_creator_id_send_id_name_pk" PRIMARY KEY("creator_id","send_id","name"),
	CONSTRAINT "statement_files_send" FOREIGN KEY ("creator_id","send_id") REFERENCES "public"."statement_sends"("creator_id","id")
);
--> statement-breakpoint
CREATE TABLE "statement_mails" (
	"creator_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"send_id" uuid NOT NULL,
	"recipient_id" uuid,
	"email" text NOT NULL,
	"name" text NOT NULL,
	"state" text DEFAULT 'waiting' NOT NULL,
	"tries" integer DEFAULT 0 NOT NULL,
	"try_at" timestamp with time zone DEFAULT now() NOT NULL,
	"doubts" integer DEFAULT 0 NOT NULL,
	"handed_at" timestamp with time zone,
	"ended_at" timestamp with time zone,
	"reply" text DEFAULT '' NOT NULL,
	CONSTRAINT "statement_mails_creator_id_id_pk" PRIMARY KEY("creator_id","id"),
	CONSTRAINT "statement_mails_state" CHECK ("statement_mails"."state" in ('waiting', 'handed', 'sent', 'failed', 'skipped')),
	CONSTRAINT "statement_mails_send" FOREIGN KEY ("creator_id","send_id") REFERENCES "public"."statement_sends"("creator_id","id"),
	CONSTRAINT "statement_mails_recipient" FOREIGN KEY ("creator_id","recipient_id") REFERENCES "public"."statement_recipients"("creator_id","id")
);
--> statement-breakpoint
CREATE TABLE "roster_schedules" (
	"agency_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"day" integer NOT NULL,
	"hour" integer NOT NULL,
	"time_zone" text NOT NULL,
	"attachments" text[] NOT NULL,
	"people" uuid[] NOT NULL,
	"next_at" timestamp with time zone,
	"removed_at" timestamp with time zone,
	"recorded_by" uuid NOT NULL,
	"recorded_at" timestamp with time zone DEFAULT now() NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	CONSTRAINT "roster_schedules_agency_id_id_pk" PRIMARY KEY("agency_id","id"),
	CONSTRAINT "roster_schedules_day" CHECK ("roster_schedules"."day" between 1 and 28 and "roster_schedules"."hour" between 0 and 23),
	CONSTRAINT "roster_schedules_attachments" CHECK ("roster_schedules"."attachments" <@ array['pdf', 'xlsx', 'csv', 'json']::text[]),
	CONSTRAINT "roster_schedules_agency_id_agencies_id_fk" FOREIGN KEY ("agency_id") REFERENCES "public"."agencies"("id")
);
--> statement-breakpoint
CREATE TABLE "roster_runs" (
	"agency_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"month" char(7) NOT NULL,
	"attachments" text[] NOT NULL,
	"started_by" uuid NOT NULL,
	"schedule_id" uuid,
	"started_at" timestamp with time zone DEFAULT now() NOT NULL,
	"finished_at" timestamp with time zone,
	"swept_at" timestamp with time zone,
	CONSTRAINT "roster_runs_agency_id_id_pk" PRIMARY KEY("agency_id","id"),
	CONSTRAINT "roster_runs_month" CHECK ("roster_runs"."month" ~ '^[0-9]{4}-(0[1-9]|1[0-2])$'),
	CONSTRAINT "roster_runs_attachments" CHECK ("roster_runs"."attachments" <@ array['pdf', 'xlsx', 'csv', 'json']::text[]),
	CONSTRAINT "roster_runs_agency_id_agencies_id_fk" FOREIGN KEY ("agency_id") REFERENCES "public"."agencies"("id"),
	CONSTRAINT "roster_runs_schedule" FOREIGN KEY ("agency_id","schedule_id") REFERENCES "public"."roster_schedules"("agency_id","id")
);
--> statement-breakpoint
CREATE TABLE "roster_mails" (
	"agency_id" uuid NOT NULL,
	"run_id" uuid NOT NULL,
	"state" text DEFAULT 'waiting' NOT NULL,
	"tries" integer DEFAULT 0 NOT NULL,
	"try_at" timestamp with time zone DEFAULT now() NOT NULL,
	"doubts" integer DEFAULT 0 NOT NULL,
	"handed_at" timestamp with time zone,
	"ended_at" timestamp with time zone,
	"reply" text DEFAULT '' NOT NULL,
	CONSTRAINT "roster_mails_agency_id_run_id_pk" PRIMARY KEY("agency_id","run_id"),
	CONSTRAINT "roster_mails_state" CHECK ("roster_mails"."state" in ('waiting', 'handed', 'sent', 'failed', 'skipped')),
	CONSTRAINT "roster_mails_run" FOREIGN KEY ("agency_id","run_id") REFERENCES "public"."roster_runs"("agency_id","id")
);
--> statement-breakpoint
CREATE TABLE "roster_parts" (
	"agency_id" uuid NOT NULL,
	"run_id" uuid NOT NULL,
	"part" integer NOT NULL,
	"represented_id" uuid,
	"name" text NOT NULL,
	"row" jsonb,
	"problem" text,
	"made_at" timestamp with time zone,
	CONSTRAINT "roster_parts_agency_id_run_id_part_pk" PRIMARY KEY("agency_id","run_id","part"),
	CONSTRAINT "roster_parts_run" FOREIGN KEY ("agency_id","run_id") REFERENCES "public"."roster_runs"("agency_id","id")
);
--> statement-breakpoint
CREATE TABLE "roster_files" (
	"agency_id" uuid NOT NULL,
	"run_id" uuid NOT NULL,
	"part" integer NOT NULL,
	"name" text NOT NULL,
	"sha256" text NOT NULL,
	"bytes" "bytea" NOT NULL,
	CONSTRAINT "roster_files_agency_id_run_id_part_name_pk" PRIMARY KEY("agency_id","run_id","part","name"),
	CONSTRAINT "roster_files_part" FOREIGN KEY ("agency_id","run_id","part") REFERENCES "public"."roster_parts"("agency_id","run_id","part")
);
--> statement-breakpoint
CREATE INDEX "roster_schedules_due" ON "roster_schedules" USING btree ("next_at") WHERE "roster_schedules"."next_at" is not null;
--> statement-breakpoint
CREATE UNIQUE INDEX "roster_runs_once" ON "roster_runs" USING btree ("agency_id","schedule_id","month","started_by");
--> statement-breakpoint
CREATE INDEX "roster_mails_open" ON "roster_mails" USING btree ("try_at") WHERE "roster_mails"."state" in ('waiting', 'handed');
--> statement-breakpoint
CREATE INDEX "roster_runs_open" ON "roster_runs" USING btree ("started_at") WHERE "roster_runs"."finished_at" is null;
--> statement-breakpoint
CREATE INDEX "statement_mails_open" ON "statement_mails" USING btree ("try_at") WHERE "statement_mails"."state" in ('waiting', 'handed');
--> statement-breakpoint
CREATE INDEX "statement_mails_of_send" ON "statement_mails" USING btree ("creator_id","send_id");
--> statement-breakpoint
CREATE UNIQUE INDEX "statement_recipients_address" ON "statement_recipients" USING btree ("creator_id","schedule_id","email") WHERE "statement_recipients"."removed_at" is null;
--> statement-breakpoint
CREATE INDEX "statement_schedules_due" ON "statement_schedules" USING btree ("next_at") WHERE "statement_schedules"."next_at" is not null;
--> statement-breakpoint
CREATE UNIQUE INDEX "statement_sends_once" ON "statement_sends" USING btree ("creator_id","schedule_id","period") WHERE "statement_sends"."kind" = 'due';
--> statement-breakpoint
-- Files that are packed already: not worth compressing again.
ALTER TABLE statement_files ALTER COLUMN bytes SET STORAGE EXTERNAL;
--> statement-breakpoint
ALTER TABLE roster_files ALTER COLUMN bytes SET STORAGE EXTERNAL;
--> statement-breakpoint
ALTER TABLE statement_schedules ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
ALTER TABLE statement_schedules FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
ALTER TABLE statement_recipients ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
ALTER TABLE statement_recipients FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
ALTER TABLE statement_sends ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
ALTER TABLE statement_sends FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
ALTER TABLE statement_files ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
ALTER TABLE statement_files FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
ALTER TABLE statement_mails ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
ALTER TABLE statement_mails FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
ALTER TABLE roster_schedules ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
ALTER TABLE roster_schedules FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
ALTER TABLE roster_mails ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
ALTER TABLE roster_mails FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
ALTER TABLE roster_runs ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
ALTER TABLE roster_runs FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
ALTER TABLE roster_parts ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
ALTER TABLE roster_parts FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
ALTER TABLE roster_files ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
ALTER TABLE roster_files FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
-- What goes out, and to whom, is the house's own: it holds what others are paid, and notes.
CREATE POLICY read ON statement_schedules FOR SELECT TO permille_app USING (creator_id = ANY (ARRAY(SELECT a.creator_id FROM access a WHERE a.via NOT LIKE 'representation:%' AND a.role IN ('owner', 'editor', 'operator'))));
--> statement-breakpoint
CREATE POLICY read ON statement_recipients FOR SELECT TO permille_app USING (creator_id = ANY (ARRAY(SELECT a.creator_id FROM access a WHERE a.via NOT LIKE 'representation:%' AND a.role IN ('owner', 'editor', 'operator'))));
--> statement-breakpoint
CREATE POLICY read ON statement_sends FOR SELECT TO permille_app USING (creator_id = ANY (ARRAY(SELECT a.creator_id FROM access a WHERE a.via NOT LIKE 'representation:%' AND a.role IN ('owner', 'editor', 'operator'))));
--> statement-breakpoint
CREATE POLICY read ON statement_files FOR SELECT TO permille_app USING (creator_id = ANY (ARRAY(SELECT a.creator_id FROM access a WHERE a.via NOT LIKE 'representation:%')));
--> statement-breakpoint
CREATE POLICY read ON statement_mails FOR SELECT TO permille_app USING (creator_id = ANY (ARRAY(SELECT a.creator_id FROM access a WHERE a.via NOT LIKE 'representation:%' AND a.role IN ('owner', 'editor', 'operator'))));
--> statement-breakpoint
-- To whom figures go is the owners' to say; the operator carries it out.
CREATE POLICY write ON statement_schedules FOR INSERT TO permille_app WITH CHECK (creator_id = ANY (ARRAY(SELECT a.creator_id FROM access a WHERE a.amounts AND a.streams IS NULL AND a.role = 'owner')));
--> statement-breakpoint
CREATE POLICY change ON statement_schedules FOR UPDATE TO permille_app USING (creator_id = ANY (ARRAY(SELECT a.creator_id FROM access a WHERE a.amounts AND a.streams IS NULL AND a.role IN ('owner', 'operator')))) WITH CHECK (creator_id = ANY (ARRAY(SELECT a.creator_id FROM access a WHERE a.amounts AND a.streams IS NULL AND a.role IN ('owner', 'operator'))));
--> statement-breakpoint
CREATE POLICY write ON statement_recipients FOR INSERT TO permille_app WITH CHECK (creator_id = ANY (ARRAY(SELECT a.creator_id FROM access a WHERE a.amounts AND a.streams IS NULL AND a.role = 'owner')));
--> statement-breakpoint
CREATE POLICY change ON statement_recipients FOR UPDATE TO permille_app USING (creator_id = ANY (ARRAY(SELECT a.creator_id FROM access a WHERE a.amounts AND a.streams IS NULL AND a.role IN ('owner', 'operator')))) WITH CHECK (creator_id = ANY (ARRAY(SELECT a.creator_id FROM access a WHERE a.amounts AND a.streams IS NULL AND a.role IN ('owner', 'operator'))));
--> statement-breakpoint
CREATE POLICY write ON statement_sends FOR INSERT TO permille_app WITH CHECK (creator_id = ANY (ARRAY(SELECT a.creator_id FROM access a WHERE a.amounts AND a.streams IS NULL AND a.role IN ('owner', 'operator'))));
--> statement-breakpoint
CREATE POLICY change ON statement_sends FOR UPDATE TO permille_app USING (creator_id = ANY (ARRAY(SELECT a.creator_id FROM access a WHERE a.role = 'operator'))) WITH CHECK (creator_id = ANY (ARRAY(SELECT a.creator_id FROM access a WHERE a.role = 'operator')));
--> statement-breakpoint
CREATE POLICY write ON statement_files FOR INSERT TO permille_app WITH CHECK (creator_id = ANY (ARRAY(SELECT a.creator_id FROM access a WHERE a.role = 'operator')));
--> statement-breakpoint
CREATE POLICY write ON statement_mails FOR INSERT TO permille_app WITH CHECK (creator_id = ANY (ARRAY(SELECT a.creator_id FROM access a WHERE a.amounts AND a.streams IS NULL AND a.role IN ('owner', 'operator'))));
--> statement-breakpoint
CREATE POLICY change ON statement_mails FOR UPDATE TO permille_app USING (creator_id = ANY (ARRAY(SELECT a.creator_id FROM access a WHERE a.amounts AND a.streams IS NULL AND a.role IN ('owner', 'operator')))) WITH CHECK (creator_id = ANY (ARRAY(SELECT a.creator_id FROM access a WHERE a.amounts AND a.streams IS NULL AND a.role IN ('owner', 'operator'))));
--> statement-breakpoint
CREATE POLICY kernel ON statement_schedules TO permille_kernel USING (true) WITH CHECK (true);
--> statement-breakpoint
CREATE POLICY kernel ON statement_recipients TO permille_kernel USING (true) WITH CHECK (true);
--> statement-breakpoint
CREATE POLICY kernel ON statement_sends TO permille_kernel USING (true) WITH CHECK (true);
--> statement-breakpoint
CREATE POLICY kernel ON statement_files TO permille_kernel USING (true) WITH CHECK (true);
--> statement-breakpoint
CREATE POLICY kernel ON statement_mails TO permille_kernel USING (true) WITH CHECK (true);
--> statement-breakpoint
CREATE POLICY kernel ON roster_schedules TO permille_kernel USING (true) WITH CHECK (true);
--> statement-breakpoint
CREATE POLICY kernel ON roster_mails TO permille_kernel USING (true) WITH CHECK (true);
--> statement-breakpoint
CREATE POLICY kernel ON roster_runs TO permille_kernel USING (true) WITH CHECK (true);
--> statement-breakpoint
CREATE POLICY kernel ON roster_parts TO permille_kernel USING (true) WITH CHECK (true);
--> statement-breakpoint
CREATE POLICY kernel ON roster_files TO permille_kernel USING (true) WITH CHECK (true);
--> statement-breakpoint
-- A run holds what its starter may see, which is not what the next member may see.
CREATE POLICY own ON roster_runs TO permille_app USING (started_by = viewer_id() AND agency_id = ANY (ARRAY(SELECT g.agency_id FROM agency_access g))) WITH CHECK (started_by = viewer_id() AND agency_id = ANY (ARRAY(SELECT g.agency_id FROM agency_access g)));
--> statement-breakpoint
CREATE POLICY read ON roster_schedules FOR SELECT TO permille_app USING (agency_id = ANY (ARRAY(SELECT g.agency_id FROM agency_access g)));
--> statement-breakpoint
CREATE POLICY write ON roster_schedules FOR INSERT TO permille_app WITH CHECK (agency_id = ANY (ARRAY(SELECT g.agency_id FROM agency_access g WHERE g.role = 'admin')));
--> statement-breakpoint
CREATE POLICY change ON roster_schedules FOR UPDATE TO permille_app USING (agency_id = ANY (ARRAY(SELECT g.agency_id FROM agency_access g WHERE g.role = 'admin'))) WITH CHECK (agency_id = ANY (ARRAY(SELECT g.agency_id FROM agency_access g WHERE g.role = 'admin')));
--> statement-breakpoint
CREATE POLICY own ON roster_mails TO permille_app USING ((agency_id, run_id) IN (SELECT r.agency_id, r.id FROM roster_runs r)) WITH CHECK ((agency_id, run_id) IN (SELECT r.agency_id, r.id FROM roster_runs r));
--> statement-breakpoint
CREATE POLICY own ON roster_parts TO permille_app USING ((agency_id, run_id) IN (SELECT r.agency_id, r.id FROM roster_runs r)) WITH CHECK ((agency_id, run_id) IN (SELECT r.agency_id, r.id FROM roster_runs r));
--> statement-breakpoint
CREATE POLICY own ON roster_files TO permille_app USING ((agency_id, run_id) IN (SELECT r.agency_id, r.id FROM roster_runs r)) WITH CHECK ((agency_id, run_id) IN (SELECT r.agency_id, r.id FROM roster_runs r));
--> statement-breakpoint
GRANT SELECT, INSERT ON statement_schedules, statement_recipients, statement_sends, statement_files, statement_mails, roster_schedules, roster_runs, roster_parts, roster_files TO permille_app;
--> statement-breakpoint
GRANT SELECT ON roster_mails TO permille_app;
--> statement-breakpoint
GRANT UPDATE (state, tries, try_at, doubts, handed_at, ended_at, reply) ON roster_mails TO permille_app;
--> statement-breakpoint
GRANT UPDATE (day, hour, time_zone, attachments, people, next_at, removed_at, version) ON roster_schedules TO permille_app;
--> statement-breakpoint
GRANT UPDATE (pace, day, hour, time_zone, attachments, sections, locale, note, next_at, removed_at, version) ON statement_schedules TO permille_app;
--> statement-breakpoint
GRANT UPDATE (off_at, removed_at) ON statement_recipients TO permille_app;
--> statement-breakpoint
GRANT UPDATE (summary, made_at) ON statement_sends TO permille_app;
--> statement-breakpoint
GRANT UPDATE (state, tries, try_at, doubts, handed_at, ended_at, reply) ON statement_mails TO permille_app;
--> statement-breakpoint
GRANT UPDATE (finished_at) ON roster_runs TO permille_app;
--> statement-breakpoint
GRANT UPDATE (row, problem, made_at) ON roster_parts TO permille_app;
--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE, DELETE ON statement_schedules, statement_recipients, statement_sends, statement_files, statement_mails, roster_schedules, roster_runs, roster_mails, roster_parts, roster_files TO permille_kernel;
--> statement-breakpoint
CREATE TRIGGER stamp BEFORE INSERT ON roster_schedules FOR EACH ROW EXECUTE FUNCTION stamp_entry();
--> statement-breakpoint
CREATE TRIGGER stamp BEFORE INSERT ON statement_schedules FOR EACH ROW EXECUTE FUNCTION stamp_entry();
--> statement-breakpoint
CREATE TRIGGER stamp BEFORE INSERT ON statement_recipients FOR EACH ROW EXECUTE FUNCTION stamp_entry();
--> statement-breakpoint
CREATE TRIGGER stamp BEFORE INSERT ON statement_sends FOR EACH ROW EXECUTE FUNCTION stamp_entry();
--> statement-breakpoint
CREATE TRIGGER stamp BEFORE INSERT ON statement_files FOR EACH ROW EXECUTE FUNCTION stamp_entry();
--> statement-breakpoint
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON statement_files FOR EACH ROW EXECUTE FUNCTION refuse_change();
--> statement-breakpoint
CREATE TRIGGER append_only_truncate BEFORE TRUNCATE ON statement_files FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
--> statement-breakpoint
-- Whose statements are due, or still on their way: no figure of them, only that there is work.
CREATE FUNCTION creators_to_send() RETURNS TABLE (creator_id uuid) LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
SELECT s.creator_id FROM statement_schedules s WHERE s.next_at <= now()
UNION
SELECT m.creator_id FROM statement_mails m WHERE m.state IN ('waiting', 'handed') AND m.try_at <= now()
$$;
--> statement-breakpoint
CREATE FUNCTION open_roster_runs() RETURNS TABLE (agency_id uuid, run_id uuid, started_by uuid) LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
SELECT r.agency_id, r.id, r.started_by FROM roster_runs r WHERE r.finished_at IS NULL ORDER BY r.started_at
$$;
--> statement-breakpoint
-- A run for each member whom a schedule that is due names, with its mail, and the schedule's next time: once per schedule,
-- month and person. A month that was slept through is made up for, one in each call.
CREATE FUNCTION open_due_rosters() RETURNS integer LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  due roster_schedules;
  local timestamp;
  opened integer := 0;
  runs integer;
BEGIN
  FOR due IN SELECT * FROM roster_schedules s WHERE s.next_at <= now() AND s.removed_at IS NULL FOR UPDATE SKIP LOCKED LOOP
    local := due.next_at AT TIME ZONE due.time_zone;
    WITH run AS (
      INSERT INTO roster_runs (agency_id, id, month, attachments, started_by, schedule_id)
      SELECT m.agency_id, gen_random_uuid(), to_char(local - interval '1 month', 'YYYY-MM'), due.attachments, m.user_id, due.id
      FROM agency_members m
      WHERE m.agency_id = due.agency_id AND m.user_id = ANY (due.people) AND m.removed_at IS NULL
      ON CONFLICT (agency_id, schedule_id, month, started_by) DO NOTHING
      RETURNING agency_id, id
    )
    INSERT INTO roster_mails (agency_id, run_id) SELECT r.agency_id, r.id FROM run r;
    GET DIAGNOSTICS runs = ROW_COUNT;
    opened := opened + runs;
    UPDATE roster_schedules s
    SET next_at = (date_trunc('month', local) + interval '1 month' + make_interval(days => s.day - 1, hours => s.hour)) AT TIME ZONE s.time_zone
    WHERE s.agency_id = due.agency_id AND s.id = due.id;
  END LOOP;
  RETURN opened;
END
$$;
--> statement-breakpoint
-- Of whoever left, nothing is sent any more.
CREATE FUNCTION roster_mails_to_send() RETURNS TABLE (agency_id uuid, run_id uuid, started_by uuid) LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
SELECT r.agency_id, r.id, r.started_by
FROM roster_mails m
JOIN roster_runs r ON r.agency_id = m.agency_id AND r.id = m.run_id AND r.finished_at IS NOT NULL
JOIN agency_access g ON g.agency_id = r.agency_id AND g.user_id = r.started_by
WHERE m.state IN ('waiting', 'handed') AND m.try_at <= now()
$$;
--> statement-breakpoint
-- What a run made is fetched within days; it is made again by another run.
CREATE FUNCTION sweep_roster_runs() RETURNS integer LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE swept integer;
BEGIN
  DELETE FROM roster_files f USING roster_runs r
  WHERE r.agency_id = f.agency_id AND r.id = f.run_id AND r.started_at < now() - interval '7 days';
  DELETE FROM roster_parts p USING roster_runs r
  WHERE r.agency_id = p.agency_id AND r.id = p.run_id AND r.started_at < now() - interval '7 days';
  UPDATE roster_runs r SET swept_at = now(), finished_at = coalesce(r.finished_at, now())
  WHERE r.swept_at IS NULL AND r.started_at < now() - interval '7 days';
  GET DIAGNOSTICS swept = ROW_COUNT;
  RETURN swept;
END
$$;
--> statement-breakpoint
-- To whom a creator's figures go is said anew by whoever takes it over from an agency.
CREATE FUNCTION pause_schedules() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  UPDATE statement_schedules s SET next_at = NULL, version = s.version + 1 WHERE s.creator_id = new.creator_id AND s.next_at IS NOT NULL;
  UPDATE statement_mails m SET state = 'skipped', reply = 'The creator was handed over before it was sent.', ended_at = now()
  WHERE m.creator_id = new.creator_id AND m.state = 'waiting';
  RETURN NULL;
END
$$;
--> statement-breakpoint
CREATE TRIGGER pause_schedules AFTER UPDATE OF runs ON representations FOR EACH ROW WHEN (old.runs AND NOT new.runs) EXECUTE FUNCTION pause_schedules();
--> statement-breakpoint
-- As before, with everything since 0009.
CREATE OR REPLACE FUNCTION remove_sample(p_creator uuid) RETURNS boolean LANGUAGE plpgsql  SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  PERFORM 1 FROM creators c JOIN members m ON m.creator_id = c.id
  WHERE c.id = p_creator AND c.is_sample AND m.user_id = viewer_id() AND m.role = 'owner' AND m.removed_at IS NULL
  FOR UPDATE OF c;
  IF NOT FOUND THEN RETURN false; END IF;
  DELETE FROM looks WHERE creator_id = p_creator;
  DELETE FROM commission_payments WHERE creator_id = p_creator;
  DELETE FROM commission_records WHERE creator_id = p_creator;
  DELETE FROM commission_answers a USING commission_terms t, representations r
  WHERE t.agency_id = a.agency_id AND t.id = a.term_id AND r.id = t.representation_id AND r.creator_id = p_creator;
  DELETE FROM commission_terms t USING representations r WHERE r.id = t.representation_id AND r.creator_id = p_creator;
  DELETE FROM handovers WHERE creator_id = p_creator;
  DELETE FROM notes WHERE creator_id = p_creator;
  DELETE FROM creator_tags WHERE creator_id = p_creator;
  DELETE FROM letter_mails m USING letters l LEFT JOIN tasks t ON t.agency_id = l.agency_id AND t.id = l.task_id
  WHERE m.agency_id = l.agency_id AND m.letter_id = l.id AND p_creator IN (l.creator_id, t.creator_id);
  DELETE FROM letters l WHERE l.creator_id = p_creator
    OR EXISTS (SELECT FROM tasks t WHERE t.agency_id = l.agency_id AND t.id = l.task_id AND t.creator_id = p_creator);
  DELETE FROM tasks WHERE creator_id = p_creator;
  DELETE FROM statement_share_opens WHERE creator_id = p_creator;
  DELETE FROM statement_shares WHERE creator_id = p_creator;
  DELETE FROM statements WHERE creator_id = p_creator;
  DELETE FROM reopenings WHERE creator_id = p_creator;
  DELETE FROM statement_mails WHERE creator_id = p_creator;
  DELETE FROM statement_files WHERE creator_id = p_creator;
  DELETE FROM statement_sends WHERE creator_id = p_creator;
  DELETE FROM statement_recipients WHERE creator_id = p_creator;
  DELETE FROM statement_schedules WHERE creator_id = p_creator;
  DELETE FROM representations WHERE creator_id = p_creator;
  DELETE FROM alert_reads WHERE creator_id = p_creator;
  DELETE FROM alerts WHERE creator_id = p_creator;
  DELETE FROM alert_choices WHERE creator_id = p_creator;
  DELETE FROM calendar_feeds WHERE creator_id = p_creator;
  DELETE FROM goals WHERE creator_id = p_creator;
  DELETE FROM facts WHERE creator_id = p_creator;
  DELETE FROM rules WHERE creator_id = p_creator;
  DELETE FROM lives WHERE creator_id = p_creator;
  DELETE FROM placements WHERE creator_id = p_creator;
  DELETE FROM upload_parts WHERE creator_id = p_creator;
  DELETE FROM uploads WHERE creator_id = p_creator;
  DELETE FROM import_mappings WHERE creator_id = p_creator;
  DELETE FROM deals WHERE creator_id = p_creator;
  DELETE FROM events WHERE creator_id = p_creator;
  DELETE FROM allocations WHERE creator_id = p_creator;
  DELETE FROM receipts WHERE creator_id = p_creator;
  DELETE FROM payout_lines WHERE creator_id = p_creator;
  DELETE FROM postings WHERE creator_id = p_creator;
  DELETE FROM totals WHERE creator_id = p_creator;
  DELETE FROM rollups WHERE creator_id = p_creator;
  DELETE FROM payouts WHERE creator_id = p_creator;
  DELETE FROM traffic_months WHERE creator_id = p_creator;
  DELETE FROM traffic WHERE creator_id = p_creator;
  DELETE FROM readings WHERE creator_id = p_creator;
  DELETE FROM audience WHERE creator_id = p_creator;
  DELETE FROM videos WHERE creator_id = p_creator;
  DELETE FROM imports WHERE creator_id = p_creator;
  DELETE FROM projections WHERE creator_id = p_creator;
  DELETE FROM rates WHERE creator_id = p_creator;
  DELETE FROM closed_months WHERE creator_id = p_creator;
  DELETE FROM channels WHERE creator_id = p_creator;
  DELETE FROM invitations WHERE creator_id = p_creator;
  DELETE FROM audit_log WHERE creator_id = p_creator;
  DELETE FROM access WHERE creator_id = p_creator;
  DELETE FROM members WHERE creator_id = p_creator;
  DELETE FROM creators WHERE id = p_creator;
  INSERT INTO audit_log (creator_id, actor, action, subject, detail) VALUES (p_creator, viewer_id(), 'sample.removed', p_creator::text, '{}');
  RETURN true;
END
$$;
--> statement-breakpoint
GRANT CREATE ON SCHEMA public TO permille_kernel;
--> statement-breakpoint
ALTER FUNCTION pause_schedules() OWNER TO permille_kernel;
--> statement-breakpoint
REVOKE ALL ON FUNCTION pause_schedules() FROM PUBLIC;
--> statement-breakpoint
ALTER FUNCTION creators_to_send() OWNER TO permille_kernel;
--> statement-breakpoint
REVOKE ALL ON FUNCTION creators_to_send() FROM PUBLIC;
--> statement-breakpoint
ALTER FUNCTION open_roster_runs() OWNER TO permille_kernel;
--> statement-breakpoint
REVOKE ALL ON FUNCTION open_roster_runs() FROM PUBLIC;
--> statement-breakpoint
ALTER FUNCTION open_due_rosters() OWNER TO permille_kernel;
--> statement-breakpoint
REVOKE ALL ON FUNCTION open_due_rosters() FROM PUBLIC;
--> statement-breakpoint
ALTER FUNCTION roster_mails_to_send() OWNER TO permille_kernel;
--> statement-breakpoint
REVOKE ALL ON FUNCTION roster_mails_to_send() FROM PUBLIC;
--> statement-breakpoint
ALTER FUNCTION sweep_roster_runs() OWNER TO permille_kernel;
--> statement-breakpoint
REVOKE ALL ON FUNCTION sweep_roster_runs() FROM PUBLIC;
--> statement-breakpoint
REVOKE CREATE ON SCHEMA public FROM permille_kernel;
--> statement-breakpoint
GRANT EXECUTE ON FUNCTION creators_to_send(), open_roster_runs(), open_due_rosters(), roster_mails_to_send(), sweep_roster_runs() TO permille_auth;
