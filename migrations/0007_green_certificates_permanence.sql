-- No number stands twice, whoever claims it, also for a hand that writes SQL past every rule.
ALTER TABLE green_certificate_ranges ADD CONSTRAINT green_certificate_ranges_once
  EXCLUDE USING gist (serials WITH &&, classes WITH &&) WHERE (is_standing);
--> statement-breakpoint
-- A claim is whole: its ranges come with it, and come to what it says. Both triggers see the statement as a whole.
CREATE FUNCTION green_certificate_claim_whole(retirement uuid) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  IF (SELECT r.certificates FROM green_certificate_retirements r WHERE r.id = retirement) IS DISTINCT FROM
    (SELECT sum(g.certificates) FROM green_certificate_ranges g WHERE g.retirement_id = retirement)
  THEN
    PERFORM refuse_permanent('a claim has all its ranges, from the beginning', 'green_certificate_claim_whole');
  END IF;
END $$;
--> statement-breakpoint
CREATE FUNCTION green_certificate_retirements_made() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.allocated_to_inventories <> 0 OR NEW.allocated_to_products <> 0 OR NEW.released_at IS NOT NULL THEN
    PERFORM refuse_permanent('a claim begins whole', 'green_certificate_retirements_new');
  END IF;
  PERFORM green_certificate_claim_whole(NEW.id);
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER green_certificate_retirements_made AFTER INSERT ON green_certificate_retirements
  FOR EACH ROW EXECUTE FUNCTION green_certificate_retirements_made();
--> statement-breakpoint
CREATE FUNCTION green_certificate_ranges_made() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT FROM added WHERE NOT is_standing) THEN
    PERFORM refuse_permanent('a range stands from the beginning', 'green_certificate_ranges_new');
  END IF;
  PERFORM green_certificate_claim_whole(a.retirement_id) FROM (SELECT DISTINCT retirement_id FROM added) a;
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER green_certificate_ranges_made AFTER INSERT ON green_certificate_ranges
  REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION green_certificate_ranges_made();
--> statement-breakpoint
-- A retirement changes in two ways: its allocations count themselves into it, and it is released, once.
CREATE FUNCTION green_certificate_retirements_permanent() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP <> 'UPDATE' THEN
    PERFORM refuse_permanent('a retirement stays for ever', 'green_certificate_retirements_permanent');
  ELSIF to_jsonb(NEW) - '{allocated_to_inventories,allocated_to_products,released_at,released_reason}'::text[]
    IS DISTINCT FROM to_jsonb(OLD) - '{allocated_to_inventories,allocated_to_products,released_at,released_reason}'::text[] THEN
    PERFORM refuse_permanent('a retirement never changes', 'green_certificate_retirements_frozen');
  ELSIF OLD.released_at IS NOT NULL
    AND (NEW.released_at, NEW.released_reason) IS DISTINCT FROM (OLD.released_at, OLD.released_reason) THEN
    PERFORM refuse_permanent('a release is for good', 'green_certificate_retirements_release');
  ELSIF (NEW.allocated_to_inventories, NEW.allocated_to_products)
    IS DISTINCT FROM (OLD.allocated_to_inventories, OLD.allocated_to_products) AND pg_trigger_depth() < 2 THEN
    PERFORM refuse_permanent('only allocations move what is allocated', 'green_certificate_retirements_counted');
  END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER green_certificate_retirements_permanent BEFORE UPDATE OR DELETE ON green_certificate_retirements
  FOR EACH ROW EXECUTE FUNCTION green_certificate_retirements_permanent();
--> statement-breakpoint
CREATE TRIGGER green_certificate_retirements_never_emptied BEFORE TRUNCATE ON green_certificate_retirements
  FOR EACH STATEMENT EXECUTE FUNCTION green_certificate_retirements_permanent();
--> statement-breakpoint
CREATE FUNCTION green_certificate_retirements_released() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE green_certificate_ranges SET is_standing = false WHERE retirement_id = NEW.id;
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER green_certificate_retirements_released AFTER UPDATE OF released_at ON green_certificate_retirements
  FOR EACH ROW WHEN (OLD.released_at IS NULL AND NEW.released_at IS NOT NULL)
  EXECUTE FUNCTION green_certificate_retirements_released();
