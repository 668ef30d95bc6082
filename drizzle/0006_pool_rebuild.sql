-- The references stand in the tables: added afterwards, they would be checked against tables that hide their rows.
CREATE TABLE "pool_offsets" (
	"creator_id" uuid NOT NULL,
	"recorded_by" uuid NOT NULL,
	"recorded_at" timestamp with time zone DEFAULT now() NOT NULL,
	"offsets" jsonb NOT NULL,
	CONSTRAINT "pool_offsets_creator_id_recorded_at_pk" PRIMARY KEY("creator_id","recorded_at"),
	CONSTRAINT "pool_offsets_creator_id_creators_id_fk" FOREIGN KEY ("creator_id") REFERENCES "public"."creators"("id")
);
--> statement-breakpoint
CREATE TABLE "pool_starts" (
	"creator_id" uuid NOT NULL,
	"recorded_by" uuid NOT NULL,
	"recorded_at" timestamp with time zone DEFAULT now() NOT NULL,
	"prior_version" text NOT NULL,
	"starts" jsonb NOT NULL,
	CONSTRAINT "pool_starts_creator_id_recorded_at_pk" PRIMARY KEY("creator_id","recorded_at"),
	CONSTRAINT "pool_starts_creator_id_creators_id_fk" FOREIGN KEY ("creator_id") REFERENCES "public"."creators"("id")
);
--> statement-breakpoint
ALTER TABLE "creators" ADD COLUMN "pools" boolean DEFAULT false NOT NULL;
--> statement-breakpoint
ALTER TABLE "creators" ADD CONSTRAINT "creators_pools" CHECK (not ("creators"."pools" and "creators"."is_sample"));
--> statement-breakpoint
GRANT UPDATE (pools) ON creators TO permille_app;
--> statement-breakpoint
ALTER TABLE pool_offsets ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
ALTER TABLE pool_offsets FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
ALTER TABLE pool_starts ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
ALTER TABLE pool_starts FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
-- Each sees his own; the operator's nightly job alone writes them.
CREATE POLICY read ON pool_offsets FOR SELECT TO permille_app USING (creator_id = ANY (ARRAY(SELECT a.creator_id FROM access a WHERE a.amounts AND a.streams IS NULL)));
--> statement-breakpoint
CREATE POLICY write ON pool_offsets FOR INSERT TO permille_app WITH CHECK (creator_id = ANY (ARRAY(SELECT a.creator_id FROM access a WHERE a.role = 'operator')));
--> statement-breakpoint
CREATE POLICY kernel ON pool_offsets TO permille_kernel USING (true) WITH CHECK (true);
--> statement-breakpoint
CREATE POLICY read ON pool_starts FOR SELECT TO permille_app USING (creator_id = ANY (ARRAY(SELECT a.creator_id FROM access a WHERE a.amounts AND a.streams IS NULL)));
--> statement-breakpoint
CREATE POLICY write ON pool_starts FOR INSERT TO permille_app WITH CHECK (creator_id = ANY (ARRAY(SELECT a.creator_id FROM access a WHERE a.role = 'operator')));
--> statement-breakpoint
CREATE POLICY kernel ON pool_starts TO permille_kernel USING (true) WITH CHECK (true);
--> statement-breakpoint
GRANT SELECT, INSERT ON pool_offsets, pool_starts TO permille_app;
--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE, DELETE ON pool_offsets, pool_starts TO permille_kernel;
--> statement-breakpoint
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON pool_offsets FOR EACH ROW EXECUTE FUNCTION refuse_change();
--> statement-breakpoint
CREATE TRIGGER append_only_truncate BEFORE TRUNCATE ON pool_offsets FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
--> statement-breakpoint
CREATE TRIGGER stamp BEFORE INSERT ON pool_offsets FOR EACH ROW EXECUTE FUNCTION stamp_entry();
--> statement-breakpoint
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON pool_starts FOR EACH ROW EXECUTE FUNCTION refuse_change();
--> statement-breakpoint
CREATE TRIGGER append_only_truncate BEFORE TRUNCATE ON pool_starts FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
--> statement-breakpoint
CREATE TRIGGER stamp BEFORE INSERT ON pool_starts FOR EACH ROW EXECUTE FUNCTION stamp_entry();
--> statement-breakpoint
CREATE TRIGGER revise AFTER INSERT ON pool_starts REFERENCING NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION revise();
--> statement-breakpoint
-- Migrations run with row_security off, where PostgreSQL would refuse to check bodies that read policed tables.
SET LOCAL check_function_bodies = off;
--> statement-breakpoint
-- What the others who agreed to it lie off by, for the operator acting for one who agreed too: whose it is stays here.
-- Several creators of one owner count once, and those of the asking creator's own owners not at all.
CREATE FUNCTION pool_inputs() RETURNS TABLE (stream text, platform text, format text, level double precision, variance double precision, regions jsonb, niche text)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE asking uuid := nullif(current_setting('app.creator_id', true), '')::uuid;
BEGIN
  IF viewer_id() IS DISTINCT FROM operator_id() OR NOT EXISTS (SELECT FROM creators c WHERE c.id = asking AND c.pools) THEN
    RAISE EXCEPTION 'only the operator may pool, for a creator who agreed to it' USING ERRCODE = '42501';
  END IF;
  RETURN QUERY
  WITH owners AS (
    SELECT m.creator_id, m.user_id FROM members m WHERE m.role = 'owner' AND m.removed_at IS NULL
  ),
  others AS (
    SELECT c.id, (SELECT min(w.user_id::text) FROM owners w WHERE w.creator_id = c.id) AS owner
    FROM creators c
    WHERE c.pools AND c.id <> asking AND NOT EXISTS (
      SELECT FROM owners w JOIN owners mine ON mine.user_id = w.user_id
      WHERE w.creator_id = c.id AND mine.creator_id = asking
    )
  ),
  once AS (
    SELECT DISTINCT ON (o.owner, x.stream, x.platform, x.format) x.*
    FROM others o
    CROSS JOIN LATERAL (
      SELECT p.offsets FROM pool_offsets p WHERE p.creator_id = o.id ORDER BY p.recorded_at DESC LIMIT 1
    ) newest
    CROSS JOIN LATERAL jsonb_to_recordset(newest.offsets)
      AS x(stream text, platform text, format text, level double precision, variance double precision, regions jsonb, niche text)
    ORDER BY o.owner, x.stream, x.platform, x.format, x.variance, x.level
  )
  -- In an order that says nothing of whose they are.
  SELECT w.stream, w.platform, w.format, w.level, w.variance, w.regions, w.niche FROM once w ORDER BY 1, 2, 3, 4, 5;
