-- Agencies, and what the creators they represent let them see. The references stand in the tables, as in 0005.
SET LOCAL check_function_bodies = off;
--> statement-breakpoint
CREATE TABLE "agencies" (
	"id" uuid PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"currency" char(3) NOT NULL,
	"brand_name" text,
	"logo" "bytea",
	"logo_type" text,
	"accent" text,
	"paper" text,
	"created_by" uuid NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	CONSTRAINT "agencies_currency" CHECK ("agencies"."currency" ~ '^[A-Z]{3}$'),
	CONSTRAINT "agencies_logo" CHECK (("agencies"."logo" is null) = ("agencies"."logo_type" is null) and octet_length("agencies"."logo") <= 200000),
	CONSTRAINT "agencies_logo_type" CHECK ("agencies"."logo_type" in ('image/png', 'image/jpeg')),
	CONSTRAINT "agencies_colours" CHECK ("agencies"."accent" ~ '^#[0-9a-f]{6}$' and "agencies"."paper" ~ '^#[0-9a-f]{6}$')
);
--> statement-breakpoint
CREATE TABLE "agency_members" (
	"agency_id" uuid NOT NULL,
	"user_id" uuid NOT NULL,
	"role" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"removed_at" timestamp with time zone,
	"version" integer DEFAULT 1 NOT NULL,
	CONSTRAINT "agency_members_agency_id_user_id_pk" PRIMARY KEY("agency_id","user_id"),
	CONSTRAINT "agency_members_role" CHECK ("agency_members"."role" in ('admin', 'manager', 'assistant')),
	CONSTRAINT "agency_members_agency_id_agencies_id_fk" FOREIGN KEY ("agency_id") REFERENCES "public"."agencies"("id")
);
--> statement-breakpoint
CREATE TABLE "agency_invitations" (
	"agency_id" uuid NOT NULL,
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
	CONSTRAINT "agency_invitations_agency_id_id_pk" PRIMARY KEY("agency_id","id"),
	CONSTRAINT "agency_invitations_role" CHECK ("agency_invitations"."role" in ('admin', 'manager', 'assistant')),
	CONSTRAINT "agency_invitations_agency_id_agencies_id_fk" FOREIGN KEY ("agency_id") REFERENCES "public"."agencies"("id")
);
--> statement-breakpoint
CREATE TABLE "agency_access" (
	"user_id" uuid NOT NULL,
	"agency_id" uuid NOT NULL,
	"role" text NOT NULL,
	CONSTRAINT "agency_access_user_id_agency_id_pk" PRIMARY KEY("user_id","agency_id"),
	CONSTRAINT "agency_access_agency_id_agencies_id_fk" FOREIGN KEY ("agency_id") REFERENCES "public"."agencies"("id")
);
--> statement-breakpoint
CREATE TABLE "teams" (
	"agency_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"name" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	CONSTRAINT "teams_agency_id_id_pk" PRIMARY KEY("agency_id","id"),
	CONSTRAINT "teams_agency_id_agencies_id_fk" FOREIGN KEY ("agency_id") REFERENCES "public"."agencies"("id")
);
--> statement-breakpoint
CREATE TABLE "team_members" (
	"agency_id" uuid NOT NULL,
	"team_id" uuid NOT NULL,
	"user_id" uuid NOT NULL,
	CONSTRAINT "team_members_agency_id_team_id_user_id_pk" PRIMARY KEY("agency_id","team_id","user_id"),
	CONSTRAINT "team_members_agency_id_team_id_teams_agency_id_id_fk" FOREIGN KEY ("agency_id","team_id") REFERENCES "public"."teams"("agency_id","id"),
	CONSTRAINT "team_members_member" FOREIGN KEY ("agency_id","user_id") REFERENCES "public"."agency_members"("agency_id","user_id")
);
--> statement-breakpoint
CREATE TABLE "representations" (
	"id" uuid PRIMARY KEY NOT NULL,
	"agency_id" uuid,
	"creator_id" uuid,
	"team_id" uuid,
	"streams" text[],
	"amounts" boolean NOT NULL,
	"notes" boolean NOT NULL,
	"may_edit" boolean NOT NULL,
	"runs" boolean DEFAULT false NOT NULL,
	"to_day" date,
	"email" text NOT NULL,
	"secret_hash" "bytea" NOT NULL,
	"invited_by" uuid NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	"accepted_at" timestamp with time zone,
	"accepted_by" uuid,
	"ended_at" timestamp with time zone,
	"ended_by" uuid,
	"version" integer DEFAULT 1 NOT NULL,
	CONSTRAINT "representations_sides" CHECK (num_nonnulls("representations"."agency_id", "representations"."creator_id") = case when "representations"."accepted_at" is null then 1 else 2 end),
	CONSTRAINT "representations_streams" CHECK ("representations"."streams" <@ array['ads', 'rewards', 'sponsorship', 'affiliate', 'super_like', 'gift', 'shop', 'subscription', 'other']::text[]),
	CONSTRAINT "representations_agency_id_agencies_id_fk" FOREIGN KEY ("agency_id") REFERENCES "public"."agencies"("id"),
	CONSTRAINT "representations_creator_id_creators_id_fk" FOREIGN KEY ("creator_id") REFERENCES "public"."creators"("id"),
	CONSTRAINT "representations_agency_id_team_id_teams_agency_id_id_fk" FOREIGN KEY ("agency_id","team_id") REFERENCES "public"."teams"("agency_id","id")
);
--> statement-breakpoint
CREATE TABLE "handovers" (
	"creator_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"representation_id" uuid NOT NULL,
	"email" text NOT NULL,
	"secret_hash" "bytea" NOT NULL,
	"invited_by" uuid NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	"accepted_at" timestamp with time zone,
	"accepted_by" uuid,
	"revoked_at" timestamp with time zone,
	CONSTRAINT "handovers_creator_id_id_pk" PRIMARY KEY("creator_id","id"),
	CONSTRAINT "handovers_creator_id_creators_id_fk" FOREIGN KEY ("creator_id") REFERENCES "public"."creators"("id"),
	CONSTRAINT "handovers_representation_id_representations_id_fk" FOREIGN KEY ("representation_id") REFERENCES "public"."representations"("id")
);
--> statement-breakpoint
CREATE UNIQUE INDEX "representations_open" ON "representations" USING btree ("agency_id","creator_id") WHERE "representations"."accepted_at" is not null and "representations"."ended_at" is null;
--> statement-breakpoint
CREATE INDEX "representations_creator" ON "representations" USING btree ("creator_id");
--> statement-breakpoint
CREATE INDEX "access_creator" ON "access" USING btree ("creator_id","via");
--> statement-breakpoint
ALTER TABLE agencies ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
ALTER TABLE agencies FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
ALTER TABLE agency_members ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
ALTER TABLE agency_members FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
ALTER TABLE agency_access ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
ALTER TABLE agency_access FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
ALTER TABLE teams ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
ALTER TABLE teams FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
ALTER TABLE team_members ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
ALTER TABLE team_members FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
ALTER TABLE representations ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
ALTER TABLE representations FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
ALTER TABLE agency_invitations ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
ALTER TABLE agency_invitations FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
ALTER TABLE handovers ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
ALTER TABLE handovers FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY kernel ON agency_invitations TO permille_kernel USING (true) WITH CHECK (true);
--> statement-breakpoint
CREATE POLICY kernel ON handovers TO permille_kernel USING (true) WITH CHECK (true);
--> statement-breakpoint
CREATE POLICY kernel ON agencies TO permille_kernel USING (true) WITH CHECK (true);
--> statement-breakpoint
CREATE POLICY kernel ON agency_members TO permille_kernel USING (true) WITH CHECK (true);
--> statement-breakpoint
CREATE POLICY kernel ON agency_access TO permille_kernel USING (true) WITH CHECK (true);
--> statement-breakpoint
CREATE POLICY kernel ON teams TO permille_kernel USING (true) WITH CHECK (true);
--> statement-breakpoint
CREATE POLICY kernel ON team_members TO permille_kernel USING (true) WITH CHECK (true);
--> statement-breakpoint
CREATE POLICY kernel ON representations TO permille_kernel USING (true) WITH CHECK (true);
--> statement-breakpoint
CREATE POLICY own ON agency_access FOR SELECT TO permille_app USING (user_id = viewer_id());
--> statement-breakpoint
CREATE POLICY read ON agencies FOR SELECT TO permille_app USING (
  id = ANY (ARRAY(SELECT g.agency_id FROM agency_access g))
  OR id = ANY (ARRAY(SELECT r.agency_id FROM representations r WHERE r.creator_id = ANY (ARRAY(SELECT a.creator_id FROM access a WHERE a.role = 'owner'))))
);
--> statement-breakpoint
-- A trigger makes the maker its admin in the same statement.
CREATE POLICY write ON agencies FOR INSERT TO permille_app WITH CHECK (created_by = viewer_id() AND viewer_id() <> operator_id());
--> statement-breakpoint
CREATE POLICY change ON agencies FOR UPDATE TO permille_app USING (id = ANY (ARRAY(SELECT g.agency_id FROM agency_access g WHERE g.role = 'admin'))) WITH CHECK (id = ANY (ARRAY(SELECT g.agency_id FROM agency_access g WHERE g.role = 'admin')));
--> statement-breakpoint
CREATE POLICY read ON agency_members FOR SELECT TO permille_app USING (agency_id = ANY (ARRAY(SELECT g.agency_id FROM agency_access g)));
--> statement-breakpoint
CREATE POLICY change ON agency_members FOR UPDATE TO permille_app USING (agency_id = ANY (ARRAY(SELECT g.agency_id FROM agency_access g WHERE g.role = 'admin'))) WITH CHECK (agency_id = ANY (ARRAY(SELECT g.agency_id FROM agency_access g WHERE g.role = 'admin')));
--> statement-breakpoint
CREATE POLICY read ON agency_invitations FOR SELECT TO permille_app USING (agency_id = ANY (ARRAY(SELECT g.agency_id FROM agency_access g WHERE g.role = 'admin')));
--> statement-breakpoint
CREATE POLICY write ON agency_invitations FOR INSERT TO permille_app WITH CHECK (invited_by = viewer_id() AND agency_id = ANY (ARRAY(SELECT g.agency_id FROM agency_access g WHERE g.role = 'admin')));
--> statement-breakpoint
CREATE POLICY change ON agency_invitations FOR UPDATE TO permille_app USING (agency_id = ANY (ARRAY(SELECT g.agency_id FROM agency_access g WHERE g.role = 'admin'))) WITH CHECK (agency_id = ANY (ARRAY(SELECT g.agency_id FROM agency_access g WHERE g.role = 'admin')));
--> statement-breakpoint
CREATE POLICY read ON handovers FOR SELECT TO permille_app USING (creator_id = ANY (ARRAY(SELECT a.creator_id FROM access a WHERE a.role = 'owner')));
--> statement-breakpoint
CREATE POLICY write ON handovers FOR INSERT TO permille_app WITH CHECK (invited_by = viewer_id() AND creator_id = ANY (ARRAY(SELECT a.creator_id FROM access a WHERE a.role = 'owner')));
--> statement-breakpoint
CREATE POLICY change ON handovers FOR UPDATE TO permille_app USING (creator_id = ANY (ARRAY(SELECT a.creator_id FROM access a WHERE a.role = 'owner'))) WITH CHECK (creator_id = ANY (ARRAY(SELECT a.creator_id FROM access a WHERE a.role = 'owner')));
--> statement-breakpoint
CREATE POLICY read ON teams FOR SELECT TO permille_app USING (agency_id = ANY (ARRAY(SELECT g.agency_id FROM agency_access g)));
--> statement-breakpoint
CREATE POLICY write ON teams FOR INSERT TO permille_app WITH CHECK (agency_id = ANY (ARRAY(SELECT g.agency_id FROM agency_access g WHERE g.role = 'admin')));
--> statement-breakpoint
CREATE POLICY change ON teams FOR UPDATE TO permille_app USING (agency_id = ANY (ARRAY(SELECT g.agency_id FROM agency_access g WHERE g.role = 'admin'))) WITH CHECK (agency_id = ANY (ARRAY(SELECT g.agency_id FROM agency_access g WHERE g.role = 'admin')));
--> statement-breakpoint
CREATE POLICY read ON team_members FOR SELECT TO permille_app USING (agency_id = ANY (ARRAY(SELECT g.agency_id FROM agency_access g)));
--> statement-breakpoint
CREATE POLICY write ON team_members FOR INSERT TO permille_app WITH CHECK (agency_id = ANY (ARRAY(SELECT g.agency_id FROM agency_access g WHERE g.role = 'admin')));
--> statement-breakpoint
CREATE POLICY remove ON team_members FOR DELETE TO permille_app USING (agency_id = ANY (ARRAY(SELECT g.agency_id FROM agency_access g WHERE g.role = 'admin')));
--> statement-breakpoint
-- The creator's owners, the agency's admins, and of its others those whom this very representation lets in.
CREATE POLICY read ON representations FOR SELECT TO permille_app USING (
  creator_id = ANY (ARRAY(SELECT a.creator_id FROM access a WHERE a.role = 'owner'))
  OR agency_id = ANY (ARRAY(SELECT g.agency_id FROM agency_access g WHERE g.role = 'admin'))
  OR 'representation:' || id = ANY (ARRAY(SELECT a.via FROM access a))
);
--> statement-breakpoint
-- Either side asks; the other's name is filled in when it accepts.
CREATE POLICY write ON representations FOR INSERT TO permille_app WITH CHECK (
  invited_by = viewer_id() AND ((creator_id IS NULL AND agency_id = ANY (ARRAY(SELECT g.agency_id FROM agency_access g WHERE g.role = 'admin'))) OR (agency_id IS NULL AND creator_id = ANY (ARRAY(SELECT a.creator_id FROM access a WHERE a.role = 'owner'))))
);
--> statement-breakpoint
-- The scope is the creator's to say, of an agency's own question too.
CREATE POLICY change ON representations FOR UPDATE TO permille_app USING (creator_id = ANY (ARRAY(SELECT a.creator_id FROM access a WHERE a.role = 'owner'))) WITH CHECK (creator_id = ANY (ARRAY(SELECT a.creator_id FROM access a WHERE a.role = 'owner')));
--> statement-breakpoint
-- A scope of some streams sees their entries and totals. The array finds the rows by index; the rest is a hash
-- that is never built for somebody who sees everything.
DROP POLICY read ON payouts;
--> statement-breakpoint
CREATE POLICY read ON payouts FOR SELECT TO permille_app USING (
  creator_id = ANY (ARRAY(SELECT a.creator_id FROM access a WHERE a.amounts))
  AND (
    creator_id = ANY (ARRAY(SELECT a.creator_id FROM access a WHERE a.amounts AND a.streams IS NULL))
    OR (creator_id, stream) IN (SELECT a.creator_id, s FROM access a, unnest(a.streams) s WHERE a.amounts)
  )
);
--> statement-breakpoint
DROP POLICY read ON totals;
--> statement-breakpoint
CREATE POLICY read ON totals FOR SELECT TO permille_app USING (
  creator_id = ANY (ARRAY(SELECT a.creator_id FROM access a WHERE a.amounts))
  AND (
    creator_id = ANY (ARRAY(SELECT a.creator_id FROM access a WHERE a.amounts AND a.streams IS NULL))
    OR (creator_id, stream) IN (SELECT a.creator_id, s FROM access a, unnest(a.streams) s WHERE a.amounts)
  )
);
--> statement-breakpoint
DROP POLICY read ON projections;
--> statement-breakpoint
CREATE POLICY read ON projections FOR SELECT TO permille_app USING (
  creator_id = ANY (ARRAY(SELECT a.creator_id FROM access a WHERE a.amounts))
  AND (
    creator_id = ANY (ARRAY(SELECT a.creator_id FROM access a WHERE a.amounts AND a.streams IS NULL))
    OR (creator_id, stream) IN (SELECT a.creator_id, s FROM access a, unnest(a.streams) s WHERE a.amounts)
  )
);
--> statement-breakpoint
DROP POLICY read ON payout_lines;
--> statement-breakpoint
CREATE POLICY read ON payout_lines FOR SELECT TO permille_app USING (
  creator_id = ANY (ARRAY(SELECT a.creator_id FROM access a WHERE a.amounts))
  AND (
    creator_id = ANY (ARRAY(SELECT a.creator_id FROM access a WHERE a.amounts AND a.streams IS NULL))
    OR (creator_id, payout_id) IN (SELECT p.creator_id, p.id FROM payouts p)
  )
);
--> statement-breakpoint
DROP POLICY read ON postings;
--> statement-breakpoint
CREATE POLICY read ON postings FOR SELECT TO permille_app USING (
  creator_id = ANY (ARRAY(SELECT a.creator_id FROM access a WHERE a.amounts))
  AND (
    creator_id = ANY (ARRAY(SELECT a.creator_id FROM access a WHERE a.amounts AND a.streams IS NULL))
    OR (creator_id, payout_id) IN (SELECT p.creator_id, p.id FROM payouts p)
  )
);
--> statement-breakpoint
-- Who did what is the house's own affair, and says what other agencies looked at.
DROP POLICY read ON audit_log;
--> statement-breakpoint
CREATE POLICY read ON audit_log FOR SELECT TO permille_app USING (creator_id = ANY (ARRAY(SELECT a.creator_id FROM access a WHERE a.amounts AND a.streams IS NULL AND a.via NOT LIKE 'representation:%')));
--> statement-breakpoint
GRANT SELECT ON agencies, agency_members, agency_invitations, agency_access, teams, team_members, representations, handovers TO permille_app;
--> statement-breakpoint
GRANT INSERT ON agencies, agency_invitations, handovers, teams, team_members TO permille_app;
--> statement-breakpoint
GRANT INSERT (id, agency_id, creator_id, streams, amounts, notes, may_edit, to_day, email, secret_hash, invited_by, expires_at) ON representations TO permille_app;
--> statement-breakpoint
GRANT UPDATE (name, currency, brand_name, logo, logo_type, accent, paper, version) ON agencies TO permille_app;
--> statement-breakpoint
GRANT UPDATE (revoked_at) ON agency_invitations, handovers TO permille_app;
--> statement-breakpoint
GRANT UPDATE (role, removed_at, version) ON agency_members TO permille_app;
--> statement-breakpoint
GRANT UPDATE (name, version) ON teams TO permille_app;
--> statement-breakpoint
GRANT DELETE ON team_members TO permille_app;
--> statement-breakpoint
GRANT UPDATE (streams, amounts, notes, may_edit, to_day, version) ON representations TO permille_app;
--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE, DELETE ON agencies, agency_members, agency_invitations, agency_access, teams, team_members, representations, handovers TO permille_kernel;
--> statement-breakpoint
-- ---------------------------------------------------------------- representations write access
-- All of an agency, or one representation, or one person of it. Ended, narrowed or left is gone with the transaction.
CREATE FUNCTION grant_roster(p_agency uuid, p_representation uuid, p_user uuid) RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  -- Changes of one agency wait in line, so that none is worked out from what another is replacing.
  PERFORM 1 FROM agencies g WHERE g.id = p_agency FOR NO KEY UPDATE;
  DELETE FROM access a USING representations r
  WHERE r.agency_id = p_agency AND (p_representation IS NULL OR r.id = p_representation)
    AND a.creator_id = r.creator_id AND a.via = 'representation:' || r.id AND (p_user IS NULL OR a.user_id = p_user);
  INSERT INTO access (user_id, creator_id, via, role, streams, amounts, notes, until)
  SELECT m.user_id, r.creator_id, 'representation:' || r.id,
    CASE WHEN r.may_edit AND m.role <> 'assistant' THEN 'editor' ELSE 'viewer' END,
    r.streams, r.amounts, r.notes, (r.to_day + 1)::timestamp AT TIME ZONE c.time_zone
  FROM representations r
  JOIN creators c ON c.id = r.creator_id
  JOIN agency_members m ON m.agency_id = r.agency_id
  WHERE r.agency_id = p_agency AND (p_representation IS NULL OR r.id = p_representation)
    AND (p_user IS NULL OR m.user_id = p_user)
    AND r.accepted_at IS NOT NULL AND r.ended_at IS NULL AND m.removed_at IS NULL
    AND (m.role = 'admin' OR EXISTS (
      SELECT FROM team_members t WHERE t.agency_id = r.agency_id AND t.team_id = r.team_id AND t.user_id = m.user_id
    ));