--> statement-breakpoint
CREATE FUNCTION green_certificate_ranges_permanent() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP <> 'UPDATE' THEN
    PERFORM refuse_permanent('a range stays with its retirement', 'green_certificate_ranges_permanent');
  ELSIF (NEW.retirement_id, NEW.from_code, NEW.to_code, NEW.certificates)
    IS DISTINCT FROM (OLD.retirement_id, OLD.from_code, OLD.to_code, OLD.certificates) THEN
    PERFORM refuse_permanent('a range never changes', 'green_certificate_ranges_frozen');
  ELSIF NEW.is_standing = EXISTS (
    SELECT FROM green_certificate_retirements r WHERE r.id = NEW.retirement_id AND r.released_at IS NOT NULL
  ) THEN
    PERFORM refuse_permanent('a range stands as long as its retirement', 'green_certificate_ranges_standing');
  END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER green_certificate_ranges_permanent BEFORE UPDATE OR DELETE ON green_certificate_ranges
  FOR EACH ROW EXECUTE FUNCTION green_certificate_ranges_permanent();
--> statement-breakpoint
CREATE TRIGGER green_certificate_ranges_never_emptied BEFORE TRUNCATE ON green_certificate_ranges
  FOR EACH STATEMENT EXECUTE FUNCTION green_certificate_ranges_permanent();
--> statement-breakpoint
-- Two allocations at once wait for each other at the retirement's row; its checks refuse the one that would be too much. An
-- inventory and its products tell of the same power, so each kind of footprint has a count of its own.
CREATE FUNCTION green_certificate_allocations_counted() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  more integer := CASE
    WHEN TG_OP = 'INSERT' THEN CASE WHEN NEW.released_at IS NULL THEN NEW.certificates ELSE 0 END
    ELSE -NEW.certificates
  END;
BEGIN
  UPDATE green_certificate_retirements SET
    allocated_to_inventories = allocated_to_inventories + CASE WHEN NEW.footprint_kind = 'organization' THEN more ELSE 0 END,
    allocated_to_products = allocated_to_products + CASE WHEN NEW.footprint_kind = 'organization' THEN 0 ELSE more END
  WHERE id = NEW.retirement_id;
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER green_certificate_allocations_made AFTER INSERT ON green_certificate_allocations
  FOR EACH ROW EXECUTE FUNCTION green_certificate_allocations_counted();
--> statement-breakpoint
CREATE TRIGGER green_certificate_allocations_released AFTER UPDATE OF released_at ON green_certificate_allocations
  FOR EACH ROW WHEN (OLD.released_at IS NULL AND NEW.released_at IS NOT NULL)
  EXECUTE FUNCTION green_certificate_allocations_counted();
--> statement-breakpoint
CREATE FUNCTION green_certificate_allocations_permanent() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP <> 'UPDATE' THEN
    PERFORM refuse_permanent('an allocation stays for ever', 'green_certificate_allocations_permanent');
  ELSIF to_jsonb(NEW) - '{used_by_revision_id,released_at}'::text[]
    IS DISTINCT FROM to_jsonb(OLD) - '{used_by_revision_id,released_at}'::text[] THEN
    PERFORM refuse_permanent('an allocation never changes', 'green_certificate_allocations_frozen');
  ELSIF OLD.used_by_revision_id IS NOT NULL AND NEW.used_by_revision_id IS DISTINCT FROM OLD.used_by_revision_id
    OR OLD.released_at IS NOT NULL AND NEW.released_at IS DISTINCT FROM OLD.released_at THEN
    PERFORM refuse_permanent('an allocation is used, or released, once', 'green_certificate_allocations_standing');
  END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER green_certificate_allocations_permanent BEFORE UPDATE OR DELETE ON green_certificate_allocations
  FOR EACH ROW EXECUTE FUNCTION green_certificate_allocations_permanent();
--> statement-breakpoint
CREATE TRIGGER green_certificate_allocations_never_emptied BEFORE TRUNCATE ON green_certificate_allocations
  FOR EACH STATEMENT EXECUTE FUNCTION green_certificate_allocations_permanent();
