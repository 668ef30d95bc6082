-- The two walls' second half: who may touch which row, what can never change, what the database keeps itself.
-- The viewer is set for one transaction: app.user_id, and app.creator_id where the operator acts for a creator.
-- Migrations run with row_security off, where PostgreSQL would refuse to check bodies that read policed tables.
SET LOCAL check_function_bodies = off;
--> statement-breakpoint
CREATE FUNCTION viewer_id() RETURNS uuid LANGUAGE sql STABLE PARALLEL SAFE
AS $$ SELECT nullif(current_setting('app.user_id', true), '')::uuid $$;
--> statement-breakpoint
-- Jobs and the command line act as this one user, for one creator at a time.
CREATE FUNCTION operator_id() RETURNS uuid LANGUAGE sql IMMUTABLE PARALLEL SAFE
AS $$ SELECT '00000000-0000-4000-8000-000000000001'::uuid $$;
--> statement-breakpoint
-- ---------------------------------------------------------------- row-level security
ALTER TABLE creators ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
ALTER TABLE creators FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
ALTER TABLE members ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
ALTER TABLE members FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
ALTER TABLE invitations ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
ALTER TABLE invitations FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
ALTER TABLE access ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
ALTER TABLE access FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
ALTER TABLE channels ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
ALTER TABLE channels FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
ALTER TABLE videos ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
ALTER TABLE videos FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
ALTER TABLE audience ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
ALTER TABLE audience FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
ALTER TABLE readings ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
ALTER TABLE readings FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
ALTER TABLE traffic ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
ALTER TABLE traffic FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
ALTER TABLE payouts ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
ALTER TABLE payouts FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
ALTER TABLE payout_lines ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
ALTER TABLE payout_lines FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
ALTER TABLE receipts ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
ALTER TABLE receipts FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
ALTER TABLE allocations ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
ALTER TABLE allocations FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
ALTER TABLE closed_months ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
ALTER TABLE closed_months FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
ALTER TABLE rates ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
ALTER TABLE rates FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
ALTER TABLE imports ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
ALTER TABLE imports FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
ALTER TABLE projections ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
ALTER TABLE projections FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
ALTER TABLE postings ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
ALTER TABLE postings FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
ALTER TABLE totals ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
ALTER TABLE totals FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
ALTER TABLE rollups ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
ALTER TABLE rollups FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
ALTER TABLE traffic_months ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
ALTER TABLE traffic_months FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
ALTER TABLE audit_log ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
ALTER TABLE audit_log FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
-- ANY(ARRAY(SELECT …)) is evaluated once per query and uses the index; IN (SELECT …) scans.
CREATE POLICY own ON access FOR SELECT TO permille_app USING (
  user_id = viewer_id()
  AND (until IS NULL OR until > now())
  AND (user_id <> operator_id() OR creator_id = nullif(current_setting('app.creator_id', true), '')::uuid)
);
--> statement-breakpoint
CREATE POLICY read ON creators FOR SELECT TO permille_app USING (id = ANY (ARRAY(SELECT a.creator_id FROM access a)));
--> statement-breakpoint
CREATE POLICY change ON creators FOR UPDATE TO permille_app USING (id = ANY (ARRAY(SELECT a.creator_id FROM access a WHERE a.role = 'owner'))) WITH CHECK (id = ANY (ARRAY(SELECT a.creator_id FROM access a WHERE a.role = 'owner')));
--> statement-breakpoint
-- A trigger makes the maker its owner in the same statement.
CREATE POLICY write ON creators FOR INSERT TO permille_app WITH CHECK (created_by = viewer_id() AND viewer_id() <> operator_id());
--> statement-breakpoint
CREATE POLICY read ON members FOR SELECT TO permille_app USING (creator_id = ANY (ARRAY(SELECT a.creator_id FROM access a)));
--> statement-breakpoint
CREATE POLICY change ON members FOR UPDATE TO permille_app USING (creator_id = ANY (ARRAY(SELECT a.creator_id FROM access a WHERE a.role = 'owner'))) WITH CHECK (creator_id = ANY (ARRAY(SELECT a.creator_id FROM access a WHERE a.role = 'owner')));
--> statement-breakpoint
CREATE POLICY read ON invitations FOR SELECT TO permille_app USING (creator_id = ANY (ARRAY(SELECT a.creator_id FROM access a WHERE a.role = 'owner')));
--> statement-breakpoint
CREATE POLICY write ON invitations FOR INSERT TO permille_app WITH CHECK (creator_id = ANY (ARRAY(SELECT a.creator_id FROM access a WHERE a.role = 'owner')));
--> statement-breakpoint
CREATE POLICY change ON invitations FOR UPDATE TO permille_app USING (creator_id = ANY (ARRAY(SELECT a.creator_id FROM access a WHERE a.role = 'owner'))) WITH CHECK (creator_id = ANY (ARRAY(SELECT a.creator_id FROM access a WHERE a.role = 'owner')));
--> statement-breakpoint
CREATE POLICY read ON channels FOR SELECT TO permille_app USING (creator_id = ANY (ARRAY(SELECT a.creator_id FROM access a)));
--> statement-breakpoint
CREATE POLICY write ON channels FOR INSERT TO permille_app WITH CHECK (creator_id = ANY (ARRAY(SELECT a.creator_id FROM access a WHERE a.role IN ('owner', 'editor', 'operator'))));
--> statement-breakpoint
CREATE POLICY change ON channels FOR UPDATE TO permille_app USING (creator_id = ANY (ARRAY(SELECT a.creator_id FROM access a WHERE a.role IN ('owner', 'editor', 'operator')))) WITH CHECK (creator_id = ANY (ARRAY(SELECT a.creator_id FROM access a WHERE a.role IN ('owner', 'editor', 'operator'))));
--> statement-breakpoint
CREATE POLICY read ON videos FOR SELECT TO permille_app USING (creator_id = ANY (ARRAY(SELECT a.creator_id FROM access a)));
--> statement-breakpoint
CREATE POLICY write ON videos FOR INSERT TO permille_app WITH CHECK (creator_id = ANY (ARRAY(SELECT a.creator_id FROM access a WHERE a.role IN ('owner', 'editor', 'operator'))));
--> statement-breakpoint
CREATE POLICY change ON videos FOR UPDATE TO permille_app USING (creator_id = ANY (ARRAY(SELECT a.creator_id FROM access a WHERE a.role IN ('owner', 'editor', 'operator')))) WITH CHECK (creator_id = ANY (ARRAY(SELECT a.creator_id FROM access a WHERE a.role IN ('owner', 'editor', 'operator'))));
--> statement-breakpoint
CREATE POLICY read ON audience FOR SELECT TO permille_app USING (creator_id = ANY (ARRAY(SELECT a.creator_id FROM access a)));
--> statement-breakpoint
CREATE POLICY write ON audience FOR INSERT TO permille_app WITH CHECK (creator_id = ANY (ARRAY(SELECT a.creator_id FROM access a WHERE a.role IN ('owner', 'editor', 'operator'))));
--> statement-breakpoint
CREATE POLICY read ON readings FOR SELECT TO permille_app USING (creator_id = ANY (ARRAY(SELECT a.creator_id FROM access a)));
--> statement-breakpoint
CREATE POLICY write ON readings FOR INSERT TO permille_app WITH CHECK (creator_id = ANY (ARRAY(SELECT a.creator_id FROM access a WHERE a.role IN ('owner', 'editor', 'operator'))));
--> statement-breakpoint
CREATE POLICY read ON traffic FOR SELECT TO permille_app USING (creator_id = ANY (ARRAY(SELECT a.creator_id FROM access a)));
--> statement-breakpoint
CREATE POLICY write ON traffic FOR INSERT TO permille_app WITH CHECK (creator_id = ANY (ARRAY(SELECT a.creator_id FROM access a WHERE a.role IN ('owner', 'editor', 'operator'))));
--> statement-breakpoint
CREATE POLICY read ON traffic_months FOR SELECT TO permille_app USING (creator_id = ANY (ARRAY(SELECT a.creator_id FROM access a)));
--> statement-breakpoint
CREATE POLICY read ON closed_months FOR SELECT TO permille_app USING (creator_id = ANY (ARRAY(SELECT a.creator_id FROM access a)));
--> statement-breakpoint
CREATE POLICY write ON closed_months FOR INSERT TO permille_app WITH CHECK (creator_id = ANY (ARRAY(SELECT a.creator_id FROM access a WHERE a.role = 'owner')));
--> statement-breakpoint
-- Money: nothing without the right to see amounts, and nothing from a total when the scope is limited.
CREATE POLICY read ON payouts FOR SELECT TO permille_app USING (creator_id = ANY (ARRAY(SELECT a.creator_id FROM access a WHERE a.amounts AND a.streams IS NULL)));
--> statement-breakpoint
CREATE POLICY write ON payouts FOR INSERT TO permille_app WITH CHECK (creator_id = ANY (ARRAY(SELECT a.creator_id FROM access a WHERE a.amounts AND a.streams IS NULL AND a.role IN ('owner', 'editor', 'operator'))));
--> statement-breakpoint
CREATE POLICY read ON payout_lines FOR SELECT TO permille_app USING (creator_id = ANY (ARRAY(SELECT a.creator_id FROM access a WHERE a.amounts AND a.streams IS NULL)));
--> statement-breakpoint
CREATE POLICY write ON payout_lines FOR INSERT TO permille_app WITH CHECK (creator_id = ANY (ARRAY(SELECT a.creator_id FROM access a WHERE a.amounts AND a.streams IS NULL AND a.role IN ('owner', 'editor', 'operator'))));
--> statement-breakpoint
CREATE POLICY read ON receipts FOR SELECT TO permille_app USING (creator_id = ANY (ARRAY(SELECT a.creator_id FROM access a WHERE a.amounts AND a.streams IS NULL)));
--> statement-breakpoint
CREATE POLICY write ON receipts FOR INSERT TO permille_app WITH CHECK (creator_id = ANY (ARRAY(SELECT a.creator_id FROM access a WHERE a.amounts AND a.streams IS NULL AND a.role IN ('owner', 'editor', 'operator'))));
--> statement-breakpoint
CREATE POLICY read ON allocations FOR SELECT TO permille_app USING (creator_id = ANY (ARRAY(SELECT a.creator_id FROM access a WHERE a.amounts AND a.streams IS NULL)));
--> statement-breakpoint
CREATE POLICY write ON allocations FOR INSERT TO permille_app WITH CHECK (creator_id = ANY (ARRAY(SELECT a.creator_id FROM access a WHERE a.amounts AND a.streams IS NULL AND a.role IN ('owner', 'editor', 'operator'))));
--> statement-breakpoint
CREATE POLICY read ON rates FOR SELECT TO permille_app USING (creator_id = ANY (ARRAY(SELECT a.creator_id FROM access a WHERE a.amounts AND a.streams IS NULL)));
--> statement-breakpoint
CREATE POLICY write ON rates FOR INSERT TO permille_app WITH CHECK (creator_id = ANY (ARRAY(SELECT a.creator_id FROM access a WHERE a.amounts AND a.streams IS NULL AND a.role IN ('owner', 'editor', 'operator'))));
--> statement-breakpoint
CREATE POLICY read ON imports FOR SELECT TO permille_app USING (creator_id = ANY (ARRAY(SELECT a.creator_id FROM access a WHERE a.amounts AND a.streams IS NULL)));
--> statement-breakpoint
CREATE POLICY write ON imports FOR INSERT TO permille_app WITH CHECK (creator_id = ANY (ARRAY(SELECT a.creator_id FROM access a WHERE a.amounts AND a.streams IS NULL AND a.role IN ('owner', 'editor', 'operator'))));
--> statement-breakpoint
CREATE POLICY change ON imports FOR UPDATE TO permille_app USING (creator_id = ANY (ARRAY(SELECT a.creator_id FROM access a WHERE a.amounts AND a.streams IS NULL AND a.role IN ('owner', 'editor', 'operator')))) WITH CHECK (creator_id = ANY (ARRAY(SELECT a.creator_id FROM access a WHERE a.amounts AND a.streams IS NULL AND a.role IN ('owner', 'editor', 'operator'))));
--> statement-breakpoint
CREATE POLICY read ON postings FOR SELECT TO permille_app USING (creator_id = ANY (ARRAY(SELECT a.creator_id FROM access a WHERE a.amounts AND a.streams IS NULL)));
--> statement-breakpoint
CREATE POLICY read ON totals FOR SELECT TO permille_app USING (creator_id = ANY (ARRAY(SELECT a.creator_id FROM access a WHERE a.amounts AND a.streams IS NULL)));
--> statement-breakpoint
CREATE POLICY read ON rollups FOR SELECT TO permille_app USING (creator_id = ANY (ARRAY(SELECT a.creator_id FROM access a WHERE a.amounts AND a.streams IS NULL)));
--> statement-breakpoint
CREATE POLICY read ON projections FOR SELECT TO permille_app USING (creator_id = ANY (ARRAY(SELECT a.creator_id FROM access a WHERE a.amounts AND a.streams IS NULL)));
--> statement-breakpoint
-- A projection is made by the operator's job; the sample studio brings its own.
CREATE POLICY write ON projections FOR INSERT TO permille_app WITH CHECK (
  creator_id = ANY (ARRAY(SELECT a.creator_id FROM access a WHERE a.role = 'operator'))
  OR creator_id = ANY (ARRAY(
    SELECT c.id FROM creators c WHERE c.is_sample AND c.id = ANY (ARRAY(SELECT a.creator_id FROM access a WHERE a.role = 'owner'))
  ))
);
--> statement-breakpoint
CREATE POLICY read ON audit_log FOR SELECT TO permille_app USING (creator_id = ANY (ARRAY(SELECT a.creator_id FROM access a WHERE a.amounts AND a.streams IS NULL)));
--> statement-breakpoint
CREATE POLICY write ON audit_log FOR INSERT TO permille_app WITH CHECK (creator_id = ANY (ARRAY(SELECT a.creator_id FROM access a)));
--> statement-breakpoint
CREATE POLICY kernel ON creators TO permille_kernel USING (true) WITH CHECK (true);
--> statement-breakpoint
CREATE POLICY kernel ON members TO permille_kernel USING (true) WITH CHECK (true);
--> statement-breakpoint
CREATE POLICY kernel ON invitations TO permille_kernel USING (true) WITH CHECK (true);
--> statement-breakpoint
CREATE POLICY kernel ON access TO permille_kernel USING (true) WITH CHECK (true);
--> statement-breakpoint
CREATE POLICY kernel ON channels TO permille_kernel USING (true) WITH CHECK (true);
--> statement-breakpoint
CREATE POLICY kernel ON videos TO permille_kernel USING (true) WITH CHECK (true);
--> statement-breakpoint
CREATE POLICY kernel ON audience TO permille_kernel USING (true) WITH CHECK (true);
--> statement-breakpoint
CREATE POLICY kernel ON readings TO permille_kernel USING (true) WITH CHECK (true);
--> statement-breakpoint
CREATE POLICY kernel ON traffic TO permille_kernel USING (true) WITH CHECK (true);
--> statement-breakpoint
CREATE POLICY kernel ON payouts TO permille_kernel USING (true) WITH CHECK (true);
--> statement-breakpoint
CREATE POLICY kernel ON payout_lines TO permille_kernel USING (true) WITH CHECK (true);
--> statement-breakpoint
CREATE POLICY kernel ON receipts TO permille_kernel USING (true) WITH CHECK (true);
--> statement-breakpoint
CREATE POLICY kernel ON allocations TO permille_kernel USING (true) WITH CHECK (true);
--> statement-breakpoint
CREATE POLICY kernel ON closed_months TO permille_kernel USING (true) WITH CHECK (true);
--> statement-breakpoint
CREATE POLICY kernel ON rates TO permille_kernel USING (true) WITH CHECK (true);
--> statement-breakpoint
CREATE POLICY kernel ON imports TO permille_kernel USING (true) WITH CHECK (true);
--> statement-breakpoint
CREATE POLICY kernel ON projections TO permille_kernel USING (true) WITH CHECK (true);
--> statement-breakpoint
CREATE POLICY kernel ON postings TO permille_kernel USING (true) WITH CHECK (true);
--> statement-breakpoint
CREATE POLICY kernel ON totals TO permille_kernel USING (true) WITH CHECK (true);
--> statement-breakpoint
CREATE POLICY kernel ON rollups TO permille_kernel USING (true) WITH CHECK (true);
--> statement-breakpoint
CREATE POLICY kernel ON traffic_months TO permille_kernel USING (true) WITH CHECK (true);
--> statement-breakpoint
CREATE POLICY kernel ON audit_log TO permille_kernel USING (true) WITH CHECK (true);
--> statement-breakpoint
-- ---------------------------------------------------------------- grants: what is not named is refused
GRANT SELECT ON creators, members, invitations, access, channels, videos, audience, readings, traffic, payouts, payout_lines, receipts, allocations, closed_months, rates, imports, projections, postings, totals, rollups, traffic_months, audit_log TO permille_app;
--> statement-breakpoint
GRANT INSERT ON creators, invitations, channels, videos, audience, readings, traffic, payouts, payout_lines, receipts, allocations, closed_months, rates, imports, projections, audit_log TO permille_app;
--> statement-breakpoint
GRANT USAGE ON SEQUENCE audit_log_id_seq TO permille_app, permille_kernel;
--> statement-breakpoint
GRANT UPDATE (name, currency, time_zone, version) ON creators TO permille_app;
--> statement-breakpoint
GRANT UPDATE (role, removed_at, version) ON members TO permille_app;
--> statement-breakpoint
GRANT UPDATE (revoked_at) ON invitations TO permille_app;
--> statement-breakpoint
GRANT UPDATE (name, handle, niche, archived_at, version) ON channels TO permille_app;
--> statement-breakpoint
GRANT UPDATE (external_id, url, title, published_on, format, niche, duration_seconds, removed_at, version) ON videos TO permille_app;
--> statement-breakpoint
GRANT UPDATE (undone_by, undone_at) ON imports TO permille_app;
--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE, DELETE ON users, sessions, tokens, tries TO permille_auth;
--> statement-breakpoint
REVOKE DELETE ON users FROM permille_auth;
--> statement-breakpoint
GRANT USAGE ON SEQUENCE tries_id_seq TO permille_auth;
--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE, DELETE ON creators, members, invitations, access, channels, videos, audience, readings, traffic, payouts, payout_lines, receipts, allocations, closed_months, rates, imports, projections, postings, totals, rollups, traffic_months, audit_log TO permille_kernel;
--> statement-breakpoint
GRANT SELECT (id, email, name) ON users TO permille_kernel;
--> statement-breakpoint
-- ---------------------------------------------------------------- append-only
-- Only the kernel's audited removal passes; not even the owner of the tables does.
CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF current_user = 'permille_kernel' THEN
    RETURN coalesce(new, old);
  END IF;
  RAISE EXCEPTION '% is append-only', tg_table_name USING ERRCODE = '42501';
