-- What an agency takes of a creator's money: proposed, answered, worked out with every payout, paid. The references
-- stand in the tables, as in 0005.
SET LOCAL check_function_bodies = off;
--> statement-breakpoint
CREATE TABLE "commission_terms" (
	"agency_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"representation_id" uuid NOT NULL,
	"claim" text NOT NULL,
	"payee" text NOT NULL,
	"parties" text[] NOT NULL,
	"split" text NOT NULL,
	"ppm" integer,
	"base" text,
	"flat_minor" bigint,
	"currency" char(3),
	"streams" text[],
	"deal_id" uuid,
	"from_day" date NOT NULL,
	"to_day" date,
	"sunset_days" integer,
	"note" text DEFAULT '' NOT NULL,
	"replaces" uuid,
	"recorded_by" uuid NOT NULL,
	"recorded_at" timestamp with time zone DEFAULT now() NOT NULL,
	"body_hash" "bytea" NOT NULL,
	CONSTRAINT "commission_terms_agency_id_id_pk" PRIMARY KEY("agency_id","id"),
	CONSTRAINT "commission_terms_payee" CHECK ("commission_terms"."payee" in ('agency', 'managers', 'external')),
	CONSTRAINT "commission_terms_parties" CHECK (cardinality("commission_terms"."parties") between 1 and 10),
	CONSTRAINT "commission_terms_split" CHECK ("commission_terms"."split" in ('even', 'full')),
	CONSTRAINT "commission_terms_amount" CHECK (num_nonnulls("commission_terms"."ppm", "commission_terms"."flat_minor") = 1 and ("commission_terms"."ppm" is null) = ("commission_terms"."base" is null) and ("commission_terms"."flat_minor" is null) = ("commission_terms"."currency" is null) and least("commission_terms"."ppm", "commission_terms"."flat_minor") > 0 and "commission_terms"."ppm" <= 1000000),
	CONSTRAINT "commission_terms_base" CHECK ("commission_terms"."base" in ('gross', 'net')),
	CONSTRAINT "commission_terms_days" CHECK ("commission_terms"."from_day" - 1 <= "commission_terms"."to_day" and "commission_terms"."sunset_days" between 1 and 3650),
	CONSTRAINT "commission_terms_streams" CHECK ("commission_terms"."streams" <@ array['ads', 'rewards', 'sponsorship', 'affiliate', 'super_like', 'gift', 'shop', 'subscription', 'other']::text[]),
	CONSTRAINT "commission_terms_agency_id_agencies_id_fk" FOREIGN KEY ("agency_id") REFERENCES "public"."agencies"("id"),
	CONSTRAINT "commission_terms_representation_id_representations_id_fk" FOREIGN KEY ("representation_id") REFERENCES "public"."representations"("id"),
	CONSTRAINT "commission_terms_replaced" FOREIGN KEY ("agency_id","replaces") REFERENCES "public"."commission_terms"("agency_id","id")
);
--> statement-breakpoint
CREATE TABLE "commission_answers" (
	"agency_id" uuid NOT NULL,
	"term_id" uuid NOT NULL,
	"answer" text NOT NULL,
	"recorded_by" uuid NOT NULL,
	"recorded_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "commission_answers_agency_id_term_id_pk" PRIMARY KEY("agency_id","term_id"),
	CONSTRAINT "commission_answers_answer" CHECK ("commission_answers"."answer" in ('accepted', 'refused', 'withdrawn')),
	CONSTRAINT "commission_answers_term" FOREIGN KEY ("agency_id","term_id") REFERENCES "public"."commission_terms"("agency_id","id")
);
--> statement-breakpoint
CREATE TABLE "commission_records" (
	"agency_id" uuid NOT NULL,
	"id" uuid DEFAULT gen_random_uuid() NOT NULL,
	"creator_id" uuid NOT NULL,
	"creator_name" text NOT NULL,
	"representation_id" uuid NOT NULL,
	"term_id" uuid NOT NULL,
	"claim" text NOT NULL,
	"payee" text NOT NULL,
	"party" text NOT NULL,
	"ppm" integer,
	"base" text,
	"flat_minor" bigint,
	"chain_id" uuid NOT NULL,
	"stream" text NOT NULL,
	"earned_on" date NOT NULL,
	"booked_month" text NOT NULL,
	"currency" char(3) NOT NULL,
	"accrued_minor" bigint NOT NULL,
	"due_minor" bigint NOT NULL,
	"recorded_by" uuid NOT NULL,
	"recorded_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "commission_records_agency_id_id_pk" PRIMARY KEY("agency_id","id"),
	CONSTRAINT "commission_records_creator_id_creators_id_fk" FOREIGN KEY ("creator_id") REFERENCES "public"."creators"("id"),
	CONSTRAINT "commission_records_term" FOREIGN KEY ("agency_id","term_id") REFERENCES "public"."commission_terms"("agency_id","id"),
	CONSTRAINT "commission_records_payout" FOREIGN KEY ("creator_id","chain_id") REFERENCES "public"."payouts"("creator_id","id")
);
--> statement-breakpoint
CREATE TABLE "commission_payments" (
	"agency_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"creator_id" uuid NOT NULL,
	"creator_name" text DEFAULT '' NOT NULL,
	"paid_on" date NOT NULL,
	"minor" bigint NOT NULL,
	"currency" char(3) NOT NULL,
	"is_withheld" boolean NOT NULL,
	"note" text DEFAULT '' NOT NULL,
	"replaces" uuid,
	"is_void" boolean DEFAULT false NOT NULL,
	"recorded_by" uuid NOT NULL,
	"recorded_at" timestamp with time zone DEFAULT now() NOT NULL,
	"body_hash" "bytea" NOT NULL,
	CONSTRAINT "commission_payments_agency_id_id_pk" PRIMARY KEY("agency_id","id"),
	CONSTRAINT "commission_payments_replaces" UNIQUE("agency_id","replaces"),
	CONSTRAINT "commission_payments_minor" CHECK ("commission_payments"."minor" > 0),
	CONSTRAINT "commission_payments_currency" CHECK ("commission_payments"."currency" ~ '^[A-Z]{3}$'),
	CONSTRAINT "commission_payments_agency_id_agencies_id_fk" FOREIGN KEY ("agency_id") REFERENCES "public"."agencies"("id"),
	CONSTRAINT "commission_payments_creator_id_creators_id_fk" FOREIGN KEY ("creator_id") REFERENCES "public"."creators"("id"),
	CONSTRAINT "commission_payments_replaced" FOREIGN KEY ("agency_id","replaces") REFERENCES "public"."commission_payments"("agency_id","id")
);
--> statement-breakpoint
CREATE INDEX "commission_payments_creator" ON "commission_payments" USING btree ("creator_id");
--> statement-breakpoint
CREATE INDEX "commission_records_chain" ON "commission_records" USING btree ("creator_id","chain_id");
--> statement-breakpoint
CREATE INDEX "commission_records_earned" ON "commission_records" USING btree ("agency_id","earned_on");
--> statement-breakpoint
CREATE INDEX "commission_terms_representation" ON "commission_terms" USING btree ("representation_id");
--> statement-breakpoint
ALTER TABLE commission_terms ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
ALTER TABLE commission_terms FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
ALTER TABLE commission_answers ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
ALTER TABLE commission_answers FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
ALTER TABLE commission_records ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
ALTER TABLE commission_records FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
ALTER TABLE commission_payments ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
ALTER TABLE commission_payments FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY kernel ON commission_terms TO permille_kernel USING (true) WITH CHECK (true);
--> statement-breakpoint
CREATE POLICY kernel ON commission_answers TO permille_kernel USING (true) WITH CHECK (true);
--> statement-breakpoint
CREATE POLICY kernel ON commission_records TO permille_kernel USING (true) WITH CHECK (true);
--> statement-breakpoint
CREATE POLICY kernel ON commission_payments TO permille_kernel USING (true) WITH CHECK (true);
--> statement-breakpoint
-- The agency's admins, of its others those whom the representation shows amounts, and the creator's owners.
CREATE POLICY read ON commission_terms FOR SELECT TO permille_app USING (
  agency_id = ANY (ARRAY(SELECT g.agency_id FROM agency_access g WHERE g.role = 'admin'))
  OR 'representation:' || representation_id = ANY (ARRAY(SELECT a.via FROM access a WHERE a.amounts))
  OR representation_id = ANY (ARRAY(SELECT r.id FROM representations r WHERE r.creator_id = ANY (ARRAY(SELECT a.creator_id FROM access a WHERE a.role = 'owner'))))
);
--> statement-breakpoint
CREATE POLICY write ON commission_terms FOR INSERT TO permille_app WITH CHECK (
  agency_id = ANY (ARRAY(SELECT g.agency_id FROM agency_access g WHERE g.role = 'admin'))
  AND (representation_id, agency_id) IN (SELECT r.id, r.agency_id FROM representations r WHERE r.ended_at IS NULL)
);
--> statement-breakpoint
CREATE POLICY read ON commission_answers FOR SELECT TO permille_app USING ((agency_id, term_id) IN (SELECT t.agency_id, t.id FROM commission_terms t));
--> statement-breakpoint
-- Only the other side says yes or no; the one who asked may take the question back.
CREATE POLICY write ON commission_answers FOR INSERT TO permille_app WITH CHECK (
  (answer = 'withdrawn' AND agency_id = ANY (ARRAY(SELECT g.agency_id FROM agency_access g WHERE g.role = 'admin')))
  OR (answer <> 'withdrawn' AND (agency_id, term_id) IN (SELECT t.agency_id, t.id FROM commission_terms t WHERE t.representation_id = ANY (ARRAY(SELECT r.id FROM representations r WHERE r.creator_id = ANY (ARRAY(SELECT a.creator_id FROM access a WHERE a.role = 'owner'))))))
);
--> statement-breakpoint
-- The agency's admins keep them when the representation is over; its others see them as far as it reaches. Of the
-- creator, those who see all amounts.
CREATE POLICY read ON commission_records FOR SELECT TO permille_app USING (
  agency_id = ANY (ARRAY(SELECT g.agency_id FROM agency_access g WHERE g.role = 'admin'))
  OR 'representation:' || representation_id = ANY (ARRAY(SELECT a.via FROM access a WHERE a.amounts AND a.streams IS NULL))
  OR ('representation:' || representation_id, stream) IN (SELECT a.via, s FROM access a, unnest(a.streams) s WHERE a.amounts)
  OR creator_id = ANY (ARRAY(SELECT a.creator_id FROM access a WHERE a.amounts AND a.streams IS NULL AND a.via NOT LIKE 'representation:%'))
);
--> statement-breakpoint
CREATE POLICY read ON commission_payments FOR SELECT TO permille_app USING (
  agency_id = ANY (ARRAY(SELECT g.agency_id FROM agency_access g WHERE g.role = 'admin'))
  OR creator_id = ANY (ARRAY(SELECT a.creator_id FROM access a WHERE a.amounts AND a.streams IS NULL AND a.via NOT LIKE 'representation:%'))
  OR (agency_id, creator_id) IN (
    SELECT r.agency_id, r.creator_id FROM representations r
    WHERE 'representation:' || r.id = ANY (ARRAY(SELECT a.via FROM access a WHERE a.amounts AND a.streams IS NULL))
  )
);
--> statement-breakpoint
CREATE POLICY write ON commission_payments FOR INSERT TO permille_app WITH CHECK (
  agency_id = ANY (ARRAY(SELECT g.agency_id FROM agency_access g WHERE g.role = 'admin')) AND (agency_id, creator_id) IN (SELECT r.agency_id, r.creator_id FROM representations r)
);
--> statement-breakpoint
GRANT SELECT ON commission_terms, commission_answers, commission_records, commission_payments TO permille_app;
--> statement-breakpoint
GRANT INSERT ON commission_terms, commission_answers, commission_payments TO permille_app;
--> statement-breakpoint
GRANT SELECT, INSERT, DELETE ON commission_terms, commission_answers, commission_records, commission_payments TO permille_kernel;
--> statement-breakpoint
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON commission_terms FOR EACH ROW EXECUTE FUNCTION refuse_change();
--> statement-breakpoint
CREATE TRIGGER append_only_truncate BEFORE TRUNCATE ON commission_terms FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
--> statement-breakpoint
CREATE TRIGGER stamp BEFORE INSERT ON commission_terms FOR EACH ROW EXECUTE FUNCTION stamp_entry();
--> statement-breakpoint
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON commission_answers FOR EACH ROW EXECUTE FUNCTION refuse_change();
--> statement-breakpoint
CREATE TRIGGER append_only_truncate BEFORE TRUNCATE ON commission_answers FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
--> statement-breakpoint
CREATE TRIGGER stamp BEFORE INSERT ON commission_answers FOR EACH ROW EXECUTE FUNCTION stamp_entry();
--> statement-breakpoint
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON commission_records FOR EACH ROW EXECUTE FUNCTION refuse_change();
--> statement-breakpoint
CREATE TRIGGER append_only_truncate BEFORE TRUNCATE ON commission_records FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
--> statement-breakpoint
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON commission_payments FOR EACH ROW EXECUTE FUNCTION refuse_change();
--> statement-breakpoint
CREATE TRIGGER append_only_truncate BEFORE TRUNCATE ON commission_payments FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
--> statement-breakpoint
CREATE TRIGGER stamp BEFORE INSERT ON commission_payments FOR EACH ROW EXECUTE FUNCTION stamp_entry();
--> statement-breakpoint
-- The agency may pay itself out after the end too, when it sees no creator's name any more.
CREATE FUNCTION name_payment() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  SELECT c.name INTO new.creator_name FROM creators c WHERE c.id = new.creator_id;
  RETURN new;
