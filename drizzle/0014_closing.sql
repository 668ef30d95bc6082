-- Closed statements, why a month was opened again, and what was shared. The references stand in the tables, as in 0005.
SET LOCAL check_function_bodies = off;
--> statement-breakpoint
CREATE TABLE "statements" (
	"creator_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"month" text NOT NULL,
	"revision" integer NOT NULL,
	"data" text NOT NULL,
	"sha256" "bytea" NOT NULL,
	"code_version" text NOT NULL,
	"closed_by" uuid NOT NULL,
	"closed_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "statements_creator_id_id_pk" PRIMARY KEY("creator_id","id"),
	CONSTRAINT "statements_revision" UNIQUE("creator_id","month","revision"),
	CONSTRAINT "statements_month" CHECK ("statements"."month" ~ '^[0-9]{4}-(0[1-9]|1[0-2])$'),
	CONSTRAINT "statements_creator_id_creators_id_fk" FOREIGN KEY ("creator_id") REFERENCES "public"."creators"("id")
);
--> statement-breakpoint
CREATE TABLE "reopenings" (
	"creator_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"month" text NOT NULL,
	"reason" text NOT NULL,
	"recorded_by" uuid NOT NULL,
	"recorded_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "reopenings_creator_id_id_pk" PRIMARY KEY("creator_id","id"),
	CONSTRAINT "reopenings_month" CHECK ("reopenings"."month" ~ '^[0-9]{4}-(0[1-9]|1[0-2])$'),
	CONSTRAINT "reopenings_creator_id_creators_id_fk" FOREIGN KEY ("creator_id") REFERENCES "public"."creators"("id")
);
--> statement-breakpoint
CREATE TABLE "statement_shares" (
	"creator_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"label" text DEFAULT '' NOT NULL,
	"range" text NOT NULL,
	"sections" text[] NOT NULL,
	"data" text NOT NULL,
	"sha256" "bytea" NOT NULL,
	"statement_id" uuid,
	"secret_hash" "bytea" NOT NULL,
	"passphrase_hash" text,
	"expires_at" timestamp with time zone NOT NULL,
	"recorded_by" uuid NOT NULL,
	"recorded_at" timestamp with time zone DEFAULT now() NOT NULL,
	"revoked_at" timestamp with time zone,
	CONSTRAINT "statement_shares_creator_id_id_pk" PRIMARY KEY("creator_id","id"),
	CONSTRAINT "statement_shares_creator_id_creators_id_fk" FOREIGN KEY ("creator_id") REFERENCES "public"."creators"("id"),
	CONSTRAINT "statement_shares_creator_id_statement_id_statements_creator_id_id_fk" FOREIGN KEY ("creator_id","statement_id") REFERENCES "public"."statements"("creator_id","id")
);
--> statement-breakpoint
CREATE TABLE "statement_share_opens" (
	"creator_id" uuid NOT NULL,
	"share_id" uuid NOT NULL,
	"day" date NOT NULL,
	"opens" integer NOT NULL,
	CONSTRAINT "statement_share_opens_creator_id_share_id_day_pk" PRIMARY KEY("creator_id","share_id","day"),
	CONSTRAINT "statement_share_opens_share" FOREIGN KEY ("creator_id","share_id") REFERENCES "public"."statement_shares"("creator_id","id")
);
--> statement-breakpoint
CREATE INDEX "reopenings_month" ON "reopenings" USING btree ("creator_id","month");
--> statement-breakpoint
ALTER TABLE statements ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
ALTER TABLE statements FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
ALTER TABLE reopenings ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
ALTER TABLE reopenings FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
ALTER TABLE statement_shares ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
ALTER TABLE statement_shares FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
ALTER TABLE statement_share_opens ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
ALTER TABLE statement_share_opens FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY kernel ON statements TO permille_kernel USING (true) WITH CHECK (true);
--> statement-breakpoint
CREATE POLICY kernel ON reopenings TO permille_kernel USING (true) WITH CHECK (true);
--> statement-breakpoint
CREATE POLICY kernel ON statement_shares TO permille_kernel USING (true) WITH CHECK (true);
--> statement-breakpoint
CREATE POLICY kernel ON statement_share_opens TO permille_kernel USING (true) WITH CHECK (true);
--> statement-breakpoint
CREATE POLICY read ON statements FOR SELECT TO permille_app USING (creator_id = ANY (ARRAY(SELECT a.creator_id FROM access a WHERE a.amounts AND a.streams IS NULL)));
--> statement-breakpoint
CREATE POLICY write ON statements FOR INSERT TO permille_app WITH CHECK (creator_id = ANY (ARRAY(SELECT a.creator_id FROM access a WHERE a.role = 'owner')));
--> statement-breakpoint
CREATE POLICY read ON reopenings FOR SELECT TO permille_app USING (creator_id = ANY (ARRAY(SELECT a.creator_id FROM access a WHERE a.amounts AND a.streams IS NULL)));
--> statement-breakpoint
-- The operator reads a share for whoever brings its secret, and counts that he came.
CREATE POLICY read ON statement_shares FOR SELECT TO permille_app USING (creator_id = ANY (ARRAY(SELECT a.creator_id FROM access a WHERE a.role IN ('owner', 'operator'))));
--> statement-breakpoint
CREATE POLICY write ON statement_shares FOR INSERT TO permille_app WITH CHECK (creator_id = ANY (ARRAY(SELECT a.creator_id FROM access a WHERE a.role = 'owner')));
--> statement-breakpoint
CREATE POLICY change ON statement_shares FOR UPDATE TO permille_app USING (creator_id = ANY (ARRAY(SELECT a.creator_id FROM access a WHERE a.role = 'owner'))) WITH CHECK (creator_id = ANY (ARRAY(SELECT a.creator_id FROM access a WHERE a.role = 'owner')));
--> statement-breakpoint
CREATE POLICY read ON statement_share_opens FOR SELECT TO permille_app USING (creator_id = ANY (ARRAY(SELECT a.creator_id FROM access a WHERE a.role IN ('owner', 'operator'))));
--> statement-breakpoint
CREATE POLICY write ON statement_share_opens FOR INSERT TO permille_app WITH CHECK (creator_id = ANY (ARRAY(SELECT a.creator_id FROM access a WHERE a.role = 'operator')));
--> statement-breakpoint
CREATE POLICY change ON statement_share_opens FOR UPDATE TO permille_app USING (creator_id = ANY (ARRAY(SELECT a.creator_id FROM access a WHERE a.role = 'operator'))) WITH CHECK (creator_id = ANY (ARRAY(SELECT a.creator_id FROM access a WHERE a.role = 'operator')));
--> statement-breakpoint
GRANT SELECT ON statements, reopenings, statement_shares, statement_share_opens TO permille_app;
--> statement-breakpoint
GRANT INSERT ON statements, statement_shares, statement_share_opens TO permille_app;
--> statement-breakpoint
GRANT UPDATE (revoked_at) ON statement_shares TO permille_app;
--> statement-breakpoint
GRANT UPDATE (opens) ON statement_share_opens TO permille_app;
--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE, DELETE ON statements, reopenings, statement_shares, statement_share_opens TO permille_kernel;
--> statement-breakpoint
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON statements FOR EACH ROW EXECUTE FUNCTION refuse_change();
--> statement-breakpoint
CREATE TRIGGER append_only_truncate BEFORE TRUNCATE ON statements FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
--> statement-breakpoint
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON reopenings FOR EACH ROW EXECUTE FUNCTION refuse_change();
--> statement-breakpoint
CREATE TRIGGER append_only_truncate BEFORE TRUNCATE ON reopenings FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
--> statement-breakpoint
-- Who, when, with which number and which checksum is the database's to say.
CREATE FUNCTION stamp_statement() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  new.closed_at := now();
  new.closed_by := viewer_id();
  new.sha256 := sha256(convert_to(new.data, 'UTF8'));
  SELECT coalesce(max(s.revision), 0) + 1 INTO new.revision FROM statements s WHERE s.creator_id = new.creator_id AND s.month = new.month;
  RETURN new;