END $$;
--> statement-breakpoint
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON audience FOR EACH ROW EXECUTE FUNCTION refuse_change();
--> statement-breakpoint
CREATE TRIGGER append_only_truncate BEFORE TRUNCATE ON audience FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
--> statement-breakpoint
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON readings FOR EACH ROW EXECUTE FUNCTION refuse_change();
--> statement-breakpoint
CREATE TRIGGER append_only_truncate BEFORE TRUNCATE ON readings FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
--> statement-breakpoint
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON traffic FOR EACH ROW EXECUTE FUNCTION refuse_change();
--> statement-breakpoint
CREATE TRIGGER append_only_truncate BEFORE TRUNCATE ON traffic FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
--> statement-breakpoint
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON payouts FOR EACH ROW EXECUTE FUNCTION refuse_change();
--> statement-breakpoint
CREATE TRIGGER append_only_truncate BEFORE TRUNCATE ON payouts FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
--> statement-breakpoint
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON payout_lines FOR EACH ROW EXECUTE FUNCTION refuse_change();
--> statement-breakpoint
CREATE TRIGGER append_only_truncate BEFORE TRUNCATE ON payout_lines FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
--> statement-breakpoint
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON receipts FOR EACH ROW EXECUTE FUNCTION refuse_change();
--> statement-breakpoint
CREATE TRIGGER append_only_truncate BEFORE TRUNCATE ON receipts FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
--> statement-breakpoint
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON allocations FOR EACH ROW EXECUTE FUNCTION refuse_change();
--> statement-breakpoint
CREATE TRIGGER append_only_truncate BEFORE TRUNCATE ON allocations FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
--> statement-breakpoint
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON rates FOR EACH ROW EXECUTE FUNCTION refuse_change();
--> statement-breakpoint
CREATE TRIGGER append_only_truncate BEFORE TRUNCATE ON rates FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
--> statement-breakpoint
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON projections FOR EACH ROW EXECUTE FUNCTION refuse_change();
--> statement-breakpoint
CREATE TRIGGER append_only_truncate BEFORE TRUNCATE ON projections FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
--> statement-breakpoint
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON postings FOR EACH ROW EXECUTE FUNCTION refuse_change();
--> statement-breakpoint
CREATE TRIGGER append_only_truncate BEFORE TRUNCATE ON postings FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
--> statement-breakpoint
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON audit_log FOR EACH ROW EXECUTE FUNCTION refuse_change();
--> statement-breakpoint
CREATE TRIGGER append_only_truncate BEFORE TRUNCATE ON audit_log FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
--> statement-breakpoint
-- Who and when are the database's to say: nothing can be recorded "before" a projection was made.
CREATE FUNCTION stamp_entry() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  new.recorded_at := now();
  new.recorded_by := viewer_id();
  RETURN new;