END
$$;
--> statement-breakpoint
CREATE TRIGGER name BEFORE INSERT ON commission_payments FOR EACH ROW EXECUTE FUNCTION name_payment();
--> statement-breakpoint
-- ---------------------------------------------------------------- commission is worked out with what it is of
CREATE FUNCTION half_even(p_top numeric, p_bottom numeric) RETURNS numeric LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
SELECT div(p_top, p_bottom) + CASE
    WHEN 2 * mod(p_top, p_bottom) > p_bottom OR (2 * mod(p_top, p_bottom) = p_bottom AND mod(div(p_top, p_bottom), 2) = 1) THEN 1
    ELSE 0
  END
$$;
--> statement-breakpoint
CREATE FUNCTION step_of(p_ladder jsonb, p_step text) RETURNS numeric LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
SELECT CASE WHEN p_ladder ->> p_step ~ '^-?[0-9]{1,19}$' THEN (p_ladder ->> p_step)::numeric END
$$;
--> statement-breakpoint
-- Brings the records of some payouts of a creator (null: of all) to what the accepted terms, the entries and the
-- receipts say now, by appending the difference. lib/model/commission-terms.ts in sets; a test holds the two together.
CREATE FUNCTION settle_commission(p_creator uuid, p_chains uuid[]) RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  -- As for entries: a month that is being closed waits for what is worked out, and that for it.
  PERFORM 1 FROM creators c WHERE c.id = p_creator FOR KEY SHARE;
  WITH terms AS (
    SELECT t.*, row_number() OVER (ORDER BY t.recorded_at, t.id) AS place,
      least(t.to_day, (r.ended_at AT TIME ZONE c.time_zone)::date) AS last_day
    FROM representations r
    JOIN creators c ON c.id = r.creator_id
    JOIN commission_terms t ON t.agency_id = r.agency_id AND t.representation_id = r.id
    JOIN commission_answers y ON y.agency_id = t.agency_id AND y.term_id = t.id AND y.answer = 'accepted'
    WHERE r.creator_id = p_creator AND NOT EXISTS (
      SELECT FROM commission_terms n
      JOIN commission_answers ny ON ny.agency_id = n.agency_id AND ny.term_id = n.id AND ny.answer = 'accepted'
      WHERE n.agency_id = t.agency_id AND n.replaces = t.id
    )
  ), wanted AS (
    SELECT DISTINCT c.id FROM unnest(p_chains) AS c (id)
    UNION ALL
    SELECT p.id FROM payouts p WHERE p_chains IS NULL AND p.creator_id = p_creator AND p.replaces IS NULL
  ), earned AS (
    -- One look by index for each payout, whatever the planner believes of a table that is new.
    SELECT w.id AS chain_id, e.stream, e.deal_id, e.to_day AS earned_on, e.currency, e.minor + x.minor AS net,
      coalesce(
        step_of(e.ladder, 'gross') + coalesce(step_of(e.ladder, 'adjustment'), 0) + coalesce(step_of(e.ladder, 'refunded'), 0),
        e.minor
      ) + x.taken AS gross,
      v.minor AS paid, g.agreed_on
    FROM wanted w
    CROSS JOIN LATERAL (
      SELECT p.stream, p.deal_id, p.to_day, p.currency, p.minor, p.makings -> 'ladder' AS ladder
      FROM payouts p
      WHERE p.creator_id = p_creator AND p.chain_id = w.id AND p.kind <> 'void' AND p.about IS NULL
        AND NOT EXISTS (SELECT FROM payouts l WHERE l.creator_id = p.creator_id AND l.replaces = p.id)
      OFFSET 0
    ) e
    CROSS JOIN LATERAL (
      SELECT coalesce(sum(p.minor), 0) AS minor,
        coalesce(sum(p.minor) FILTER (WHERE p.kind IN ('refund', 'clawback', 'adjustment')), 0) AS taken
      FROM payouts p
      WHERE p.creator_id = p_creator AND p.about = w.id AND p.currency = e.currency AND p.kind <> 'void'
        AND NOT EXISTS (SELECT FROM payouts l WHERE l.creator_id = p.creator_id AND l.replaces = p.id)
    ) x
    CROSS JOIN LATERAL (
      SELECT coalesce(sum(a.minor), 0) AS minor
      FROM allocations a JOIN receipts r ON r.creator_id = a.creator_id AND r.id = a.receipt_id
      WHERE a.creator_id = p_creator AND a.chain_id = w.id AND NOT r.is_void
        AND NOT EXISTS (SELECT FROM receipts l WHERE l.creator_id = r.creator_id AND l.replaces = r.id)
    ) v
    -- The first day on which the deal was more than talk, if it still is.
    LEFT JOIN LATERAL (
      WITH RECURSIVE said AS (
        SELECT d.id, d.state, d.is_void, d.recorded_at FROM deals d WHERE d.creator_id = p_creator AND d.id = e.deal_id
        UNION ALL
        SELECT d.id, d.state, d.is_void, d.recorded_at FROM said s JOIN deals d ON d.creator_id = p_creator AND d.replaces = s.id
      )
      SELECT (min(s.recorded_at) AT TIME ZONE (SELECT c.time_zone FROM creators c WHERE c.id = p_creator))::date AS agreed_on
      FROM said s WHERE NOT s.is_void AND s.state NOT IN ('pitched', 'lost')
        AND NOT EXISTS (SELECT FROM said l WHERE (l.is_void OR l.state = 'pitched') AND NOT EXISTS (SELECT FROM deals d WHERE d.creator_id = p_creator AND d.replaces = l.id))
    ) g ON e.deal_id IS NOT NULL
  ), covered AS (
    SELECT e.chain_id, e.stream, e.earned_on, e.currency, e.net, e.gross, e.paid, t.*,
      min(t.place) OVER (PARTITION BY e.chain_id, t.agency_id, lower(t.claim)) AS claim_place,
      row_number() OVER (
        PARTITION BY e.chain_id, t.agency_id, lower(t.claim)
        ORDER BY CASE WHEN t.deal_id IS NOT NULL THEN 2 WHEN t.streams IS NOT NULL THEN 1 ELSE 0 END DESC, t.from_day DESC, t.place
      ) AS distance
    FROM earned e
    JOIN (SELECT t.agency_id, t.id AS term_id, t.representation_id, t.claim, t.payee, t.parties, t.split, t.ppm, t.base,
        t.flat_minor, t.currency AS flat_currency, t.streams, t.deal_id, t.from_day, t.sunset_days, t.last_day, t.place
      FROM terms t) t
      ON (t.deal_id IS NULL OR t.deal_id = e.deal_id) AND (t.streams IS NULL OR e.stream = ANY (t.streams))
      AND e.earned_on >= t.from_day
      AND (t.last_day IS NULL OR e.earned_on <= t.last_day
        OR (e.earned_on <= t.last_day + t.sunset_days AND e.agreed_on BETWEEN t.from_day AND t.last_day))
  ), claims AS (
    SELECT s.*, CASE s.split WHEN 'full' THEN w.whole
        ELSE div(w.whole, cardinality(s.parties)) + (o.ordinality <= mod(w.whole, cardinality(s.parties)))::int END AS claimed,
      o.party, row_number() OVER (PARTITION BY s.chain_id ORDER BY s.claim_place, o.ordinality) AS turn
    FROM covered s
    CROSS JOIN LATERAL (SELECT CASE
        WHEN s.net <= 0 THEN 0
        WHEN s.ppm IS NULL THEN CASE WHEN s.flat_currency = s.currency THEN s.flat_minor ELSE 0 END
        ELSE half_even(greatest(CASE s.base WHEN 'gross' THEN s.gross ELSE s.net END, 0) * s.ppm, 1000000)
      END::numeric AS whole) w
    CROSS JOIN LATERAL unnest(s.parties) WITH ORDINALITY AS o (party, ordinality)
    WHERE s.distance = 1
  ), summed AS (
    SELECT c.*, sum(c.claimed) OVER (PARTITION BY c.chain_id) AS total,
      sum(c.claimed) OVER (PARTITION BY c.chain_id) > greatest(c.net, 0) AS is_cut
    FROM claims c
  ), cut AS (
    -- Claims of more than there is share what there is, by largest remainder.
    SELECT c.*, CASE WHEN c.is_cut THEN div(c.net * c.claimed, c.total) ELSE c.claimed END AS part,
      CASE WHEN c.is_cut THEN mod(c.net * c.claimed, c.total) ELSE 0 END AS rest
    FROM summed c
  ), shared AS (
    SELECT c.*, c.part + CASE
        WHEN c.is_cut AND row_number() OVER (PARTITION BY c.chain_id ORDER BY c.rest DESC, c.turn) <= c.net - sum(c.part) OVER (PARTITION BY c.chain_id) THEN 1
        ELSE 0
      END AS share
    FROM cut c
  ), owed AS (
    SELECT s.agency_id, s.representation_id, s.term_id, s.claim, s.payee, s.party, s.ppm, s.base, s.flat_minor, s.chain_id, s.stream, s.earned_on, s.currency,
      s.share AS accrued, CASE
        WHEN s.paid <= 0 OR s.net <= 0 THEN 0
        WHEN s.paid >= s.net THEN s.share
        ELSE half_even(s.share * s.paid, s.net)
      END AS due
    FROM shared s
  ), kept AS (
    SELECT k.agency_id, k.representation_id, k.term_id, k.claim, k.payee, k.party, k.ppm, k.base, k.flat_minor, k.chain_id, k.stream, k.earned_on, k.currency,
      sum(k.accrued_minor) AS accrued, sum(k.due_minor) AS due
    FROM wanted w
    CROSS JOIN LATERAL (SELECT r.* FROM commission_records r WHERE r.creator_id = p_creator AND r.chain_id = w.id OFFSET 0) k
    GROUP BY 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13
  ), days AS (
    SELECT d.earned_on, open_month(p_creator, to_char(d.earned_on, 'YYYY-MM')) AS booked_month
    FROM (SELECT o.earned_on FROM owed o UNION SELECT k.earned_on FROM kept k) d
  )
  INSERT INTO commission_records (agency_id, creator_id, creator_name, representation_id, term_id, claim, payee, party, ppm, base, flat_minor,
    chain_id, stream, earned_on, booked_month, currency, accrued_minor, due_minor, recorded_by)
  SELECT agency_id, c.id, c.name, representation_id, term_id, coalesce(o.claim, k.claim), coalesce(o.payee, k.payee), party,
    coalesce(o.ppm, k.ppm), coalesce(o.base, k.base), coalesce(o.flat_minor, k.flat_minor), chain_id, stream, earned_on, d.booked_month, currency,
    coalesce(o.accrued, 0) - coalesce(k.accrued, 0), coalesce(o.due, 0) - coalesce(k.due, 0), viewer_id()
  FROM owed o
  FULL JOIN kept k USING (agency_id, representation_id, term_id, party, chain_id, stream, earned_on, currency)
  JOIN days d USING (earned_on)
  JOIN (SELECT n.id, n.name FROM creators n WHERE n.id = p_creator) c ON true
  WHERE coalesce(o.accrued, 0) <> coalesce(k.accrued, 0) OR coalesce(o.due, 0) <> coalesce(k.due, 0);
