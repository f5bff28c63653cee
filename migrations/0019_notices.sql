CREATE TABLE "deliveries" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"webhook_id" uuid NOT NULL,
	"message_id" uuid NOT NULL,
	"state" text NOT NULL,
	"tries" integer DEFAULT 0 NOT NULL,
	"due_at" timestamp with time zone NOT NULL,
	"claim_token" uuid,
	"created_at" timestamp with time zone NOT NULL,
	CONSTRAINT "deliveries_message_key" UNIQUE("webhook_id","message_id"),
	CONSTRAINT "deliveries_state_check" CHECK ("deliveries"."state" in ('pending', 'delivered', 'failed'))
);
--> statement-breakpoint
CREATE TABLE "delivery_attempts" (
	"delivery_id" uuid NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"token" uuid NOT NULL,
	"status" integer,
	"error" text,
	CONSTRAINT "delivery_attempts_pkey" PRIMARY KEY("delivery_id","token"),
	CONSTRAINT "delivery_attempts_outcome_check" CHECK (("delivery_attempts"."status" is null) <> ("delivery_attempts"."error" is null))
);
--> statement-breakpoint
CREATE TABLE "message_marks" (
	"organization_id" uuid PRIMARY KEY NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"message_id" uuid NOT NULL
);
--> statement-breakpoint
CREATE TABLE "messages" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"organization_id" uuid NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"type" text NOT NULL,
	"subject" text NOT NULL,
	"subject_id" uuid NOT NULL,
	"facts" jsonb NOT NULL,
	"source" text NOT NULL,
	CONSTRAINT "messages_source_key" UNIQUE("organization_id","source"),
	CONSTRAINT "messages_type_check" CHECK ("messages"."type" ~ '^[a-z]+[.][a-z]+(-[a-z]+)*$')
);
--> statement-breakpoint
CREATE TABLE "schedule_turns" (
	"name" text PRIMARY KEY NOT NULL,
	"at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "watched_credentials" (
	"watch_id" uuid NOT NULL,
	"credential_id" uuid NOT NULL,
	CONSTRAINT "watched_credentials_pkey" PRIMARY KEY("watch_id","credential_id")
);
--> statement-breakpoint
CREATE TABLE "watches" (
	"id" uuid PRIMARY KEY NOT NULL,
	"organization_id" uuid NOT NULL,
	"name" text NOT NULL,
	"ended_at" timestamp with time zone,
	"request_digest" text NOT NULL,
	"created_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "webhooks" (
	"id" uuid PRIMARY KEY NOT NULL,
	"organization_id" uuid NOT NULL,
	"url" text NOT NULL,
	"types" text[] NOT NULL,
	"secret" jsonb NOT NULL,
	"previous_secret" jsonb,
	"previous_until" timestamp with time zone,
	"failing_since" timestamp with time zone,
	"paused_until" timestamp with time zone,
	"stopped_at" timestamp with time zone,
	"stop_reason" text,
	"request_digest" text NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	CONSTRAINT "webhooks_stopped_check" CHECK (("webhooks"."stopped_at" is null) = ("webhooks"."stop_reason" is null)),
	CONSTRAINT "webhooks_stop_reason_check" CHECK ("webhooks"."stop_reason" in ('asked', 'gone', 'failing')),
	CONSTRAINT "webhooks_previous_check" CHECK (("webhooks"."previous_secret" is null) = ("webhooks"."previous_until" is null))
);
--> statement-breakpoint
ALTER TABLE "organizations" DROP CONSTRAINT "organizations_kind_check";--> statement-breakpoint
ALTER TABLE "sweeps" DROP CONSTRAINT "sweeps_name_check";--> statement-breakpoint
ALTER TABLE "deliveries" ADD CONSTRAINT "deliveries_webhook_id_webhooks_id_fk" FOREIGN KEY ("webhook_id") REFERENCES "public"."webhooks"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "deliveries" ADD CONSTRAINT "deliveries_message_id_messages_id_fk" FOREIGN KEY ("message_id") REFERENCES "public"."messages"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "delivery_attempts" ADD CONSTRAINT "delivery_attempts_delivery_fkey" FOREIGN KEY ("delivery_id") REFERENCES "public"."deliveries"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "message_marks" ADD CONSTRAINT "message_marks_organization_id_organizations_id_fk" FOREIGN KEY ("organization_id") REFERENCES "public"."organizations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "message_marks" ADD CONSTRAINT "message_marks_message_id_messages_id_fk" FOREIGN KEY ("message_id") REFERENCES "public"."messages"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "messages" ADD CONSTRAINT "messages_organization_id_organizations_id_fk" FOREIGN KEY ("organization_id") REFERENCES "public"."organizations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "watched_credentials" ADD CONSTRAINT "watched_credentials_watch_id_watches_id_fk" FOREIGN KEY ("watch_id") REFERENCES "public"."watches"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "watched_credentials" ADD CONSTRAINT "watched_credentials_credential_id_credentials_id_fk" FOREIGN KEY ("credential_id") REFERENCES "public"."credentials"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "watches" ADD CONSTRAINT "watches_organization_id_organizations_id_fk" FOREIGN KEY ("organization_id") REFERENCES "public"."organizations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "webhooks" ADD CONSTRAINT "webhooks_organization_id_organizations_id_fk" FOREIGN KEY ("organization_id") REFERENCES "public"."organizations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "deliveries_webhook_idx" ON "deliveries" USING btree ("webhook_id","created_at","id");--> statement-breakpoint
CREATE INDEX "deliveries_due_idx" ON "deliveries" USING btree ("webhook_id","due_at") WHERE "deliveries"."state" = 'pending';--> statement-breakpoint
CREATE INDEX "messages_organization_idx" ON "messages" USING btree ("organization_id","at","id");--> statement-breakpoint
CREATE INDEX "watched_credentials_credential_idx" ON "watched_credentials" USING btree ("credential_id");--> statement-breakpoint
CREATE INDEX "watches_organization_idx" ON "watches" USING btree ("organization_id","created_at","id");--> statement-breakpoint
CREATE INDEX "webhooks_organization_idx" ON "webhooks" USING btree ("organization_id","created_at","id");--> statement-breakpoint
ALTER TABLE "organizations" ADD CONSTRAINT "organizations_kind_check" CHECK ("organizations"."kind" in ('enterprise', 'certification-body', 'accreditation-body', 'relying-party', 'operator'));--> statement-breakpoint
ALTER TABLE "sweeps" ADD CONSTRAINT "sweeps_name_check" CHECK ("sweeps"."name" in ('log', 'status', 'keys', 'accreditations', 'jobs', 'job-results', 'deadlines', 'webhooks'));