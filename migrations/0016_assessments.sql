CREATE TABLE "assessments" (
	"id" uuid PRIMARY KEY NOT NULL,
	"body_organization_id" uuid NOT NULL,
	"assessor_member_id" uuid NOT NULL,
	"engagement_ids" uuid[],
	"valid_from" timestamp with time zone NOT NULL,
	"valid_until" timestamp with time zone NOT NULL,
	"reason" text NOT NULL,
	"granted_by_person_id" uuid NOT NULL,
	"granted_at" timestamp with time zone NOT NULL,
	"revoked_at" timestamp with time zone,
	"request_digest" text NOT NULL,
	CONSTRAINT "assessments_term_check" CHECK ("assessments"."granted_at" <= "assessments"."valid_from" and "assessments"."valid_from" < "assessments"."valid_until" and "assessments"."valid_until" <= "assessments"."valid_from" + interval '90 days'),
	CONSTRAINT "assessments_engagements_check" CHECK ("assessments"."engagement_ids" is null or cardinality("assessments"."engagement_ids") between 1 and 100)
);
--> statement-breakpoint
ALTER TABLE "organizations" DROP CONSTRAINT "organizations_kind_check";--> statement-breakpoint
ALTER TABLE "persons" ADD COLUMN "erased_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "assessments" ADD CONSTRAINT "assessments_body_organization_id_organizations_id_fk" FOREIGN KEY ("body_organization_id") REFERENCES "public"."organizations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "assessments" ADD CONSTRAINT "assessments_assessor_member_id_members_id_fk" FOREIGN KEY ("assessor_member_id") REFERENCES "public"."members"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "assessments" ADD CONSTRAINT "assessments_granted_by_person_id_persons_id_fk" FOREIGN KEY ("granted_by_person_id") REFERENCES "public"."persons"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "assessments_body_idx" ON "assessments" USING btree ("body_organization_id","granted_at","id");--> statement-breakpoint
CREATE INDEX "assessments_assessor_idx" ON "assessments" USING btree ("assessor_member_id");--> statement-breakpoint
ALTER TABLE "organizations" ADD CONSTRAINT "organizations_kind_check" CHECK ("organizations"."kind" in ('enterprise', 'certification-body', 'accreditation-body', 'operator'));