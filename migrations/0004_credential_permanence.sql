-- What the public was told is permanent, also for a hand that writes SQL past every rule: leaves, signed bytes, moves and keys
-- never change and never go; a revocation is for good; the log only grows.

CREATE FUNCTION log_permanent() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP <> 'UPDATE' THEN
    PERFORM refuse_permanent('the log has one row, which stays', 'log_permanent');
  ELSIF NEW.size < OLD.size OR NEW.published_size < OLD.published_size OR NEW.confirmed_size < OLD.confirmed_size
    OR NEW.published_size = OLD.published_size AND NEW.published_size > 0 AND NEW.checkpoint IS DISTINCT FROM OLD.checkpoint THEN
    PERFORM refuse_permanent('the log only grows', 'log_grows');
  END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER log_permanent BEFORE UPDATE OR DELETE ON log FOR EACH ROW EXECUTE FUNCTION log_permanent();
--> statement-breakpoint
CREATE TRIGGER log_never_emptied BEFORE TRUNCATE ON log FOR EACH STATEMENT EXECUTE FUNCTION log_permanent();
--> statement-breakpoint
CREATE TRIGGER log_entries_permanent BEFORE UPDATE OR DELETE ON log_entries
  FOR EACH ROW EXECUTE FUNCTION published_permanent();
--> statement-breakpoint
CREATE TRIGGER log_entries_never_emptied BEFORE TRUNCATE ON log_entries
  FOR EACH STATEMENT EXECUTE FUNCTION published_permanent();
--> statement-breakpoint
CREATE TRIGGER log_subtrees_permanent BEFORE UPDATE OR DELETE ON log_subtrees
  FOR EACH ROW EXECUTE FUNCTION published_permanent();
--> statement-breakpoint
CREATE TRIGGER log_subtrees_never_emptied BEFORE TRUNCATE ON log_subtrees
  FOR EACH STATEMENT EXECUTE FUNCTION published_permanent();
--> statement-breakpoint
CREATE FUNCTION credentials_permanent() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP <> 'UPDATE' THEN
    PERFORM refuse_permanent('an issued document stays for ever', 'credentials_permanent');
  ELSIF (NEW.id, NEW.number, NEW.engagement_id, NEW.body_organization_id, NEW.client_organization_id, NEW.document_kind,
      NEW.jwt, NEW.digest, NEW.kid, NEW.face, NEW.holder_code, NEW.leaf_index, NEW.pseudonym_salt, NEW.issued_at)
    IS DISTINCT FROM (OLD.id, OLD.number, OLD.engagement_id, OLD.body_organization_id, OLD.client_organization_id,
      OLD.document_kind, OLD.jwt, OLD.digest, OLD.kid, OLD.face, OLD.holder_code, OLD.leaf_index, OLD.pseudonym_salt,
      OLD.issued_at) THEN
    PERFORM refuse_permanent('an issued document never changes', 'credentials_frozen');
  ELSIF OLD.state = 'public' AND NEW.state <> 'public' OR OLD.receipt IS NOT NULL AND NEW.receipt IS DISTINCT FROM OLD.receipt THEN
    PERFORM refuse_permanent('a public document stays public', 'credentials_public');
  ELSIF OLD.status IN ('withdrawn', 'cancelled') AND NEW.status <> OLD.status OR NEW.move_count < OLD.move_count THEN
    PERFORM refuse_permanent('what is withdrawn or cancelled stays so', 'credentials_status_final');
  END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER credentials_permanent BEFORE UPDATE OR DELETE ON credentials
  FOR EACH ROW EXECUTE FUNCTION credentials_permanent();
--> statement-breakpoint
CREATE TRIGGER credentials_never_emptied BEFORE TRUNCATE ON credentials
  FOR EACH STATEMENT EXECUTE FUNCTION credentials_permanent();
