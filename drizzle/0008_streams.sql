-- What each stream is made of, and what needs a person. The references stand in the tables, as in 0005.
--> statement-breakpoint
CREATE TABLE "placements" (
	"creator_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"channel_id" uuid,
	"video_id" uuid,
	"merchant" text NOT NULL,
	"label" text DEFAULT '' NOT NULL,
	"rate_ppm" integer,
	"from_day" date NOT NULL,
	"to_day" date,
	"deal_id" uuid,
	"note" text DEFAULT '' NOT NULL,
	"replaces" uuid,
	"is_void" boolean DEFAULT false NOT NULL,
	"recorded_by" uuid NOT NULL,
	"recorded_at" timestamp with time zone DEFAULT now() NOT NULL,
	"body_hash" "bytea" NOT NULL,
	CONSTRAINT "placements_creator_id_id_pk" PRIMARY KEY("creator_id","id"),
	CONSTRAINT "placements_replaces" UNIQUE("creator_id","replaces"),
	CONSTRAINT "placements_rate" CHECK ("placements"."rate_ppm" between 0 and 1000000),
	CONSTRAINT "placements_period" CHECK ("placements"."to_day" is null or "placements"."from_day" <= "placements"."to_day"),
	CONSTRAINT "placements_creator_id_creators_id_fk" FOREIGN KEY ("creator_id") REFERENCES "public"."creators"("id"),
	CONSTRAINT "placements_creator_id_channel_id_channels_creator_id_id_fk" FOREIGN KEY ("creator_id","channel_id") REFERENCES "public"."channels"("creator_id","id"),
	CONSTRAINT "placements_creator_id_video_id_videos_creator_id_id_fk" FOREIGN KEY ("creator_id","video_id") REFERENCES "public"."videos"("creator_id","id"),
	CONSTRAINT "placements_creator_id_replaces_placements_creator_id_id_fk" FOREIGN KEY ("creator_id","replaces") REFERENCES "public"."placements"("creator_id","id")
);
--> statement-breakpoint
CREATE TABLE "lives" (
	"creator_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"channel_id" uuid NOT NULL,
	"video_id" uuid,
	"day" date NOT NULL,
	"seconds" integer NOT NULL,
	"units" bigint,
	"viewers" bigint,
	"note" text DEFAULT '' NOT NULL,
	"replaces" uuid,
	"is_void" boolean DEFAULT false NOT NULL,
	"recorded_by" uuid NOT NULL,
	"recorded_at" timestamp with time zone DEFAULT now() NOT NULL,
	"body_hash" "bytea" NOT NULL,
	CONSTRAINT "lives_creator_id_id_pk" PRIMARY KEY("creator_id","id"),
	CONSTRAINT "lives_replaces" UNIQUE("creator_id","replaces"),
	CONSTRAINT "lives_counts" CHECK ("lives"."seconds" >= 0 and least("lives"."units", "lives"."viewers") >= 0),
	CONSTRAINT "lives_creator_id_creators_id_fk" FOREIGN KEY ("creator_id") REFERENCES "public"."creators"("id"),
	CONSTRAINT "lives_creator_id_channel_id_channels_creator_id_id_fk" FOREIGN KEY ("creator_id","channel_id") REFERENCES "public"."channels"("creator_id","id"),
	CONSTRAINT "lives_creator_id_video_id_videos_creator_id_id_fk" FOREIGN KEY ("creator_id","video_id") REFERENCES "public"."videos"("creator_id","id"),
	CONSTRAINT "lives_creator_id_replaces_lives_creator_id_id_fk" FOREIGN KEY ("creator_id","replaces") REFERENCES "public"."lives"("creator_id","id")
);
--> statement-breakpoint
CREATE TABLE "rules" (
	"creator_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"kind" text NOT NULL,
	"subject" text NOT NULL,
	"from_day" date NOT NULL,
	"body" jsonb NOT NULL,
	"source" text DEFAULT '' NOT NULL,
	"replaces" uuid,
	"is_void" boolean DEFAULT false NOT NULL,
	"recorded_by" uuid NOT NULL,
	"recorded_at" timestamp with time zone DEFAULT now() NOT NULL,
	"body_hash" "bytea" NOT NULL,
	CONSTRAINT "rules_creator_id_id_pk" PRIMARY KEY("creator_id","id"),
	CONSTRAINT "rules_replaces" UNIQUE("creator_id","replaces"),
	CONSTRAINT "rules_kind" CHECK ("rules"."kind" in ('programme', 'share', 'payment', 'withholding', 'commission', 'convention')),
	CONSTRAINT "rules_creator_id_creators_id_fk" FOREIGN KEY ("creator_id") REFERENCES "public"."creators"("id"),
	CONSTRAINT "rules_creator_id_replaces_rules_creator_id_id_fk" FOREIGN KEY ("creator_id","replaces") REFERENCES "public"."rules"("creator_id","id")
);
--> statement-breakpoint
CREATE TABLE "facts" (
	"creator_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"channel_id" uuid,
	"what" text NOT NULL,
	"day" date NOT NULL,
	"value" text NOT NULL,
	"replaces" uuid,
	"is_void" boolean DEFAULT false NOT NULL,
	"recorded_by" uuid NOT NULL,
	"recorded_at" timestamp with time zone DEFAULT now() NOT NULL,
	"body_hash" "bytea" NOT NULL,
	CONSTRAINT "facts_creator_id_id_pk" PRIMARY KEY("creator_id","id"),
	CONSTRAINT "facts_replaces" UNIQUE("creator_id","replaces"),
	CONSTRAINT "facts_what" CHECK ("facts"."what" in ('birth_year', 'country', 'account_type', 'tax_form')),
	CONSTRAINT "facts_creator_id_creators_id_fk" FOREIGN KEY ("creator_id") REFERENCES "public"."creators"("id"),
	CONSTRAINT "facts_creator_id_channel_id_channels_creator_id_id_fk" FOREIGN KEY ("creator_id","channel_id") REFERENCES "public"."channels"("creator_id","id"),
	CONSTRAINT "facts_creator_id_replaces_facts_creator_id_id_fk" FOREIGN KEY ("creator_id","replaces") REFERENCES "public"."facts"("creator_id","id")
);
--> statement-breakpoint
CREATE TABLE "goals" (
	"creator_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"from_month" text NOT NULL,
	"to_month" text NOT NULL,
	"stream" text,
	"minor" bigint NOT NULL,
	"currency" char(3) NOT NULL,
	"note" text DEFAULT '' NOT NULL,
	"replaces" uuid,
	"is_void" boolean DEFAULT false NOT NULL,
	"recorded_by" uuid NOT NULL,
	"recorded_at" timestamp with time zone DEFAULT now() NOT NULL,
	"body_hash" "bytea" NOT NULL,
	CONSTRAINT "goals_creator_id_id_pk" PRIMARY KEY("creator_id","id"),
	CONSTRAINT "goals_replaces" UNIQUE("creator_id","replaces"),
	CONSTRAINT "goals_months" CHECK ("goals"."from_month" ~ '^[0-9]{4}-(0[1-9]|1[0-2])$' and "goals"."to_month" ~ '^[0-9]{4}-(0[1-9]|1[0-2])$' and "goals"."from_month" <= "goals"."to_month"),
	CONSTRAINT "goals_minor" CHECK ("goals"."minor" > 0),
	CONSTRAINT "goals_currency" CHECK ("goals"."currency" ~ '^[A-Z]{3}$'),
	CONSTRAINT "goals_stream" CHECK ("goals"."stream" is null or "goals"."stream" in ('ads', 'rewards', 'sponsorship', 'affiliate', 'super_like', 'gift', 'shop', 'subscription', 'other')),
	CONSTRAINT "goals_creator_id_creators_id_fk" FOREIGN KEY ("creator_id") REFERENCES "public"."creators"("id"),
	CONSTRAINT "goals_creator_id_replaces_goals_creator_id_id_fk" FOREIGN KEY ("creator_id","replaces") REFERENCES "public"."goals"("creator_id","id")
);
--> statement-breakpoint
CREATE TABLE "alerts" (
	"creator_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"kind" text NOT NULL,
	"subject" text NOT NULL,
	"detail" jsonb NOT NULL,
	"raised_at" timestamp with time zone DEFAULT now() NOT NULL,
	"ended_at" timestamp with time zone,
	CONSTRAINT "alerts_creator_id_id_pk" PRIMARY KEY("creator_id","id"),
	CONSTRAINT "alerts_subject" UNIQUE("creator_id","kind","subject"),
	CONSTRAINT "alerts_kind" CHECK ("alerts"."kind" in ('late_payout', 'late_deal', 'unusual_month', 'lost_monetisation', 'threshold_reached', 'goal_at_risk', 'import_failed')),
	CONSTRAINT "alerts_creator_id_creators_id_fk" FOREIGN KEY ("creator_id") REFERENCES "public"."creators"("id")
);
--> statement-breakpoint
CREATE TABLE "alert_reads" (
	"creator_id" uuid NOT NULL,
	"alert_id" uuid NOT NULL,
	"user_id" uuid NOT NULL,
	"seen_at" timestamp with time zone,
	"mailed_at" timestamp with time zone,
	CONSTRAINT "alert_reads_creator_id_alert_id_user_id_pk" PRIMARY KEY("creator_id","alert_id","user_id"),
	CONSTRAINT "alert_reads_creator_id_alert_id_alerts_creator_id_id_fk" FOREIGN KEY ("creator_id","alert_id") REFERENCES "public"."alerts"("creator_id","id")
);
--> statement-breakpoint
CREATE TABLE "alert_choices" (
	"creator_id" uuid NOT NULL,
	"user_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"in_app" boolean NOT NULL,
	"by_mail" boolean NOT NULL,
	CONSTRAINT "alert_choices_creator_id_user_id_kind_pk" PRIMARY KEY("creator_id","user_id","kind"),
	CONSTRAINT "alert_choices_kind" CHECK ("alert_choices"."kind" in ('late_payout', 'late_deal', 'unusual_month', 'lost_monetisation', 'threshold_reached', 'goal_at_risk', 'import_failed')),
	CONSTRAINT "alert_choices_creator_id_creators_id_fk" FOREIGN KEY ("creator_id") REFERENCES "public"."creators"("id")
);
--> statement-breakpoint
CREATE TABLE "calendar_feeds" (
	"creator_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"label" text DEFAULT '' NOT NULL,
	"secret_hash" "bytea" NOT NULL,
	"amounts" boolean NOT NULL,
	"recorded_by" uuid NOT NULL,
	"recorded_at" timestamp with time zone DEFAULT now() NOT NULL,
	"revoked_at" timestamp with time zone,
	CONSTRAINT "calendar_feeds_creator_id_id_pk" PRIMARY KEY("creator_id","id"),
	CONSTRAINT "calendar_feeds_creator_id_creators_id_fk" FOREIGN KEY ("creator_id") REFERENCES "public"."creators"("id")
);
--> statement-breakpoint
ALTER TABLE "deals" ADD COLUMN "extras" jsonb DEFAULT '[]'::jsonb NOT NULL;
--> statement-breakpoint
ALTER TABLE "deals" ADD COLUMN "deliverables" jsonb DEFAULT '[]'::jsonb NOT NULL;
--> statement-breakpoint
ALTER TABLE "deals" ADD COLUMN "promised_views" bigint;
--> statement-breakpoint
ALTER TABLE "deals" ADD COLUMN "commission_ppm" integer;
--> statement-breakpoint
ALTER TABLE "deals" ADD COLUMN "invoice_number" text DEFAULT '' NOT NULL;
--> statement-breakpoint
ALTER TABLE "deals" ADD COLUMN "invoiced_on" date;
--> statement-breakpoint
ALTER TABLE "deals" ADD COLUMN "terms_days" integer;
--> statement-breakpoint
ALTER TABLE "deals" ADD COLUMN "bill_to" text DEFAULT '' NOT NULL;
--> statement-breakpoint
ALTER TABLE "payouts" ADD COLUMN "makings" jsonb;
--> statement-breakpoint
ALTER TABLE "payouts" ADD COLUMN "deal_id" uuid;
--> statement-breakpoint
ALTER TABLE "payouts" ADD COLUMN "placement_id" uuid;
--> statement-breakpoint
ALTER TABLE "traffic" ADD COLUMN "finish_ppm" integer;
--> statement-breakpoint
CREATE INDEX "facts_what" ON "facts" USING btree ("creator_id","what","day");
--> statement-breakpoint
CREATE INDEX "goals_month" ON "goals" USING btree ("creator_id","from_month");
--> statement-breakpoint
CREATE INDEX "lives_day" ON "lives" USING btree ("creator_id","channel_id","day");
--> statement-breakpoint
CREATE INDEX "placements_merchant" ON "placements" USING btree ("creator_id","merchant");
--> statement-breakpoint
CREATE INDEX "rules_subject" ON "rules" USING btree ("creator_id","kind","subject","from_day");
--> statement-breakpoint
CREATE INDEX "payouts_deal" ON "payouts" USING btree ("creator_id","deal_id") WHERE "payouts"."deal_id" is not null;
--> statement-breakpoint
CREATE INDEX "payouts_placement" ON "payouts" USING btree ("creator_id","placement_id") WHERE "payouts"."placement_id" is not null;
--> statement-breakpoint
ALTER TABLE placements ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
ALTER TABLE placements FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
ALTER TABLE lives ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
ALTER TABLE lives FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
ALTER TABLE rules ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
ALTER TABLE rules FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
ALTER TABLE facts ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
ALTER TABLE facts FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
ALTER TABLE goals ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
ALTER TABLE goals FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
ALTER TABLE alerts ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
ALTER TABLE alerts FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
ALTER TABLE alert_reads ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
ALTER TABLE alert_reads FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
ALTER TABLE alert_choices ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
ALTER TABLE alert_choices FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
ALTER TABLE calendar_feeds ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
ALTER TABLE calendar_feeds FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY read ON placements FOR SELECT TO permille_app USING (creator_id = ANY (ARRAY(SELECT a.creator_id FROM access a WHERE a.amounts AND a.streams IS NULL)));
--> statement-breakpoint
CREATE POLICY write ON placements FOR INSERT TO permille_app WITH CHECK (creator_id = ANY (ARRAY(SELECT a.creator_id FROM access a WHERE a.amounts AND a.streams IS NULL AND a.role IN ('owner', 'editor', 'operator'))));
--> statement-breakpoint
CREATE POLICY kernel ON placements TO permille_kernel USING (true) WITH CHECK (true);
--> statement-breakpoint
CREATE POLICY read ON lives FOR SELECT TO permille_app USING (creator_id = ANY (ARRAY(SELECT a.creator_id FROM access a WHERE a.amounts AND a.streams IS NULL)));
--> statement-breakpoint
CREATE POLICY write ON lives FOR INSERT TO permille_app WITH CHECK (creator_id = ANY (ARRAY(SELECT a.creator_id FROM access a WHERE a.amounts AND a.streams IS NULL AND a.role IN ('owner', 'editor', 'operator'))));
--> statement-breakpoint
CREATE POLICY kernel ON lives TO permille_kernel USING (true) WITH CHECK (true);
--> statement-breakpoint
CREATE POLICY read ON rules FOR SELECT TO permille_app USING (creator_id = ANY (ARRAY(SELECT a.creator_id FROM access a WHERE a.amounts AND a.streams IS NULL)));
--> statement-breakpoint
CREATE POLICY write ON rules FOR INSERT TO permille_app WITH CHECK (creator_id = ANY (ARRAY(SELECT a.creator_id FROM access a WHERE a.amounts AND a.streams IS NULL AND a.role IN ('owner', 'editor', 'operator'))));
--> statement-breakpoint
CREATE POLICY kernel ON rules TO permille_kernel USING (true) WITH CHECK (true);
--> statement-breakpoint
CREATE POLICY read ON facts FOR SELECT TO permille_app USING (creator_id = ANY (ARRAY(SELECT a.creator_id FROM access a WHERE a.amounts AND a.streams IS NULL)));
--> statement-breakpoint
CREATE POLICY write ON facts FOR INSERT TO permille_app WITH CHECK (creator_id = ANY (ARRAY(SELECT a.creator_id FROM access a WHERE a.amounts AND a.streams IS NULL AND a.role IN ('owner', 'editor', 'operator'))));
--> statement-breakpoint
CREATE POLICY kernel ON facts TO permille_kernel USING (true) WITH CHECK (true);
--> statement-breakpoint
CREATE POLICY read ON goals FOR SELECT TO permille_app USING (creator_id = ANY (ARRAY(SELECT a.creator_id FROM access a WHERE a.amounts AND a.streams IS NULL)));
--> statement-breakpoint
CREATE POLICY write ON goals FOR INSERT TO permille_app WITH CHECK (creator_id = ANY (ARRAY(SELECT a.creator_id FROM access a WHERE a.amounts AND a.streams IS NULL AND a.role IN ('owner', 'editor', 'operator'))));
--> statement-breakpoint
CREATE POLICY kernel ON goals TO permille_kernel USING (true) WITH CHECK (true);
--> statement-breakpoint
CREATE POLICY read ON alerts FOR SELECT TO permille_app USING (creator_id = ANY (ARRAY(SELECT a.creator_id FROM access a WHERE a.amounts AND a.streams IS NULL)));
--> statement-breakpoint
CREATE POLICY write ON alerts FOR INSERT TO permille_app WITH CHECK (creator_id = ANY (ARRAY(SELECT a.creator_id FROM access a WHERE a.amounts AND a.streams IS NULL AND a.role IN ('owner', 'editor', 'operator'))));
--> statement-breakpoint
CREATE POLICY change ON alerts FOR UPDATE TO permille_app USING (creator_id = ANY (ARRAY(SELECT a.creator_id FROM access a WHERE a.amounts AND a.streams IS NULL AND a.role IN ('owner', 'editor', 'operator')))) WITH CHECK (creator_id = ANY (ARRAY(SELECT a.creator_id FROM access a WHERE a.amounts AND a.streams IS NULL AND a.role IN ('owner', 'editor', 'operator'))));
--> statement-breakpoint
CREATE POLICY kernel ON alerts TO permille_kernel USING (true) WITH CHECK (true);
--> statement-breakpoint
CREATE POLICY read ON alert_reads FOR SELECT TO permille_app USING ((user_id = viewer_id() OR viewer_id() = operator_id()) AND creator_id = ANY (ARRAY(SELECT a.creator_id FROM access a WHERE a.amounts AND a.streams IS NULL)));
--> statement-breakpoint
CREATE POLICY write ON alert_reads FOR INSERT TO permille_app WITH CHECK ((user_id = viewer_id() OR viewer_id() = operator_id()) AND creator_id = ANY (ARRAY(SELECT a.creator_id FROM access a WHERE a.amounts AND a.streams IS NULL)));
--> statement-breakpoint
CREATE POLICY change ON alert_reads FOR UPDATE TO permille_app USING ((user_id = viewer_id() OR viewer_id() = operator_id()) AND creator_id = ANY (ARRAY(SELECT a.creator_id FROM access a WHERE a.amounts AND a.streams IS NULL))) WITH CHECK ((user_id = viewer_id() OR viewer_id() = operator_id()) AND creator_id = ANY (ARRAY(SELECT a.creator_id FROM access a WHERE a.amounts AND a.streams IS NULL)));
--> statement-breakpoint
CREATE POLICY kernel ON alert_reads TO permille_kernel USING (true) WITH CHECK (true);
--> statement-breakpoint
CREATE POLICY read ON alert_choices FOR SELECT TO permille_app USING ((user_id = viewer_id() OR viewer_id() = operator_id()) AND creator_id = ANY (ARRAY(SELECT a.creator_id FROM access a WHERE a.amounts AND a.streams IS NULL)));
--> statement-breakpoint
CREATE POLICY write ON alert_choices FOR INSERT TO permille_app WITH CHECK (user_id = viewer_id() AND creator_id = ANY (ARRAY(SELECT a.creator_id FROM access a WHERE a.amounts AND a.streams IS NULL)));
--> statement-breakpoint
CREATE POLICY change ON alert_choices FOR UPDATE TO permille_app USING (user_id = viewer_id() AND creator_id = ANY (ARRAY(SELECT a.creator_id FROM access a WHERE a.amounts AND a.streams IS NULL))) WITH CHECK (user_id = viewer_id() AND creator_id = ANY (ARRAY(SELECT a.creator_id FROM access a WHERE a.amounts AND a.streams IS NULL)));
--> statement-breakpoint
CREATE POLICY kernel ON alert_choices TO permille_kernel USING (true) WITH CHECK (true);
--> statement-breakpoint
CREATE POLICY read ON calendar_feeds FOR SELECT TO permille_app USING (creator_id = ANY (ARRAY(SELECT a.creator_id FROM access a WHERE a.amounts AND a.streams IS NULL AND a.role IN ('owner', 'editor', 'operator'))));
--> statement-breakpoint
CREATE POLICY write ON calendar_feeds FOR INSERT TO permille_app WITH CHECK (creator_id = ANY (ARRAY(SELECT a.creator_id FROM access a WHERE a.amounts AND a.streams IS NULL AND a.role IN ('owner', 'editor', 'operator'))));
--> statement-breakpoint
CREATE POLICY change ON calendar_feeds FOR UPDATE TO permille_app USING (creator_id = ANY (ARRAY(SELECT a.creator_id FROM access a WHERE a.amounts AND a.streams IS NULL AND a.role IN ('owner', 'editor', 'operator')))) WITH CHECK (creator_id = ANY (ARRAY(SELECT a.creator_id FROM access a WHERE a.amounts AND a.streams IS NULL AND a.role IN ('owner', 'editor', 'operator'))));
--> statement-breakpoint
CREATE POLICY kernel ON calendar_feeds TO permille_kernel USING (true) WITH CHECK (true);
--> statement-breakpoint
GRANT SELECT, INSERT ON placements, lives, rules, facts, goals, alerts, alert_reads, alert_choices, calendar_feeds TO permille_app;
--> statement-breakpoint
GRANT UPDATE (detail, ended_at) ON alerts TO permille_app;
--> statement-breakpoint
GRANT UPDATE (seen_at, mailed_at) ON alert_reads TO permille_app;
--> statement-breakpoint
GRANT UPDATE (in_app, by_mail) ON alert_choices TO permille_app;
--> statement-breakpoint
GRANT UPDATE (revoked_at) ON calendar_feeds TO permille_app;
--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE, DELETE ON placements, lives, rules, facts, goals, alerts, alert_reads, alert_choices, calendar_feeds TO permille_kernel;
--> statement-breakpoint
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON placements FOR EACH ROW EXECUTE FUNCTION refuse_change();
--> statement-breakpoint
CREATE TRIGGER append_only_truncate BEFORE TRUNCATE ON placements FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
--> statement-breakpoint
CREATE TRIGGER stamp BEFORE INSERT ON placements FOR EACH ROW EXECUTE FUNCTION stamp_entry();
--> statement-breakpoint
CREATE TRIGGER revise AFTER INSERT ON placements REFERENCING NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION revise();
--> statement-breakpoint
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON lives FOR EACH ROW EXECUTE FUNCTION refuse_change();
--> statement-breakpoint
CREATE TRIGGER append_only_truncate BEFORE TRUNCATE ON lives FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
--> statement-breakpoint
CREATE TRIGGER stamp BEFORE INSERT ON lives FOR EACH ROW EXECUTE FUNCTION stamp_entry();
--> statement-breakpoint
CREATE TRIGGER revise AFTER INSERT ON lives REFERENCING NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION revise();
--> statement-breakpoint
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON rules FOR EACH ROW EXECUTE FUNCTION refuse_change();
--> statement-breakpoint
CREATE TRIGGER append_only_truncate BEFORE TRUNCATE ON rules FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
--> statement-breakpoint
CREATE TRIGGER stamp BEFORE INSERT ON rules FOR EACH ROW EXECUTE FUNCTION stamp_entry();
--> statement-breakpoint
CREATE TRIGGER revise AFTER INSERT ON rules REFERENCING NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION revise();
--> statement-breakpoint
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON facts FOR EACH ROW EXECUTE FUNCTION refuse_change();
--> statement-breakpoint
CREATE TRIGGER append_only_truncate BEFORE TRUNCATE ON facts FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
--> statement-breakpoint
CREATE TRIGGER stamp BEFORE INSERT ON facts FOR EACH ROW EXECUTE FUNCTION stamp_entry();
--> statement-breakpoint
CREATE TRIGGER revise AFTER INSERT ON facts REFERENCING NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION revise();
--> statement-breakpoint
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON goals FOR EACH ROW EXECUTE FUNCTION refuse_change();
--> statement-breakpoint
CREATE TRIGGER append_only_truncate BEFORE TRUNCATE ON goals FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
--> statement-breakpoint
CREATE TRIGGER stamp BEFORE INSERT ON goals FOR EACH ROW EXECUTE FUNCTION stamp_entry();
--> statement-breakpoint
CREATE TRIGGER revise AFTER INSERT ON goals REFERENCING NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION revise();
--> statement-breakpoint
CREATE TRIGGER stamp BEFORE INSERT ON calendar_feeds FOR EACH ROW EXECUTE FUNCTION stamp_entry();
--> statement-breakpoint
-- As before, with the new tables.
CREATE OR REPLACE FUNCTION remove_sample(p_creator uuid) RETURNS boolean LANGUAGE plpgsql  SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  PERFORM 1 FROM creators c JOIN members m ON m.creator_id = c.id
  WHERE c.id = p_creator AND c.is_sample AND m.user_id = viewer_id() AND m.role = 'owner' AND m.removed_at IS NULL
  FOR UPDATE OF c;
  IF NOT FOUND THEN RETURN false; END IF;
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