END
$$;
--> statement-breakpoint
-- Whether anything is owed of a creator at all. Terms are not accepted while entries are being written, nor the other
-- way round; where there are terms, writers of one creator wait in line (where receipts wait), so that none is worked
-- out from what another is changing.
CREATE FUNCTION owes_commission(p_creator uuid) RETURNS boolean LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  PERFORM pg_advisory_xact_lock_shared(hashtextextended('commission ' || p_creator, 0));
  IF NOT EXISTS (
    SELECT FROM representations r
    JOIN commission_terms t ON t.representation_id = r.id
    JOIN commission_answers y ON y.agency_id = t.agency_id AND y.term_id = t.id AND y.answer = 'accepted'
    WHERE r.creator_id = p_creator
  ) THEN RETURN false; END IF;
  PERFORM pg_advisory_xact_lock(hashtextextended('receipts ' || p_creator, 0));
  RETURN true;
END
$$;
--> statement-breakpoint
CREATE FUNCTION commission_of_payouts() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE of_creator uuid;
BEGIN
  FOR of_creator IN SELECT DISTINCT f.creator_id FROM fresh f ORDER BY 1 LOOP
    IF owes_commission(of_creator) THEN
      PERFORM settle_commission(of_creator, ARRAY(
        SELECT f.chain_id FROM fresh f WHERE f.creator_id = of_creator
        UNION SELECT f.about FROM fresh f WHERE f.creator_id = of_creator AND f.about IS NOT NULL
        UNION SELECT o.about FROM fresh f JOIN payouts o ON o.creator_id = f.creator_id AND o.id = f.replaces
          WHERE f.creator_id = of_creator AND o.about IS NOT NULL
      ));
    END IF;
  END LOOP;
  RETURN NULL;
