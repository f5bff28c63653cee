-- The trail is written by the database itself, so that no statement, by whatever way, leaves an act out of its chain or changes one.
-- Its bytes are those of `src/transparency/trail.ts`.

-- The chain of an act that names none.
CREATE FUNCTION trail_chain_of(resource text, resource_id uuid, organization_id uuid) RETURNS text LANGUAGE sql IMMUTABLE AS $$
  SELECT CASE
    WHEN resource IN ('engagement', 'footprint', 'credential', 'organization') THEN resource || ':' || resource_id
    ELSE 'organization:' || organization_id
  END
$$;
--> statement-breakpoint
-- RFC 8785 of a JSON value. Integers up to 2^53 - 1 and fractions that need no exponent are written as it asks; facts hold no other
-- numbers, and one that came all the same is written as a string.
CREATE FUNCTION trail_json(value jsonb) RETURNS text LANGUAGE plpgsql IMMUTABLE SET extra_float_digits = 1 AS $$
DECLARE
  number numeric;
BEGIN
  CASE jsonb_typeof(value)
    WHEN 'object' THEN
      RETURN '{' || coalesce((
        SELECT string_agg(to_json(member.key)::text || ':' || trail_json(member.value), ',' ORDER BY member.key COLLATE "C")
        FROM jsonb_each(value) member
      ), '') || '}';
    WHEN 'array' THEN
      RETURN '[' || coalesce((
        SELECT string_agg(trail_json(item.value), ',' ORDER BY item.place)
        FROM jsonb_array_elements(value) WITH ORDINALITY item(value, place)
      ), '') || ']';
    WHEN 'number' THEN
      number := value::numeric;
      IF number = trunc(number) AND abs(number) <= 9007199254740991 THEN
        RETURN trunc(number)::text;
      ELSIF abs(number) >= 0.0001 AND abs(number) < 1000000000000000 THEN
        RETURN number::float8::text;
      END IF;
      RETURN to_json(number::text)::text;
    ELSE
      RETURN coalesce(value::text, 'null');
  END CASE;
