-- A superseded document stays so, like a withdrawn one; what surveillance found, and what an engagement was declared to replace, stays as it
-- was said; and who recorded a surveillance hears no case about the document.

CREATE OR REPLACE FUNCTION credentials_permanent() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP <> 'UPDATE' THEN
    PERFORM refuse_permanent('an issued document stays for ever', 'credentials_permanent');
  ELSIF (NEW.id, NEW.number, NEW.engagement_id, NEW.body_organization_id, NEW.client_organization_id, NEW.document_kind,
      NEW.jwt, NEW.digest, NEW.kid, NEW.face, NEW.holder_code, NEW.leaf_index, NEW.pseudonym_salt, NEW.issued_at)
    IS DISTINCT FROM (OLD.id, OLD.number, OLD.engagement_id, OLD.body_organization_id, OLD.client_organization_id,
      OLD.document_kind, OLD.jwt, OLD.digest, OLD.kid, OLD.face, OLD.holder_code, OLD.leaf_index, OLD.pseudonym_salt,
      OLD.issued_at) THEN
    PERFORM refuse_permanent('an issued document never changes', 'credentials_frozen');
  ELSIF OLD.state = 'public' AND NEW.state <> 'public'
    OR OLD.receipt IS NOT NULL AND NEW.receipt IS DISTINCT FROM OLD.receipt
      AND (NEW.receipt IS NULL OR NEW.confirmed_at IS NOT NULL
        OR split_part(NEW.receipt, E'\n', 1) <> split_part(OLD.receipt, E'\n', 1)
        OR split_part(NEW.receipt, E'\n', 2) <> split_part(OLD.receipt, E'\n', 2)) THEN
    PERFORM refuse_permanent('a public document stays public', 'credentials_public');
  ELSIF OLD.status IN ('withdrawn', 'cancelled', 'superseded') AND NEW.status <> OLD.status OR NEW.move_count < OLD.move_count THEN
    PERFORM refuse_permanent('what is withdrawn, cancelled or superseded stays so', 'credentials_status_final');
  END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER surveillances_permanent BEFORE UPDATE OR DELETE ON surveillances
  FOR EACH ROW EXECUTE FUNCTION published_permanent();
--> statement-breakpoint
CREATE TRIGGER surveillances_never_emptied BEFORE TRUNCATE ON surveillances
  FOR EACH STATEMENT EXECUTE FUNCTION published_permanent();
--> statement-breakpoint
CREATE TRIGGER credential_successions_permanent BEFORE UPDATE OR DELETE ON credential_successions
  FOR EACH ROW EXECUTE FUNCTION published_permanent();
--> statement-breakpoint
CREATE TRIGGER credential_successions_never_emptied BEFORE TRUNCATE ON credential_successions
  FOR EACH STATEMENT EXECUTE FUNCTION published_permanent();
--> statement-breakpoint
CREATE OR REPLACE FUNCTION case_person_bar(engagement uuid, credential uuid, client uuid, person uuid) RETURNS text LANGUAGE sql STABLE AS $$
  SELECT CASE
    WHEN EXISTS (SELECT FROM engagement_persons taken
      WHERE taken.engagement_id = engagement AND taken.person_id = person AND taken.side <> 'hearing') THEN 'engagement'
    WHEN EXISTS (SELECT FROM audit deed
      WHERE deed.resource = 'engagement' AND deed.resource_id = engagement AND deed.person_id = person) THEN 'engagement'
    WHEN EXISTS (SELECT FROM credential_moves made
      WHERE made.credential_id = credential AND made.person_id = person) THEN 'document'
    WHEN EXISTS (SELECT FROM surveillances done
      WHERE done.credential_id = credential AND done.person_id = person) THEN 'document'
    WHEN EXISTS (SELECT FROM members tied
      WHERE tied.organization_id = client AND tied.person_id = person) THEN 'client'
  END
$$;