END
$$;
--> statement-breakpoint
-- The traffic of months as its rows say, to keep and to compare; it sees what the caller sees. The body is the one
-- that refresh_traffic_months had.
CREATE FUNCTION months_from_traffic(p_months channel_month[])
RETURNS TABLE (creator_id uuid, channel_id uuid, month text, format text, days bigint, views bigint, qualified_views bigint, engaged_views bigint, ad_impressions bigint, watch_seconds bigint, likes bigint, comments bigint, shares bigint)
LANGUAGE sql STABLE AS $$
  WITH current_rows AS (
    SELECT t.*, t.to_day - t.from_day + 1 AS days, greatest(t.from_day, m.first) AS first, least(t.to_day, m.last) AS last
    FROM unnest(p_months) m
    JOIN traffic t ON t.creator_id = m.creator_id AND t.channel_id = m.channel_id AND t.from_day <= m.last AND t.to_day >= m.first
    WHERE NOT t.is_void
      AND NOT EXISTS (SELECT FROM traffic r WHERE r.creator_id = t.creator_id AND r.replaces = t.id)
  ),
  by_day AS (
    SELECT t.creator_id, t.channel_id, t.format, d.day, t.video_id IS NULL AS of_channel,
      t.views * (d.day - t.from_day + 1) / t.days - t.views * (d.day - t.from_day) / t.days AS views,
      t.qualified_views * (d.day - t.from_day + 1) / t.days - t.qualified_views * (d.day - t.from_day) / t.days AS qualified_views,
      t.engaged_views * (d.day - t.from_day + 1) / t.days - t.engaged_views * (d.day - t.from_day) / t.days AS engaged_views,
      t.ad_impressions * (d.day - t.from_day + 1) / t.days - t.ad_impressions * (d.day - t.from_day) / t.days AS ad_impressions,
      t.watch_seconds * (d.day - t.from_day + 1) / t.days - t.watch_seconds * (d.day - t.from_day) / t.days AS watch_seconds,
      t.likes * (d.day - t.from_day + 1) / t.days - t.likes * (d.day - t.from_day) / t.days AS likes,
      t.comments * (d.day - t.from_day + 1) / t.days - t.comments * (d.day - t.from_day) / t.days AS comments,
      t.shares * (d.day - t.from_day + 1) / t.days - t.shares * (d.day - t.from_day) / t.days AS shares
    FROM current_rows t
    CROSS JOIN LATERAL (SELECT t.first + n AS day FROM generate_series(0, t.last - t.first) AS n) d
  ),
  -- Per day and format: the channel's own row where there is one, else its videos.
  parts AS (
    SELECT creator_id, channel_id, format, day, CASE WHEN bool_and(views IS NOT NULL) THEN sum(views)::bigint END AS views, CASE WHEN bool_and(qualified_views IS NOT NULL) THEN sum(qualified_views)::bigint END AS qualified_views, CASE WHEN bool_and(engaged_views IS NOT NULL) THEN sum(engaged_views)::bigint END AS engaged_views, CASE WHEN bool_and(ad_impressions IS NOT NULL) THEN sum(ad_impressions)::bigint END AS ad_impressions, CASE WHEN bool_and(watch_seconds IS NOT NULL) THEN sum(watch_seconds)::bigint END AS watch_seconds, CASE WHEN bool_and(likes IS NOT NULL) THEN sum(likes)::bigint END AS likes, CASE WHEN bool_and(comments IS NOT NULL) THEN sum(comments)::bigint END AS comments, CASE WHEN bool_and(shares IS NOT NULL) THEN sum(shares)::bigint END AS shares
    FROM (
      SELECT b.*, bool_or(of_channel) OVER (PARTITION BY creator_id, channel_id, format, day) AS has_channel
      FROM by_day b WHERE format <> 'all'
    ) b
    WHERE of_channel = has_channel
    GROUP BY creator_id, channel_id, format, day
  ),
  -- Per day: the channel's whole where it was given, else the sum of its parts.
  wholes AS (
    SELECT creator_id, channel_id, day, views, qualified_views, engaged_views, ad_impressions, watch_seconds, likes, comments, shares FROM by_day WHERE format = 'all'
    UNION ALL
    SELECT creator_id, channel_id, day, CASE WHEN bool_and(views IS NOT NULL) THEN sum(views)::bigint END AS views, CASE WHEN bool_and(qualified_views IS NOT NULL) THEN sum(qualified_views)::bigint END AS qualified_views, CASE WHEN bool_and(engaged_views IS NOT NULL) THEN sum(engaged_views)::bigint END AS engaged_views, CASE WHEN bool_and(ad_impressions IS NOT NULL) THEN sum(ad_impressions)::bigint END AS ad_impressions, CASE WHEN bool_and(watch_seconds IS NOT NULL) THEN sum(watch_seconds)::bigint END AS watch_seconds, CASE WHEN bool_and(likes IS NOT NULL) THEN sum(likes)::bigint END AS likes, CASE WHEN bool_and(comments IS NOT NULL) THEN sum(comments)::bigint END AS comments, CASE WHEN bool_and(shares IS NOT NULL) THEN sum(shares)::bigint END AS shares
    FROM parts p
    WHERE NOT EXISTS (
      SELECT FROM by_day b
      WHERE b.format = 'all' AND b.creator_id = p.creator_id AND b.channel_id = p.channel_id AND b.day = p.day
    )
    GROUP BY creator_id, channel_id, day
  )
  SELECT creator_id, channel_id, to_char(day, 'YYYY-MM'), format, count(*), CASE WHEN bool_and(views IS NOT NULL) THEN sum(views)::bigint END AS views, CASE WHEN bool_and(qualified_views IS NOT NULL) THEN sum(qualified_views)::bigint END AS qualified_views, CASE WHEN bool_and(engaged_views IS NOT NULL) THEN sum(engaged_views)::bigint END AS engaged_views, CASE WHEN bool_and(ad_impressions IS NOT NULL) THEN sum(ad_impressions)::bigint END AS ad_impressions, CASE WHEN bool_and(watch_seconds IS NOT NULL) THEN sum(watch_seconds)::bigint END AS watch_seconds, CASE WHEN bool_and(likes IS NOT NULL) THEN sum(likes)::bigint END AS likes, CASE WHEN bool_and(comments IS NOT NULL) THEN sum(comments)::bigint END AS comments, CASE WHEN bool_and(shares IS NOT NULL) THEN sum(shares)::bigint END AS shares
  FROM (
    SELECT creator_id, channel_id, format, day, views, qualified_views, engaged_views, ad_impressions, watch_seconds, likes, comments, shares FROM parts
    UNION ALL
    SELECT creator_id, channel_id, 'all', day, views, qualified_views, engaged_views, ad_impressions, watch_seconds, likes, comments, shares FROM wholes
  ) x
  GROUP BY creator_id, channel_id, to_char(day, 'YYYY-MM'), format