END
$$;
--> statement-breakpoint
CREATE FUNCTION keep_representation() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  IF new.accepted_at IS NOT NULL THEN
    PERFORM grant_roster(new.agency_id, new.id, NULL);
  END IF;
  RETURN NULL;
END
$$;
--> statement-breakpoint
CREATE TRIGGER keep_access AFTER INSERT OR UPDATE ON representations FOR EACH ROW EXECUTE FUNCTION keep_representation();
--> statement-breakpoint
CREATE FUNCTION keep_agency_access() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE heir uuid;
BEGIN
  PERFORM grant_roster(new.agency_id, NULL, new.user_id);
  DELETE FROM agency_access g WHERE g.user_id = new.user_id AND g.agency_id = new.agency_id;
  IF new.removed_at IS NULL THEN
    INSERT INTO agency_access (user_id, agency_id, role) VALUES (new.user_id, new.agency_id, new.role);
  END IF;
  -- The line above is waited in by everybody who changes this agency: two admins cannot remove each other at once.
  IF NOT EXISTS (SELECT FROM agency_members m WHERE m.agency_id = new.agency_id AND m.role = 'admin' AND m.removed_at IS NULL) THEN
    RAISE EXCEPTION 'an agency keeps at least one admin' USING ERRCODE = '23514', CONSTRAINT = 'agency_members_last_admin';
  END IF;
  IF new.removed_at IS NOT NULL THEN
    DELETE FROM team_members t WHERE t.agency_id = new.agency_id AND t.user_id = new.user_id;
    -- The creators that the agency runs stay with the agency: whoever leaves passes them on to an admin, first to the one who removes him.
    SELECT m.user_id INTO heir FROM agency_members m
    WHERE m.agency_id = new.agency_id AND m.role = 'admin' AND m.removed_at IS NULL
    ORDER BY m.user_id = viewer_id() DESC, m.created_at, m.user_id LIMIT 1;
    INSERT INTO members AS m (creator_id, user_id, role)
    SELECT r.creator_id, heir, 'owner' FROM representations r
    JOIN members o ON o.creator_id = r.creator_id AND o.user_id = new.user_id AND o.removed_at IS NULL
    WHERE r.agency_id = new.agency_id AND r.runs AND r.ended_at IS NULL
    ON CONFLICT (creator_id, user_id) DO UPDATE SET role = 'owner', removed_at = NULL, version = m.version + 1
      WHERE m.removed_at IS NOT NULL OR m.role <> 'owner';
    UPDATE members o SET removed_at = now(), version = o.version + 1 FROM representations r
    WHERE r.agency_id = new.agency_id AND r.runs AND r.ended_at IS NULL
      AND o.creator_id = r.creator_id AND o.user_id = new.user_id AND o.removed_at IS NULL;
  END IF;
  RETURN NULL;
