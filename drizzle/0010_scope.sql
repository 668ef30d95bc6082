-- What a representation lets see, to the row and the column, and the days on which an agency's people looked.
SET LOCAL check_function_bodies = off;
--> statement-breakpoint
CREATE TABLE "looks" (
	"creator_id" uuid NOT NULL,
	"agency_id" uuid NOT NULL,
	"user_id" uuid NOT NULL,
	"day" date NOT NULL,
	"at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "looks_creator_id_agency_id_user_id_day_pk" PRIMARY KEY("creator_id","agency_id","user_id","day"),
	CONSTRAINT "looks_creator_id_creators_id_fk" FOREIGN KEY ("creator_id") REFERENCES "public"."creators"("id"),
	CONSTRAINT "looks_agency_id_agencies_id_fk" FOREIGN KEY ("agency_id") REFERENCES "public"."agencies"("id")
);
--> statement-breakpoint
ALTER TABLE looks ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
ALTER TABLE looks FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY kernel ON looks TO permille_kernel USING (true) WITH CHECK (true);
--> statement-breakpoint
CREATE POLICY read ON looks FOR SELECT TO permille_app USING (creator_id = ANY (ARRAY(SELECT a.creator_id FROM access a WHERE a.role = 'owner')));
--> statement-breakpoint
GRANT SELECT ON looks TO permille_app;
--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE, DELETE ON looks TO permille_kernel;
--> statement-breakpoint
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON looks FOR EACH ROW EXECUTE FUNCTION refuse_change();
--> statement-breakpoint
CREATE TRIGGER append_only_truncate BEFORE TRUNCATE ON looks FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
--> statement-breakpoint
-- The viewer's own look, once a day in the creator's zone; of those who belong to the creator there is none.
CREATE FUNCTION note_looks(p_creators uuid[]) RETURNS void LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS $$
INSERT INTO looks (creator_id, agency_id, user_id, day)
  SELECT r.creator_id, r.agency_id, a.user_id, (now() AT TIME ZONE c.time_zone)::date
  FROM access a
  JOIN representations r ON a.creator_id = r.creator_id AND a.via = 'representation:' || r.id
  JOIN creators c ON c.id = r.creator_id
  WHERE a.user_id = viewer_id() AND a.creator_id = ANY (p_creators) AND a.amounts AND (a.until IS NULL OR a.until > now())
    AND NOT EXISTS (
      SELECT FROM access m WHERE m.user_id = a.user_id AND m.creator_id = a.creator_id AND m.via NOT LIKE 'representation:%'
    )
  ON CONFLICT DO NOTHING
$$;
--> statement-breakpoint
-- Who looked, by name: for the creator's owners, and for what ended too.
CREATE FUNCTION looked_at(p_creator uuid) RETURNS TABLE (user_id uuid, name text, agency_id uuid, agency_name text, first_day date, last_day date, days integer) LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
SELECT l.user_id, coalesce(u.name, 'Somebody whose account is gone'), l.agency_id, g.name, min(l.day), max(l.day), count(*)::integer
  FROM looks l
  JOIN agencies g ON g.id = l.agency_id
  LEFT JOIN users u ON u.id = l.user_id
  WHERE l.creator_id = p_creator AND EXISTS (
    SELECT FROM access o
    WHERE o.user_id = viewer_id() AND o.creator_id = p_creator AND o.role = 'owner' AND (o.until IS NULL OR o.until > now())
  )
  GROUP BY 1, 2, 3, 4
$$;
--> statement-breakpoint
-- Whom of an agency an entry may name, for those who belong to the creator: one who logs has looked.
CREATE FUNCTION looker_names(p_creator uuid) RETURNS TABLE (user_id uuid, name text, agency_name text) LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
SELECT DISTINCT ON (u.id) u.id, u.name, g.name
  FROM looks l
  JOIN agencies g ON g.id = l.agency_id
  JOIN users u ON u.id = l.user_id
  WHERE l.creator_id = p_creator AND EXISTS (
    SELECT FROM access a
    WHERE a.user_id = viewer_id() AND a.creator_id = p_creator AND a.via NOT LIKE 'representation:%' AND (a.until IS NULL OR a.until > now())
  )
  ORDER BY u.id, l.day DESC