END
$$;
--> statement-breakpoint
CREATE TRIGGER settle AFTER INSERT ON payouts REFERENCING NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION commission_of_payouts();
--> statement-breakpoint
CREATE FUNCTION commission_of_allocations() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE of_creator uuid;
BEGIN
  FOR of_creator IN SELECT DISTINCT f.creator_id FROM fresh f ORDER BY 1 LOOP
    IF owes_commission(of_creator) THEN
      PERFORM settle_commission(of_creator, ARRAY(
        SELECT f.chain_id FROM fresh f WHERE f.creator_id = of_creator
      ));
    END IF;
  END LOOP;
  RETURN NULL;
END
$$;
--> statement-breakpoint
CREATE TRIGGER settle AFTER INSERT ON allocations REFERENCING NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION commission_of_allocations();
--> statement-breakpoint
-- What a corrected receipt had paid is open again, before its new allocations come.
CREATE FUNCTION commission_of_receipts() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE of_creator uuid;
BEGIN
  FOR of_creator IN SELECT DISTINCT f.creator_id FROM fresh f ORDER BY 1 LOOP
    IF owes_commission(of_creator) THEN
      PERFORM settle_commission(of_creator, ARRAY(
        SELECT a.chain_id FROM fresh f JOIN allocations a ON a.creator_id = f.creator_id AND a.receipt_id = f.replaces
        WHERE f.creator_id = of_creator
      ));
    END IF;
  END LOOP;
  RETURN NULL;