END $$;
--> statement-breakpoint
CREATE TRIGGER stamp BEFORE INSERT ON audience FOR EACH ROW EXECUTE FUNCTION stamp_entry();
--> statement-breakpoint
CREATE TRIGGER stamp BEFORE INSERT ON readings FOR EACH ROW EXECUTE FUNCTION stamp_entry();
--> statement-breakpoint
CREATE TRIGGER stamp BEFORE INSERT ON traffic FOR EACH ROW EXECUTE FUNCTION stamp_entry();
--> statement-breakpoint
CREATE TRIGGER stamp BEFORE INSERT ON receipts FOR EACH ROW EXECUTE FUNCTION stamp_entry();
--> statement-breakpoint
CREATE TRIGGER stamp BEFORE INSERT ON rates FOR EACH ROW EXECUTE FUNCTION stamp_entry();
--> statement-breakpoint
CREATE TRIGGER stamp BEFORE INSERT ON imports FOR EACH ROW EXECUTE FUNCTION stamp_entry();
--> statement-breakpoint
CREATE FUNCTION stamp_payout() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  new.recorded_at := now();
  new.recorded_by := viewer_id();
  IF new.replaces IS NULL THEN
    new.chain_id := new.id;
  ELSE
    SELECT p.chain_id INTO new.chain_id FROM payouts p WHERE p.creator_id = new.creator_id AND p.id = new.replaces;
  END IF;
  RETURN new;
