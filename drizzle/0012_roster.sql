-- How people look at an agency's roster, and what reads of many creators at once need. The reference stands in the table.
CREATE TABLE "roster_views" (
	"agency_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"user_id" uuid NOT NULL,
	"name" text NOT NULL,
	"query" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "roster_views_agency_id_id_pk" PRIMARY KEY("agency_id","id"),
	CONSTRAINT "roster_views_name" UNIQUE("agency_id","user_id","name"),
	CONSTRAINT "roster_views_agency_id_agencies_id_fk" FOREIGN KEY ("agency_id") REFERENCES "public"."agencies"("id")
);
--> statement-breakpoint
CREATE INDEX "projections_totals" ON "projections" USING btree ("creator_id","target_month") WHERE "projections"."stream" = 'total' and "projections"."horizon" = 1;
--> statement-breakpoint
ALTER TABLE roster_views ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
ALTER TABLE roster_views FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY kernel ON roster_views TO permille_kernel USING (true) WITH CHECK (true);
--> statement-breakpoint
-- A view is its maker's own, while he belongs to the agency.
CREATE POLICY own ON roster_views TO permille_app
  USING (user_id = viewer_id() AND agency_id = ANY (ARRAY(SELECT g.agency_id FROM agency_access g)))
  WITH CHECK (user_id = viewer_id() AND agency_id = ANY (ARRAY(SELECT g.agency_id FROM agency_access g)));
--> statement-breakpoint
GRANT SELECT, INSERT, DELETE ON roster_views TO permille_app;
--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE, DELETE ON roster_views TO permille_kernel;
--> statement-breakpoint
-- As in 0009, for who sees a thousand creators: the array finds the rows by index; asked of each row it is gone through
-- from the start, a hash is not.
DROP POLICY read ON payouts;
--> statement-breakpoint
CREATE POLICY read ON payouts FOR SELECT TO permille_app USING (
  creator_id = ANY (ARRAY(SELECT a.creator_id FROM access a WHERE a.amounts))
  AND (
    creator_id IN (SELECT a.creator_id FROM access a WHERE a.amounts AND a.streams IS NULL)
    OR (creator_id, stream) IN (SELECT a.creator_id, s FROM access a, unnest(a.streams) s WHERE a.amounts)
  )
);
--> statement-breakpoint
DROP POLICY read ON totals;
--> statement-breakpoint
CREATE POLICY read ON totals FOR SELECT TO permille_app USING (
  creator_id = ANY (ARRAY(SELECT a.creator_id FROM access a WHERE a.amounts))
  AND (
    creator_id IN (SELECT a.creator_id FROM access a WHERE a.amounts AND a.streams IS NULL)
    OR (creator_id, stream) IN (SELECT a.creator_id, s FROM access a, unnest(a.streams) s WHERE a.amounts)
  )
);
--> statement-breakpoint
DROP POLICY read ON projections;
--> statement-breakpoint
CREATE POLICY read ON projections FOR SELECT TO permille_app USING (
  creator_id = ANY (ARRAY(SELECT a.creator_id FROM access a WHERE a.amounts))
  AND (
    creator_id IN (SELECT a.creator_id FROM access a WHERE a.amounts AND a.streams IS NULL)
    OR (creator_id, stream) IN (SELECT a.creator_id, s FROM access a, unnest(a.streams) s WHERE a.amounts)
  )
);
--> statement-breakpoint
GRANT CREATE ON SCHEMA public TO permille_kernel;
--> statement-breakpoint
-- In which currencies those report who represent a creator now: whoever sees all amounts may know, so that the nightly
-- rates lead into them too.
CREATE FUNCTION agency_currencies(p_creator uuid) RETURNS TABLE (currency text) LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
SELECT DISTINCT trim(g.currency)
  FROM representations r
  JOIN agencies g ON g.id = r.agency_id
  WHERE r.creator_id = p_creator AND r.accepted_at IS NOT NULL AND r.ended_at IS NULL AND r.amounts AND EXISTS (
    SELECT FROM access a
    WHERE a.user_id = viewer_id() AND a.creator_id = p_creator AND a.amounts AND a.streams IS NULL
      AND (a.until IS NULL OR a.until > now())
      AND (a.user_id <> operator_id() OR a.creator_id = nullif(current_setting('app.creator_id', true), '')::uuid)
  )
$$;
--> statement-breakpoint
ALTER FUNCTION agency_currencies(uuid) OWNER TO permille_kernel;
--> statement-breakpoint
REVOKE ALL ON FUNCTION agency_currencies(uuid) FROM PUBLIC;
--> statement-breakpoint
REVOKE CREATE ON SCHEMA public FROM permille_kernel;
--> statement-breakpoint
GRANT EXECUTE ON FUNCTION agency_currencies(uuid) TO permille_app;