END
$$;
--> statement-breakpoint
CREATE TRIGGER keep_access AFTER INSERT OR UPDATE ON agency_members FOR EACH ROW EXECUTE FUNCTION keep_agency_access();
--> statement-breakpoint
CREATE FUNCTION keep_team_access() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  IF tg_op = 'DELETE' THEN
    PERFORM grant_roster(old.agency_id, NULL, old.user_id);
  ELSE
    PERFORM grant_roster(new.agency_id, NULL, new.user_id);
  END IF;
  RETURN NULL;
END
$$;
--> statement-breakpoint
CREATE TRIGGER keep_access AFTER INSERT OR DELETE ON team_members FOR EACH ROW EXECUTE FUNCTION keep_team_access();
--> statement-breakpoint
CREATE FUNCTION found_agency() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  INSERT INTO agency_members (agency_id, user_id, role) VALUES (new.id, new.created_by, 'admin');
  RETURN NULL;
END
$$;
--> statement-breakpoint
CREATE TRIGGER found AFTER INSERT ON agencies FOR EACH ROW EXECUTE FUNCTION found_agency();
--> statement-breakpoint
-- ---------------------------------------------------------------- the questions that cross a wall
-- By the one whose address was asked, for an agency or a creator of his own; null for everybody else.
CREATE FUNCTION accept_representation(p_id uuid, p_hash bytea, p_side uuid) RETURNS uuid LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE asked representations;
BEGIN
  SELECT r.* INTO asked FROM representations r JOIN users u ON u.id = viewer_id() AND u.email = r.email
  WHERE r.id = p_id AND r.secret_hash = p_hash AND r.accepted_at IS NULL AND r.ended_at IS NULL AND r.expires_at > now()
  FOR UPDATE OF r;
  IF NOT FOUND THEN RETURN NULL; END IF;
  IF asked.agency_id IS NULL THEN
    PERFORM 1 FROM agency_access g WHERE g.user_id = viewer_id() AND g.agency_id = p_side AND g.role = 'admin';
    asked.agency_id := p_side;
  ELSE
    PERFORM 1 FROM access a
    WHERE a.user_id = viewer_id() AND a.creator_id = p_side AND a.role = 'owner' AND (a.until IS NULL OR a.until > now());
    asked.creator_id := p_side;
  END IF;
  IF NOT FOUND THEN RETURN NULL; END IF;
  UPDATE representations r
  SET agency_id = asked.agency_id, creator_id = asked.creator_id, accepted_at = now(), accepted_by = viewer_id(), version = r.version + 1
  WHERE r.id = p_id;
  INSERT INTO audit_log (creator_id, actor, action, subject, detail)
  VALUES (asked.creator_id, viewer_id(), 'representation.accepted', p_id::text, '{}');
  RETURN asked.creator_id;