END
$$;
--> statement-breakpoint
CREATE TRIGGER settle AFTER INSERT ON receipts REFERENCING NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION commission_of_receipts();
--> statement-breakpoint
-- When a deal was agreed decides what a sunset covers.
CREATE FUNCTION commission_of_deals() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE of_creator uuid;
BEGIN
  FOR of_creator IN SELECT DISTINCT f.creator_id FROM fresh f ORDER BY 1 LOOP
    IF owes_commission(of_creator) THEN
      PERFORM settle_commission(of_creator, ARRAY(
        SELECT p.chain_id FROM payouts p
        WHERE p.creator_id = of_creator AND p.deal_id IS NOT NULL AND EXISTS (SELECT FROM fresh f WHERE f.creator_id = of_creator AND f.replaces IS NOT NULL)
      ));
    END IF;
  END LOOP;
  RETURN NULL;
END
$$;
--> statement-breakpoint
CREATE TRIGGER settle AFTER INSERT ON deals REFERENCING NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION commission_of_deals();
--> statement-breakpoint
CREATE FUNCTION commission_of_terms() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE of_creator uuid;
BEGIN
  SELECT r.creator_id INTO of_creator FROM commission_terms t JOIN representations r ON r.id = t.representation_id
  WHERE t.agency_id = new.agency_id AND t.id = new.term_id;
  PERFORM pg_advisory_xact_lock(hashtextextended('commission ' || of_creator, 0));
  -- Of two proposals for the place of the same terms one is accepted.
  IF EXISTS (
    SELECT FROM commission_terms t
    JOIN commission_terms n ON n.agency_id = t.agency_id AND n.replaces = t.replaces AND n.id <> t.id
    JOIN commission_answers y ON y.agency_id = n.agency_id AND y.term_id = n.id AND y.answer = 'accepted'
    WHERE t.agency_id = new.agency_id AND t.id = new.term_id
  ) THEN
    RAISE EXCEPTION 'these terms were replaced' USING ERRCODE = '23514', CONSTRAINT = 'commission_answers_replaced';
  END IF;
  PERFORM settle_commission(of_creator, NULL);
  RETURN NULL;
