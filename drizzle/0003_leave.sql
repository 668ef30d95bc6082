-- A member may leave by himself, whatever his role; everything else about members is the owners' to decide.
CREATE FUNCTION leave_creator(p_creator uuid) RETURNS boolean LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  UPDATE members m SET removed_at = now(), version = m.version + 1
  WHERE m.creator_id = p_creator AND m.user_id = viewer_id() AND m.removed_at IS NULL;
  IF NOT FOUND THEN RETURN false; END IF;
  INSERT INTO audit_log (creator_id, actor, action, subject, detail)
  VALUES (p_creator, viewer_id(), 'member.left', viewer_id()::text, '{}');
  RETURN true;
END
$$;
--> statement-breakpoint
GRANT CREATE ON SCHEMA public TO permille_kernel;
--> statement-breakpoint
ALTER FUNCTION leave_creator(uuid) OWNER TO permille_kernel;
--> statement-breakpoint
REVOKE CREATE ON SCHEMA public FROM permille_kernel;
--> statement-breakpoint
REVOKE ALL ON FUNCTION leave_creator(uuid) FROM PUBLIC;
--> statement-breakpoint
GRANT EXECUTE ON FUNCTION leave_creator(uuid) TO permille_app;