END $$;
--> statement-breakpoint
CREATE TRIGGER stamp BEFORE INSERT ON payouts FOR EACH ROW EXECUTE FUNCTION stamp_payout();
--> statement-breakpoint
-- A sample's past is made up, the moments its projections were made among it.
CREATE FUNCTION stamp_projection() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT EXISTS (SELECT FROM creators c WHERE c.id = new.creator_id AND c.is_sample) THEN
    new.made_at := now();
  END IF;
  RETURN new;
END $$;
--> statement-breakpoint
CREATE TRIGGER stamp BEFORE INSERT ON projections FOR EACH ROW EXECUTE FUNCTION stamp_projection();
--> statement-breakpoint
CREATE FUNCTION stamp_audit() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  new.at := now();
  new.actor := viewer_id();
  RETURN new;
END $$;
--> statement-breakpoint
CREATE TRIGGER stamp BEFORE INSERT ON audit_log FOR EACH ROW WHEN (current_user <> 'permille_kernel') EXECUTE FUNCTION stamp_audit();
--> statement-breakpoint
-- ---------------------------------------------------------------- memberships write access
CREATE FUNCTION keep_access() RETURNS trigger LANGUAGE plpgsql  SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  DELETE FROM access a WHERE a.user_id = new.user_id AND a.creator_id = new.creator_id AND a.via = 'member';
  IF new.removed_at IS NULL THEN
    INSERT INTO access (user_id, creator_id, via, role) VALUES (new.user_id, new.creator_id, 'member', new.role);
  END IF;
  IF NOT EXISTS (SELECT FROM members m WHERE m.creator_id = new.creator_id AND m.role = 'owner' AND m.removed_at IS NULL) THEN
    RAISE EXCEPTION 'a creator keeps at least one owner' USING ERRCODE = '23514', CONSTRAINT = 'members_last_owner';
  END IF;
  RETURN NULL;
