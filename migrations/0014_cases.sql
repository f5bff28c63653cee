CREATE TABLE "case_contacts" (
	"id" uuid PRIMARY KEY NOT NULL,
	"name" text,
	"address" text,
	"erased_at" timestamp with time zone,
	CONSTRAINT "case_contacts_erased_check" CHECK ("case_contacts"."erased_at" is null or ("case_contacts"."name" is null and "case_contacts"."address" is null))
);
--> statement-breakpoint
CREATE TABLE "case_persons" (
	"case_id" uuid NOT NULL,
	"person_id" uuid NOT NULL,
	"role" text NOT NULL,
	"engagement_id" uuid,
	"side" text DEFAULT 'hearing' NOT NULL,
	"since" timestamp with time zone NOT NULL,
	CONSTRAINT "case_persons_pkey" PRIMARY KEY("case_id","person_id","role"),
	CONSTRAINT "case_persons_role_check" CHECK ("case_persons"."role" in ('examiner', 'decider')),
	CONSTRAINT "case_persons_side_check" CHECK ("case_persons"."side" = 'hearing')
);
--> statement-breakpoint
CREATE TABLE "case_statements" (
	"case_id" uuid NOT NULL,
	"number" integer NOT NULL,
	"side" text NOT NULL,
	"person_id" uuid,
	"text" text NOT NULL,
	"at" timestamp with time zone NOT NULL,
	CONSTRAINT "case_statements_pkey" PRIMARY KEY("case_id","number"),
	CONSTRAINT "case_statements_side_check" CHECK ("case_statements"."side" in ('body', 'client', 'complainant'))
);
--> statement-breakpoint
CREATE TABLE "cases" (
	"id" uuid PRIMARY KEY NOT NULL,
	"number" text NOT NULL,
	"kind" text NOT NULL,
	"body_organization_id" uuid NOT NULL,
	"client_organization_id" uuid,
	"engagement_id" uuid,
	"credential_id" uuid,
	"opened_by" text NOT NULL,
	"state" text NOT NULL,
	"version" integer NOT NULL,
	"statement_count" integer NOT NULL,
	"examiner_person_id" uuid,
	"examiner_role" text DEFAULT 'examiner' NOT NULL,
	"decider_person_id" uuid,
	"decider_role" text DEFAULT 'decider' NOT NULL,
	"report" jsonb,
	"decision" jsonb,
	"dismissal" jsonb,
	"extension" jsonb,
	"acknowledge_by" timestamp with time zone NOT NULL,
	"due_at" timestamp with time zone NOT NULL,
	"complainant" uuid,
	"receipt_hash" text,
	"request_digest" text NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"updated_at" timestamp with time zone NOT NULL,
	CONSTRAINT "cases_number_key" UNIQUE("number"),
	CONSTRAINT "cases_complainant_key" UNIQUE("complainant"),
	CONSTRAINT "cases_credential_key" UNIQUE("id","credential_id"),
	CONSTRAINT "cases_kind_check" CHECK ("cases"."kind" in ('complaint', 'appeal', 'misuse', 'facts-discovered')),
	CONSTRAINT "cases_state_check" CHECK ("cases"."state" in ('received', 'acknowledged', 'in-examination', 'decided', 'closed', 'dismissed')),
	CONSTRAINT "cases_opener_check" CHECK ("cases"."opened_by" in ('body', 'client', 'complainant')),
	CONSTRAINT "cases_appeal_check" CHECK ("cases"."kind" <> 'appeal' or "cases"."opened_by" = 'client'),
	CONSTRAINT "cases_receipt_check" CHECK (("cases"."opened_by" = 'complainant') = ("cases"."complainant" is not null and "cases"."receipt_hash" is not null)),
	CONSTRAINT "cases_about_check" CHECK (("cases"."client_organization_id" is null) = ("cases"."engagement_id" is null)),
	CONSTRAINT "cases_document_check" CHECK ("cases"."credential_id" is null or "cases"."engagement_id" is not null),
	CONSTRAINT "cases_examined_check" CHECK ("cases"."report" is null or "cases"."examiner_person_id" is not null),
	CONSTRAINT "cases_decided_check" CHECK (("cases"."state" in ('decided', 'closed')) = ("cases"."decision" is not null) and ("cases"."decision" is null or "cases"."report" is not null)),
	CONSTRAINT "cases_decider_check" CHECK (coalesce("cases"."decision", "cases"."dismissal") ->> 'personId' is not distinct from "cases"."decider_person_id"::text),
	CONSTRAINT "cases_roles_check" CHECK ("cases"."examiner_role" = 'examiner' and "cases"."decider_role" = 'decider'),
	CONSTRAINT "cases_dismissed_check" CHECK (("cases"."state" = 'dismissed') = ("cases"."dismissal" is not null))
);
--> statement-breakpoint
ALTER TABLE "engagement_persons" DROP CONSTRAINT "engagement_persons_side_check";--> statement-breakpoint
ALTER TABLE "credential_moves" ADD COLUMN "case_id" uuid;--> statement-breakpoint
ALTER TABLE "case_persons" ADD CONSTRAINT "case_persons_case_id_cases_id_fk" FOREIGN KEY ("case_id") REFERENCES "public"."cases"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "case_persons" ADD CONSTRAINT "case_persons_person_id_persons_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."persons"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "case_persons" ADD CONSTRAINT "case_persons_apart_fkey" FOREIGN KEY ("engagement_id","person_id","side") REFERENCES "public"."engagement_persons"("engagement_id","person_id","side") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "case_statements" ADD CONSTRAINT "case_statements_case_id_cases_id_fk" FOREIGN KEY ("case_id") REFERENCES "public"."cases"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "case_statements" ADD CONSTRAINT "case_statements_person_id_persons_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."persons"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "cases" ADD CONSTRAINT "cases_body_organization_id_organizations_id_fk" FOREIGN KEY ("body_organization_id") REFERENCES "public"."organizations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "cases" ADD CONSTRAINT "cases_client_organization_id_organizations_id_fk" FOREIGN KEY ("client_organization_id") REFERENCES "public"."organizations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "cases" ADD CONSTRAINT "cases_engagement_id_engagements_id_fk" FOREIGN KEY ("engagement_id") REFERENCES "public"."engagements"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "cases" ADD CONSTRAINT "cases_credential_id_credentials_id_fk" FOREIGN KEY ("credential_id") REFERENCES "public"."credentials"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "cases_body_idx" ON "cases" USING btree ("body_organization_id","created_at","id");--> statement-breakpoint
CREATE INDEX "cases_client_idx" ON "cases" USING btree ("client_organization_id","created_at","id");--> statement-breakpoint
CREATE INDEX "cases_credential_idx" ON "cases" USING btree ("credential_id");--> statement-breakpoint
ALTER TABLE "credential_moves" ADD CONSTRAINT "credential_moves_case_fkey" FOREIGN KEY ("case_id","credential_id") REFERENCES "public"."cases"("id","credential_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "credential_moves_case_idx" ON "credential_moves" USING btree ("case_id");--> statement-breakpoint
ALTER TABLE "engagement_persons" ADD CONSTRAINT "engagement_persons_side_check" CHECK ("engagement_persons"."side" in ('client', 'team', 'decision', 'hearing'));