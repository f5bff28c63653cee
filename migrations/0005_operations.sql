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
