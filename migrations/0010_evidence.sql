CREATE TABLE "evidence_counts" (
	"owner_id" uuid PRIMARY KEY NOT NULL,
	"files" integer NOT NULL,
	CONSTRAINT "evidence_counts_files_check" CHECK ("evidence_counts"."files" between 1 and 2000)
);
--> statement-breakpoint
CREATE TABLE "evidence_files" (
	"id" uuid PRIMARY KEY NOT NULL,
	"footprint_id" uuid NOT NULL,
	"engagement_id" uuid,
	"organization_id" uuid NOT NULL,
	"number" integer NOT NULL,
	"revision" integer NOT NULL,
	"kind" text NOT NULL,
	"name" text NOT NULL,
	"media_type" text NOT NULL,
	"size" bigint NOT NULL,
	"sha256" text NOT NULL,
	"description" text,
	"taken_on" date,
	"valid_until" date,
	"state" text NOT NULL,
	"refusal" jsonb,
	"link_count" integer NOT NULL,
	"request_digest" text NOT NULL,
	"announced_at" timestamp with time zone NOT NULL,
	"settled_at" timestamp with time zone,
	"erased_at" timestamp with time zone,
	"bytes_removed_at" timestamp with time zone,
	CONSTRAINT "evidence_files_kind_check" CHECK ("evidence_files"."kind" in ('meter-photo', 'invoice', 'delivery-note', 'calibration-record', 'production-record', 'contract', 'instrument', 'laboratory-report', 'site-photo', 'record-of-interview', 'other')),
	CONSTRAINT "evidence_files_type_check" CHECK ("evidence_files"."media_type" in ('application/pdf', 'application/ofd', 'image/jpeg', 'image/png', 'image/heic', 'image/webp', 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', 'application/vnd.openxmlformats-officedocument.wordprocessingml.document', 'text/csv', 'text/plain', 'application/xml')),
	CONSTRAINT "evidence_files_state_check" CHECK ("evidence_files"."state" in ('announced', 'kept', 'refused', 'erased')),
	CONSTRAINT "evidence_files_size_check" CHECK ("evidence_files"."size" between 1 and 104857600),
	CONSTRAINT "evidence_files_sha256_check" CHECK ("evidence_files"."sha256" ~ '^[0-9a-f]{64}$'),
	CONSTRAINT "evidence_files_refusal_check" CHECK (("evidence_files"."state" = 'refused') = ("evidence_files"."refusal" is not null)),
	CONSTRAINT "evidence_files_settled_check" CHECK (("evidence_files"."state" = 'announced') = ("evidence_files"."settled_at" is null)),
	CONSTRAINT "evidence_files_erased_check" CHECK (("evidence_files"."state" = 'erased') = ("evidence_files"."erased_at" is not null)),
	CONSTRAINT "evidence_files_removed_check" CHECK ("evidence_files"."bytes_removed_at" is null or "evidence_files"."state" = 'erased'),
	CONSTRAINT "evidence_files_links_check" CHECK ("evidence_files"."link_count" between 0 and 5000)
);
--> statement-breakpoint
CREATE TABLE "evidence_links" (
	"id" uuid PRIMARY KEY NOT NULL,
	"evidence_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"target" text NOT NULL,
	"engagement_id" uuid,
	"finding_number" integer,
	"revision" integer NOT NULL,
	"linked_at" timestamp with time zone NOT NULL,
	"unlinked_at" timestamp with time zone,
	"unlinked_from" integer,
	"unlink_reason" text,
	CONSTRAINT "evidence_links_kind_check" CHECK ("evidence_links"."kind" in ('line', 'meter', 'finding')),
	CONSTRAINT "evidence_links_finding_check" CHECK (("evidence_links"."kind" = 'finding') = ("evidence_links"."engagement_id" is not null) and ("evidence_links"."engagement_id" is null) = ("evidence_links"."finding_number" is null)),
	CONSTRAINT "evidence_links_unlinked_check" CHECK (("evidence_links"."unlinked_at" is null) = ("evidence_links"."unlink_reason" is null) and ("evidence_links"."unlinked_at" is null) = ("evidence_links"."unlinked_from" is null))
);
--> statement-breakpoint
ALTER TABLE "engagement_papers" DROP CONSTRAINT "engagement_papers_kind_check";--> statement-breakpoint
ALTER TABLE "evidence_files" ADD CONSTRAINT "evidence_files_footprint_id_footprints_id_fk" FOREIGN KEY ("footprint_id") REFERENCES "public"."footprints"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "evidence_files" ADD CONSTRAINT "evidence_files_engagement_id_engagements_id_fk" FOREIGN KEY ("engagement_id") REFERENCES "public"."engagements"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "evidence_files" ADD CONSTRAINT "evidence_files_organization_id_organizations_id_fk" FOREIGN KEY ("organization_id") REFERENCES "public"."organizations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "evidence_links" ADD CONSTRAINT "evidence_links_evidence_id_evidence_files_id_fk" FOREIGN KEY ("evidence_id") REFERENCES "public"."evidence_files"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "evidence_links" ADD CONSTRAINT "evidence_links_finding_fkey" FOREIGN KEY ("engagement_id","finding_number") REFERENCES "public"."findings"("engagement_id","number") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "evidence_files_number_key" ON "evidence_files" USING btree (coalesce("engagement_id", "footprint_id"),"number");--> statement-breakpoint
CREATE INDEX "evidence_files_footprint_idx" ON "evidence_files" USING btree ("footprint_id","announced_at","id");--> statement-breakpoint
CREATE INDEX "evidence_files_engagement_idx" ON "evidence_files" USING btree ("engagement_id","announced_at","id");--> statement-breakpoint
CREATE INDEX "evidence_files_bytes_idx" ON "evidence_files" USING btree ("organization_id","sha256");--> statement-breakpoint
CREATE UNIQUE INDEX "evidence_links_standing_key" ON "evidence_links" USING btree ("evidence_id","kind","target") WHERE "evidence_links"."unlinked_at" is null;--> statement-breakpoint
CREATE INDEX "evidence_links_target_idx" ON "evidence_links" USING btree ("kind","target");--> statement-breakpoint
CREATE INDEX "evidence_links_finding_idx" ON "evidence_links" USING btree ("engagement_id","finding_number");--> statement-breakpoint
ALTER TABLE "engagement_papers" ADD CONSTRAINT "engagement_papers_kind_check" CHECK ("engagement_papers"."kind" in ('impartiality-declaration', 'agreement', 'agreement-signature', 'strategic-analysis', 'risk-assessment', 'verification-plan', 'evidence-plan', 'document-review', 'site-visit', 'review-notes', 'verification-report', 'override', 'team-change'));