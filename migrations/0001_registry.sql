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
ALTER TABLE "factor_table_versions" ADD CONSTRAINT "factor_table_versions_owner_organization_id_organizations_id_fk" FOREIGN KEY ("owner_organization_id") REFERENCES "public"."organizations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "factors" ADD CONSTRAINT "factors_version_fkey" FOREIGN KEY ("table_id","version") REFERENCES "public"."factor_table_versions"("table_id","version") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "factor_table_versions_successor_key" ON "factor_table_versions" USING btree ("table_id","supersedes") WHERE "factor_table_versions"."state" <> 'draft' and "factor_table_versions"."supersedes" is not null;--> statement-breakpoint
CREATE UNIQUE INDEX "factor_table_versions_predecessor_key" ON "factor_table_versions" USING btree ("table_id","superseded_by") WHERE "factor_table_versions"."state" <> 'draft' and "factor_table_versions"."superseded_by" is not null;--> statement-breakpoint
CREATE INDEX "factors_search_idx" ON "factors" USING gin ("search") WITH (fastupdate=false);--> statement-breakpoint
CREATE INDEX "factors_list_idx" ON "factors" USING btree ("table_id","version","year" DESC NULLS FIRST,"id");--> statement-breakpoint
CREATE INDEX "revisions_pins_idx" ON "revisions" USING gin (("definition" -> 'calculation' -> 'factorTables') jsonb_path_ops);--> statement-breakpoint
ALTER TABLE "factors" DROP COLUMN "search_text";--> statement-breakpoint
ALTER TABLE "factor_table_versions" ADD CONSTRAINT "factor_table_versions_state_check" CHECK ("factor_table_versions"."state" in ('draft', 'published', 'withdrawn'));--> statement-breakpoint
ALTER TABLE "factor_table_versions" ADD CONSTRAINT "factor_table_versions_published_check" CHECK (("factor_table_versions"."state" = 'draft') = ("factor_table_versions"."published_at" is null));--> statement-breakpoint
ALTER TABLE "factor_table_versions" ADD CONSTRAINT "factor_table_versions_withdrawn_check" CHECK (("factor_table_versions"."state" = 'withdrawn') = ("factor_table_versions"."withdrawn_at" is not null and "factor_table_versions"."withdrawn_reason" is not null));--> statement-breakpoint
ALTER TABLE "factor_table_versions" ADD CONSTRAINT "factor_table_versions_name_check" CHECK ((position('.' in "factor_table_versions"."table_id") > 0) = ("factor_table_versions"."owner_organization_id" is not null));--> statement-breakpoint
ALTER TABLE "factor_table_versions" ADD CONSTRAINT "factor_table_versions_private_check" CHECK ("factor_table_versions"."owner_organization_id" is null or not "factor_table_versions"."redistributable");