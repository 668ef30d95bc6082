-- Notes, tasks, letters and tags of an agency and its creators. The references stand in the tables, as in 0005.
SET LOCAL check_function_bodies = off;
--> statement-breakpoint
CREATE TABLE "notes" (
	"creator_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"audience" text NOT NULL,
	"agency_id" uuid,
	"about" text NOT NULL,
	"subject" text NOT NULL,
	"text" text NOT NULL,
	"replaces" uuid,
	"is_void" boolean DEFAULT false NOT NULL,
	"byline" text NOT NULL,
	"recorded_by" uuid NOT NULL,
	"recorded_at" timestamp with time zone DEFAULT now() NOT NULL,
	"body_hash" "bytea" NOT NULL,
	CONSTRAINT "notes_creator_id_id_pk" PRIMARY KEY("creator_id","id"),
	CONSTRAINT "notes_replaces" UNIQUE("creator_id","replaces"),
	CONSTRAINT "notes_audience" CHECK ("notes"."audience" in ('members', 'agency', 'both')),
	CONSTRAINT "notes_agency" CHECK (("notes"."agency_id" is null) = ("notes"."audience" = 'members')),
	CONSTRAINT "notes_about" CHECK ("notes"."about" in ('creator', 'month', 'payout', 'deal')),
	CONSTRAINT "notes_creator_id_creators_id_fk" FOREIGN KEY ("creator_id") REFERENCES "public"."creators"("id"),
	CONSTRAINT "notes_agency_id_agencies_id_fk" FOREIGN KEY ("agency_id") REFERENCES "public"."agencies"("id"),
	CONSTRAINT "notes_creator_id_replaces_notes_creator_id_id_fk" FOREIGN KEY ("creator_id","replaces") REFERENCES "public"."notes"("creator_id","id")
);
--> statement-breakpoint
CREATE TABLE "tasks" (
	"agency_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"creator_id" uuid,
	"title" text NOT NULL,
	"detail" text DEFAULT '' NOT NULL,
	"of_creator" boolean NOT NULL,
	"assignee" uuid,
	"due_on" date,
	"done_at" timestamp with time zone,
	"done_by" text DEFAULT '' NOT NULL,
	"byline" text NOT NULL,
	"recorded_by" uuid NOT NULL,
	"recorded_at" timestamp with time zone DEFAULT now() NOT NULL,
	"body_hash" "bytea" NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	CONSTRAINT "tasks_agency_id_id_pk" PRIMARY KEY("agency_id","id"),
	CONSTRAINT "tasks_of_creator" CHECK (not "tasks"."of_creator" or ("tasks"."creator_id" is not null and "tasks"."assignee" is null)),
	CONSTRAINT "tasks_agency_id_agencies_id_fk" FOREIGN KEY ("agency_id") REFERENCES "public"."agencies"("id"),
	CONSTRAINT "tasks_creator_id_creators_id_fk" FOREIGN KEY ("creator_id") REFERENCES "public"."creators"("id"),
	CONSTRAINT "tasks_assignee" FOREIGN KEY ("agency_id","assignee") REFERENCES "public"."agency_members"("agency_id","user_id")
);
--> statement-breakpoint
CREATE TABLE "letters" (
	"agency_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"creator_id" uuid,
	"task_id" uuid,
	"subject" text NOT NULL,
	"text" text NOT NULL,
	"byline" text NOT NULL,
	"recorded_by" uuid NOT NULL,
	"recorded_at" timestamp with time zone DEFAULT now() NOT NULL,
	"body_hash" "bytea" NOT NULL,
	CONSTRAINT "letters_agency_id_id_pk" PRIMARY KEY("agency_id","id"),
	CONSTRAINT "letters_agency_id_agencies_id_fk" FOREIGN KEY ("agency_id") REFERENCES "public"."agencies"("id"),
	CONSTRAINT "letters_creator_id_creators_id_fk" FOREIGN KEY ("creator_id") REFERENCES "public"."creators"("id"),
	CONSTRAINT "letters_task" FOREIGN KEY ("agency_id","task_id") REFERENCES "public"."tasks"("agency_id","id")
);
--> statement-breakpoint
CREATE TABLE "letter_mails" (
	"agency_id" uuid NOT NULL,
	"letter_id" uuid NOT NULL,
	"user_id" uuid NOT NULL,
	"mailed_at" timestamp with time zone,
	CONSTRAINT "letter_mails_agency_id_letter_id_user_id_pk" PRIMARY KEY("agency_id","letter_id","user_id"),
	CONSTRAINT "letter_mails_letter" FOREIGN KEY ("agency_id","letter_id") REFERENCES "public"."letters"("agency_id","id")
);
--> statement-breakpoint
CREATE TABLE "tags" (
	"agency_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"name" text NOT NULL,
	"colour" text NOT NULL,
	"removed_at" timestamp with time zone,
	"recorded_by" uuid NOT NULL,
	"recorded_at" timestamp with time zone DEFAULT now() NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	CONSTRAINT "tags_agency_id_id_pk" PRIMARY KEY("agency_id","id"),
	CONSTRAINT "tags_colour" CHECK ("tags"."colour" in ('neutral', 'accent', 'good', 'warn', 'bad')),
	CONSTRAINT "tags_agency_id_agencies_id_fk" FOREIGN KEY ("agency_id") REFERENCES "public"."agencies"("id")
);
--> statement-breakpoint
CREATE TABLE "creator_tags" (
	"agency_id" uuid NOT NULL,
	"creator_id" uuid NOT NULL,
	"tag_id" uuid NOT NULL,
	"recorded_by" uuid NOT NULL,
	"recorded_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "creator_tags_agency_id_creator_id_tag_id_pk" PRIMARY KEY("agency_id","creator_id","tag_id"),
	CONSTRAINT "creator_tags_creator_id_creators_id_fk" FOREIGN KEY ("creator_id") REFERENCES "public"."creators"("id"),
	CONSTRAINT "creator_tags_tag" FOREIGN KEY ("agency_id","tag_id") REFERENCES "public"."tags"("agency_id","id")
);
--> statement-breakpoint
CREATE INDEX "letter_mails_waiting" ON "letter_mails" USING btree ("letter_id") WHERE "letter_mails"."mailed_at" is null;
--> statement-breakpoint
CREATE INDEX "letters_creator" ON "letters" USING btree ("creator_id");
--> statement-breakpoint
CREATE INDEX "notes_subject" ON "notes" USING btree ("creator_id","about","subject");
--> statement-breakpoint
CREATE UNIQUE INDEX "tags_name" ON "tags" USING btree ("agency_id",lower("name")) WHERE "tags"."removed_at" is null;
--> statement-breakpoint
CREATE INDEX "tasks_creator" ON "tasks" USING btree ("creator_id");
--> statement-breakpoint
ALTER TABLE notes ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
ALTER TABLE notes FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY kernel ON notes TO permille_kernel USING (true) WITH CHECK (true);
--> statement-breakpoint
ALTER TABLE tasks ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
ALTER TABLE tasks FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY kernel ON tasks TO permille_kernel USING (true) WITH CHECK (true);
--> statement-breakpoint
ALTER TABLE letters ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
ALTER TABLE letters FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY kernel ON letters TO permille_kernel USING (true) WITH CHECK (true);
--> statement-breakpoint
ALTER TABLE letter_mails ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
ALTER TABLE letter_mails FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY kernel ON letter_mails TO permille_kernel USING (true) WITH CHECK (true);
--> statement-breakpoint
ALTER TABLE tags ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
ALTER TABLE tags FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY kernel ON tags TO permille_kernel USING (true) WITH CHECK (true);
--> statement-breakpoint
ALTER TABLE creator_tags ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
ALTER TABLE creator_tags FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY kernel ON creator_tags TO permille_kernel USING (true) WITH CHECK (true);
--> statement-breakpoint
-- The members read what is theirs; of an agency those whom its representation lets in read what it wrote for itself, and
-- what it shares with the creator unless she keeps her notes. What is no more represented is seen by nobody there.
CREATE POLICY read ON notes FOR SELECT TO permille_app USING (
  creator_id = ANY (ARRAY(SELECT a.creator_id FROM access a))
  AND (
    (audience <> 'agency' AND creator_id = ANY (ARRAY(SELECT a.creator_id FROM access a WHERE a.via = 'member')))
    OR (audience = 'agency' AND (creator_id, agency_id) IN (SELECT r.creator_id, r.agency_id FROM access a JOIN representations r ON r.id = CASE WHEN a.via LIKE 'representation:%' THEN substr(a.via, 16)::uuid END JOIN agency_access g ON g.agency_id = r.agency_id))
    OR (audience = 'both' AND (creator_id, agency_id) IN (SELECT r.creator_id, r.agency_id FROM access a JOIN representations r ON r.id = CASE WHEN a.via LIKE 'representation:%' THEN substr(a.via, 16)::uuid END JOIN agency_access g ON g.agency_id = r.agency_id WHERE a.notes))
  )
);
--> statement-breakpoint
CREATE POLICY write ON notes FOR INSERT TO permille_app WITH CHECK (
  (audience <> 'agency' AND creator_id = ANY (ARRAY(SELECT a.creator_id FROM access a WHERE a.via = 'member' AND a.role IN ('owner', 'editor'))))
  OR (audience = 'agency' AND (creator_id, agency_id) IN (SELECT r.creator_id, r.agency_id FROM access a JOIN representations r ON r.id = CASE WHEN a.via LIKE 'representation:%' THEN substr(a.via, 16)::uuid END JOIN agency_access g ON g.agency_id = r.agency_id AND g.role IN ('admin', 'manager')))
  OR (audience = 'both' AND (creator_id, agency_id) IN (SELECT r.creator_id, r.agency_id FROM access a JOIN representations r ON r.id = CASE WHEN a.via LIKE 'representation:%' THEN substr(a.via, 16)::uuid END JOIN agency_access g ON g.agency_id = r.agency_id AND g.role IN ('admin', 'manager') WHERE a.notes))
);
--> statement-breakpoint
CREATE POLICY read ON tasks FOR SELECT TO permille_app USING (
  (agency_id = ANY (ARRAY(SELECT g.agency_id FROM agency_access g)) AND (creator_id IS NULL OR (creator_id, agency_id) IN (SELECT r.creator_id, r.agency_id FROM access a JOIN representations r ON r.id = CASE WHEN a.via LIKE 'representation:%' THEN substr(a.via, 16)::uuid END JOIN agency_access g ON g.agency_id = r.agency_id)))
  OR (of_creator AND creator_id = ANY (ARRAY(SELECT a.creator_id FROM access a WHERE a.via = 'member')))
);
--> statement-breakpoint
CREATE POLICY write ON tasks FOR INSERT TO permille_app WITH CHECK (agency_id = ANY (ARRAY(SELECT g.agency_id FROM agency_access g WHERE g.role IN ('admin', 'manager'))) AND (creator_id IS NULL OR (creator_id, agency_id) IN (SELECT r.creator_id, r.agency_id FROM access a JOIN representations r ON r.id = CASE WHEN a.via LIKE 'representation:%' THEN substr(a.via, 16)::uuid END JOIN agency_access g ON g.agency_id = r.agency_id AND g.role IN ('admin', 'manager'))));
--> statement-breakpoint
-- Which of its columns, keep_task() says.
CREATE POLICY change ON tasks FOR UPDATE TO permille_app USING (
  (agency_id = ANY (ARRAY(SELECT g.agency_id FROM agency_access g)) AND (creator_id IS NULL OR (creator_id, agency_id) IN (SELECT r.creator_id, r.agency_id FROM access a JOIN representations r ON r.id = CASE WHEN a.via LIKE 'representation:%' THEN substr(a.via, 16)::uuid END JOIN agency_access g ON g.agency_id = r.agency_id)))
  OR (of_creator AND creator_id = ANY (ARRAY(SELECT a.creator_id FROM access a WHERE a.via = 'member' AND a.role IN ('owner', 'editor'))))
);
--> statement-breakpoint
-- To a creator her members read it; of the agency's own letters its people.
CREATE POLICY read ON letters FOR SELECT TO permille_app USING (
  (agency_id = ANY (ARRAY(SELECT g.agency_id FROM agency_access g)) AND (creator_id IS NULL OR (creator_id, agency_id) IN (SELECT r.creator_id, r.agency_id FROM access a JOIN representations r ON r.id = CASE WHEN a.via LIKE 'representation:%' THEN substr(a.via, 16)::uuid END JOIN agency_access g ON g.agency_id = r.agency_id)))
  OR creator_id = ANY (ARRAY(SELECT a.creator_id FROM access a WHERE a.via = 'member'))
);
--> statement-breakpoint
CREATE POLICY write ON letters FOR INSERT TO permille_app WITH CHECK (agency_id = ANY (ARRAY(SELECT g.agency_id FROM agency_access g WHERE g.role IN ('admin', 'manager'))) AND (creator_id IS NULL OR (creator_id, agency_id) IN (SELECT r.creator_id, r.agency_id FROM access a JOIN representations r ON r.id = CASE WHEN a.via LIKE 'representation:%' THEN substr(a.via, 16)::uuid END JOIN agency_access g ON g.agency_id = r.agency_id AND g.role IN ('admin', 'manager'))));
--> statement-breakpoint
-- Whose mails are whose tells who owns a creator: in the agency to those who read the letter.
CREATE POLICY read ON letter_mails FOR SELECT TO permille_app USING (user_id = viewer_id() OR (agency_id = ANY (ARRAY(SELECT g.agency_id FROM agency_access g)) AND (agency_id, letter_id) IN (SELECT l.agency_id, l.id FROM letters l)));
--> statement-breakpoint
CREATE POLICY write ON letter_mails FOR INSERT TO permille_app WITH CHECK (agency_id = ANY (ARRAY(SELECT g.agency_id FROM agency_access g WHERE g.role IN ('admin', 'manager'))));
--> statement-breakpoint
-- Said when it is sent, which is done in the name of the one who gets it.
CREATE POLICY change ON letter_mails FOR UPDATE TO permille_app USING (user_id = viewer_id()) WITH CHECK (user_id = viewer_id());
--> statement-breakpoint
CREATE POLICY read ON tags FOR SELECT TO permille_app USING (agency_id = ANY (ARRAY(SELECT g.agency_id FROM agency_access g)));
--> statement-breakpoint
CREATE POLICY write ON tags FOR INSERT TO permille_app WITH CHECK (agency_id = ANY (ARRAY(SELECT g.agency_id FROM agency_access g WHERE g.role IN ('admin', 'manager'))));
--> statement-breakpoint
CREATE POLICY change ON tags FOR UPDATE TO permille_app USING (agency_id = ANY (ARRAY(SELECT g.agency_id FROM agency_access g WHERE g.role IN ('admin', 'manager')))) WITH CHECK (agency_id = ANY (ARRAY(SELECT g.agency_id FROM agency_access g WHERE g.role IN ('admin', 'manager'))));
--> statement-breakpoint
CREATE POLICY read ON creator_tags FOR SELECT TO permille_app USING (agency_id = ANY (ARRAY(SELECT g.agency_id FROM agency_access g)) AND (creator_id, agency_id) IN (SELECT r.creator_id, r.agency_id FROM access a JOIN representations r ON r.id = CASE WHEN a.via LIKE 'representation:%' THEN substr(a.via, 16)::uuid END JOIN agency_access g ON g.agency_id = r.agency_id));
--> statement-breakpoint
CREATE POLICY write ON creator_tags FOR INSERT TO permille_app WITH CHECK (agency_id = ANY (ARRAY(SELECT g.agency_id FROM agency_access g WHERE g.role IN ('admin', 'manager'))) AND (creator_id, agency_id) IN (SELECT r.creator_id, r.agency_id FROM access a JOIN representations r ON r.id = CASE WHEN a.via LIKE 'representation:%' THEN substr(a.via, 16)::uuid END JOIN agency_access g ON g.agency_id = r.agency_id AND g.role IN ('admin', 'manager')));
--> statement-breakpoint
CREATE POLICY remove ON creator_tags FOR DELETE TO permille_app USING (agency_id = ANY (ARRAY(SELECT g.agency_id FROM agency_access g WHERE g.role IN ('admin', 'manager'))) AND (creator_id, agency_id) IN (SELECT r.creator_id, r.agency_id FROM access a JOIN representations r ON r.id = CASE WHEN a.via LIKE 'representation:%' THEN substr(a.via, 16)::uuid END JOIN agency_access g ON g.agency_id = r.agency_id AND g.role IN ('admin', 'manager')));
--> statement-breakpoint
GRANT SELECT, INSERT ON notes, tasks, letters, letter_mails, tags, creator_tags TO permille_app;
--> statement-breakpoint
GRANT UPDATE (title, detail, assignee, due_on, done_at, version) ON tasks TO permille_app;
--> statement-breakpoint
GRANT UPDATE (mailed_at) ON letter_mails TO permille_app;
--> statement-breakpoint
GRANT UPDATE (name, colour, removed_at, version) ON tags TO permille_app;
--> statement-breakpoint
GRANT DELETE ON creator_tags TO permille_app;
--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE, DELETE ON notes, tasks, letters, letter_mails, tags, creator_tags TO permille_kernel;
--> statement-breakpoint
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON notes FOR EACH ROW EXECUTE FUNCTION refuse_change();
--> statement-breakpoint
CREATE TRIGGER append_only_truncate BEFORE TRUNCATE ON notes FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
--> statement-breakpoint
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON letters FOR EACH ROW EXECUTE FUNCTION refuse_change();
--> statement-breakpoint
CREATE TRIGGER append_only_truncate BEFORE TRUNCATE ON letters FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
--> statement-breakpoint
CREATE TRIGGER stamp BEFORE INSERT ON tags FOR EACH ROW EXECUTE FUNCTION stamp_entry();
--> statement-breakpoint
CREATE TRIGGER stamp BEFORE INSERT ON creator_tags FOR EACH ROW EXECUTE FUNCTION stamp_entry();
--> statement-breakpoint
-- ---------------------------------------------------------------- who wrote it, as he was called then
-- A person by name, of an agency with its name; the house itself by the agency's.
CREATE FUNCTION byline_of(p_agency uuid) RETURNS text LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
SELECT concat_ws(', ',
    (SELECT u.name FROM users u WHERE u.id = viewer_id()),
    (SELECT g.name FROM agencies g WHERE g.id = p_agency)
  )
