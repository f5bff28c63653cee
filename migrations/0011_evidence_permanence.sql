-- Evidence stays: what it is never changes, its state only moves on, and no row goes, also for a hand that writes SQL past every rule.
CREATE FUNCTION evidence_files_permanent() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP <> 'UPDATE' THEN
    PERFORM refuse_permanent('evidence stays for ever', 'evidence_files_permanent');
  ELSIF to_jsonb(NEW) - '{state,refusal,settled_at,erased_at,bytes_removed_at,link_count}'::text[]
    IS DISTINCT FROM to_jsonb(OLD) - '{state,refusal,settled_at,erased_at,bytes_removed_at,link_count}'::text[] THEN
    PERFORM refuse_permanent('evidence never changes', 'evidence_files_frozen');
  ELSIF NEW.state <> OLD.state
    AND (OLD.state, NEW.state) NOT IN (('announced', 'kept'), ('announced', 'refused'), ('kept', 'erased')) THEN
    PERFORM refuse_permanent('evidence only moves on', 'evidence_files_moves');
  ELSIF NEW.state = OLD.state
    AND (NEW.refusal, NEW.settled_at, NEW.erased_at) IS DISTINCT FROM (OLD.refusal, OLD.settled_at, OLD.erased_at)
    OR OLD.settled_at IS NOT NULL AND NEW.settled_at IS DISTINCT FROM OLD.settled_at
    OR OLD.bytes_removed_at IS NOT NULL AND NEW.bytes_removed_at IS DISTINCT FROM OLD.bytes_removed_at THEN
    PERFORM refuse_permanent('what became of evidence is said once', 'evidence_files_said');
  ELSIF NEW.link_count < OLD.link_count THEN
    PERFORM refuse_permanent('links are counted up', 'evidence_files_counted');
  END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER evidence_files_permanent BEFORE UPDATE OR DELETE ON evidence_files
  FOR EACH ROW EXECUTE FUNCTION evidence_files_permanent();
--> statement-breakpoint
CREATE TRIGGER evidence_files_never_emptied BEFORE TRUNCATE ON evidence_files
  FOR EACH STATEMENT EXECUTE FUNCTION evidence_files_permanent();
--> statement-breakpoint
CREATE FUNCTION evidence_links_permanent() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP <> 'UPDATE' THEN
    PERFORM refuse_permanent('a link stays to be seen', 'evidence_links_permanent');
  ELSIF to_jsonb(NEW) - '{unlinked_at,unlinked_from,unlink_reason}'::text[]
    IS DISTINCT FROM to_jsonb(OLD) - '{unlinked_at,unlinked_from,unlink_reason}'::text[] THEN
    PERFORM refuse_permanent('a link never changes', 'evidence_links_frozen');
  ELSIF OLD.unlinked_at IS NOT NULL AND NEW IS DISTINCT FROM OLD THEN
    PERFORM refuse_permanent('a link is taken away once', 'evidence_links_unlinked');
  END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER evidence_links_permanent BEFORE UPDATE OR DELETE ON evidence_links
  FOR EACH ROW EXECUTE FUNCTION evidence_links_permanent();
--> statement-breakpoint
CREATE TRIGGER evidence_links_never_emptied BEFORE TRUNCATE ON evidence_links
  FOR EACH STATEMENT EXECUTE FUNCTION evidence_links_permanent();
