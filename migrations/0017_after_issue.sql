CREATE TABLE "credential_successions" (
	"id" uuid PRIMARY KEY NOT NULL,
	"engagement_id" uuid NOT NULL,
	"credential_id" uuid NOT NULL,
	"purpose" text NOT NULL,
	"person_id" uuid NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"request_digest" text NOT NULL,
	CONSTRAINT "credential_successions_engagement_key" UNIQUE("engagement_id"),
	CONSTRAINT "credential_successions_purpose_check" CHECK ("credential_successions"."purpose" in ('renewal', 'change', 'scope-reduction', 'revision'))
);
--> statement-breakpoint
CREATE TABLE "surveillances" (
	"id" uuid PRIMARY KEY NOT NULL,
	"credential_id" uuid NOT NULL,
	"number" integer NOT NULL,
	"due_at" timestamp with time zone NOT NULL,
	"outcome" text NOT NULL,
	"basis" text NOT NULL,
	"person_id" uuid NOT NULL,
	"done_at" timestamp with time zone NOT NULL,
	"request_digest" text NOT NULL,
	CONSTRAINT "surveillances_number_key" UNIQUE("credential_id","number"),
	CONSTRAINT "surveillances_outcome_check" CHECK ("surveillances"."outcome" in ('kept', 'conditions', 'failed')),
	CONSTRAINT "surveillances_number_check" CHECK ("surveillances"."number" > 0)
);
--> statement-breakpoint
ALTER TABLE "credential_moves" DROP CONSTRAINT "credential_moves_move_check";--> statement-breakpoint
ALTER TABLE "credential_moves" DROP CONSTRAINT "credential_moves_reason_check";--> statement-breakpoint
ALTER TABLE "credentials" DROP CONSTRAINT "credentials_status_check";--> statement-breakpoint
ALTER TABLE "credential_moves" ADD COLUMN "successor_id" uuid;--> statement-breakpoint
ALTER TABLE "credential_successions" ADD CONSTRAINT "credential_successions_engagement_id_engagements_id_fk" FOREIGN KEY ("engagement_id") REFERENCES "public"."engagements"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "credential_successions" ADD CONSTRAINT "credential_successions_credential_id_credentials_id_fk" FOREIGN KEY ("credential_id") REFERENCES "public"."credentials"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "credential_successions" ADD CONSTRAINT "credential_successions_person_id_persons_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."persons"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "surveillances" ADD CONSTRAINT "surveillances_credential_id_credentials_id_fk" FOREIGN KEY ("credential_id") REFERENCES "public"."credentials"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "surveillances" ADD CONSTRAINT "surveillances_person_id_persons_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."persons"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "credential_successions_credential_idx" ON "credential_successions" USING btree ("credential_id");--> statement-breakpoint
ALTER TABLE "credential_moves" ADD CONSTRAINT "credential_moves_successor_id_credentials_id_fk" FOREIGN KEY ("successor_id") REFERENCES "public"."credentials"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "credential_moves_successor_idx" ON "credential_moves" USING btree ("successor_id");--> statement-breakpoint
ALTER TABLE "credential_moves" ADD CONSTRAINT "credential_moves_successor_check" CHECK (("credential_moves"."move" = 'supersede') = ("credential_moves"."successor_id" is not null) and "credential_moves"."successor_id" is distinct from "credential_moves"."credential_id");--> statement-breakpoint
ALTER TABLE "credential_moves" ADD CONSTRAINT "credential_moves_move_check" CHECK ("credential_moves"."move" in ('suspend', 'reinstate', 'withdraw', 'cancel', 'supersede'));--> statement-breakpoint
ALTER TABLE "credential_moves" ADD CONSTRAINT "credential_moves_reason_check" CHECK ("credential_moves"."reason_class" in ('nonconformity', 'surveillance-not-passed', 'information-wrong', 'misuse-of-document', 'facts-discovered-later', 'holder-request', 'key-compromised', 'resolved', 'issued-in-error', 'renewed', 'new-version', 'scope-reduced', 'revised'));--> statement-breakpoint
ALTER TABLE "credentials" ADD CONSTRAINT "credentials_status_check" CHECK ("credentials"."status" in ('active', 'suspended', 'withdrawn', 'cancelled', 'superseded'));