END
$$;
--> statement-breakpoint
CREATE TRIGGER keep_access AFTER INSERT OR UPDATE ON members FOR EACH ROW EXECUTE FUNCTION keep_access();
--> statement-breakpoint
-- Two owners who remove each other at once would leave none: changes of one creator's members wait in line.
CREATE FUNCTION queue_members() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  PERFORM 1 FROM creators c WHERE c.id = new.creator_id FOR UPDATE;
  RETURN new;
END $$;
--> statement-breakpoint
CREATE TRIGGER queue_members BEFORE UPDATE ON members FOR EACH ROW EXECUTE FUNCTION queue_members();
--> statement-breakpoint
CREATE FUNCTION found_creator() RETURNS trigger LANGUAGE plpgsql  SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  INSERT INTO access (user_id, creator_id, via, role) VALUES (operator_id(), new.id, 'operator', 'operator');
  INSERT INTO members (creator_id, user_id, role) VALUES (new.id, new.created_by, 'owner');
  RETURN NULL;
END
$$;
--> statement-breakpoint
CREATE TRIGGER found AFTER INSERT ON creators FOR EACH ROW EXECUTE FUNCTION found_creator();
--> statement-breakpoint
-- ---------------------------------------------------------------- the ledger's totals
CREATE FUNCTION open_month(p_creator uuid, p_month text) RETURNS text LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
SELECT CASE
    WHEN NOT EXISTS (SELECT FROM closed_months c WHERE c.creator_id = p_creator AND c.month = p_month) THEN p_month
    ELSE (
      SELECT to_char(m, 'YYYY-MM')
      FROM generate_series(to_date(p_month, 'YYYY-MM')::timestamp, to_date(p_month, 'YYYY-MM') + interval '100 years', interval '1 month') AS m
      WHERE NOT EXISTS (SELECT FROM closed_months c WHERE c.creator_id = p_creator AND c.month = to_char(m, 'YYYY-MM'))
      ORDER BY m LIMIT 1
    )
  END