END $$;
--> statement-breakpoint
-- The exact text of an act at its place: members in the order of RFC 8785, none left out.
CREATE FUNCTION trail_entry(deed audit, place integer, salt text) RETURNS text LANGUAGE sql STABLE AS $$
  SELECT trail_json(jsonb_build_object(
    'action', deed.action,
    'at', to_char(deed.at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
    'chain', deed.chain,
    'clientId', deed.client_id,
    'digest', encode(sha256(convert_to(salt || deed.request_digest, 'UTF8')), 'hex'),
    'facts', deed.facts,
    'id', deed.id,
    'kind', deed.kind,
    'memberId', deed.member_id,
    'organizationId', deed.organization_id,
    'personId', deed.person_id,
    'resource', deed.resource,
    'resourceId', deed.resource_id,
    'role', deed.role,
    'sequence', place
  ))
$$;
--> statement-breakpoint
-- Adds an act to its chain. Of two at once in one chain the later waits at the chain's row and goes on from what the other left.
CREATE FUNCTION trail_append(deed audit) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  head trail_chains;
  salt text := replace(gen_random_uuid()::text, '-', '');
  entry text;
  next text;
BEGIN
  INSERT INTO trail_chains (chain, length, hash) VALUES (deed.chain, 0, repeat('0', 64)) ON CONFLICT DO NOTHING;
  SELECT * INTO head FROM trail_chains known WHERE known.chain = deed.chain FOR UPDATE;
  entry := trail_entry(deed, head.length + 1, salt);
  next := encode(sha256(decode(head.hash, 'hex') || sha256(convert_to(entry, 'UTF8'))), 'hex');
  INSERT INTO trail_entries (chain, sequence, audit_id, entry, hash, salt)
    VALUES (deed.chain, head.length + 1, deed.id, entry, next, salt);
  UPDATE trail_chains known SET length = head.length + 1, hash = next WHERE known.chain = deed.chain;
END $$;
--> statement-breakpoint
-- What was done before there was a trail, in its order.
DO $$
DECLARE
  deed audit;
BEGIN
  FOR deed IN SELECT * FROM audit ORDER BY at, id LOOP
    PERFORM trail_append(deed);
  END LOOP;
END $$;
--> statement-breakpoint
CREATE FUNCTION audit_made() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW.at := date_trunc('milliseconds', NEW.at);
  NEW.chain := coalesce(NEW.chain, trail_chain_of(NEW.resource, NEW.resource_id, NEW.organization_id));
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER audit_made BEFORE INSERT ON audit FOR EACH ROW EXECUTE FUNCTION audit_made();
--> statement-breakpoint
CREATE FUNCTION audit_chained() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM trail_append(NEW);
  RETURN NULL;
END $$;
--> statement-breakpoint
-- At the end of the transaction: a chain's row is the last that is locked and is held for a moment only, so that statements which
-- lock the log and other rows in their own order never wait for each other in a ring.
CREATE CONSTRAINT TRIGGER audit_chained AFTER INSERT ON audit DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW EXECUTE FUNCTION audit_chained();
--> statement-breakpoint
-- An act stays as it was. The digest of its request may be erased, once: the chain holds it salted.
CREATE FUNCTION audit_permanent() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP <> 'UPDATE' THEN
    PERFORM refuse_permanent('an act stays in the trail', 'audit_permanent');
  ELSIF to_jsonb(NEW) - 'request_digest' IS DISTINCT FROM to_jsonb(OLD) - 'request_digest'
    OR NEW.request_digest <> 'erased' THEN
    PERFORM refuse_permanent('an act in the trail never changes', 'audit_frozen');
  END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER audit_permanent BEFORE UPDATE OR DELETE ON audit FOR EACH ROW EXECUTE FUNCTION audit_permanent();
--> statement-breakpoint
CREATE TRIGGER audit_never_emptied BEFORE TRUNCATE ON audit FOR EACH STATEMENT EXECUTE FUNCTION audit_permanent();
--> statement-breakpoint
-- Entries come out of acts, and their salt may be erased; nothing else ever happens to one.
CREATE FUNCTION trail_entries_permanent() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    IF pg_trigger_depth() < 2 THEN
      PERFORM refuse_permanent('an entry comes out of an act', 'trail_entries_made');
    END IF;
  ELSIF TG_OP <> 'UPDATE' THEN
    PERFORM refuse_permanent('an entry stays in its chain', 'trail_entries_permanent');
  ELSIF to_jsonb(NEW) - 'salt' IS DISTINCT FROM to_jsonb(OLD) - 'salt' OR NEW.salt IS NOT NULL THEN
    PERFORM refuse_permanent('an entry never changes', 'trail_entries_frozen');
  END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER trail_entries_permanent BEFORE INSERT OR UPDATE OR DELETE ON trail_entries
  FOR EACH ROW EXECUTE FUNCTION trail_entries_permanent();
--> statement-breakpoint
CREATE TRIGGER trail_entries_never_emptied BEFORE TRUNCATE ON trail_entries
  FOR EACH STATEMENT EXECUTE FUNCTION trail_entries_permanent();
--> statement-breakpoint
-- A chain grows by the one entry that stands at its new end.
CREATE FUNCTION trail_chains_grow() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    IF NEW.length <> 0 OR NEW.hash <> repeat('0', 64) THEN
      PERFORM refuse_permanent('a chain begins empty', 'trail_chains_new');
    END IF;
  ELSIF TG_OP <> 'UPDATE' THEN
    PERFORM refuse_permanent('a chain stays', 'trail_chains_permanent');
  ELSIF NEW.chain <> OLD.chain OR NEW.length <> OLD.length + 1 OR NOT EXISTS (
    SELECT FROM trail_entries e WHERE e.chain = NEW.chain AND e.sequence = NEW.length AND e.hash = NEW.hash
  ) THEN
    PERFORM refuse_permanent('a chain grows by its next entry only', 'trail_chains_grow');
  END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER trail_chains_grow BEFORE INSERT OR UPDATE OR DELETE ON trail_chains
  FOR EACH ROW EXECUTE FUNCTION trail_chains_grow();
--> statement-breakpoint
CREATE TRIGGER trail_chains_never_emptied BEFORE TRUNCATE ON trail_chains
  FOR EACH STATEMENT EXECUTE FUNCTION trail_chains_grow();