$$;
--> statement-breakpoint
-- A correction is its author's own, to the same readers and of the same thing.
CREATE FUNCTION keep_note() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  new.recorded_at := now();
  new.recorded_by := viewer_id();
  new.byline := byline_of((SELECT g.agency_id FROM agency_access g WHERE g.user_id = viewer_id() AND g.agency_id = new.agency_id));
  IF new.replaces IS NOT NULL AND NOT EXISTS (
    SELECT FROM notes n
    WHERE n.creator_id = new.creator_id AND n.id = new.replaces AND n.recorded_by = viewer_id()
      AND (n.audience, n.about, n.subject) = (new.audience, new.about, new.subject)
      AND n.agency_id IS NOT DISTINCT FROM new.agency_id
  ) THEN
    RAISE EXCEPTION 'a note is corrected by its author, for the same readers' USING ERRCODE = '42501';
  END IF;
  RETURN new;
END
$$;
--> statement-breakpoint
CREATE TRIGGER stamp BEFORE INSERT ON notes FOR EACH ROW EXECUTE FUNCTION keep_note();
--> statement-breakpoint
-- Of the agency its admins and managers may change a task; whoever sees it may say whether it is done.
CREATE FUNCTION keep_task() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE of_agency text := (SELECT g.role FROM agency_access g WHERE g.user_id = viewer_id() AND g.agency_id = new.agency_id);
BEGIN
  IF tg_op = 'INSERT' THEN
    new.recorded_at := now();
    new.recorded_by := viewer_id();
    new.byline := byline_of(new.agency_id);
    new.done_at := NULL;
    new.done_by := '';
    RETURN new;
  END IF;
  IF coalesce(of_agency, '') NOT IN ('admin', 'manager')
    AND (new.title, new.detail) IS DISTINCT FROM (old.title, old.detail)
    OR coalesce(of_agency, '') NOT IN ('admin', 'manager')
    AND (new.assignee, new.due_on) IS DISTINCT FROM (old.assignee, old.due_on)
  THEN
    RAISE EXCEPTION 'a task is changed by the agency that asks' USING ERRCODE = '42501';
  END IF;
  IF (new.done_at IS NULL) <> (old.done_at IS NULL) THEN
    new.done_at := CASE WHEN new.done_at IS NULL THEN NULL ELSE now() END;
    new.done_by := CASE WHEN new.done_at IS NULL THEN '' ELSE byline_of(CASE WHEN of_agency IS NOT NULL THEN new.agency_id END) END;
  ELSE
    new.done_at := old.done_at;
    new.done_by := old.done_by;
  END IF;
  RETURN new;