END
$$;
--> statement-breakpoint
-- The one whose address was asked says no: the question is closed, and nothing was ever seen.
CREATE FUNCTION decline_representation(p_id uuid, p_hash bytea) RETURNS boolean LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  UPDATE representations r SET ended_at = now(), ended_by = viewer_id(), version = r.version + 1
  FROM users u
  WHERE r.id = p_id AND r.secret_hash = p_hash AND r.accepted_at IS NULL AND r.ended_at IS NULL AND r.expires_at > now()
    AND u.id = viewer_id() AND u.email = r.email;
  RETURN FOUND;
END
$$;
--> statement-breakpoint
-- What the link of a question may show before anyone signed in.
CREATE FUNCTION preview_representation(p_id uuid, p_hash bytea) RETURNS TABLE (
  email text, by text, agency_name text, creator_name text, streams text[], amounts boolean, notes boolean, may_edit boolean, to_day date
) LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
SELECT r.email, u.name, g.name, c.name, r.streams, r.amounts, r.notes, r.may_edit, r.to_day
  FROM representations r
  JOIN users u ON u.id = r.invited_by
  LEFT JOIN agencies g ON g.id = r.agency_id
  LEFT JOIN creators c ON c.id = r.creator_id
  WHERE r.id = p_id AND r.secret_hash = p_hash AND r.accepted_at IS NULL AND r.ended_at IS NULL AND r.expires_at > now()