--> statement-breakpoint
CREATE FUNCTION status_entries_permanent() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP <> 'UPDATE' THEN
    PERFORM refuse_permanent('a place in a status list stays taken', 'status_entries_permanent');
  ELSIF (NEW.list_id, NEW.index, NEW.credential_id, NEW.purpose)
    IS DISTINCT FROM (OLD.list_id, OLD.index, OLD.credential_id, OLD.purpose) THEN
    PERFORM refuse_permanent('a place in a status list stays that of its credential', 'status_entries_frozen');
  ELSIF OLD.purpose = 'revocation' AND OLD.is_set AND NOT NEW.is_set THEN
    PERFORM refuse_permanent('a revocation is for good', 'status_entries_revocation');
  END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER status_entries_permanent BEFORE UPDATE OR DELETE ON status_entries
  FOR EACH ROW EXECUTE FUNCTION status_entries_permanent();
--> statement-breakpoint
CREATE TRIGGER status_entries_never_emptied BEFORE TRUNCATE ON status_entries
  FOR EACH STATEMENT EXECUTE FUNCTION status_entries_permanent();
--> statement-breakpoint
CREATE TRIGGER credential_moves_permanent BEFORE UPDATE OR DELETE ON credential_moves
  FOR EACH ROW EXECUTE FUNCTION published_permanent();
--> statement-breakpoint
CREATE TRIGGER credential_moves_never_emptied BEFORE TRUNCATE ON credential_moves
  FOR EACH STATEMENT EXECUTE FUNCTION published_permanent();
--> statement-breakpoint
CREATE FUNCTION accreditations_permanent() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP <> 'UPDATE' THEN
    PERFORM refuse_permanent('a recorded fact stays for ever', 'accreditations_permanent');
  ELSIF to_jsonb(NEW) - '{confirmed_at,withdrawn_at,withdrawn_reason}'::text[]
    IS DISTINCT FROM to_jsonb(OLD) - '{confirmed_at,withdrawn_at,withdrawn_reason}'::text[] THEN
    PERFORM refuse_permanent('a recorded fact never changes', 'accreditations_frozen');
  ELSIF OLD.withdrawn_at IS NOT NULL
    AND (NEW.withdrawn_at, NEW.withdrawn_reason) IS DISTINCT FROM (OLD.withdrawn_at, OLD.withdrawn_reason) THEN
    PERFORM refuse_permanent('a withdrawal is for good', 'accreditations_withdrawal');
  END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER accreditations_permanent BEFORE UPDATE OR DELETE ON accreditations
  FOR EACH ROW EXECUTE FUNCTION accreditations_permanent();
--> statement-breakpoint
CREATE TRIGGER accreditations_never_emptied BEFORE TRUNCATE ON accreditations
  FOR EACH STATEMENT EXECUTE FUNCTION accreditations_permanent();
--> statement-breakpoint
CREATE FUNCTION signing_keys_permanent() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP <> 'UPDATE' THEN
    PERFORM refuse_permanent('a key is never deleted', 'signing_keys_permanent');
  ELSIF (NEW.owner_id, NEW.kid, NEW.purpose, NEW.algorithm, NEW.public_jwk, NEW.created_at)
    IS DISTINCT FROM (OLD.owner_id, OLD.kid, OLD.purpose, OLD.algorithm, OLD.public_jwk, OLD.created_at) THEN
    PERFORM refuse_permanent('a key never changes', 'signing_keys_frozen');
  ELSIF OLD.retired_at IS NOT NULL AND NEW.retired_at IS DISTINCT FROM OLD.retired_at
    OR OLD.compromised_at IS NOT NULL
      AND (NEW.compromised_at, NEW.compromised_since, NEW.compromised_from_leaf)
        IS DISTINCT FROM (OLD.compromised_at, OLD.compromised_since, OLD.compromised_from_leaf) THEN
    PERFORM refuse_permanent('a key is retired, or told to be compromised, once', 'signing_keys_standing');
  END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER signing_keys_permanent BEFORE UPDATE OR DELETE ON signing_keys
  FOR EACH ROW EXECUTE FUNCTION signing_keys_permanent();
--> statement-breakpoint
CREATE TRIGGER signing_keys_never_emptied BEFORE TRUNCATE ON signing_keys
  FOR EACH STATEMENT EXECUTE FUNCTION signing_keys_permanent();