END $$;
--> statement-breakpoint
CREATE TRIGGER stamp BEFORE INSERT ON statements FOR EACH ROW EXECUTE FUNCTION stamp_statement();
--> statement-breakpoint
CREATE FUNCTION stamp_share() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  new.recorded_at := now();
  new.recorded_by := viewer_id();
  new.sha256 := sha256(convert_to(new.data, 'UTF8'));
  RETURN new;
END $$;
--> statement-breakpoint
CREATE TRIGGER stamp BEFORE INSERT ON statement_shares FOR EACH ROW EXECUTE FUNCTION stamp_share();
--> statement-breakpoint
-- A closed month is named by the rates that were known when it was closed, so opening it again revises figures.
CREATE TRIGGER revise AFTER INSERT ON reopenings REFERENCING NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION revise();
--> statement-breakpoint
-- By an owner. What was booked elsewhere while the month was closed stays there, and so does its statement.
CREATE FUNCTION reopen_month(p_creator uuid, p_id uuid, p_month text, p_reason text) RETURNS boolean LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  PERFORM 1 FROM access a
  WHERE a.user_id = viewer_id() AND a.creator_id = p_creator AND a.role = 'owner' AND (a.until IS NULL OR a.until > now());
  IF NOT FOUND THEN RETURN false; END IF;
  PERFORM 1 FROM creators c WHERE c.id = p_creator FOR UPDATE;
  DELETE FROM closed_months m WHERE m.creator_id = p_creator AND m.month = p_month;
  IF NOT FOUND THEN RETURN false; END IF;
  INSERT INTO reopenings (creator_id, id, month, reason, recorded_by) VALUES (p_creator, p_id, p_month, p_reason, viewer_id());
  INSERT INTO audit_log (creator_id, actor, action, subject, detail)
  VALUES (p_creator, viewer_id(), 'month.reopened', p_month, jsonb_build_object('reason', p_reason));
  RETURN true;
END
$$;
--> statement-breakpoint
GRANT CREATE ON SCHEMA public TO permille_kernel;
--> statement-breakpoint
ALTER FUNCTION reopen_month(uuid, uuid, text, text) OWNER TO permille_kernel;
--> statement-breakpoint
REVOKE ALL ON FUNCTION reopen_month(uuid, uuid, text, text) FROM PUBLIC;
--> statement-breakpoint
REVOKE CREATE ON SCHEMA public FROM permille_kernel;
--> statement-breakpoint
GRANT EXECUTE ON FUNCTION reopen_month(uuid, uuid, text, text) TO permille_app;
