-- Clients from before there was a word to be said on them keep working.
UPDATE api_clients SET confirmed_at = created_at;
--> statement-breakpoint
-- Every act says in which role it was done: the one that let it pass; else those that the member held at that moment; else what the client
-- is, where it is bound to nobody. What the installation does of itself (its commands, its schedule) is of the kind `system`.
CREATE OR REPLACE FUNCTION audit_made() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  nobody CONSTANT uuid := '00000000-0000-0000-0000-000000000000';
BEGIN
  NEW.at := date_trunc('milliseconds', NEW.at);
  NEW.chain := coalesce(NEW.chain, trail_chain_of(NEW.resource, NEW.resource_id, NEW.organization_id));
  IF NEW.client_id = nobody AND NEW.organization_id = nobody THEN
    NEW.kind := CASE NEW.kind WHEN 'ordinary' THEN 'system' ELSE NEW.kind END;
    NEW.role := coalesce(NEW.role, 'installation');
  ELSIF NEW.client_id = nobody THEN
    NEW.role := coalesce(NEW.role, 'complainant');
  END IF;
  NEW.role := coalesce(NEW.role,
    (SELECT nullif(array_to_string(held.roles, ' '), '') FROM members held WHERE held.id = NEW.member_id),
    (SELECT CASE home.kind WHEN 'operator' THEN 'operator' ELSE 'client' END FROM organizations home WHERE home.id = NEW.organization_id));
  RETURN NEW;
END $$;