END
$$;
--> statement-breakpoint
CREATE TRIGGER stamp BEFORE INSERT OR UPDATE ON tasks FOR EACH ROW EXECUTE FUNCTION keep_task();
--> statement-breakpoint
CREATE FUNCTION keep_letter() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  new.recorded_at := now();
  new.recorded_by := coalesce(viewer_id(), operator_id());
  new.byline := byline_of(new.agency_id);
  RETURN new;
END
$$;
--> statement-breakpoint
CREATE TRIGGER stamp BEFORE INSERT ON letters FOR EACH ROW EXECUTE FUNCTION keep_letter();
--> statement-breakpoint
-- To a creator: to her owners, whom the agency need not know. Whoever writes gets none.
CREATE FUNCTION address_letter() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  INSERT INTO letter_mails (agency_id, letter_id, user_id)
  SELECT new.agency_id, new.id, m.user_id FROM members m
  WHERE m.creator_id = new.creator_id AND m.role = 'owner' AND m.removed_at IS NULL AND m.user_id <> new.recorded_by;
  RETURN NULL;
END
$$;
--> statement-breakpoint
CREATE TRIGGER address AFTER INSERT ON letters FOR EACH ROW EXECUTE FUNCTION address_letter();
--> statement-breakpoint
-- ---------------------------------------------------------------- the questions that cross a wall
-- The agencies beside a creator, for whom the viewer is one of (his own), and whether he may write a note there: members do
-- not see the representations themselves.
CREATE FUNCTION note_readers(p_creator uuid) RETURNS TABLE (agency_id uuid, agency_name text, of_agency boolean, notes boolean, may_write boolean) LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
SELECT r.agency_id, g.name, false, r.notes, a.role IN ('owner', 'editor')
  FROM representations r JOIN agencies g ON g.id = r.agency_id JOIN creators c ON c.id = r.creator_id
    JOIN access a ON a.user_id = viewer_id() AND a.creator_id = r.creator_id AND a.via = 'member'
  WHERE r.creator_id = p_creator AND r.accepted_at IS NOT NULL AND r.ended_at IS NULL
    AND (r.to_day IS NULL OR now() < (r.to_day + 1)::timestamp AT TIME ZONE c.time_zone)
  UNION ALL
  SELECT r.agency_id, g.name, true, r.notes, m.role IN ('admin', 'manager')
  FROM representations r JOIN agencies g ON g.id = r.agency_id
    JOIN agency_access m ON m.agency_id = r.agency_id AND m.user_id = viewer_id()
    JOIN access a ON a.user_id = viewer_id() AND a.creator_id = r.creator_id AND a.via = 'representation:' || r.id AND (a.until IS NULL OR a.until > now())
  WHERE r.creator_id = p_creator