$$;
--> statement-breakpoint
CREATE FUNCTION post_payouts() RETURNS trigger LANGUAGE plpgsql  SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  -- A month that is being closed waits for entries under way, and they for it.
  PERFORM 1 FROM creators c WHERE c.id IN (SELECT creator_id FROM fresh) ORDER BY c.id FOR KEY SHARE;

  -- The entry itself, split by day: share k = trunc(total * days so far / days) - the same of k - 1.
  INSERT INTO postings (creator_id, payout_id, of_id, earned_month, booked_month, minor, entries)
  SELECT n.creator_id, n.id, n.id, s.month, open_month(n.creator_id, s.month),
    div(n.minor::numeric * (s.last - n.from_day + 1), n.to_day - n.from_day + 1)
      - div(n.minor::numeric * (s.first - n.from_day), n.to_day - n.from_day + 1), 1
  FROM fresh n
  CROSS JOIN LATERAL (
    SELECT to_char(m, 'YYYY-MM') AS month,
      greatest(m::date, n.from_day) AS first,
      least((m + interval '1 month')::date - 1, n.to_day) AS last
    FROM generate_series(date_trunc('month', n.from_day::timestamp), n.to_day::timestamp, interval '1 month') AS m
  ) s
  WHERE n.kind <> 'void';

  -- What it replaces is taken back from where it stood.
  INSERT INTO postings (creator_id, payout_id, of_id, earned_month, booked_month, minor, entries)
  SELECT n.creator_id, n.id, o.of_id, o.earned_month, open_month(n.creator_id, o.booked_month), -o.minor, -1
  FROM fresh n
  JOIN postings o ON o.creator_id = n.creator_id AND o.payout_id = n.replaces AND o.of_id = n.replaces;

  -- One ordered upsert, so that two writers cannot wait for each other.
  INSERT INTO totals (creator_id, earned_month, booked_month, channel_id, format, stream, currency, state, minor, entries)
  SELECT o.creator_id, o.earned_month, o.booked_month, p.channel_id, p.format, p.stream, p.currency, p.state, sum(o.minor), sum(o.entries)
  FROM fresh n
  JOIN postings o ON o.creator_id = n.creator_id AND o.payout_id = n.id
  JOIN payouts p ON p.creator_id = o.creator_id AND p.id = o.of_id
  GROUP BY 1, 2, 3, 4, 5, 6, 7, 8
  ORDER BY 1, 2, 3, 4, 5, 6, 7, 8
  ON CONFLICT ON CONSTRAINT totals_cell
  DO UPDATE SET minor = totals.minor + excluded.minor, entries = totals.entries + excluded.entries;

  INSERT INTO rollups (creator_id, earned_month, currency, minor, entries)
  SELECT o.creator_id, o.earned_month, p.currency, sum(o.minor), sum(o.entries)
  FROM fresh n
  JOIN postings o ON o.creator_id = n.creator_id AND o.payout_id = n.id
  JOIN payouts p ON p.creator_id = o.creator_id AND p.id = o.of_id
  GROUP BY 1, 2, 3
  ORDER BY 1, 2, 3
  ON CONFLICT (creator_id, earned_month, currency)
  DO UPDATE SET minor = rollups.minor + excluded.minor, entries = rollups.entries + excluded.entries;

  DELETE FROM totals t WHERE t.entries = 0 AND t.minor = 0 AND t.creator_id IN (SELECT creator_id FROM fresh);
  DELETE FROM rollups r WHERE r.entries = 0 AND r.minor = 0 AND r.creator_id IN (SELECT creator_id FROM fresh WHERE replaces IS NOT NULL);
  RETURN NULL;
END
$$;
--> statement-breakpoint
CREATE TRIGGER post AFTER INSERT ON payouts REFERENCING NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION post_payouts();
--> statement-breakpoint
-- The totals as the postings say, to compare with the kept ones at any moment; it sees what the caller sees.
CREATE FUNCTION totals_from_postings(p_creator uuid)
RETURNS TABLE (earned_month text, booked_month text, channel_id uuid, format text, stream text, currency char(3), state text, minor bigint, entries bigint)
LANGUAGE sql STABLE AS $$
  SELECT o.earned_month, o.booked_month, p.channel_id, p.format, p.stream, p.currency, p.state, sum(o.minor)::bigint, sum(o.entries)::bigint
  FROM postings o JOIN payouts p ON p.creator_id = o.creator_id AND p.id = o.of_id
  WHERE o.creator_id = p_creator
  GROUP BY 1, 2, 3, 4, 5, 6, 7
  HAVING sum(o.entries) <> 0 OR sum(o.minor) <> 0
$$;
--> statement-breakpoint
CREATE FUNCTION check_lines() RETURNS trigger LANGUAGE plpgsql  SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE bad record;
BEGIN
  -- Lines are part of their entry: made with it, never later.
  SELECT p.id INTO bad FROM fresh n JOIN payouts p ON p.creator_id = n.creator_id AND p.id = n.payout_id WHERE p.recorded_at <> now() LIMIT 1;
  IF FOUND THEN
    RAISE EXCEPTION 'lines belong to the entry they were made with' USING ERRCODE = '23514', CONSTRAINT = 'payout_lines_with_entry';
  END IF;
  SELECT p.id INTO bad
  FROM payouts p JOIN payout_lines l ON l.creator_id = p.creator_id AND l.payout_id = p.id
  WHERE (p.creator_id, p.id) IN (SELECT creator_id, payout_id FROM fresh)
  GROUP BY p.creator_id, p.id, p.minor
  HAVING (p.minor >= 0 AND (sum(l.minor) > p.minor OR min(l.minor) < 0)) OR (p.minor < 0 AND (sum(l.minor) < p.minor OR max(l.minor) > 0))
  LIMIT 1;
  IF FOUND THEN
    RAISE EXCEPTION 'lines exceed their payout' USING ERRCODE = '23514', CONSTRAINT = 'payout_lines_sum';
  END IF;
  RETURN NULL;
END
$$;
--> statement-breakpoint
CREATE FUNCTION check_allocations() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  IF EXISTS (
    SELECT FROM fresh n JOIN receipts r ON r.creator_id = n.creator_id AND r.id = n.receipt_id WHERE r.recorded_at <> now()
  ) THEN
    RAISE EXCEPTION 'allocations belong to the receipt they were made with' USING ERRCODE = '23514', CONSTRAINT = 'allocations_with_receipt';
  END IF;
  RETURN NULL;