END
$$;
--> statement-breakpoint
CREATE TRIGGER settle AFTER INSERT ON commission_answers FOR EACH ROW WHEN (new.answer = 'accepted') EXECUTE FUNCTION commission_of_terms();
--> statement-breakpoint
-- From the day after the end only a sunset counts.
CREATE FUNCTION commission_of_end() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  PERFORM pg_advisory_xact_lock(hashtextextended('commission ' || new.creator_id, 0));
  PERFORM settle_commission(new.creator_id, NULL);
  RETURN NULL;
END
$$;
--> statement-breakpoint
CREATE TRIGGER settle AFTER UPDATE OF ended_at ON representations FOR EACH ROW WHEN (old.ended_at IS NULL AND new.ended_at IS NOT NULL AND new.accepted_at IS NOT NULL) EXECUTE FUNCTION commission_of_end();
--> statement-breakpoint
-- What was agreed for a creator while an agency ran it, the agency agreed with itself: it ends on the day on which
-- somebody takes over, with no sunset, and what it took until then stays. What was to begin later never does.
CREATE FUNCTION end_commission() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE today date;
DECLARE term commission_terms;
DECLARE last_id uuid;
BEGIN
  SELECT (now() AT TIME ZONE c.time_zone)::date INTO today FROM creators c WHERE c.id = new.creator_id;
  FOR term IN
    SELECT t.* FROM representations r
    JOIN commission_terms t ON t.representation_id = r.id AND t.agency_id = r.agency_id
    JOIN commission_answers y ON y.agency_id = t.agency_id AND y.term_id = t.id AND y.answer = 'accepted'
    WHERE r.creator_id = new.creator_id AND (t.to_day IS NULL OR t.to_day + coalesce(t.sunset_days, 0) > today)
      AND NOT EXISTS (
        SELECT FROM commission_terms n
        JOIN commission_answers ny ON ny.agency_id = n.agency_id AND ny.term_id = n.id AND ny.answer = 'accepted'
        WHERE n.agency_id = t.agency_id AND n.replaces = t.id
      )
    ORDER BY t.recorded_at, t.id
  LOOP
    last_id := gen_random_uuid();
    INSERT INTO commission_terms (agency_id, id, representation_id, claim, payee, parties, split, ppm, base, flat_minor, currency,
      streams, deal_id, from_day, to_day, sunset_days, note, replaces, recorded_by, body_hash)
    VALUES (term.agency_id, last_id, term.representation_id, term.claim, term.payee, term.parties, term.split, term.ppm, term.base,
      term.flat_minor, term.currency, term.streams, term.deal_id, least(term.from_day, today + 1), least(term.to_day, today), NULL,
      term.note, term.id, viewer_id(), term.body_hash);
    INSERT INTO commission_answers (agency_id, term_id, answer, recorded_by) VALUES (term.agency_id, last_id, 'accepted', viewer_id());
  END LOOP;
  RETURN NULL;
