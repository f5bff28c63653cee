CREATE TABLE "sweeps" (
	"name" text PRIMARY KEY NOT NULL,
	"succeeded_at" timestamp with time zone,
	"failed_at" timestamp with time zone,
	"failures" integer NOT NULL,
	CONSTRAINT "sweeps_name_check" CHECK ("sweeps"."name" in ('log', 'status', 'keys', 'accreditations', 'jobs', 'job-results')),
	CONSTRAINT "sweeps_failures_check" CHECK ("sweeps"."failures" >= 0)
);
--> statement-breakpoint
ALTER TABLE "status_entries" DROP CONSTRAINT "status_entries_list_id_status_lists_id_fk";
--> statement-breakpoint
ALTER TABLE "status_lists" ADD CONSTRAINT "status_lists_purpose_key" UNIQUE("id","purpose");
--> statement-breakpoint
ALTER TABLE "status_entries" ADD CONSTRAINT "status_entries_list_fk" FOREIGN KEY ("list_id","purpose") REFERENCES "public"."status_lists"("id","purpose") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
-- A receipt proves itself. One that only a compromised log key signed is made anew, for the same leaf (its second line); the sweep
-- then looks at it again.
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
  ELSIF OLD.status IN ('withdrawn', 'cancelled') AND NEW.status <> OLD.status OR NEW.move_count < OLD.move_count THEN
    PERFORM refuse_permanent('what is withdrawn or cancelled stays so', 'credentials_status_final');
  END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
-- A published checkpoint gains the lines of witnesses that were away, and changes in nothing else.
CREATE OR REPLACE FUNCTION log_permanent() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP <> 'UPDATE' THEN
    PERFORM refuse_permanent('the log has one row, which stays', 'log_permanent');
  ELSIF NEW.size < OLD.size OR NEW.published_size < OLD.published_size OR NEW.confirmed_size < OLD.confirmed_size
    OR NEW.published_size = OLD.published_size AND NEW.published_size > 0
      AND NOT starts_with(NEW.checkpoint, OLD.checkpoint) THEN
    PERFORM refuse_permanent('the log only grows', 'log_grows');
  END IF;
  RETURN NEW;
END $$;