$$;
--> statement-breakpoint
CREATE OR REPLACE FUNCTION refresh_traffic_months(p_months channel_month[]) RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  DELETE FROM traffic_months k USING unnest(p_months) m
  WHERE k.creator_id = m.creator_id AND k.channel_id = m.channel_id AND k.month = to_char(m.first, 'YYYY-MM');

  INSERT INTO traffic_months (creator_id, channel_id, month, format, days, views, qualified_views, engaged_views, ad_impressions, watch_seconds, likes, comments, shares)
  SELECT * FROM months_from_traffic(p_months);
END
$$;
--> statement-breakpoint
-- All months in which a creator's channels have traffic; it sees what the caller sees.
CREATE FUNCTION months_of_traffic(p_creator uuid) RETURNS channel_month[] LANGUAGE sql STABLE AS $$
  SELECT ARRAY(
    SELECT DISTINCT (t.creator_id, t.channel_id, m::date, (m + interval '1 month')::date - 1)::channel_month
    FROM traffic t
    CROSS JOIN LATERAL generate_series(date_trunc('month', t.from_day::timestamp), t.to_day::timestamp, interval '1 month') AS m
    WHERE t.creator_id = p_creator AND NOT t.is_void
  )
$$;
--> statement-breakpoint
CREATE FUNCTION rollups_from_postings(p_creator uuid)
RETURNS TABLE (earned_month text, currency char(3), minor bigint, entries bigint)
LANGUAGE sql STABLE AS $$
  SELECT o.earned_month, p.currency, sum(o.minor)::bigint, sum(o.entries)::bigint
  FROM postings o JOIN payouts p ON p.creator_id = o.creator_id AND p.id = o.of_id
  WHERE o.creator_id = p_creator
  GROUP BY 1, 2
  HAVING sum(o.entries) <> 0 OR sum(o.minor) <> 0