END
$$;
--> statement-breakpoint
CREATE TRIGGER end_commission AFTER UPDATE OF runs ON representations FOR EACH ROW WHEN (old.runs AND NOT new.runs) EXECUTE FUNCTION end_commission();
--> statement-breakpoint
-- Which terms that ends, for the one to whom the creator is offered.
CREATE FUNCTION handover_terms(p_id uuid, p_hash bytea) RETURNS SETOF commission_terms LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
SELECT t.* FROM handovers h
  JOIN users u ON u.id = viewer_id() AND u.email = h.email
  JOIN representations r ON r.creator_id = h.creator_id
  JOIN commission_terms t ON t.representation_id = r.id AND t.agency_id = r.agency_id
  JOIN commission_answers y ON y.agency_id = t.agency_id AND y.term_id = t.id AND y.answer = 'accepted'
  WHERE h.id = p_id AND h.secret_hash = p_hash AND h.accepted_at IS NULL AND h.revoked_at IS NULL AND h.expires_at > now()
    AND NOT EXISTS (
      SELECT FROM commission_terms n
      JOIN commission_answers ny ON ny.agency_id = n.agency_id AND ny.term_id = n.id AND ny.answer = 'accepted'
      WHERE n.agency_id = t.agency_id AND n.replaces = t.id
    )
