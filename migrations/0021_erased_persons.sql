-- A person is erased, or acts: of an erasure and a new client or membership at the same instant one waits at the person's row for the
-- other, and the later is refused.

CREATE FUNCTION persons_erased() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  -- The row is locked here, so this sees every client that was made before.
  IF EXISTS (
    SELECT FROM members held JOIN api_clients open ON open.member_id = held.id
    WHERE held.person_id = NEW.id AND open.revoked_at IS NULL
  ) THEN
    PERFORM refuse_permanent('a client still acts for the person', 'persons_acting');
  END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER persons_erased BEFORE UPDATE ON persons FOR EACH ROW
  WHEN (OLD.erased_at IS NULL AND NEW.erased_at IS NOT NULL) EXECUTE FUNCTION persons_erased();
--> statement-breakpoint
CREATE FUNCTION require_known_person(person uuid, rule text) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  PERFORM FROM persons known WHERE known.id = person AND known.erased_at IS NULL FOR SHARE;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'the person was erased, or is none' USING ERRCODE = '23503', CONSTRAINT = rule;
  END IF;
END $$;
--> statement-breakpoint
CREATE FUNCTION members_known() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM require_known_person(NEW.person_id, 'members_person_fkey');
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER members_known BEFORE INSERT ON members FOR EACH ROW EXECUTE FUNCTION members_known();
--> statement-breakpoint
CREATE FUNCTION api_clients_known() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM require_known_person((SELECT held.person_id FROM members held WHERE held.id = NEW.member_id), 'api_clients_member_fkey');
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER api_clients_known BEFORE INSERT ON api_clients FOR EACH ROW
  WHEN (NEW.member_id IS NOT NULL) EXECUTE FUNCTION api_clients_known();
