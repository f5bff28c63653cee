CREATE TABLE "trail_seal_heads" (
	"seal_id" uuid NOT NULL,
	"place" integer NOT NULL,
	"chain" text NOT NULL,
	"length" integer NOT NULL,
	"hash" text NOT NULL,
	"salt" text NOT NULL,
	"leaf" text NOT NULL,
	CONSTRAINT "trail_seal_heads_pkey" PRIMARY KEY("seal_id","place")
);
--> statement-breakpoint
CREATE TABLE "trail_seals" (
	"id" uuid PRIMARY KEY NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"digest" text NOT NULL,
	"leaf_index" bigint NOT NULL,
	CONSTRAINT "trail_seals_leaf_key" UNIQUE("leaf_index")
);
--> statement-breakpoint
ALTER TABLE "log_entries" DROP CONSTRAINT "log_entries_type_check";--> statement-breakpoint
ALTER TABLE "sweeps" DROP CONSTRAINT "sweeps_name_check";--> statement-breakpoint
ALTER TABLE "trail_seal_heads" ADD CONSTRAINT "trail_seal_heads_seal_id_trail_seals_id_fk" FOREIGN KEY ("seal_id") REFERENCES "public"."trail_seals"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "trail_seal_heads_chain_idx" ON "trail_seal_heads" USING btree ("chain","length");--> statement-breakpoint
ALTER TABLE "log_entries" ADD CONSTRAINT "log_entries_type_check" CHECK ("log_entries"."type" in ('credential', 'credential-status', 'factor-table', 'gwp-set', 'scheme', 'engine', 'key', 'accreditation', 'trail'));--> statement-breakpoint
ALTER TABLE "sweeps" ADD CONSTRAINT "sweeps_name_check" CHECK ("sweeps"."name" in ('log', 'status', 'keys', 'accreditations', 'jobs', 'job-results', 'deadlines', 'trail', 'webhooks'));