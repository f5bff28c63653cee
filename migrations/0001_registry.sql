-- Search rows and heads are made anew by "egret set-up" from the same frozen files, which every release runs after migrating.
DELETE FROM "factors";--> statement-breakpoint
DELETE FROM "factor_table_versions";--> statement-breakpoint
CREATE TABLE "factor_table_examinations" (
	"engagement_id" uuid NOT NULL,
	"table_id" text NOT NULL,
	"version" text NOT NULL,
	"digest" text NOT NULL,
	"outcome" text NOT NULL,
	"note" text NOT NULL,
	"person_id" uuid NOT NULL,
	"side" text NOT NULL,
	"at" timestamp with time zone NOT NULL,
	CONSTRAINT "factor_table_examinations_pkey" PRIMARY KEY("engagement_id","table_id","version","digest"),
	CONSTRAINT "factor_table_examinations_side_check" CHECK ("factor_table_examinations"."side" = 'team'),
	CONSTRAINT "factor_table_examinations_outcome_check" CHECK ("factor_table_examinations"."outcome" in ('accepted', 'rejected')),
	CONSTRAINT "factor_table_examinations_private_check" CHECK (position('.' in "factor_table_examinations"."table_id") > 0)
);
--> statement-breakpoint
CREATE TABLE "job_steps" (
	"job_id" uuid NOT NULL,
	"position" integer NOT NULL,
	"work" jsonb NOT NULL,
	"sort_key" text,
	"outcome" jsonb,
	CONSTRAINT "job_steps_job_id_position_pk" PRIMARY KEY("job_id","position"),
	CONSTRAINT "job_steps_outcome_check" CHECK (("job_steps"."outcome" is null) = ("job_steps"."sort_key" is null)),
	CONSTRAINT "job_steps_sort_key_check" CHECK ("job_steps"."sort_key" ~ '^[0-9]+$')
);
--> statement-breakpoint
CREATE TABLE "jobs" (
	"id" uuid PRIMARY KEY NOT NULL,
	"organization_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"spec" jsonb NOT NULL,
	"requested_by" jsonb NOT NULL,
	"state" text NOT NULL,
	"version" integer NOT NULL,
	"slot" integer NOT NULL,
	"is_planned" boolean NOT NULL,
	"plan_cursor" text,
	"total" integer NOT NULL,
	"done" integer NOT NULL,
	"attempts" integer NOT NULL,
	"claim_token" uuid,
	"due_at" timestamp with time zone NOT NULL,
	"cancel_requested_at" timestamp with time zone,
	"problem" jsonb,
	"summary" jsonb,
	"request_digest" text NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"started_at" timestamp with time zone,
	"ended_at" timestamp with time zone,
	"steps_removed_at" timestamp with time zone,
	"updated_at" timestamp with time zone NOT NULL,
	CONSTRAINT "jobs_state_check" CHECK ("jobs"."state" in ('queued', 'running', 'succeeded', 'failed', 'cancelled')),
	CONSTRAINT "jobs_kind_check" CHECK ("jobs"."kind" in ('impact')),
	CONSTRAINT "jobs_slot_check" CHECK ("jobs"."slot" >= 0 and "jobs"."slot" < 3),
	CONSTRAINT "jobs_done_check" CHECK ("jobs"."done" >= 0 and "jobs"."done" <= "jobs"."total"),
	CONSTRAINT "jobs_ended_check" CHECK (("jobs"."state" in ('queued', 'running')) = ("jobs"."ended_at" is null)),
	CONSTRAINT "jobs_failed_check" CHECK (("jobs"."state" = 'failed') = ("jobs"."problem" is not null)),
	CONSTRAINT "jobs_succeeded_check" CHECK ("jobs"."state" <> 'succeeded' or ("jobs"."is_planned" and "jobs"."done" = "jobs"."total" and "jobs"."summary" is not null)),
	CONSTRAINT "jobs_cancelled_check" CHECK ("jobs"."state" <> 'cancelled' or "jobs"."cancel_requested_at" is not null),
	CONSTRAINT "jobs_steps_removed_check" CHECK ("jobs"."steps_removed_at" is null or "jobs"."ended_at" is not null)
);
--> statement-breakpoint
DROP INDEX "factors_selector_idx";--> statement-breakpoint
ALTER TABLE "factor_table_versions" ALTER COLUMN "published_at" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "factor_table_versions" ADD COLUMN "state" text NOT NULL;--> statement-breakpoint
ALTER TABLE "factor_table_versions" ADD COLUMN "owner_organization_id" uuid;--> statement-breakpoint
ALTER TABLE "factor_table_versions" ADD COLUMN "redistributable" boolean NOT NULL;--> statement-breakpoint
ALTER TABLE "factor_table_versions" ADD COLUMN "supersedes" text;--> statement-breakpoint
ALTER TABLE "factor_table_versions" ADD COLUMN "superseded_by" text;--> statement-breakpoint
ALTER TABLE "factor_table_versions" ADD COLUMN "withdrawn_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "factor_table_versions" ADD COLUMN "withdrawn_reason" text;--> statement-breakpoint
ALTER TABLE "factors" ADD COLUMN "confirmation" text NOT NULL;--> statement-breakpoint
ALTER TABLE "factors" ADD COLUMN "remoteness_en" smallint NOT NULL;--> statement-breakpoint
ALTER TABLE "factors" ADD COLUMN "remoteness_zh" smallint NOT NULL;--> statement-breakpoint
ALTER TABLE "factors" ADD COLUMN "search" "tsvector" NOT NULL;--> statement-breakpoint
ALTER TABLE "factor_table_examinations" ADD CONSTRAINT "factor_table_examinations_team_fkey" FOREIGN KEY ("engagement_id","person_id","side") REFERENCES "public"."engagement_persons"("engagement_id","person_id","side") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "factor_table_examinations" ADD CONSTRAINT "factor_table_examinations_version_fkey" FOREIGN KEY ("table_id","version") REFERENCES "public"."factor_table_versions"("table_id","version") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "job_steps" ADD CONSTRAINT "job_steps_job_id_jobs_id_fk" FOREIGN KEY ("job_id") REFERENCES "public"."jobs"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "jobs" ADD CONSTRAINT "jobs_organization_id_organizations_id_fk" FOREIGN KEY ("organization_id") REFERENCES "public"."organizations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "job_steps_result_idx" ON "job_steps" USING btree ("job_id","sort_key","position");--> statement-breakpoint
CREATE UNIQUE INDEX "jobs_live_slot_key" ON "jobs" USING btree ("organization_id","slot") WHERE "jobs"."state" in ('queued', 'running');--> statement-breakpoint
CREATE INDEX "jobs_due_idx" ON "jobs" USING btree ("due_at") WHERE "jobs"."state" in ('queued', 'running');--> statement-breakpoint
CREATE INDEX "jobs_steps_kept_idx" ON "jobs" USING btree ("ended_at") WHERE "jobs"."ended_at" is not null and "jobs"."steps_removed_at" is null;--> statement-breakpoint
CREATE INDEX "jobs_organization_idx" ON "jobs" USING btree ("organization_id","created_at","id");--> statement-breakpoint
ALTER TABLE "factor_table_versions" ADD CONSTRAINT "factor_table_versions_owner_organization_id_organizations_id_fk" FOREIGN KEY ("owner_organization_id") REFERENCES "public"."organizations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "factors" ADD CONSTRAINT "factors_version_fkey" FOREIGN KEY ("table_id","version") REFERENCES "public"."factor_table_versions"("table_id","version") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "factor_table_versions_successor_key" ON "factor_table_versions" USING btree ("table_id","supersedes") WHERE "factor_table_versions"."state" <> 'draft' and "factor_table_versions"."supersedes" is not null;--> statement-breakpoint
CREATE UNIQUE INDEX "factor_table_versions_predecessor_key" ON "factor_table_versions" USING btree ("table_id","superseded_by") WHERE "factor_table_versions"."state" <> 'draft' and "factor_table_versions"."superseded_by" is not null;--> statement-breakpoint
CREATE INDEX "factors_search_idx" ON "factors" USING gin ("search");--> statement-breakpoint
CREATE INDEX "factors_list_idx" ON "factors" USING btree ("table_id","version","year" DESC NULLS FIRST,"id");--> statement-breakpoint
CREATE INDEX "footprints_pins_idx" ON "footprints" USING gin (("definition" -> 'calculation' -> 'factorTables') jsonb_path_ops);--> statement-breakpoint
CREATE INDEX "revisions_pins_idx" ON "revisions" USING gin (("definition" -> 'calculation' -> 'factorTables') jsonb_path_ops);--> statement-breakpoint
ALTER TABLE "factors" DROP COLUMN "search_text";--> statement-breakpoint
ALTER TABLE "factor_table_versions" ADD CONSTRAINT "factor_table_versions_state_check" CHECK ("factor_table_versions"."state" in ('draft', 'published', 'withdrawn'));--> statement-breakpoint
ALTER TABLE "factor_table_versions" ADD CONSTRAINT "factor_table_versions_published_check" CHECK (("factor_table_versions"."state" = 'draft') = ("factor_table_versions"."published_at" is null));--> statement-breakpoint
ALTER TABLE "factor_table_versions" ADD CONSTRAINT "factor_table_versions_withdrawn_check" CHECK (("factor_table_versions"."state" = 'withdrawn') = ("factor_table_versions"."withdrawn_at" is not null and "factor_table_versions"."withdrawn_reason" is not null));--> statement-breakpoint
ALTER TABLE "factor_table_versions" ADD CONSTRAINT "factor_table_versions_name_check" CHECK ((position('.' in "factor_table_versions"."table_id") > 0) = ("factor_table_versions"."owner_organization_id" is not null));--> statement-breakpoint
ALTER TABLE "factor_table_versions" ADD CONSTRAINT "factor_table_versions_private_check" CHECK ("factor_table_versions"."owner_organization_id" is null or not "factor_table_versions"."redistributable");