$$;
--> statement-breakpoint
-- Of these addresses those of owners whom the agency represents already: for its admins, who see these creators.
CREATE FUNCTION represented_addresses(p_agency uuid, p_emails text[]) RETURNS TABLE (email text) LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
SELECT DISTINCT u.email
  FROM representations r
  JOIN members m ON m.creator_id = r.creator_id AND m.role = 'owner' AND m.removed_at IS NULL
  JOIN users u ON u.id = m.user_id
  WHERE r.agency_id = p_agency AND r.accepted_at IS NOT NULL AND r.ended_at IS NULL AND NOT r.runs AND u.email = ANY (p_emails)
    AND EXISTS (SELECT FROM agency_access g WHERE g.user_id = viewer_id() AND g.agency_id = p_agency AND g.role = 'admin')
$$;
--> statement-breakpoint
-- The agency's people by name, for one another.
CREATE FUNCTION agency_people(p_agency uuid) RETURNS TABLE (user_id uuid, name text, email text) LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
SELECT u.id, u.name, u.email
  FROM agency_members m JOIN users u ON u.id = m.user_id
  WHERE m.agency_id = p_agency
    AND EXISTS (SELECT FROM agency_access g WHERE g.user_id = viewer_id() AND g.agency_id = p_agency)
$$;
--> statement-breakpoint
CREATE FUNCTION preview_agency_invitation(p_id uuid, p_hash bytea) RETURNS TABLE (agency_name text, email text, role text) LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
SELECT g.name, i.email, i.role
  FROM agency_invitations i JOIN agencies g ON g.id = i.agency_id
  WHERE i.id = p_id AND i.secret_hash = p_hash AND i.accepted_at IS NULL AND i.revoked_at IS NULL AND i.expires_at > now()