$$;
--> statement-breakpoint
-- For the job that sends: letters that are waiting, by whom they are for.
CREATE FUNCTION waiting_letters() RETURNS TABLE (agency_id uuid, letter_id uuid, user_id uuid) LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
SELECT m.agency_id, m.letter_id, m.user_id
  FROM letter_mails m JOIN letters l ON l.agency_id = m.agency_id AND l.id = m.letter_id
  WHERE m.mailed_at IS NULL AND l.recorded_at > now() - interval '7 days'
$$;
--> statement-breakpoint
-- One letter for each open task that falls due, to the one who is asked; a due day that is moved makes another.
CREATE FUNCTION write_due_letters() RETURNS void LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS $$
WITH due AS (
    SELECT t.*, md5(t.agency_id::text || t.id || t.due_on)::uuid AS letter_id FROM tasks t
    WHERE t.done_at IS NULL AND t.due_on BETWEEN current_date - 7 AND current_date AND (t.of_creator OR t.assignee IS NOT NULL)
      AND (t.creator_id IS NULL OR EXISTS (
        SELECT FROM representations r WHERE r.agency_id = t.agency_id AND r.creator_id = t.creator_id AND r.accepted_at IS NOT NULL AND r.ended_at IS NULL
      ))
  ), written AS (
    INSERT INTO letters (agency_id, id, creator_id, task_id, subject, text, byline, recorded_by, body_hash)
    SELECT d.agency_id, d.letter_id, CASE WHEN d.of_creator THEN d.creator_id END, d.id, 'Due: ' || d.title, d.detail, '', operator_id(), ''
    FROM due d ON CONFLICT DO NOTHING RETURNING agency_id, id
  )
  INSERT INTO letter_mails (agency_id, letter_id, user_id)
  SELECT w.agency_id, w.id, d.assignee FROM written w JOIN due d ON d.letter_id = w.id AND d.assignee IS NOT NULL
