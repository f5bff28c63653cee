-- Published things are permanent, also for a hand that writes SQL past every rule: what a digest covers never changes, a
-- version's standing moves forwards only, its rows are added while it is a draft, and nothing published is ever deleted.

CREATE FUNCTION refuse_permanent(reason text, rule text) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '%', reason USING ERRCODE = '23514', CONSTRAINT = rule;
END $$;
--> statement-breakpoint
CREATE FUNCTION factor_table_versions_permanent() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'TRUNCATE' THEN
    PERFORM refuse_permanent('published factor-table versions stay for ever', 'factor_table_versions_permanent');
  ELSIF TG_OP = 'DELETE' THEN
    IF OLD.state <> 'draft' THEN
      PERFORM refuse_permanent('a published factor-table version stays for ever', 'factor_table_versions_permanent');
    END IF;
    RETURN OLD;
  ELSIF (NEW.table_id, NEW.version, NEW.owner_organization_id)
    IS DISTINCT FROM (OLD.table_id, OLD.version, OLD.owner_organization_id) THEN
    PERFORM refuse_permanent('a factor-table version keeps its name and its owner', 'factor_table_versions_name');
  ELSIF OLD.state = 'draft' THEN
    IF NEW.state = 'withdrawn' THEN
      PERFORM refuse_permanent('a draft is not withdrawn', 'factor_table_versions_standing');
    END IF;
  ELSIF (NEW.digest, NEW.redistributable, NEW.supersedes, NEW.facts, NEW.published_at)
    IS DISTINCT FROM (OLD.digest, OLD.redistributable, OLD.supersedes, OLD.facts, OLD.published_at) THEN
    PERFORM refuse_permanent('a published factor-table version never changes', 'factor_table_versions_frozen');
  ELSIF NEW.state = 'draft' OR OLD.state = 'withdrawn' AND
      (NEW.state, NEW.withdrawn_at, NEW.withdrawn_reason)
        IS DISTINCT FROM (OLD.state, OLD.withdrawn_at, OLD.withdrawn_reason)
    OR OLD.superseded_by IS NOT NULL AND NEW.superseded_by IS DISTINCT FROM OLD.superseded_by THEN
    PERFORM refuse_permanent('a factor-table version''s standing moves forwards only', 'factor_table_versions_standing');
  END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER factor_table_versions_permanent BEFORE UPDATE OR DELETE ON factor_table_versions
  FOR EACH ROW EXECUTE FUNCTION factor_table_versions_permanent();
--> statement-breakpoint
CREATE TRIGGER factor_table_versions_never_emptied BEFORE TRUNCATE ON factor_table_versions
  FOR EACH STATEMENT EXECUTE FUNCTION factor_table_versions_permanent();
--> statement-breakpoint
CREATE FUNCTION factors_permanent() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    IF EXISTS (
      SELECT FROM factor_table_versions v
      WHERE v.state <> 'draft' AND (v.table_id, v.version) IN (SELECT DISTINCT a.table_id, a.version FROM added a)
    ) THEN
      PERFORM refuse_permanent('rows are added to a draft only', 'factors_frozen');
    END IF;
  ELSE
    PERFORM refuse_permanent('the rows of a published factor-table version stay as they are', 'factors_frozen');
  END IF;
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER factors_added AFTER INSERT ON factors
  REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION factors_permanent();
--> statement-breakpoint
-- What the digest covers; columns made of it for searching may be made anew.
CREATE TRIGGER factors_changed BEFORE UPDATE OF table_id, version, id, category, family, region, year, body ON factors
  FOR EACH ROW EXECUTE FUNCTION factors_permanent();
--> statement-breakpoint
CREATE TRIGGER factors_removed BEFORE DELETE ON factors
  FOR EACH ROW EXECUTE FUNCTION factors_permanent();
--> statement-breakpoint
CREATE TRIGGER factors_never_emptied BEFORE TRUNCATE ON factors
  FOR EACH STATEMENT EXECUTE FUNCTION factors_permanent();
--> statement-breakpoint
CREATE FUNCTION published_permanent() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM refuse_permanent('what is published stays as it is', TG_TABLE_NAME || '_frozen');
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER gwp_sets_permanent BEFORE UPDATE OR DELETE ON gwp_sets
  FOR EACH ROW EXECUTE FUNCTION published_permanent();
--> statement-breakpoint
CREATE TRIGGER schemes_permanent BEFORE UPDATE OR DELETE ON schemes
  FOR EACH ROW EXECUTE FUNCTION published_permanent();
--> statement-breakpoint
CREATE TRIGGER gwp_sets_never_emptied BEFORE TRUNCATE ON gwp_sets
  FOR EACH STATEMENT EXECUTE FUNCTION published_permanent();
--> statement-breakpoint
CREATE TRIGGER schemes_never_emptied BEFORE TRUNCATE ON schemes
  FOR EACH STATEMENT EXECUTE FUNCTION published_permanent();
