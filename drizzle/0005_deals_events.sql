-- The references stand in the tables: added afterwards, they would be checked against tables that hide their rows.
CREATE TABLE "deals" (
	"creator_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"channel_id" uuid,
	"brand" text NOT NULL,
	"fee_minor" bigint NOT NULL,
	"currency" char(3) NOT NULL,
	"expected_on" date NOT NULL,
	"state" text NOT NULL,
	"note" text DEFAULT '' NOT NULL,
	"replaces" uuid,
	"is_void" boolean DEFAULT false NOT NULL,
	"recorded_by" uuid NOT NULL,
	"recorded_at" timestamp with time zone DEFAULT now() NOT NULL,
	"body_hash" "bytea" NOT NULL,
	CONSTRAINT "deals_creator_id_id_pk" PRIMARY KEY("creator_id","id"),
	CONSTRAINT "deals_replaces" UNIQUE("creator_id","replaces"),
	CONSTRAINT "deals_state" CHECK ("deals"."state" in ('pitched', 'agreed', 'delivered', 'invoiced', 'paid', 'lost')),
	CONSTRAINT "deals_currency" CHECK ("deals"."currency" ~ '^[A-Z]{3}$'),
	CONSTRAINT "deals_fee" CHECK ("deals"."fee_minor" >= 0),
	CONSTRAINT "deals_creator_id_creators_id_fk" FOREIGN KEY ("creator_id") REFERENCES "public"."creators"("id"),
	CONSTRAINT "deals_creator_id_channel_id_channels_creator_id_id_fk" FOREIGN KEY ("creator_id","channel_id") REFERENCES "public"."channels"("creator_id","id"),
	CONSTRAINT "deals_creator_id_replaces_deals_creator_id_id_fk" FOREIGN KEY ("creator_id","replaces") REFERENCES "public"."deals"("creator_id","id")
);
--> statement-breakpoint
CREATE TABLE "events" (
	"creator_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"day" date NOT NULL,
	"label" text NOT NULL,
	"kind" text NOT NULL,
	"stream" text,
	"platform" text,
	"effect" text NOT NULL,
	"replaces" uuid,
	"is_void" boolean DEFAULT false NOT NULL,
	"recorded_by" uuid NOT NULL,
	"recorded_at" timestamp with time zone DEFAULT now() NOT NULL,
	"body_hash" "bytea" NOT NULL,
	CONSTRAINT "events_creator_id_id_pk" PRIMARY KEY("creator_id","id"),
	CONSTRAINT "events_replaces" UNIQUE("creator_id","replaces"),
	CONSTRAINT "events_kind" CHECK ("events"."kind" in ('rule_change', 'country_list', 'joined_programme', 'other')),
	CONSTRAINT "events_effect" CHECK ("events"."effect" in ('none', 'widen', 'restart')),
	CONSTRAINT "events_stream" CHECK ("events"."stream" is null or "events"."stream" in ('ads', 'rewards', 'sponsorship', 'affiliate', 'super_like', 'gift', 'shop', 'subscription', 'other')),
	CONSTRAINT "events_platform" CHECK ("events"."platform" is null or "events"."platform" in ('tiktok', 'youtube', 'instagram', 'facebook', 'other')),
	CONSTRAINT "events_creator_id_creators_id_fk" FOREIGN KEY ("creator_id") REFERENCES "public"."creators"("id"),
	CONSTRAINT "events_creator_id_replaces_events_creator_id_id_fk" FOREIGN KEY ("creator_id","replaces") REFERENCES "public"."events"("creator_id","id")
);
--> statement-breakpoint
CREATE INDEX "deals_expected" ON "deals" USING btree ("creator_id","expected_on");
--> statement-breakpoint
CREATE INDEX "events_day" ON "events" USING btree ("creator_id","day");
--> statement-breakpoint
ALTER TABLE deals ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
ALTER TABLE deals FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
ALTER TABLE events ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
ALTER TABLE events FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
-- Money, and what projections are made of: nothing without the right to see amounts.
CREATE POLICY read ON deals FOR SELECT TO permille_app USING (creator_id = ANY (ARRAY(SELECT a.creator_id FROM access a WHERE a.amounts AND a.streams IS NULL)));
--> statement-breakpoint
CREATE POLICY write ON deals FOR INSERT TO permille_app WITH CHECK (creator_id = ANY (ARRAY(SELECT a.creator_id FROM access a WHERE a.amounts AND a.streams IS NULL AND a.role IN ('owner', 'editor', 'operator'))));
--> statement-breakpoint
CREATE POLICY kernel ON deals TO permille_kernel USING (true) WITH CHECK (true);
--> statement-breakpoint
CREATE POLICY read ON events FOR SELECT TO permille_app USING (creator_id = ANY (ARRAY(SELECT a.creator_id FROM access a WHERE a.amounts AND a.streams IS NULL)));
--> statement-breakpoint
CREATE POLICY write ON events FOR INSERT TO permille_app WITH CHECK (creator_id = ANY (ARRAY(SELECT a.creator_id FROM access a WHERE a.amounts AND a.streams IS NULL AND a.role IN ('owner', 'editor', 'operator'))));
--> statement-breakpoint
CREATE POLICY kernel ON events TO permille_kernel USING (true) WITH CHECK (true);
--> statement-breakpoint
GRANT SELECT, INSERT ON deals, events TO permille_app;
--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE, DELETE ON deals, events TO permille_kernel;
--> statement-breakpoint
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON deals FOR EACH ROW EXECUTE FUNCTION refuse_change();
--> statement-breakpoint
CREATE TRIGGER append_only_truncate BEFORE TRUNCATE ON deals FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
--> statement-breakpoint
CREATE TRIGGER stamp BEFORE INSERT ON deals FOR EACH ROW EXECUTE FUNCTION stamp_entry();
--> statement-breakpoint
CREATE TRIGGER revise AFTER INSERT ON deals REFERENCING NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION revise();
--> statement-breakpoint
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON events FOR EACH ROW EXECUTE FUNCTION refuse_change();
--> statement-breakpoint
CREATE TRIGGER append_only_truncate BEFORE TRUNCATE ON events FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
--> statement-breakpoint
CREATE TRIGGER stamp BEFORE INSERT ON events FOR EACH ROW EXECUTE FUNCTION stamp_entry();
--> statement-breakpoint
CREATE TRIGGER revise AFTER INSERT ON events REFERENCING NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION revise();
--> statement-breakpoint
-- As before, with the two new tables.
CREATE OR REPLACE FUNCTION remove_sample(p_creator uuid) RETURNS boolean LANGUAGE plpgsql  SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  PERFORM 1 FROM creators c JOIN members m ON m.creator_id = c.id
  WHERE c.id = p_creator AND c.is_sample AND m.user_id = viewer_id() AND m.role = 'owner' AND m.removed_at IS NULL
  FOR UPDATE OF c;
  IF NOT FOUND THEN RETURN false; END IF;
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