$$;
--> statement-breakpoint
CREATE FUNCTION accept_agency_invitation(p_id uuid, p_hash bytea) RETURNS uuid LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE invitation agency_invitations;
BEGIN
  SELECT i.* INTO invitation FROM agency_invitations i JOIN users u ON u.id = viewer_id() AND u.email = i.email
  WHERE i.id = p_id AND i.secret_hash = p_hash AND i.accepted_at IS NULL AND i.revoked_at IS NULL AND i.expires_at > now()
  FOR UPDATE OF i;
  IF NOT FOUND THEN RETURN NULL; END IF;
  UPDATE agency_invitations i SET accepted_at = now(), accepted_by = viewer_id() WHERE i.agency_id = invitation.agency_id AND i.id = p_id;
  -- An admin who opens an old invitation does not lose the role by it.
  INSERT INTO agency_members AS m (agency_id, user_id, role) VALUES (invitation.agency_id, viewer_id(), invitation.role)
  ON CONFLICT (agency_id, user_id) DO UPDATE SET role = excluded.role, removed_at = NULL, version = m.version + 1
    WHERE m.removed_at IS NOT NULL OR m.role <> 'admin';
  RETURN invitation.agency_id;
END
$$;
--> statement-breakpoint
CREATE FUNCTION leave_agency(p_agency uuid) RETURNS boolean LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  UPDATE agency_members m SET removed_at = now(), version = m.version + 1
  WHERE m.agency_id = p_agency AND m.user_id = viewer_id() AND m.removed_at IS NULL;
  RETURN FOUND;
END
$$;
--> statement-breakpoint
-- An agency begins to run a creator that one of its admins or managers has just made: everything is shown to it.
CREATE FUNCTION run_creator(p_id uuid, p_agency uuid, p_creator uuid) RETURNS boolean LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  PERFORM 1 FROM agency_access g WHERE g.user_id = viewer_id() AND g.agency_id = p_agency AND g.role IN ('admin', 'manager');
  IF NOT FOUND THEN RETURN false; END IF;
  PERFORM 1 FROM access a WHERE a.user_id = viewer_id() AND a.creator_id = p_creator AND a.via = 'member' AND a.role = 'owner'
    AND NOT EXISTS (SELECT FROM members m WHERE m.creator_id = p_creator AND m.user_id <> viewer_id());
  IF NOT FOUND THEN RETURN false; END IF;
  -- A manager goes on seeing it after it is handed over, by a team of his.
  INSERT INTO representations (id, agency_id, creator_id, team_id, streams, amounts, notes, may_edit, runs, email, secret_hash, invited_by, expires_at, accepted_at, accepted_by)
  SELECT p_id, p_agency, p_creator,
    (SELECT t.team_id FROM team_members t WHERE t.agency_id = p_agency AND t.user_id = viewer_id() ORDER BY t.team_id LIMIT 1),
    NULL, true, true, true, true, u.email, ''::bytea, u.id, now(), now(), u.id
  FROM users u WHERE u.id = viewer_id()
  ON CONFLICT DO NOTHING;
  RETURN EXISTS (SELECT FROM representations r WHERE r.id = p_id AND r.agency_id = p_agency AND r.creator_id = p_creator);
END
$$;
--> statement-breakpoint
CREATE FUNCTION preview_handover(p_id uuid, p_hash bytea) RETURNS TABLE (
  email text, by text, agency_name text, creator_name text, streams text[], amounts boolean, notes boolean, may_edit boolean, to_day date
) LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
SELECT h.email, u.name, g.name, c.name, r.streams, r.amounts, r.notes, r.may_edit, r.to_day
  FROM handovers h
  JOIN representations r ON r.id = h.representation_id AND r.creator_id = h.creator_id AND r.runs AND r.ended_at IS NULL
  JOIN agencies g ON g.id = r.agency_id
  JOIN creators c ON c.id = h.creator_id
  JOIN users u ON u.id = h.invited_by
  WHERE h.id = p_id AND h.secret_hash = p_hash AND h.accepted_at IS NULL AND h.revoked_at IS NULL AND h.expires_at > now()
