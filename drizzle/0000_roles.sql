-- Roles belong to the cluster, not to the database, so a second database finds them there already.
--   permille_app     the web app: sees what the viewer may see, owns nothing
--   permille_auth    sign-in and jobs: accounts and the job queue, no creator's data
--   permille_kernel  owns triggers and the few definer functions; nobody can sign in as it
DO $$
DECLARE name text;
BEGIN
  FOREACH name IN ARRAY ARRAY['permille_app', 'permille_auth', 'permille_kernel'] LOOP
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = name) THEN
      BEGIN
        EXECUTE format('CREATE ROLE %I NOLOGIN NOSUPERUSER NOBYPASSRLS NOCREATEDB NOCREATEROLE', name);
      EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL;
      END;
    END IF;
  END LOOP;
END $$;
--> statement-breakpoint
-- Making the kernel the owner of functions takes membership in it.
GRANT permille_kernel TO CURRENT_USER;
--> statement-breakpoint
REVOKE ALL ON SCHEMA public FROM PUBLIC;
--> statement-breakpoint
GRANT USAGE ON SCHEMA public TO permille_app, permille_auth, permille_kernel;