END
$$;
--> statement-breakpoint
CREATE TRIGGER check_receipt AFTER INSERT ON allocations REFERENCING NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION check_allocations();
--> statement-breakpoint
CREATE TRIGGER check_sum AFTER INSERT ON payout_lines REFERENCING NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION check_lines();
--> statement-breakpoint
-- ---------------------------------------------------------------- the traffic of a month
CREATE TYPE channel_month AS (creator_id uuid, channel_id uuid, first date, last date);
--> statement-breakpoint
CREATE FUNCTION refresh_traffic_months(p_months channel_month[]) RETURNS void LANGUAGE plpgsql  SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  DELETE FROM traffic_months k USING unnest(p_months) m
  WHERE k.creator_id = m.creator_id AND k.channel_id = m.channel_id AND k.month = to_char(m.first, 'YYYY-MM');

  INSERT INTO traffic_months (creator_id, channel_id, month, format, days, views, qualified_views, engaged_views, ad_impressions, watch_seconds, likes, comments, shares)
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
  GROUP BY creator_id, channel_id, to_char(day, 'YYYY-MM'), format;
END
$$;
--> statement-breakpoint
CREATE FUNCTION sum_traffic() RETURNS trigger LANGUAGE plpgsql  SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  -- Writers of one channel wait in line, so that two overlapping periods cannot slip past each other.
  PERFORM 1 FROM channels c WHERE (c.creator_id, c.id) IN (SELECT creator_id, channel_id FROM fresh)
  ORDER BY c.creator_id, c.id FOR NO KEY UPDATE;

  -- Videos and channels apart: "the same or both null" uses no index.
  IF EXISTS (
    SELECT FROM fresh n
    JOIN traffic o ON o.creator_id = n.creator_id AND o.channel_id = n.channel_id AND o.video_id = n.video_id
      AND o.format = n.format AND o.id <> n.id AND o.from_day <= n.to_day AND o.to_day >= n.from_day
    WHERE NOT n.is_void AND NOT o.is_void
      AND NOT EXISTS (SELECT FROM traffic r WHERE r.creator_id = o.creator_id AND r.replaces = o.id)
  ) OR EXISTS (
    -- Of a channel's rows that begin before a new one ends, the last one overlaps it, or none does.
    SELECT FROM fresh n
    CROSS JOIN LATERAL (
      SELECT o.to_day FROM traffic o
      WHERE o.creator_id = n.creator_id AND o.channel_id = n.channel_id AND o.video_id IS NULL AND o.format = n.format
        AND o.id <> n.id AND o.from_day <= n.to_day AND NOT o.is_void
        AND NOT EXISTS (SELECT FROM traffic r WHERE r.creator_id = o.creator_id AND r.replaces = o.id)
      -- The index's own order; video_id is null in all of them.
      ORDER BY o.video_id DESC, o.from_day DESC LIMIT 1
    ) o
    WHERE n.video_id IS NULL AND NOT n.is_void AND o.to_day >= n.from_day
  ) THEN
    RAISE EXCEPTION 'traffic overlaps what is already there' USING ERRCODE = '23P01', CONSTRAINT = 'traffic_overlap';
  END IF;

  PERFORM refresh_traffic_months(ARRAY(
    SELECT DISTINCT (r.creator_id, r.channel_id, m::date, (m + interval '1 month')::date - 1)::channel_month
    FROM (
      SELECT n.creator_id, n.channel_id, n.from_day, n.to_day FROM fresh n WHERE NOT n.is_void
      UNION ALL
      SELECT o.creator_id, o.channel_id, o.from_day, o.to_day
      FROM fresh n JOIN traffic o ON o.creator_id = n.creator_id AND o.id = n.replaces
    ) r
    CROSS JOIN LATERAL generate_series(date_trunc('month', r.from_day::timestamp), r.to_day::timestamp, interval '1 month') AS m
  ));
  RETURN NULL;
END
$$;
--> statement-breakpoint
CREATE TRIGGER sum_months AFTER INSERT ON traffic REFERENCING NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION sum_traffic();
--> statement-breakpoint
-- ---------------------------------------------------------------- the few questions that cross a wall
CREATE FUNCTION member_people(p_creator uuid) RETURNS TABLE (user_id uuid, name text, email text) LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
SELECT u.id, u.name, u.email
  FROM members m JOIN users u ON u.id = m.user_id
  WHERE m.creator_id = p_creator
    AND EXISTS (SELECT FROM access a WHERE a.user_id = viewer_id() AND a.creator_id = p_creator AND (a.until IS NULL OR a.until > now()))
$$;
--> statement-breakpoint
CREATE FUNCTION preview_invitation(p_id uuid, p_hash bytea) RETURNS TABLE (creator_id uuid, creator_name text, email text, role text) LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
SELECT i.creator_id, c.name, i.email, i.role
  FROM invitations i JOIN creators c ON c.id = i.creator_id
  WHERE i.id = p_id AND i.secret_hash = p_hash AND i.accepted_at IS NULL AND i.revoked_at IS NULL AND i.expires_at > now()
$$;
--> statement-breakpoint
CREATE FUNCTION accept_invitation(p_id uuid, p_hash bytea) RETURNS uuid LANGUAGE plpgsql  SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE invitation invitations;
BEGIN
  SELECT i.* INTO invitation FROM invitations i JOIN users u ON u.id = viewer_id() AND u.email = i.email
  WHERE i.id = p_id AND i.secret_hash = p_hash AND i.accepted_at IS NULL AND i.revoked_at IS NULL AND i.expires_at > now()
  FOR UPDATE OF i;
  IF NOT FOUND THEN RETURN NULL; END IF;
  UPDATE invitations i SET accepted_at = now(), accepted_by = viewer_id() WHERE i.creator_id = invitation.creator_id AND i.id = invitation.id;
  -- An owner who opens an old invitation does not lose his role by it.
  INSERT INTO members AS m (creator_id, user_id, role) VALUES (invitation.creator_id, viewer_id(), invitation.role)
  ON CONFLICT (creator_id, user_id) DO UPDATE SET role = excluded.role, removed_at = NULL, version = m.version + 1
    WHERE m.removed_at IS NOT NULL OR m.role <> 'owner';
  INSERT INTO audit_log (creator_id, actor, action, subject, detail)
  VALUES (invitation.creator_id, viewer_id(), 'invitation.accepted', invitation.id::text, jsonb_build_object('role', invitation.role));
  RETURN invitation.creator_id;