$$;
--> statement-breakpoint
-- The creator changes hands: whoever accepts owns it, the agency's people own nothing of it, other owners become
-- editors, and the representation stays as it is, or ends with it.
CREATE FUNCTION accept_handover(p_id uuid, p_hash bytea, p_keep boolean) RETURNS uuid LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE offer handovers;
DECLARE of_agency uuid;
BEGIN
  SELECT h.* INTO offer FROM handovers h JOIN users u ON u.id = viewer_id() AND u.email = h.email
  WHERE h.id = p_id AND h.secret_hash = p_hash AND h.accepted_at IS NULL AND h.revoked_at IS NULL AND h.expires_at > now()
  FOR UPDATE OF h;
  IF NOT FOUND THEN RETURN NULL; END IF;
  UPDATE representations r SET runs = false, version = r.version + 1
  WHERE r.id = offer.representation_id AND r.creator_id = offer.creator_id AND r.runs AND r.ended_at IS NULL
  RETURNING r.agency_id INTO of_agency;
  IF NOT FOUND THEN RETURN NULL; END IF;
  UPDATE handovers h SET accepted_at = now(), accepted_by = viewer_id() WHERE h.creator_id = offer.creator_id AND h.id = p_id;
  INSERT INTO members AS m (creator_id, user_id, role) VALUES (offer.creator_id, viewer_id(), 'owner')
  ON CONFLICT (creator_id, user_id) DO UPDATE SET role = 'owner', removed_at = NULL, version = m.version + 1;
  UPDATE members m SET removed_at = now(), version = m.version + 1
  WHERE m.creator_id = offer.creator_id AND m.user_id <> viewer_id() AND m.removed_at IS NULL
    AND EXISTS (SELECT FROM agency_members g WHERE g.agency_id = of_agency AND g.user_id = m.user_id AND g.removed_at IS NULL);
  UPDATE members m SET role = 'editor', version = m.version + 1
  WHERE m.creator_id = offer.creator_id AND m.user_id <> viewer_id() AND m.removed_at IS NULL AND m.role = 'owner';
  UPDATE invitations i SET revoked_at = now()
  WHERE i.creator_id = offer.creator_id AND i.accepted_at IS NULL AND i.revoked_at IS NULL;
  INSERT INTO audit_log (creator_id, actor, action, subject, detail)
  VALUES (offer.creator_id, viewer_id(), 'creator.handed_over', p_id::text, jsonb_build_object('kept', p_keep));
  IF NOT p_keep THEN PERFORM end_representation(offer.representation_id); END IF;
  RETURN offer.creator_id;
END
$$;
--> statement-breakpoint
-- Either side ends it, whatever the other thinks. Of a creator that the agency runs its people own nothing any more by
-- it, so somebody else must be there who does.
CREATE FUNCTION end_representation(p_id uuid) RETURNS boolean LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE of_creator uuid;
DECLARE of_agency uuid;
DECLARE is_run boolean;
BEGIN
  UPDATE representations r SET ended_at = now(), ended_by = viewer_id(), runs = false, version = r.version + 1
  FROM (SELECT o.id, o.runs FROM representations o WHERE o.id = p_id FOR UPDATE) o
  WHERE r.id = o.id AND r.ended_at IS NULL AND (
    EXISTS (
      SELECT FROM access a
      WHERE a.user_id = viewer_id() AND a.creator_id = r.creator_id AND a.role = 'owner' AND (a.until IS NULL OR a.until > now())
    )
    OR EXISTS (SELECT FROM agency_access g WHERE g.user_id = viewer_id() AND g.agency_id = r.agency_id AND g.role = 'admin')
  )
  RETURNING r.creator_id, r.agency_id, o.runs INTO of_creator, of_agency, is_run;
  IF NOT FOUND THEN RETURN false; END IF;
  IF is_run THEN
    PERFORM 1 FROM members m WHERE m.creator_id = of_creator AND m.role = 'owner' AND m.removed_at IS NULL
      AND NOT EXISTS (SELECT FROM agency_members g WHERE g.agency_id = of_agency AND g.user_id = m.user_id AND g.removed_at IS NULL);
    IF NOT FOUND THEN
      RAISE EXCEPTION 'a creator that an agency runs is handed over first' USING ERRCODE = '23514', CONSTRAINT = 'representations_runs';
    END IF;
    UPDATE members m SET removed_at = now(), version = m.version + 1
    WHERE m.creator_id = of_creator AND m.removed_at IS NULL
      AND EXISTS (SELECT FROM agency_members g WHERE g.agency_id = of_agency AND g.user_id = m.user_id AND g.removed_at IS NULL);
  END IF;
  IF of_creator IS NOT NULL THEN
    INSERT INTO audit_log (creator_id, actor, action, subject, detail)
    VALUES (of_creator, viewer_id(), 'representation.ended', p_id::text, '{}');
  END IF;
  RETURN true;
END
$$;
--> statement-breakpoint
CREATE FUNCTION assign_team(p_id uuid, p_team uuid) RETURNS boolean LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  UPDATE representations r SET team_id = p_team, version = r.version + 1
  WHERE r.id = p_id AND EXISTS (
    SELECT FROM agency_access g WHERE g.user_id = viewer_id() AND g.agency_id = r.agency_id AND g.role = 'admin'
  );
  RETURN FOUND;
END
$$;
--> statement-breakpoint
-- Whom the representations let in at this moment, by name: for the creator's owners.
CREATE FUNCTION represented_to(p_creator uuid) RETURNS TABLE (representation_id uuid, user_id uuid, name text, email text) LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
SELECT r.id, u.id, u.name, u.email
  FROM representations r
  JOIN access a ON a.creator_id = r.creator_id AND a.via = 'representation:' || r.id AND (a.until IS NULL OR a.until > now())
  JOIN users u ON u.id = a.user_id
  WHERE r.creator_id = p_creator AND EXISTS (
    SELECT FROM access o
    WHERE o.user_id = viewer_id() AND o.creator_id = p_creator AND o.role = 'owner' AND (o.until IS NULL OR o.until > now())
  )