$$;
--> statement-breakpoint
GRANT CREATE ON SCHEMA public TO permille_kernel;
--> statement-breakpoint
ALTER FUNCTION byline_of(uuid) OWNER TO permille_kernel;
--> statement-breakpoint
REVOKE ALL ON FUNCTION byline_of(uuid) FROM PUBLIC;
--> statement-breakpoint
ALTER FUNCTION keep_note() OWNER TO permille_kernel;
--> statement-breakpoint
REVOKE ALL ON FUNCTION keep_note() FROM PUBLIC;
--> statement-breakpoint
ALTER FUNCTION keep_task() OWNER TO permille_kernel;
--> statement-breakpoint
REVOKE ALL ON FUNCTION keep_task() FROM PUBLIC;
--> statement-breakpoint
ALTER FUNCTION keep_letter() OWNER TO permille_kernel;
--> statement-breakpoint
REVOKE ALL ON FUNCTION keep_letter() FROM PUBLIC;
--> statement-breakpoint
ALTER FUNCTION address_letter() OWNER TO permille_kernel;
--> statement-breakpoint
REVOKE ALL ON FUNCTION address_letter() FROM PUBLIC;
--> statement-breakpoint
ALTER FUNCTION note_readers(uuid) OWNER TO permille_kernel;
--> statement-breakpoint
REVOKE ALL ON FUNCTION note_readers(uuid) FROM PUBLIC;
--> statement-breakpoint
ALTER FUNCTION waiting_letters() OWNER TO permille_kernel;
--> statement-breakpoint
REVOKE ALL ON FUNCTION waiting_letters() FROM PUBLIC;
--> statement-breakpoint
ALTER FUNCTION write_due_letters() OWNER TO permille_kernel;
--> statement-breakpoint
REVOKE ALL ON FUNCTION write_due_letters() FROM PUBLIC;
--> statement-breakpoint
REVOKE CREATE ON SCHEMA public FROM permille_kernel;
--> statement-breakpoint
GRANT EXECUTE ON FUNCTION note_readers(uuid) TO permille_app;
--> statement-breakpoint
GRANT EXECUTE ON FUNCTION waiting_letters(), write_due_letters() TO permille_auth;
