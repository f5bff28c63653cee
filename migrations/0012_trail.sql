CREATE TABLE "trail_chains" (
	"chain" text PRIMARY KEY NOT NULL,
	"length" integer NOT NULL,
	"hash" text NOT NULL,
	CONSTRAINT "trail_chains_length_check" CHECK ("trail_chains"."length" >= 0),
	CONSTRAINT "trail_chains_hash_check" CHECK ("trail_chains"."hash" ~ '^[0-9a-f]{64}$')
);
--> statement-breakpoint
CREATE TABLE "trail_entries" (
	"chain" text NOT NULL,
	"sequence" integer NOT NULL,
	"audit_id" uuid NOT NULL,
	"entry" text NOT NULL,
	"hash" text NOT NULL,
	"salt" text,
	CONSTRAINT "trail_entries_pkey" PRIMARY KEY("chain","sequence"),
	CONSTRAINT "trail_entries_audit_key" UNIQUE("audit_id"),
	CONSTRAINT "trail_entries_sequence_check" CHECK ("trail_entries"."sequence" >= 1),
	CONSTRAINT "trail_entries_hash_check" CHECK ("trail_entries"."hash" ~ '^[0-9a-f]{64}$')
);
--> statement-breakpoint
ALTER TABLE "audit" ADD COLUMN "chain" text;--> statement-breakpoint
-- What was done so far: on members and clients it belongs to their organization, all else as `trail_chain_of` says it (0013).
UPDATE "audit" SET "chain" = CASE
  WHEN "resource" IN ('engagement', 'footprint', 'credential', 'organization') THEN "resource" || ':' || "resource_id"
  ELSE 'organization:' || coalesce(
    (SELECT m."organization_id" FROM "members" m WHERE "audit"."resource" = 'member' AND m."id" = "audit"."resource_id"),
    (SELECT c."organization_id" FROM "api_clients" c WHERE "audit"."resource" = 'client' AND c."id" = "audit"."resource_id"),
    "organization_id")
END;--> statement-breakpoint
ALTER TABLE "audit" ALTER COLUMN "chain" SET NOT NULL;--> statement-breakpoint
ALTER TABLE "audit" ADD COLUMN "kind" text DEFAULT 'ordinary' NOT NULL;--> statement-breakpoint
ALTER TABLE "audit" ADD COLUMN "role" text;--> statement-breakpoint
ALTER TABLE "trail_entries" ADD CONSTRAINT "trail_entries_audit_fkey" FOREIGN KEY ("audit_id") REFERENCES "public"."audit"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "audit" ADD CONSTRAINT "audit_kind_check" CHECK ("audit"."kind" in ('ordinary', 'override', 'reading', 'system'));--> statement-breakpoint
ALTER TABLE "audit" ADD CONSTRAINT "audit_chain_check" CHECK ("audit"."chain" ~ '^(engagement|footprint|credential|organization):[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$');