CREATE TABLE "competences" (
	"id" uuid PRIMARY KEY NOT NULL,
	"member_id" uuid NOT NULL,
	"organization_id" uuid NOT NULL,
	"role" text NOT NULL,
	"sector" text NOT NULL,
	"evidence" text NOT NULL,
	"valid_from" date NOT NULL,
	"valid_until" date,
	"recorded_by_person_id" uuid NOT NULL,
	"request_digest" text NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	CONSTRAINT "competences_term_check" CHECK ("competences"."valid_until" is null or "competences"."valid_until" >= "competences"."valid_from")
);
--> statement-breakpoint
CREATE TABLE "engagement_papers" (
	"id" uuid PRIMARY KEY NOT NULL,
	"engagement_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"subject" text NOT NULL,
	"number" integer NOT NULL,
	"body" jsonb NOT NULL,
	"person_id" uuid NOT NULL,
	"side" text,
	"at" timestamp with time zone NOT NULL,
	CONSTRAINT "engagement_papers_version_key" UNIQUE("engagement_id","kind","subject","number"),
	CONSTRAINT "engagement_papers_kind_check" CHECK ("engagement_papers"."kind" in ('impartiality-declaration', 'agreement', 'agreement-signature', 'strategic-analysis', 'risk-assessment', 'verification-plan', 'evidence-plan', 'document-review', 'site-visit', 'review-notes', 'verification-report', 'override')),
	CONSTRAINT "engagement_papers_side_check" CHECK ("engagement_papers"."side" is not distinct from case when "engagement_papers"."kind" in ('strategic-analysis', 'risk-assessment', 'verification-plan', 'evidence-plan', 'document-review', 'site-visit', 'verification-report') then 'team'
        when "engagement_papers"."kind" = 'review-notes' then 'decision' end),
	CONSTRAINT "engagement_papers_number_check" CHECK ("engagement_papers"."number" > 0)
);
--> statement-breakpoint
ALTER TABLE "engagement_roles" DROP CONSTRAINT "engagement_roles_side_check";--> statement-breakpoint
ALTER TABLE "engagement_roles" ADD COLUMN "ended_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "findings" ADD COLUMN "projected" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "findings" ADD COLUMN "answer_by" date;--> statement-breakpoint
ALTER TABLE "competences" ADD CONSTRAINT "competences_recorded_by_person_id_persons_id_fk" FOREIGN KEY ("recorded_by_person_id") REFERENCES "public"."persons"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "competences" ADD CONSTRAINT "competences_member_fkey" FOREIGN KEY ("member_id","organization_id") REFERENCES "public"."members"("id","organization_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "engagement_papers" ADD CONSTRAINT "engagement_papers_engagement_id_engagements_id_fk" FOREIGN KEY ("engagement_id") REFERENCES "public"."engagements"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "engagement_papers" ADD CONSTRAINT "engagement_papers_person_id_persons_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."persons"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "engagement_papers" ADD CONSTRAINT "engagement_papers_team_fkey" FOREIGN KEY ("engagement_id","person_id","side") REFERENCES "public"."engagement_persons"("engagement_id","person_id","side") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "competences_member_idx" ON "competences" USING btree ("member_id");--> statement-breakpoint
ALTER TABLE "engagement_roles" ADD CONSTRAINT "engagement_roles_side_check" CHECK (("engagement_roles"."side", "engagement_roles"."role") in (('client', 'preparer'), ('client', 'responsible'), ('team', 'lead-verifier'), ('team', 'verifier'), ('team', 'technical-expert'), ('decision', 'reviewer'), ('decision', 'decision-maker')));