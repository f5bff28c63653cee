-- A working paper is never changed, also by a hand that writes SQL past every rule: what is recorded again is its next version.
CREATE TRIGGER engagement_papers_permanent BEFORE UPDATE OR DELETE ON engagement_papers
  FOR EACH ROW EXECUTE FUNCTION published_permanent();
--> statement-breakpoint
CREATE TRIGGER engagement_papers_never_emptied BEFORE TRUNCATE ON engagement_papers
  FOR EACH STATEMENT EXECUTE FUNCTION published_permanent();
--> statement-breakpoint
-- A competence ends; what was recorded of it stays.
CREATE FUNCTION competences_permanent() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP <> 'UPDATE' OR (to_jsonb(NEW) - 'valid_until') IS DISTINCT FROM (to_jsonb(OLD) - 'valid_until') THEN
    PERFORM refuse_permanent('a recorded competence only ends', 'competences_permanent');
  END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER competences_permanent BEFORE UPDATE OR DELETE ON competences
  FOR EACH ROW EXECUTE FUNCTION competences_permanent();
--> statement-breakpoint
CREATE TRIGGER competences_never_emptied BEFORE TRUNCATE ON competences
  FOR EACH STATEMENT EXECUTE FUNCTION competences_permanent();
