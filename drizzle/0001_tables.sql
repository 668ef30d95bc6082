CREATE TABLE "access" (
	"user_id" uuid NOT NULL,
	"creator_id" uuid NOT NULL,
	"via" text NOT NULL,
	"role" text NOT NULL,
	"streams" text[],
	"amounts" boolean DEFAULT true NOT NULL,
	"notes" boolean DEFAULT true NOT NULL,
	"until" timestamp with time zone,
	CONSTRAINT "access_user_id_creator_id_via_pk" PRIMARY KEY("user_id","creator_id","via")
);
--> statement-breakpoint
CREATE TABLE "allocations" (
	"creator_id" uuid NOT NULL,
	"receipt_id" uuid NOT NULL,
	"chain_id" uuid NOT NULL,
	"minor" bigint NOT NULL,
	CONSTRAINT "allocations_creator_id_receipt_id_chain_id_pk" PRIMARY KEY("creator_id","receipt_id","chain_id")
);
--> statement-breakpoint
CREATE TABLE "audience" (
	"creator_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"channel_id" uuid NOT NULL,
	"month" text NOT NULL,
	"shares" jsonb NOT NULL,
	"recorded_by" uuid NOT NULL,
	"recorded_at" timestamp with time zone DEFAULT now() NOT NULL,
	"body_hash" "bytea" NOT NULL,
	CONSTRAINT "audience_creator_id_id_pk" PRIMARY KEY("creator_id","id"),
	CONSTRAINT "audience_month" CHECK ("audience"."month" ~ '^[0-9]{4}-(0[1-9]|1[0-2])$')
);
--> statement-breakpoint
CREATE TABLE "audit_log" (
	"creator_id" uuid NOT NULL,
	"id" bigserial NOT NULL,
	"at" timestamp with time zone DEFAULT now() NOT NULL,
	"actor" uuid NOT NULL,
	"action" text NOT NULL,
	"subject" text NOT NULL,
	"detail" jsonb NOT NULL,
	CONSTRAINT "audit_log_creator_id_id_pk" PRIMARY KEY("creator_id","id")
);
--> statement-breakpoint
CREATE TABLE "channels" (
	"creator_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"platform" text NOT NULL,
	"name" text NOT NULL,
	"handle" text DEFAULT '' NOT NULL,
	"niche" text DEFAULT 'other' NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"archived_at" timestamp with time zone,
	"version" integer DEFAULT 1 NOT NULL,
	"body_hash" "bytea" NOT NULL,
	CONSTRAINT "channels_creator_id_id_pk" PRIMARY KEY("creator_id","id"),
	CONSTRAINT "channels_platform" CHECK ("channels"."platform" in ('tiktok', 'youtube', 'instagram', 'facebook', 'other')),
	CONSTRAINT "channels_niche" CHECK ("channels"."niche" in ('finance', 'business', 'technology', 'education', 'lifestyle', 'beauty', 'food', 'entertainment', 'gaming', 'music', 'sports', 'news', 'other'))
);
--> statement-breakpoint
CREATE TABLE "closed_months" (
	"creator_id" uuid NOT NULL,
	"month" text NOT NULL,
	"closed_by" uuid NOT NULL,
	"closed_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "closed_months_creator_id_month_pk" PRIMARY KEY("creator_id","month"),
	CONSTRAINT "closed_months_month" CHECK ("closed_months"."month" ~ '^[0-9]{4}-(0[1-9]|1[0-2])$')
);
--> statement-breakpoint
CREATE TABLE "creators" (
	"id" uuid PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"currency" char(3) NOT NULL,
	"time_zone" text NOT NULL,
	"is_sample" boolean DEFAULT false NOT NULL,
	"created_by" uuid NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	CONSTRAINT "creators_currency" CHECK ("creators"."currency" ~ '^[A-Z]{3}$')
);
--> statement-breakpoint
CREATE TABLE "imports" (
	"creator_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"channel_id" uuid,
	"file_name" text NOT NULL,
	"file_sha256" text NOT NULL,
	"format" text NOT NULL,
	"options" jsonb NOT NULL,
	"counts" jsonb NOT NULL,
	"recorded_by" uuid NOT NULL,
	"recorded_at" timestamp with time zone DEFAULT now() NOT NULL,
	"undone_by" uuid,
	"undone_at" timestamp with time zone,
	"body_hash" "bytea" NOT NULL,
	CONSTRAINT "imports_creator_id_id_pk" PRIMARY KEY("creator_id","id")
);
--> statement-breakpoint
CREATE TABLE "invitations" (
	"creator_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"email" text NOT NULL,
	"role" text NOT NULL,
	"secret_hash" "bytea" NOT NULL,
	"invited_by" uuid NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	"accepted_at" timestamp with time zone,
	"accepted_by" uuid,
	"revoked_at" timestamp with time zone,
	CONSTRAINT "invitations_creator_id_id_pk" PRIMARY KEY("creator_id","id"),
	CONSTRAINT "invitations_role" CHECK ("invitations"."role" in ('owner', 'editor', 'viewer'))
);
--> statement-breakpoint
CREATE TABLE "members" (
	"creator_id" uuid NOT NULL,
	"user_id" uuid NOT NULL,
	"role" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"removed_at" timestamp with time zone,
	"version" integer DEFAULT 1 NOT NULL,
	CONSTRAINT "members_creator_id_user_id_pk" PRIMARY KEY("creator_id","user_id"),
	CONSTRAINT "members_role" CHECK ("members"."role" in ('owner', 'editor', 'viewer'))
);
--> statement-breakpoint
CREATE TABLE "payout_lines" (
	"creator_id" uuid NOT NULL,
	"payout_id" uuid NOT NULL,
	"video_id" uuid NOT NULL,
	"minor" bigint NOT NULL,
	CONSTRAINT "payout_lines_creator_id_payout_id_video_id_pk" PRIMARY KEY("creator_id","payout_id","video_id")
);
--> statement-breakpoint
CREATE TABLE "payouts" (
	"creator_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"chain_id" uuid NOT NULL,
	"channel_id" uuid,
	"format" text DEFAULT 'all' NOT NULL,
	"stream" text NOT NULL,
	"kind" text NOT NULL,
	"state" text NOT NULL,
	"from_day" date NOT NULL,
	"to_day" date NOT NULL,
	"minor" bigint NOT NULL,
	"currency" char(3) NOT NULL,
	"note" text DEFAULT '' NOT NULL,
	"source_key" text,
	"import_id" uuid,
	"replaces" uuid,
	"about" uuid,
	"recorded_by" uuid NOT NULL,
	"recorded_at" timestamp with time zone DEFAULT now() NOT NULL,
	"body_hash" "bytea" NOT NULL,
	CONSTRAINT "payouts_creator_id_id_pk" PRIMARY KEY("creator_id","id"),
	CONSTRAINT "payouts_replaces" UNIQUE("creator_id","replaces"),
	CONSTRAINT "payouts_format" CHECK ("payouts"."format" in ('short', 'long', 'live', 'all')),
	CONSTRAINT "payouts_stream" CHECK ("payouts"."stream" in ('ads', 'rewards', 'sponsorship', 'affiliate', 'super_like', 'gift', 'shop', 'subscription', 'other')),
	CONSTRAINT "payouts_kind" CHECK ("payouts"."kind" in ('earning', 'refund', 'clawback', 'adjustment', 'withheld', 'fee', 'void')),
	CONSTRAINT "payouts_state" CHECK ("payouts"."state" in ('estimated', 'final')),
	CONSTRAINT "payouts_currency" CHECK ("payouts"."currency" ~ '^[A-Z]{3}$'),
	CONSTRAINT "payouts_period" CHECK ("payouts"."from_day" <= "payouts"."to_day" and "payouts"."to_day" - "payouts"."from_day" < 1100),
	CONSTRAINT "payouts_void" CHECK ("payouts"."kind" <> 'void' or ("payouts"."replaces" is not null and "payouts"."minor" = 0)),
	CONSTRAINT "payouts_about" CHECK ("payouts"."about" is null or "payouts"."kind" not in ('earning'))
);
--> statement-breakpoint
CREATE TABLE "postings" (
	"creator_id" uuid NOT NULL,
	"payout_id" uuid NOT NULL,
	"of_id" uuid NOT NULL,
	"earned_month" text NOT NULL,
	"booked_month" text NOT NULL,
	"minor" bigint NOT NULL,
	"entries" integer NOT NULL,
	CONSTRAINT "postings_creator_id_payout_id_of_id_earned_month_pk" PRIMARY KEY("creator_id","payout_id","of_id","earned_month")
);
--> statement-breakpoint
CREATE TABLE "projections" (
	"creator_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"target_month" text NOT NULL,
	"horizon" integer NOT NULL,
	"as_of" timestamp with time zone NOT NULL,
	"made_at" timestamp with time zone DEFAULT now() NOT NULL,
	"stream" text NOT NULL,
	"platform" text NOT NULL,
	"format" text NOT NULL,
	"currency" char(3) NOT NULL,
	"basis" text NOT NULL,
	"denominator" text NOT NULL,
	"views_projected" bigint,
	"median_minor" bigint NOT NULL,
	"lo50_minor" bigint,
	"hi50_minor" bigint,
	"lo80_minor" bigint,
	"hi80_minor" bigint,
	"lo95_minor" bigint,
	"hi95_minor" bigint,
	"mu" double precision,
	"sd" double precision,
	"df" integer,
	"x" double precision,
	"mix" double precision,
	"season" double precision,
	"rate_id" uuid,
	"rate" numeric(20, 10),
	"model_version" text NOT NULL,
	"prior_version" text NOT NULL,
	"input_hash" text NOT NULL,
	"detail" jsonb NOT NULL,
	CONSTRAINT "projections_creator_id_id_pk" PRIMARY KEY("creator_id","id"),
	CONSTRAINT "projections_key" UNIQUE("creator_id","target_month","horizon","stream","platform","format","currency"),
	CONSTRAINT "projections_month" CHECK ("projections"."target_month" ~ '^[0-9]{4}-(0[1-9]|1[0-2])$')
);
--> statement-breakpoint
CREATE TABLE "rates" (
	"creator_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"day" date NOT NULL,
	"base" char(3) NOT NULL,
	"quote" char(3) NOT NULL,
	"rate" numeric(20, 10) NOT NULL,
	"source" text NOT NULL,
	"recorded_by" uuid NOT NULL,
	"recorded_at" timestamp with time zone DEFAULT now() NOT NULL,
	"body_hash" "bytea" NOT NULL,
	CONSTRAINT "rates_creator_id_id_pk" PRIMARY KEY("creator_id","id"),
	CONSTRAINT "rates_positive" CHECK ("rates"."rate" > 0 and "rates"."base" <> "rates"."quote"),
	CONSTRAINT "rates_base" CHECK ("rates"."base" ~ '^[A-Z]{3}$'),
	CONSTRAINT "rates_quote" CHECK ("rates"."quote" ~ '^[A-Z]{3}$')
);
--> statement-breakpoint
CREATE TABLE "readings" (
	"creator_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"channel_id" uuid NOT NULL,
	"video_id" uuid,
	"day" date NOT NULL,
	"views" bigint,
	"likes" bigint,
	"comments" bigint,
	"shares" bigint,
	"followers" bigint,
	"import_id" uuid,
	"replaces" uuid,
	"is_void" boolean DEFAULT false NOT NULL,
	"recorded_by" uuid NOT NULL,
	"recorded_at" timestamp with time zone DEFAULT now() NOT NULL,
	"body_hash" "bytea" NOT NULL,
	CONSTRAINT "readings_creator_id_id_pk" PRIMARY KEY("creator_id","id"),
	CONSTRAINT "readings_replaces" UNIQUE("creator_id","replaces")
);
--> statement-breakpoint
CREATE TABLE "receipts" (
	"creator_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"received_on" date NOT NULL,
	"minor" bigint NOT NULL,
	"currency" char(3) NOT NULL,
	"fee_minor" bigint NOT NULL,
	"rate" numeric(20, 10),
	"note" text DEFAULT '' NOT NULL,
	"replaces" uuid,
	"is_void" boolean DEFAULT false NOT NULL,
	"recorded_by" uuid NOT NULL,
	"recorded_at" timestamp with time zone DEFAULT now() NOT NULL,
	"body_hash" "bytea" NOT NULL,
	CONSTRAINT "receipts_creator_id_id_pk" PRIMARY KEY("creator_id","id"),
	CONSTRAINT "receipts_replaces" UNIQUE("creator_id","replaces"),
	CONSTRAINT "receipts_currency" CHECK ("receipts"."currency" ~ '^[A-Z]{3}$'),
	CONSTRAINT "receipts_fee" CHECK ("receipts"."fee_minor" >= 0)
);
--> statement-breakpoint
CREATE TABLE "rollups" (
	"creator_id" uuid NOT NULL,
	"earned_month" text NOT NULL,
	"currency" char(3) NOT NULL,
	"minor" bigint NOT NULL,
	"entries" bigint NOT NULL,
	CONSTRAINT "rollups_creator_id_earned_month_currency_pk" PRIMARY KEY("creator_id","earned_month","currency")
);
--> statement-breakpoint
CREATE TABLE "sessions" (
	"id" uuid PRIMARY KEY NOT NULL,
	"user_id" uuid NOT NULL,
	"user_agent" text DEFAULT '' NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"seen_at" timestamp with time zone DEFAULT now() NOT NULL,
	"expires_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "tokens" (
	"id" uuid PRIMARY KEY NOT NULL,
	"user_id" uuid NOT NULL,
	"purpose" text NOT NULL,
	"secret_hash" "bytea" NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	"used_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "totals" (
	"creator_id" uuid NOT NULL,
	"earned_month" text NOT NULL,
	"booked_month" text NOT NULL,
	"channel_id" uuid,
	"format" text NOT NULL,
	"stream" text NOT NULL,
	"currency" char(3) NOT NULL,
	"state" text NOT NULL,
	"minor" bigint NOT NULL,
	"entries" bigint NOT NULL,
	CONSTRAINT "totals_cell" UNIQUE NULLS NOT DISTINCT("creator_id","earned_month","booked_month","channel_id","format","stream","currency","state")
);
--> statement-breakpoint
CREATE TABLE "traffic" (
	"creator_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"channel_id" uuid NOT NULL,
	"video_id" uuid,
	"format" text NOT NULL,
	"from_day" date NOT NULL,
	"to_day" date NOT NULL,
	"views" bigint,
	"qualified_views" bigint,
	"engaged_views" bigint,
	"ad_impressions" bigint,
	"watch_seconds" bigint,
	"likes" bigint,
	"comments" bigint,
	"shares" bigint,
	"origin" text NOT NULL,
	"source_key" text,
	"import_id" uuid,
	"replaces" uuid,
	"is_void" boolean DEFAULT false NOT NULL,
	"recorded_by" uuid NOT NULL,
	"recorded_at" timestamp with time zone DEFAULT now() NOT NULL,
	"body_hash" "bytea" NOT NULL,
	CONSTRAINT "traffic_creator_id_id_pk" PRIMARY KEY("creator_id","id"),
	CONSTRAINT "traffic_replaces" UNIQUE("creator_id","replaces"),
	CONSTRAINT "traffic_format" CHECK ("traffic"."format" in ('short', 'long', 'live', 'all')),
	CONSTRAINT "traffic_period" CHECK ("traffic"."from_day" <= "traffic"."to_day"),
	CONSTRAINT "traffic_counts" CHECK (least("traffic"."views", "traffic"."qualified_views", "traffic"."engaged_views", "traffic"."ad_impressions", "traffic"."watch_seconds") >= 0)
);
--> statement-breakpoint
CREATE TABLE "traffic_months" (
	"creator_id" uuid NOT NULL,
	"channel_id" uuid NOT NULL,
	"month" text NOT NULL,
	"format" text NOT NULL,
	"days" integer NOT NULL,
	"views" bigint,
	"qualified_views" bigint,
	"engaged_views" bigint,
	"ad_impressions" bigint,
	"watch_seconds" bigint,
	"likes" bigint,
	"comments" bigint,
	"shares" bigint,
	CONSTRAINT "traffic_months_creator_id_month_channel_id_format_pk" PRIMARY KEY("creator_id","month","channel_id","format")
);
--> statement-breakpoint
CREATE TABLE "tries" (
	"id" bigserial PRIMARY KEY NOT NULL,
	"key" text NOT NULL,
	"at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "users" (
	"id" uuid PRIMARY KEY NOT NULL,
	"email" text NOT NULL,
	"name" text NOT NULL,
	"password_hash" text NOT NULL,
	"locale" text DEFAULT 'en-US' NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"disabled_at" timestamp with time zone,
	"version" integer DEFAULT 1 NOT NULL,
	CONSTRAINT "users_email_unique" UNIQUE("email")
);
--> statement-breakpoint
CREATE TABLE "videos" (
	"creator_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"channel_id" uuid NOT NULL,
	"external_id" text,
	"url" text DEFAULT '' NOT NULL,
	"title" text NOT NULL,
	"published_on" date,
	"format" text NOT NULL,
	"niche" text,
	"duration_seconds" integer,
	"import_id" uuid,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"removed_at" timestamp with time zone,
	"version" integer DEFAULT 1 NOT NULL,
	"body_hash" "bytea" NOT NULL,
	CONSTRAINT "videos_creator_id_id_pk" PRIMARY KEY("creator_id","id"),
	CONSTRAINT "videos_format" CHECK ("videos"."format" in ('short', 'long', 'live')),
	CONSTRAINT "videos_niche" CHECK ("videos"."niche" is null or "videos"."niche" in ('finance', 'business', 'technology', 'education', 'lifestyle', 'beauty', 'food', 'entertainment', 'gaming', 'music', 'sports', 'news', 'other'))
);
--> statement-breakpoint
ALTER TABLE "access" ADD CONSTRAINT "access_creator_id_creators_id_fk" FOREIGN KEY ("creator_id") REFERENCES "public"."creators"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "allocations" ADD CONSTRAINT "allocations_creator_id_receipt_id_receipts_creator_id_id_fk" FOREIGN KEY ("creator_id","receipt_id") REFERENCES "public"."receipts"("creator_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "allocations" ADD CONSTRAINT "allocations_creator_id_chain_id_payouts_creator_id_id_fk" FOREIGN KEY ("creator_id","chain_id") REFERENCES "public"."payouts"("creator_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "audience" ADD CONSTRAINT "audience_creator_id_channel_id_channels_creator_id_id_fk" FOREIGN KEY ("creator_id","channel_id") REFERENCES "public"."channels"("creator_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "channels" ADD CONSTRAINT "channels_creator_id_creators_id_fk" FOREIGN KEY ("creator_id") REFERENCES "public"."creators"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "closed_months" ADD CONSTRAINT "closed_months_creator_id_creators_id_fk" FOREIGN KEY ("creator_id") REFERENCES "public"."creators"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "imports" ADD CONSTRAINT "imports_creator_id_creators_id_fk" FOREIGN KEY ("creator_id") REFERENCES "public"."creators"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "imports" ADD CONSTRAINT "imports_creator_id_channel_id_channels_creator_id_id_fk" FOREIGN KEY ("creator_id","channel_id") REFERENCES "public"."channels"("creator_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "invitations" ADD CONSTRAINT "invitations_creator_id_creators_id_fk" FOREIGN KEY ("creator_id") REFERENCES "public"."creators"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "members" ADD CONSTRAINT "members_creator_id_creators_id_fk" FOREIGN KEY ("creator_id") REFERENCES "public"."creators"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "payout_lines" ADD CONSTRAINT "payout_lines_creator_id_payout_id_payouts_creator_id_id_fk" FOREIGN KEY ("creator_id","payout_id") REFERENCES "public"."payouts"("creator_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "payout_lines" ADD CONSTRAINT "payout_lines_creator_id_video_id_videos_creator_id_id_fk" FOREIGN KEY ("creator_id","video_id") REFERENCES "public"."videos"("creator_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "payouts" ADD CONSTRAINT "payouts_creator_id_channel_id_channels_creator_id_id_fk" FOREIGN KEY ("creator_id","channel_id") REFERENCES "public"."channels"("creator_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "payouts" ADD CONSTRAINT "payouts_creator_id_replaces_payouts_creator_id_id_fk" FOREIGN KEY ("creator_id","replaces") REFERENCES "public"."payouts"("creator_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "payouts" ADD CONSTRAINT "payouts_creator_id_about_payouts_creator_id_id_fk" FOREIGN KEY ("creator_id","about") REFERENCES "public"."payouts"("creator_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "postings" ADD CONSTRAINT "postings_creator_id_payout_id_payouts_creator_id_id_fk" FOREIGN KEY ("creator_id","payout_id") REFERENCES "public"."payouts"("creator_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "postings" ADD CONSTRAINT "postings_creator_id_of_id_payouts_creator_id_id_fk" FOREIGN KEY ("creator_id","of_id") REFERENCES "public"."payouts"("creator_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "projections" ADD CONSTRAINT "projections_creator_id_creators_id_fk" FOREIGN KEY ("creator_id") REFERENCES "public"."creators"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "rates" ADD CONSTRAINT "rates_creator_id_creators_id_fk" FOREIGN KEY ("creator_id") REFERENCES "public"."creators"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "readings" ADD CONSTRAINT "readings_creator_id_channel_id_channels_creator_id_id_fk" FOREIGN KEY ("creator_id","channel_id") REFERENCES "public"."channels"("creator_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "readings" ADD CONSTRAINT "readings_creator_id_video_id_videos_creator_id_id_fk" FOREIGN KEY ("creator_id","video_id") REFERENCES "public"."videos"("creator_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "readings" ADD CONSTRAINT "readings_creator_id_replaces_readings_creator_id_id_fk" FOREIGN KEY ("creator_id","replaces") REFERENCES "public"."readings"("creator_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "receipts" ADD CONSTRAINT "receipts_creator_id_replaces_receipts_creator_id_id_fk" FOREIGN KEY ("creator_id","replaces") REFERENCES "public"."receipts"("creator_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sessions" ADD CONSTRAINT "sessions_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "tokens" ADD CONSTRAINT "tokens_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "traffic" ADD CONSTRAINT "traffic_creator_id_channel_id_channels_creator_id_id_fk" FOREIGN KEY ("creator_id","channel_id") REFERENCES "public"."channels"("creator_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "traffic" ADD CONSTRAINT "traffic_creator_id_video_id_videos_creator_id_id_fk" FOREIGN KEY ("creator_id","video_id") REFERENCES "public"."videos"("creator_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "traffic" ADD CONSTRAINT "traffic_creator_id_replaces_traffic_creator_id_id_fk" FOREIGN KEY ("creator_id","replaces") REFERENCES "public"."traffic"("creator_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "videos" ADD CONSTRAINT "videos_creator_id_channel_id_channels_creator_id_id_fk" FOREIGN KEY ("creator_id","channel_id") REFERENCES "public"."channels"("creator_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "allocations_chain" ON "allocations" USING btree ("creator_id","chain_id");--> statement-breakpoint
CREATE INDEX "audience_month" ON "audience" USING btree ("creator_id","channel_id","month","recorded_at");--> statement-breakpoint
CREATE INDEX "payout_lines_video" ON "payout_lines" USING btree ("creator_id","video_id");--> statement-breakpoint
CREATE INDEX "payouts_period" ON "payouts" USING btree ("creator_id","to_day","id");--> statement-breakpoint
CREATE INDEX "payouts_chain" ON "payouts" USING btree ("creator_id","chain_id");--> statement-breakpoint
CREATE INDEX "payouts_source" ON "payouts" USING btree ("creator_id","source_key");--> statement-breakpoint
CREATE INDEX "payouts_import" ON "payouts" USING btree ("creator_id","import_id");--> statement-breakpoint
CREATE INDEX "payouts_about" ON "payouts" USING btree ("creator_id","about");--> statement-breakpoint
CREATE INDEX "postings_of" ON "postings" USING btree ("creator_id","of_id");--> statement-breakpoint
CREATE INDEX "rates_pair" ON "rates" USING btree ("creator_id","base","quote","day");--> statement-breakpoint
CREATE INDEX "readings_subject" ON "readings" USING btree ("creator_id","channel_id","video_id","day");--> statement-breakpoint
CREATE INDEX "receipts_received" ON "receipts" USING btree ("creator_id","received_on");--> statement-breakpoint
CREATE INDEX "sessions_user" ON "sessions" USING btree ("user_id");--> statement-breakpoint
CREATE INDEX "tokens_user" ON "tokens" USING btree ("user_id");--> statement-breakpoint
CREATE INDEX "totals_empty" ON "totals" USING btree ("creator_id") WHERE "totals"."entries" = 0;--> statement-breakpoint
CREATE INDEX "traffic_subject" ON "traffic" USING btree ("creator_id","channel_id","video_id","from_day");--> statement-breakpoint
CREATE INDEX "traffic_source" ON "traffic" USING btree ("creator_id","source_key");--> statement-breakpoint
CREATE INDEX "traffic_import" ON "traffic" USING btree ("creator_id","import_id");--> statement-breakpoint
CREATE INDEX "tries_key" ON "tries" USING btree ("key","at");--> statement-breakpoint
CREATE UNIQUE INDEX "videos_external" ON "videos" USING btree ("creator_id","channel_id","external_id") WHERE "videos"."external_id" is not null and "videos"."removed_at" is null;--> statement-breakpoint
CREATE INDEX "videos_published" ON "videos" USING btree ("creator_id","published_on");