$$;
--> statement-breakpoint
-- What is asked with a representation, for the one whose address was asked: the accept page shows it.
CREATE FUNCTION offered_terms(p_id uuid, p_hash bytea) RETURNS SETOF commission_terms LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
SELECT t.* FROM commission_terms t
  JOIN representations r ON r.id = t.representation_id AND r.agency_id = t.agency_id
  JOIN users u ON u.id = viewer_id() AND u.email = r.email
  WHERE r.id = p_id AND r.secret_hash = p_hash AND r.accepted_at IS NULL AND r.ended_at IS NULL AND r.expires_at > now()
    AND NOT EXISTS (SELECT FROM commission_answers y WHERE y.agency_id = t.agency_id AND y.term_id = t.id)
$$;
--> statement-breakpoint
GRANT CREATE ON SCHEMA public TO permille_kernel;
--> statement-breakpoint
ALTER FUNCTION name_payment() OWNER TO permille_kernel;
--> statement-breakpoint
REVOKE ALL ON FUNCTION name_payment() FROM PUBLIC;
--> statement-breakpoint
ALTER FUNCTION settle_commission(uuid, uuid[]) OWNER TO permille_kernel;
--> statement-breakpoint
REVOKE ALL ON FUNCTION settle_commission(uuid, uuid[]) FROM PUBLIC;
--> statement-breakpoint
ALTER FUNCTION owes_commission(uuid) OWNER TO permille_kernel;
--> statement-breakpoint
REVOKE ALL ON FUNCTION owes_commission(uuid) FROM PUBLIC;
--> statement-breakpoint
ALTER FUNCTION commission_of_payouts() OWNER TO permille_kernel;
--> statement-breakpoint
REVOKE ALL ON FUNCTION commission_of_payouts() FROM PUBLIC;
--> statement-breakpoint
ALTER FUNCTION commission_of_allocations() OWNER TO permille_kernel;
--> statement-breakpoint
REVOKE ALL ON FUNCTION commission_of_allocations() FROM PUBLIC;
--> statement-breakpoint
ALTER FUNCTION commission_of_receipts() OWNER TO permille_kernel;
--> statement-breakpoint
REVOKE ALL ON FUNCTION commission_of_receipts() FROM PUBLIC;
--> statement-breakpoint
ALTER FUNCTION commission_of_deals() OWNER TO permille_kernel;
--> statement-breakpoint
REVOKE ALL ON FUNCTION commission_of_deals() FROM PUBLIC;
--> statement-breakpoint
ALTER FUNCTION commission_of_terms() OWNER TO permille_kernel;
--> statement-breakpoint
REVOKE ALL ON FUNCTION commission_of_terms() FROM PUBLIC;
--> statement-breakpoint
ALTER FUNCTION commission_of_end() OWNER TO permille_kernel;
--> statement-breakpoint
REVOKE ALL ON FUNCTION commission_of_end() FROM PUBLIC;
--> statement-breakpoint
ALTER FUNCTION end_commission() OWNER TO permille_kernel;
--> statement-breakpoint
REVOKE ALL ON FUNCTION end_commission() FROM PUBLIC;
--> statement-breakpoint
ALTER FUNCTION handover_terms(uuid, bytea) OWNER TO permille_kernel;
--> statement-breakpoint
REVOKE ALL ON FUNCTION handover_terms(uuid, bytea) FROM PUBLIC;
--> statement-breakpoint
ALTER FUNCTION offered_terms(uuid, bytea) OWNER TO permille_kernel;
--> statement-breakpoint
REVOKE ALL ON FUNCTION offered_terms(uuid, bytea) FROM PUBLIC;
--> statement-breakpoint
REVOKE CREATE ON SCHEMA public FROM permille_kernel;
--> statement-breakpoint
GRANT EXECUTE ON FUNCTION offered_terms(uuid, bytea), handover_terms(uuid, bytea) TO permille_app;
