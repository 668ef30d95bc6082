-- The reference stands in the table: added afterwards, it would be checked against a table that hides its rows.
CREATE TABLE "revisions" (
	"creator_id" uuid NOT NULL CONSTRAINT "revisions_creator_id_creators_id_fk" REFERENCES "public"."creators"("id") ON DELETE cascade,
	"transaction" bigint NOT NULL,
	CONSTRAINT "revisions_creator_id_transaction_pk" PRIMARY KEY("creator_id","transaction")
);
--> statement-breakpoint
ALTER TABLE revisions ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
ALTER TABLE revisions FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY read ON revisions FOR SELECT TO permille_app USING (creator_id = ANY (ARRAY(SELECT a.creator_id FROM access a)));
--> statement-breakpoint
CREATE POLICY kernel ON revisions TO permille_kernel USING (true) WITH CHECK (true);
--> statement-breakpoint
GRANT SELECT ON revisions TO permille_app;
--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE, DELETE ON revisions TO permille_kernel;
--> statement-breakpoint
-- Each transaction adds itself once and clears those that ended before it; one that another is clearing stays. The
-- newest to commit is always there, so no set of them ever comes back.
CREATE FUNCTION revise() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE mine bigint := pg_current_xact_id()::text::bigint;
BEGIN
  INSERT INTO revisions (creator_id, transaction) SELECT DISTINCT f.creator_id, mine FROM fresh f ON CONFLICT DO NOTHING;
  IF FOUND THEN
    DELETE FROM revisions r WHERE (r.creator_id, r.transaction) IN (
      SELECT o.creator_id, o.transaction FROM revisions o
      WHERE o.creator_id IN (SELECT f.creator_id FROM fresh f) AND o.transaction <> mine
      FOR UPDATE SKIP LOCKED
    );
  END IF;
  RETURN NULL;
END
$$;
--> statement-breakpoint
GRANT CREATE ON SCHEMA public TO permille_kernel;
--> statement-breakpoint
ALTER FUNCTION revise() OWNER TO permille_kernel;
--> statement-breakpoint
REVOKE CREATE ON SCHEMA public FROM permille_kernel;
--> statement-breakpoint
REVOKE ALL ON FUNCTION revise() FROM PUBLIC;
--> statement-breakpoint
CREATE TRIGGER revise AFTER INSERT ON channels REFERENCING NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION revise();
--> statement-breakpoint
CREATE TRIGGER revise AFTER INSERT ON videos REFERENCING NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION revise();
--> statement-breakpoint
CREATE TRIGGER revise AFTER INSERT ON audience REFERENCING NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION revise();
--> statement-breakpoint
CREATE TRIGGER revise AFTER INSERT ON readings REFERENCING NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION revise();
--> statement-breakpoint
CREATE TRIGGER revise AFTER INSERT ON traffic REFERENCING NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION revise();
--> statement-breakpoint
CREATE TRIGGER revise AFTER INSERT ON payouts REFERENCING NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION revise();
--> statement-breakpoint
CREATE TRIGGER revise AFTER INSERT ON payout_lines REFERENCING NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION revise();
--> statement-breakpoint
CREATE TRIGGER revise AFTER INSERT ON receipts REFERENCING NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION revise();
--> statement-breakpoint
CREATE TRIGGER revise AFTER INSERT ON allocations REFERENCING NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION revise();
--> statement-breakpoint
CREATE TRIGGER revise AFTER INSERT ON closed_months REFERENCING NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION revise();
--> statement-breakpoint
CREATE TRIGGER revise AFTER INSERT ON rates REFERENCING NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION revise();
--> statement-breakpoint
CREATE TRIGGER revise AFTER INSERT ON imports REFERENCING NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION revise();
--> statement-breakpoint
CREATE TRIGGER revise AFTER INSERT ON projections REFERENCING NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION revise();
--> statement-breakpoint
CREATE TRIGGER revise_change AFTER UPDATE ON channels REFERENCING NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION revise();
--> statement-breakpoint
CREATE TRIGGER revise_change AFTER UPDATE ON videos REFERENCING NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION revise();
--> statement-breakpoint
CREATE TRIGGER revise_change AFTER UPDATE ON imports REFERENCING NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION revise();