$$;
--> statement-breakpoint
-- Makes everything that triggers keep anew from what it is kept of, for the operator acting for this creator.
CREATE FUNCTION rebuild_totals(p_creator uuid) RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE mine bigint := pg_current_xact_id()::text::bigint;
BEGIN
  IF viewer_id() IS DISTINCT FROM operator_id() OR nullif(current_setting('app.creator_id', true), '')::uuid IS DISTINCT FROM p_creator THEN
    RAISE EXCEPTION 'only the operator may rebuild, for the creator he acts for' USING ERRCODE = '42501';
  END IF;
  -- Writers of payouts and of traffic hold a key share of this row before they touch a sum: post_payouts takes it,
  -- and so does the reference of the revision that each of them adds. They end first, or wait and add to what is new.
  PERFORM 1 FROM creators c WHERE c.id = p_creator FOR UPDATE;

  DELETE FROM totals t WHERE t.creator_id = p_creator;
  INSERT INTO totals (creator_id, earned_month, booked_month, channel_id, format, stream, currency, state, minor, entries)
  SELECT p_creator, t.* FROM totals_from_postings(p_creator) t;

  DELETE FROM rollups r WHERE r.creator_id = p_creator;
  INSERT INTO rollups (creator_id, earned_month, currency, minor, entries)
  SELECT p_creator, r.* FROM rollups_from_postings(p_creator) r;

  DELETE FROM traffic_months k WHERE k.creator_id = p_creator;
  PERFORM refresh_traffic_months(months_of_traffic(p_creator));

  -- As after any change: what was worked out from the old sums is not shown again.
  INSERT INTO revisions (creator_id, transaction) VALUES (p_creator, mine) ON CONFLICT DO NOTHING;
  DELETE FROM revisions r WHERE r.creator_id = p_creator AND r.transaction <> mine;
END
$$;
--> statement-breakpoint
GRANT CREATE ON SCHEMA public TO permille_kernel;
--> statement-breakpoint
ALTER FUNCTION pool_inputs() OWNER TO permille_kernel;
--> statement-breakpoint
REVOKE ALL ON FUNCTION pool_inputs() FROM PUBLIC;
--> statement-breakpoint
ALTER FUNCTION rebuild_totals(uuid) OWNER TO permille_kernel;
--> statement-breakpoint
REVOKE ALL ON FUNCTION rebuild_totals(uuid) FROM PUBLIC;
--> statement-breakpoint
REVOKE CREATE ON SCHEMA public FROM permille_kernel;
--> statement-breakpoint
GRANT EXECUTE ON FUNCTION pool_inputs(), rebuild_totals(uuid) TO permille_app;