$$;
--> statement-breakpoint
-- ---------------------------------------------------------------- the house's own
-- Who belongs to a creator is said to those who do; an agency knows the creator, not the people behind.
DROP POLICY read ON members;
--> statement-breakpoint
CREATE POLICY read ON members FOR SELECT TO permille_app USING (creator_id = ANY (ARRAY(SELECT a.creator_id FROM access a WHERE a.via NOT LIKE 'representation:%')));
--> statement-breakpoint
CREATE OR REPLACE FUNCTION member_people(p_creator uuid) RETURNS TABLE (user_id uuid, name text, email text) LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
SELECT u.id, u.name, u.email
  FROM members m JOIN users u ON u.id = m.user_id
  WHERE m.creator_id = p_creator
    AND EXISTS (
      SELECT FROM access a
      WHERE a.user_id = viewer_id() AND a.creator_id = p_creator AND a.via NOT LIKE 'representation:%' AND (a.until IS NULL OR a.until > now())
    )
$$;
--> statement-breakpoint
-- An address that works without signing in would outlive the representation.
DROP POLICY read ON calendar_feeds;
--> statement-breakpoint
CREATE POLICY read ON calendar_feeds FOR SELECT TO permille_app USING (creator_id = ANY (ARRAY(SELECT a.creator_id FROM access a WHERE a.via NOT LIKE 'representation:%' AND a.role IN ('owner', 'editor', 'operator'))));
--> statement-breakpoint
DROP POLICY write ON calendar_feeds;
--> statement-breakpoint
CREATE POLICY write ON calendar_feeds FOR INSERT TO permille_app WITH CHECK (creator_id = ANY (ARRAY(SELECT a.creator_id FROM access a WHERE a.via NOT LIKE 'representation:%' AND a.role IN ('owner', 'editor', 'operator'))));
--> statement-breakpoint
DROP POLICY change ON calendar_feeds;
--> statement-breakpoint
CREATE POLICY change ON calendar_feeds FOR UPDATE TO permille_app USING (creator_id = ANY (ARRAY(SELECT a.creator_id FROM access a WHERE a.via NOT LIKE 'representation:%' AND a.role IN ('owner', 'editor', 'operator')))) WITH CHECK (creator_id = ANY (ARRAY(SELECT a.creator_id FROM access a WHERE a.via NOT LIKE 'representation:%' AND a.role IN ('owner', 'editor', 'operator'))));
--> statement-breakpoint
-- Amounts of chosen streams are converted by the rates of their own currencies; which others there are stays unsaid.
DROP POLICY read ON rates;
--> statement-breakpoint
CREATE POLICY read ON rates FOR SELECT TO permille_app USING (
  creator_id = ANY (ARRAY(SELECT a.creator_id FROM access a WHERE a.amounts))
  AND (
    creator_id = ANY (ARRAY(SELECT a.creator_id FROM access a WHERE a.amounts AND a.streams IS NULL))
    OR (
      (creator_id, base) IN (SELECT t.creator_id, t.currency FROM totals t UNION SELECT c.id, x FROM creators c, unnest(ARRAY[c.currency, 'USD']) x)
      AND (creator_id, quote) IN (SELECT t.creator_id, t.currency FROM totals t UNION SELECT c.id, x FROM creators c, unnest(ARRAY[c.currency, 'USD']) x)
    )
  )
);
--> statement-breakpoint
-- What an entry was corrected into may be out of sight; that it counts no more is not.
CREATE FUNCTION moved_payouts(p_creator uuid) RETURNS SETOF uuid LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
SELECT p.id
  FROM access a
  JOIN payouts p ON p.creator_id = a.creator_id AND p.stream = ANY (a.streams)
  JOIN payouts l ON l.creator_id = p.creator_id AND l.replaces = p.id AND l.stream <> p.stream
  WHERE a.user_id = viewer_id() AND a.creator_id = p_creator AND a.streams IS NOT NULL AND a.amounts AND (a.until IS NULL OR a.until > now())
