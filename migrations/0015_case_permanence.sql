-- Who hears a case took no part in what it is about, also for a hand that writes SQL past every rule. The person's one row in the
-- engagement says `hearing`, so team, review, decision and client are barred by its key; the function looks at the rest.

CREATE FUNCTION case_person_bar(engagement uuid, credential uuid, client uuid, person uuid) RETURNS text LANGUAGE sql STABLE AS $$
  SELECT CASE
    WHEN EXISTS (SELECT FROM engagement_persons taken
      WHERE taken.engagement_id = engagement AND taken.person_id = person AND taken.side <> 'hearing') THEN 'engagement'
    WHEN EXISTS (SELECT FROM audit deed
      WHERE deed.resource = 'engagement' AND deed.resource_id = engagement AND deed.person_id = person) THEN 'engagement'
    WHEN EXISTS (SELECT FROM credential_moves made
      WHERE made.credential_id = credential AND made.person_id = person) THEN 'document'
    WHEN EXISTS (SELECT FROM members tied
      WHERE tied.organization_id = client AND tied.person_id = person) THEN 'client'
  END
$$;
--> statement-breakpoint
CREATE FUNCTION case_persons_apart() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  about cases%ROWTYPE;
BEGIN
  IF TG_OP <> 'INSERT' THEN
    PERFORM refuse_permanent('who heard a case stays who heard it', 'case_persons_permanent');
  END IF;
  SELECT * INTO about FROM cases WHERE id = NEW.case_id;
  NEW.engagement_id := about.engagement_id;
  IF case_person_bar(about.engagement_id, about.credential_id, about.client_organization_id, NEW.person_id) IS NOT NULL THEN
    PERFORM refuse_permanent('who took part in the matter does not hear the case', 'case_persons_apart');
  END IF;
  IF NEW.engagement_id IS NOT NULL THEN
    INSERT INTO engagement_persons (engagement_id, person_id, side) VALUES (NEW.engagement_id, NEW.person_id, 'hearing')
      ON CONFLICT (engagement_id, person_id) DO NOTHING;
  END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER case_persons_apart BEFORE INSERT OR UPDATE OR DELETE ON case_persons
  FOR EACH ROW EXECUTE FUNCTION case_persons_apart();
--> statement-breakpoint
CREATE TRIGGER case_persons_never_emptied BEFORE TRUNCATE ON case_persons
  FOR EACH STATEMENT EXECUTE FUNCTION published_permanent();
--> statement-breakpoint
ALTER TABLE cases ADD CONSTRAINT cases_examiner_fkey FOREIGN KEY (id, examiner_person_id, examiner_role)
  REFERENCES case_persons (case_id, person_id, role);
--> statement-breakpoint
ALTER TABLE cases ADD CONSTRAINT cases_decider_fkey FOREIGN KEY (id, decider_person_id, decider_role)
  REFERENCES case_persons (case_id, person_id, role);
--> statement-breakpoint
CREATE FUNCTION cases_permanent() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP <> 'UPDATE' THEN
    PERFORM refuse_permanent('a case stays for ever', 'cases_permanent');
  ELSIF (NEW.id, NEW.number, NEW.kind, NEW.body_organization_id, NEW.client_organization_id, NEW.engagement_id, NEW.credential_id,
      NEW.opened_by, NEW.acknowledge_by, NEW.complainant, NEW.receipt_hash, NEW.created_at)
    IS DISTINCT FROM (OLD.id, OLD.number, OLD.kind, OLD.body_organization_id, OLD.client_organization_id, OLD.engagement_id,
      OLD.credential_id, OLD.opened_by, OLD.acknowledge_by, OLD.complainant, OLD.receipt_hash, OLD.created_at) THEN
    PERFORM refuse_permanent('what a case is about never changes', 'cases_frozen');
  ELSIF OLD.state IN ('closed', 'dismissed') AND NEW.state <> OLD.state
    OR OLD.decision IS NOT NULL AND NEW.decision IS DISTINCT FROM OLD.decision
    OR OLD.dismissal IS NOT NULL AND NEW.dismissal IS DISTINCT FROM OLD.dismissal THEN
    PERFORM refuse_permanent('what was decided of a case stays decided', 'cases_decided');
  END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER cases_permanent BEFORE UPDATE OR DELETE ON cases FOR EACH ROW EXECUTE FUNCTION cases_permanent();
--> statement-breakpoint
CREATE TRIGGER cases_never_emptied BEFORE TRUNCATE ON cases FOR EACH STATEMENT EXECUTE FUNCTION cases_permanent();
--> statement-breakpoint
CREATE TRIGGER case_statements_permanent BEFORE UPDATE OR DELETE ON case_statements
  FOR EACH ROW EXECUTE FUNCTION published_permanent();
--> statement-breakpoint
CREATE TRIGGER case_statements_never_emptied BEFORE TRUNCATE ON case_statements
  FOR EACH STATEMENT EXECUTE FUNCTION published_permanent();