$$;
--> statement-breakpoint
GRANT CREATE ON SCHEMA public TO permille_kernel;
--> statement-breakpoint
ALTER FUNCTION grant_roster(uuid, uuid, uuid) OWNER TO permille_kernel;
--> statement-breakpoint
REVOKE ALL ON FUNCTION grant_roster(uuid, uuid, uuid) FROM PUBLIC;
--> statement-breakpoint
ALTER FUNCTION keep_representation() OWNER TO permille_kernel;
--> statement-breakpoint
REVOKE ALL ON FUNCTION keep_representation() FROM PUBLIC;
--> statement-breakpoint
ALTER FUNCTION keep_agency_access() OWNER TO permille_kernel;
--> statement-breakpoint
REVOKE ALL ON FUNCTION keep_agency_access() FROM PUBLIC;
--> statement-breakpoint
ALTER FUNCTION keep_team_access() OWNER TO permille_kernel;
--> statement-breakpoint
REVOKE ALL ON FUNCTION keep_team_access() FROM PUBLIC;
--> statement-breakpoint
ALTER FUNCTION found_agency() OWNER TO permille_kernel;
--> statement-breakpoint
REVOKE ALL ON FUNCTION found_agency() FROM PUBLIC;
--> statement-breakpoint
ALTER FUNCTION accept_representation(uuid, bytea, uuid) OWNER TO permille_kernel;
--> statement-breakpoint
REVOKE ALL ON FUNCTION accept_representation(uuid, bytea, uuid) FROM PUBLIC;
--> statement-breakpoint
ALTER FUNCTION end_representation(uuid) OWNER TO permille_kernel;
--> statement-breakpoint
REVOKE ALL ON FUNCTION end_representation(uuid) FROM PUBLIC;
--> statement-breakpoint
ALTER FUNCTION represented_to(uuid) OWNER TO permille_kernel;
--> statement-breakpoint
REVOKE ALL ON FUNCTION represented_to(uuid) FROM PUBLIC;
--> statement-breakpoint
ALTER FUNCTION assign_team(uuid, uuid) OWNER TO permille_kernel;
--> statement-breakpoint
REVOKE ALL ON FUNCTION assign_team(uuid, uuid) FROM PUBLIC;
--> statement-breakpoint
ALTER FUNCTION decline_representation(uuid, bytea) OWNER TO permille_kernel;
--> statement-breakpoint
REVOKE ALL ON FUNCTION decline_representation(uuid, bytea) FROM PUBLIC;
--> statement-breakpoint
ALTER FUNCTION represented_addresses(uuid, text[]) OWNER TO permille_kernel;
--> statement-breakpoint
REVOKE ALL ON FUNCTION represented_addresses(uuid, text[]) FROM PUBLIC;
--> statement-breakpoint
ALTER FUNCTION agency_people(uuid) OWNER TO permille_kernel;
--> statement-breakpoint
REVOKE ALL ON FUNCTION agency_people(uuid) FROM PUBLIC;
--> statement-breakpoint
ALTER FUNCTION accept_agency_invitation(uuid, bytea) OWNER TO permille_kernel;
--> statement-breakpoint
REVOKE ALL ON FUNCTION accept_agency_invitation(uuid, bytea) FROM PUBLIC;
--> statement-breakpoint
ALTER FUNCTION leave_agency(uuid) OWNER TO permille_kernel;
--> statement-breakpoint
REVOKE ALL ON FUNCTION leave_agency(uuid) FROM PUBLIC;
--> statement-breakpoint
ALTER FUNCTION run_creator(uuid, uuid, uuid) OWNER TO permille_kernel;
--> statement-breakpoint
REVOKE ALL ON FUNCTION run_creator(uuid, uuid, uuid) FROM PUBLIC;
--> statement-breakpoint
ALTER FUNCTION accept_handover(uuid, bytea, boolean) OWNER TO permille_kernel;
--> statement-breakpoint
REVOKE ALL ON FUNCTION accept_handover(uuid, bytea, boolean) FROM PUBLIC;
--> statement-breakpoint
ALTER FUNCTION preview_representation(uuid, bytea) OWNER TO permille_kernel;
--> statement-breakpoint
REVOKE ALL ON FUNCTION preview_representation(uuid, bytea) FROM PUBLIC;
--> statement-breakpoint
ALTER FUNCTION preview_agency_invitation(uuid, bytea) OWNER TO permille_kernel;
--> statement-breakpoint
REVOKE ALL ON FUNCTION preview_agency_invitation(uuid, bytea) FROM PUBLIC;
--> statement-breakpoint
ALTER FUNCTION preview_handover(uuid, bytea) OWNER TO permille_kernel;
--> statement-breakpoint
REVOKE ALL ON FUNCTION preview_handover(uuid, bytea) FROM PUBLIC;
--> statement-breakpoint
REVOKE CREATE ON SCHEMA public FROM permille_kernel;
--> statement-breakpoint
GRANT EXECUTE ON FUNCTION accept_representation(uuid, bytea, uuid), end_representation(uuid), represented_to(uuid), assign_team(uuid, uuid), decline_representation(uuid, bytea), represented_addresses(uuid, text[]), agency_people(uuid), accept_agency_invitation(uuid, bytea), leave_agency(uuid), run_creator(uuid, uuid, uuid), accept_handover(uuid, bytea, boolean) TO permille_app;
--> statement-breakpoint
GRANT EXECUTE ON FUNCTION preview_representation(uuid, bytea), preview_agency_invitation(uuid, bytea), preview_handover(uuid, bytea) TO permille_auth;
