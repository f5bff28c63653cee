-- Search rows and heads are made anew by "egret set-up" from the same frozen files, which every release runs after migrating.
DELETE FROM "factors";--> statement-breakpoint
DELETE FROM "factor_table_versions";--> statement-breakpoint
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
ALTER TABLE "factor_table_versions" ADD CONSTRAINT "factor_table_versions_owner_organization_id_organizations_id_fk" FOREIGN KEY ("owner_organization_id") REFERENCES "public"."organizations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "factors" ADD CONSTRAINT "factors_version_fkey" FOREIGN KEY ("table_id","version") REFERENCES "public"."factor_table_versions"("table_id","version") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "factors_search_idx" ON "factors" USING gin ("search") WITH (fastupdate=false);--> statement-breakpoint
CREATE INDEX "factors_list_idx" ON "factors" USING btree ("table_id","version","year" DESC NULLS FIRST,"id");--> statement-breakpoint
ALTER TABLE "factors" DROP COLUMN "search_text";--> statement-breakpoint
ALTER TABLE "factor_table_versions" ADD CONSTRAINT "factor_table_versions_state_check" CHECK ("factor_table_versions"."state" in ('draft', 'published', 'withdrawn'));--> statement-breakpoint
ALTER TABLE "factor_table_versions" ADD CONSTRAINT "factor_table_versions_published_check" CHECK (("factor_table_versions"."state" = 'draft') = ("factor_table_versions"."published_at" is null));--> statement-breakpoint
ALTER TABLE "factor_table_versions" ADD CONSTRAINT "factor_table_versions_withdrawn_check" CHECK (("factor_table_versions"."state" = 'withdrawn') = ("factor_table_versions"."withdrawn_at" is not null and "factor_table_versions"."withdrawn_reason" is not null));--> statement-breakpoint
ALTER TABLE "factor_table_versions" ADD CONSTRAINT "factor_table_versions_private_check" CHECK ("factor_table_versions"."owner_organization_id" is null or not "factor_table_versions"."redistributable");