-- A file on its way, until it is imported or put aside. The references stand in the tables, as in 0005.
CREATE TABLE "uploads" (
	"creator_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"file_name" text NOT NULL,
	"bytes" bigint NOT NULL,
	"file_sha256" text,
	"state" text NOT NULL,
	"share" double precision DEFAULT 0 NOT NULL,
	"choices" jsonb NOT NULL,
	"result" jsonb,
	"run" uuid,
	"beat_at" timestamp with time zone DEFAULT now() NOT NULL,
	"recorded_by" uuid NOT NULL,
	"recorded_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "uploads_creator_id_id_pk" PRIMARY KEY("creator_id","id"),
	CONSTRAINT "uploads_state" CHECK ("uploads"."state" in ('arriving', 'arrived', 'reading', 'read', 'importing', 'failed')),
	CONSTRAINT "uploads_bytes" CHECK ("uploads"."bytes" > 0),
	CONSTRAINT "uploads_creator_id_creators_id_fk" FOREIGN KEY ("creator_id") REFERENCES "public"."creators"("id")
);
--> statement-breakpoint
CREATE TABLE "upload_parts" (
	"creator_id" uuid NOT NULL,
	"upload_id" uuid NOT NULL,
	"part" integer NOT NULL,
	"bytes" "bytea" NOT NULL,
	CONSTRAINT "upload_parts_creator_id_upload_id_part_pk" PRIMARY KEY("creator_id","upload_id","part"),
	CONSTRAINT "upload_parts_creator_id_upload_id_uploads_creator_id_id_fk" FOREIGN KEY ("creator_id","upload_id") REFERENCES "public"."uploads"("creator_id","id")
);
--> statement-breakpoint
-- Read once and dropped: not worth compressing.
ALTER TABLE upload_parts ALTER COLUMN bytes SET STORAGE EXTERNAL;
--> statement-breakpoint
CREATE TABLE "import_mappings" (
	"creator_id" uuid NOT NULL,
	"header" text NOT NULL,
	"mapping" jsonb NOT NULL,
	"recorded_by" uuid NOT NULL,
	"recorded_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "import_mappings_creator_id_header_pk" PRIMARY KEY("creator_id","header"),
	CONSTRAINT "import_mappings_creator_id_creators_id_fk" FOREIGN KEY ("creator_id") REFERENCES "public"."creators"("id")
);
--> statement-breakpoint
ALTER TABLE "audience" ADD COLUMN "import_id" uuid;
--> statement-breakpoint
ALTER TABLE "payouts" ADD COLUMN "estimated_minor" bigint;
--> statement-breakpoint
ALTER TABLE "payouts" ADD COLUMN "settled_on" date;
--> statement-breakpoint
CREATE INDEX "readings_import" ON "readings" USING btree ("creator_id","import_id");
--> statement-breakpoint
ALTER TABLE uploads ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
ALTER TABLE uploads FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
ALTER TABLE upload_parts ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
ALTER TABLE upload_parts FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
ALTER TABLE import_mappings ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
ALTER TABLE import_mappings FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY read ON uploads FOR SELECT TO permille_app USING (creator_id = ANY (ARRAY(SELECT a.creator_id FROM access a WHERE a.amounts AND a.streams IS NULL)));
--> statement-breakpoint
CREATE POLICY write ON uploads FOR INSERT TO permille_app WITH CHECK (creator_id = ANY (ARRAY(SELECT a.creator_id FROM access a WHERE a.amounts AND a.streams IS NULL AND a.role IN ('owner', 'editor', 'operator'))));
--> statement-breakpoint
CREATE POLICY change ON uploads FOR UPDATE TO permille_app USING (creator_id = ANY (ARRAY(SELECT a.creator_id FROM access a WHERE a.amounts AND a.streams IS NULL AND a.role IN ('owner', 'editor', 'operator')))) WITH CHECK (creator_id = ANY (ARRAY(SELECT a.creator_id FROM access a WHERE a.amounts AND a.streams IS NULL AND a.role IN ('owner', 'editor', 'operator'))));
--> statement-breakpoint
CREATE POLICY kernel ON uploads TO permille_kernel USING (true) WITH CHECK (true);
--> statement-breakpoint
CREATE POLICY read ON upload_parts FOR SELECT TO permille_app USING (creator_id = ANY (ARRAY(SELECT a.creator_id FROM access a WHERE a.amounts AND a.streams IS NULL AND a.role IN ('owner', 'editor', 'operator'))));
--> statement-breakpoint
CREATE POLICY write ON upload_parts FOR INSERT TO permille_app WITH CHECK (creator_id = ANY (ARRAY(SELECT a.creator_id FROM access a WHERE a.amounts AND a.streams IS NULL AND a.role IN ('owner', 'editor', 'operator'))));
--> statement-breakpoint
CREATE POLICY kernel ON upload_parts TO permille_kernel USING (true) WITH CHECK (true);
--> statement-breakpoint
CREATE POLICY read ON import_mappings FOR SELECT TO permille_app USING (creator_id = ANY (ARRAY(SELECT a.creator_id FROM access a WHERE a.amounts AND a.streams IS NULL)));
--> statement-breakpoint
CREATE POLICY write ON import_mappings FOR INSERT TO permille_app WITH CHECK (creator_id = ANY (ARRAY(SELECT a.creator_id FROM access a WHERE a.amounts AND a.streams IS NULL AND a.role IN ('owner', 'editor', 'operator'))));
--> statement-breakpoint
CREATE POLICY change ON import_mappings FOR UPDATE TO permille_app USING (creator_id = ANY (ARRAY(SELECT a.creator_id FROM access a WHERE a.amounts AND a.streams IS NULL AND a.role IN ('owner', 'editor', 'operator')))) WITH CHECK (creator_id = ANY (ARRAY(SELECT a.creator_id FROM access a WHERE a.amounts AND a.streams IS NULL AND a.role IN ('owner', 'editor', 'operator'))));
--> statement-breakpoint
CREATE POLICY kernel ON import_mappings TO permille_kernel USING (true) WITH CHECK (true);
--> statement-breakpoint
GRANT SELECT, INSERT ON uploads, upload_parts, import_mappings TO permille_app;
--> statement-breakpoint
GRANT UPDATE (file_sha256, state, share, choices, result, run, beat_at) ON uploads TO permille_app;
--> statement-breakpoint
GRANT UPDATE (mapping) ON import_mappings TO permille_app;
--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE, DELETE ON uploads, upload_parts, import_mappings TO permille_kernel;
--> statement-breakpoint
CREATE TRIGGER stamp BEFORE INSERT ON uploads FOR EACH ROW EXECUTE FUNCTION stamp_entry();
--> statement-breakpoint
CREATE TRIGGER stamp BEFORE INSERT ON import_mappings FOR EACH ROW EXECUTE FUNCTION stamp_entry();
--> statement-breakpoint
-- The one way a file on its way goes: imported, put aside or forgotten. False where there is none, or no right to.
CREATE FUNCTION drop_upload(p_creator uuid, p_upload uuid) RETURNS boolean LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  PERFORM 1 FROM access a
  WHERE a.creator_id = p_creator AND a.user_id = viewer_id() AND a.amounts AND a.streams IS NULL
    AND a.role IN ('owner', 'editor', 'operator') AND (a.until IS NULL OR a.until > now())
    AND (a.user_id <> operator_id() OR a.creator_id = nullif(current_setting('app.creator_id', true), '')::uuid);
  IF NOT FOUND THEN RETURN false; END IF;
  DELETE FROM upload_parts WHERE creator_id = p_creator AND upload_id = p_upload;
  DELETE FROM uploads WHERE creator_id = p_creator AND id = p_upload;
  RETURN FOUND;
END
$$;
--> statement-breakpoint
-- As before, with the new tables.
CREATE OR REPLACE FUNCTION remove_sample(p_creator uuid) RETURNS boolean LANGUAGE plpgsql  SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  PERFORM 1 FROM creators c JOIN members m ON m.creator_id = c.id
  WHERE c.id = p_creator AND c.is_sample AND m.user_id = viewer_id() AND m.role = 'owner' AND m.removed_at IS NULL
  FOR UPDATE OF c;
  IF NOT FOUND THEN RETURN false; END IF;
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
ALTER FUNCTION drop_upload(uuid, uuid) OWNER TO permille_kernel;
--> statement-breakpoint
REVOKE ALL ON FUNCTION drop_upload(uuid, uuid) FROM PUBLIC;
--> statement-breakpoint
REVOKE CREATE ON SCHEMA public FROM permille_kernel;
--> statement-breakpoint
GRANT EXECUTE ON FUNCTION drop_upload(uuid, uuid) TO permille_app;