$$;
--> statement-breakpoint
DROP POLICY read ON postings;
--> statement-breakpoint
CREATE POLICY read ON postings FOR SELECT TO permille_app USING (
  creator_id = ANY (ARRAY(SELECT a.creator_id FROM access a WHERE a.amounts))
  AND (
    creator_id = ANY (ARRAY(SELECT a.creator_id FROM access a WHERE a.amounts AND a.streams IS NULL))
    OR (creator_id, of_id) IN (SELECT p.creator_id, p.id FROM payouts p)
  )
);
--> statement-breakpoint
-- Who corrects an entry without being shown its note leaves the note as it was.
CREATE FUNCTION carry_note() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE shares boolean;
BEGIN
  SELECT bool_or(a.notes) INTO shares FROM access a
  WHERE a.user_id = viewer_id() AND a.creator_id = new.creator_id AND (a.until IS NULL OR a.until > now());
  IF NOT coalesce(shares, true) THEN
    EXECUTE format('SELECT coalesce(max(t.note), '''') FROM %I t WHERE t.creator_id = $1 AND t.id = $2', tg_table_name)
      INTO new.note USING new.creator_id, new.replaces;
  END IF;
  RETURN new;
END
$$;
--> statement-breakpoint
CREATE TRIGGER carry_note BEFORE INSERT ON payouts FOR EACH ROW WHEN (new.replaces IS NOT NULL) EXECUTE FUNCTION carry_note();
--> statement-breakpoint
CREATE TRIGGER carry_note BEFORE INSERT ON receipts FOR EACH ROW WHEN (new.replaces IS NOT NULL) EXECUTE FUNCTION carry_note();
--> statement-breakpoint
CREATE TRIGGER carry_note BEFORE INSERT ON deals FOR EACH ROW WHEN (new.replaces IS NOT NULL) EXECUTE FUNCTION carry_note();
--> statement-breakpoint
CREATE TRIGGER carry_note BEFORE INSERT ON placements FOR EACH ROW WHEN (new.replaces IS NOT NULL) EXECUTE FUNCTION carry_note();
--> statement-breakpoint
CREATE TRIGGER carry_note BEFORE INSERT ON lives FOR EACH ROW WHEN (new.replaces IS NOT NULL) EXECUTE FUNCTION carry_note();
--> statement-breakpoint
CREATE TRIGGER carry_note BEFORE INSERT ON goals FOR EACH ROW WHEN (new.replaces IS NOT NULL) EXECUTE FUNCTION carry_note();
--> statement-breakpoint
GRANT CREATE ON SCHEMA public TO permille_kernel;
--> statement-breakpoint
ALTER FUNCTION note_looks(uuid[]) OWNER TO permille_kernel;
--> statement-breakpoint
REVOKE ALL ON FUNCTION note_looks(uuid[]) FROM PUBLIC;
--> statement-breakpoint
ALTER FUNCTION looked_at(uuid) OWNER TO permille_kernel;
--> statement-breakpoint
REVOKE ALL ON FUNCTION looked_at(uuid) FROM PUBLIC;
--> statement-breakpoint
ALTER FUNCTION looker_names(uuid) OWNER TO permille_kernel;
--> statement-breakpoint
REVOKE ALL ON FUNCTION looker_names(uuid) FROM PUBLIC;
--> statement-breakpoint
ALTER FUNCTION moved_payouts(uuid) OWNER TO permille_kernel;
--> statement-breakpoint
REVOKE ALL ON FUNCTION moved_payouts(uuid) FROM PUBLIC;
--> statement-breakpoint
ALTER FUNCTION carry_note() OWNER TO permille_kernel;
--> statement-breakpoint
REVOKE ALL ON FUNCTION carry_note() FROM PUBLIC;
--> statement-breakpoint
REVOKE CREATE ON SCHEMA public FROM permille_kernel;
--> statement-breakpoint
GRANT EXECUTE ON FUNCTION note_looks(uuid[]), looked_at(uuid), looker_names(uuid), moved_payouts(uuid) TO permille_app;