END
$$;
--> statement-breakpoint
CREATE FUNCTION operator_creators() RETURNS TABLE (creator_id uuid, time_zone text) LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
SELECT c.id, c.time_zone FROM creators c ORDER BY c.id
$$;
--> statement-breakpoint
CREATE FUNCTION remove_sample(p_creator uuid) RETURNS boolean LANGUAGE plpgsql  SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  PERFORM 1 FROM creators c JOIN members m ON m.creator_id = c.id
  WHERE c.id = p_creator AND c.is_sample AND m.user_id = viewer_id() AND m.role = 'owner' AND m.removed_at IS NULL
  FOR UPDATE OF c;
  IF NOT FOUND THEN RETURN false; END IF;
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
-- ---------------------------------------------------------------- the kernel owns them, and nobody else may call what is not meant for him
GRANT CREATE ON SCHEMA public TO permille_kernel;
--> statement-breakpoint
ALTER FUNCTION keep_access() OWNER TO permille_kernel;
--> statement-breakpoint
REVOKE ALL ON FUNCTION keep_access() FROM PUBLIC;
--> statement-breakpoint
ALTER FUNCTION queue_members() OWNER TO permille_kernel;
--> statement-breakpoint
REVOKE ALL ON FUNCTION queue_members() FROM PUBLIC;
--> statement-breakpoint
ALTER FUNCTION found_creator() OWNER TO permille_kernel;
--> statement-breakpoint
REVOKE ALL ON FUNCTION found_creator() FROM PUBLIC;
--> statement-breakpoint
ALTER FUNCTION open_month(uuid, text) OWNER TO permille_kernel;
--> statement-breakpoint
REVOKE ALL ON FUNCTION open_month(uuid, text) FROM PUBLIC;
--> statement-breakpoint
ALTER FUNCTION post_payouts() OWNER TO permille_kernel;
--> statement-breakpoint
REVOKE ALL ON FUNCTION post_payouts() FROM PUBLIC;
--> statement-breakpoint
ALTER FUNCTION check_allocations() OWNER TO permille_kernel;
--> statement-breakpoint
REVOKE ALL ON FUNCTION check_allocations() FROM PUBLIC;
--> statement-breakpoint
ALTER FUNCTION check_lines() OWNER TO permille_kernel;
--> statement-breakpoint
REVOKE ALL ON FUNCTION check_lines() FROM PUBLIC;
--> statement-breakpoint
ALTER FUNCTION refresh_traffic_months(channel_month[]) OWNER TO permille_kernel;
--> statement-breakpoint
REVOKE ALL ON FUNCTION refresh_traffic_months(channel_month[]) FROM PUBLIC;
--> statement-breakpoint
ALTER FUNCTION sum_traffic() OWNER TO permille_kernel;
--> statement-breakpoint
REVOKE ALL ON FUNCTION sum_traffic() FROM PUBLIC;
--> statement-breakpoint
ALTER FUNCTION member_people(uuid) OWNER TO permille_kernel;
--> statement-breakpoint
REVOKE ALL ON FUNCTION member_people(uuid) FROM PUBLIC;
--> statement-breakpoint
ALTER FUNCTION preview_invitation(uuid, bytea) OWNER TO permille_kernel;
--> statement-breakpoint
REVOKE ALL ON FUNCTION preview_invitation(uuid, bytea) FROM PUBLIC;
--> statement-breakpoint
ALTER FUNCTION accept_invitation(uuid, bytea) OWNER TO permille_kernel;
--> statement-breakpoint
REVOKE ALL ON FUNCTION accept_invitation(uuid, bytea) FROM PUBLIC;
--> statement-breakpoint
ALTER FUNCTION operator_creators() OWNER TO permille_kernel;
--> statement-breakpoint
REVOKE ALL ON FUNCTION operator_creators() FROM PUBLIC;
--> statement-breakpoint
ALTER FUNCTION remove_sample(uuid) OWNER TO permille_kernel;
--> statement-breakpoint
REVOKE ALL ON FUNCTION remove_sample(uuid) FROM PUBLIC;
--> statement-breakpoint
REVOKE CREATE ON SCHEMA public FROM permille_kernel;
--> statement-breakpoint
GRANT EXECUTE ON FUNCTION member_people(uuid), accept_invitation(uuid, bytea), remove_sample(uuid) TO permille_app;
--> statement-breakpoint
GRANT EXECUTE ON FUNCTION preview_invitation(uuid, bytea), operator_creators() TO permille_auth;
--> statement-breakpoint
-- Right after a large import the planner still takes thousands of new rows for none. Only the tables' owner may
-- analyse them, so this one function stays his.
CREATE FUNCTION learn_sizes() RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  ANALYZE payouts, payout_lines, postings, traffic, videos;
END
$$;
--> statement-breakpoint
REVOKE ALL ON FUNCTION learn_sizes() FROM PUBLIC;
--> statement-breakpoint
GRANT EXECUTE ON FUNCTION learn_sizes() TO permille_app;
