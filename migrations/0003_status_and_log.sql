-- Documents of before were issued for trying out only, without status or log; what was decided can be issued again.
DELETE FROM "credentials";--> statement-breakpoint
UPDATE "engagements" SET "state" = 'decided' WHERE "state" = 'issued';--> statement-breakpoint
CREATE TABLE "accreditations" (
	"id" uuid PRIMARY KEY NOT NULL,
	"body_organization_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"authority_en" text NOT NULL,
	"authority_zh" text,
	"number" text NOT NULL,
	"document_kinds" text[] NOT NULL,
	"subject_kinds" text[] NOT NULL,
	"standards" text[] NOT NULL,
	"sectors" text[] NOT NULL,
	"valid_from" timestamp with time zone NOT NULL,
	"valid_until" timestamp with time zone,
	"source" text NOT NULL,
	"jwt" text NOT NULL,
	"digest" text NOT NULL,
	"leaf_index" bigint NOT NULL,
	"confirmed_at" timestamp with time zone,
	"recorded_at" timestamp with time zone NOT NULL,
	"withdrawn_at" timestamp with time zone,
	"withdrawn_reason" text,
	"request_digest" text NOT NULL,
	CONSTRAINT "accreditations_digest_key" UNIQUE("digest"),
	CONSTRAINT "accreditations_kind_check" CHECK ("accreditations"."kind" in ('accreditation', 'approval')),
	CONSTRAINT "accreditations_term_check" CHECK ("accreditations"."valid_until" is null or "accreditations"."valid_from" < "accreditations"."valid_until"),
	CONSTRAINT "accreditations_withdrawn_check" CHECK (("accreditations"."withdrawn_at" is null) = ("accreditations"."withdrawn_reason" is null))
);
--> statement-breakpoint
CREATE TABLE "credential_moves" (
	"id" uuid PRIMARY KEY NOT NULL,
	"credential_id" uuid NOT NULL,
	"number" integer NOT NULL,
	"move" text NOT NULL,
	"reason_class" text NOT NULL,
	"note" text,
	"effective_at" timestamp with time zone NOT NULL,
	"person_id" uuid NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"leaf_index" bigint NOT NULL,
	"request_digest" text NOT NULL,
	CONSTRAINT "credential_moves_number_key" UNIQUE("credential_id","number"),
	CONSTRAINT "credential_moves_leaf_key" UNIQUE("leaf_index"),
	CONSTRAINT "credential_moves_move_check" CHECK ("credential_moves"."move" in ('suspend', 'reinstate', 'withdraw', 'cancel')),
	CONSTRAINT "credential_moves_reason_check" CHECK ("credential_moves"."reason_class" in ('nonconformity', 'surveillance-not-passed', 'information-wrong', 'misuse-of-document', 'facts-discovered-later', 'holder-request', 'key-compromised', 'resolved', 'issued-in-error'))
);
--> statement-breakpoint
CREATE TABLE "log" (
	"id" text PRIMARY KEY NOT NULL,
	"size" bigint NOT NULL,
	"published_size" bigint NOT NULL,
	"confirmed_size" bigint NOT NULL,
	"checkpoint" text,
	"published_at" timestamp with time zone,
	"turn_token" uuid,
	"turn_until" timestamp with time zone,
	CONSTRAINT "log_one_row_check" CHECK ("log"."id" = 'log'),
	CONSTRAINT "log_size_check" CHECK (0 <= "log"."confirmed_size" and "log"."confirmed_size" <= "log"."published_size" and "log"."published_size" <= "log"."size"),
	CONSTRAINT "log_checkpoint_check" CHECK (("log"."published_size" = 0) = ("log"."checkpoint" is null))
);
--> statement-breakpoint
CREATE TABLE "log_entries" (
	"leaf_index" bigint PRIMARY KEY NOT NULL,
	"subject" text NOT NULL,
	"type" text NOT NULL,
	"body" text NOT NULL,
	"appended_at" timestamp with time zone NOT NULL,
	CONSTRAINT "log_entries_subject_key" UNIQUE("subject"),
	CONSTRAINT "log_entries_index_check" CHECK ("log_entries"."leaf_index" >= 0),
	CONSTRAINT "log_entries_type_check" CHECK ("log_entries"."type" in ('credential', 'credential-status', 'factor-table', 'gwp-set', 'scheme', 'engine', 'key', 'accreditation')),
	CONSTRAINT "log_entries_body_check" CHECK (octet_length("log_entries"."body") between 2 and 65535)
);
--> statement-breakpoint
CREATE TABLE "log_subtrees" (
	"level" integer NOT NULL,
	"index" bigint NOT NULL,
	"hash" text NOT NULL,
	CONSTRAINT "log_subtrees_level_index_pk" PRIMARY KEY("level","index"),
	CONSTRAINT "log_subtrees_level_check" CHECK ("log_subtrees"."level" between 1 and 6),
	CONSTRAINT "log_subtrees_hash_check" CHECK ("log_subtrees"."hash" ~ '^[0-9a-f]{64}$')
);
--> statement-breakpoint
CREATE TABLE "log_witnesses" (
	"name" text PRIMARY KEY NOT NULL,
	"size" bigint NOT NULL,
	"cosigned_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "status_entries" (
	"list_id" uuid NOT NULL,
	"index" integer NOT NULL,
	"credential_id" uuid NOT NULL,
	"purpose" text NOT NULL,
	"is_set" boolean NOT NULL,
	CONSTRAINT "status_entries_pkey" PRIMARY KEY("list_id","index"),
	CONSTRAINT "status_entries_credential_key" UNIQUE("credential_id","purpose"),
	CONSTRAINT "status_entries_index_check" CHECK ("status_entries"."index" >= 0)
);
--> statement-breakpoint
CREATE TABLE "status_lists" (
	"id" uuid PRIMARY KEY NOT NULL,
	"body_organization_id" uuid NOT NULL,
	"purpose" text NOT NULL,
	"number" integer NOT NULL,
	"length" integer NOT NULL,
	"version" integer NOT NULL,
	"published_version" integer NOT NULL,
	"signed_at" timestamp with time zone,
	"expires_at" timestamp with time zone,
	"confirmed_at" timestamp with time zone,
	"created_at" timestamp with time zone NOT NULL,
	CONSTRAINT "status_lists_number_key" UNIQUE("body_organization_id","purpose","number"),
	CONSTRAINT "status_lists_purpose_check" CHECK ("status_lists"."purpose" in ('revocation', 'suspension')),
	CONSTRAINT "status_lists_length_check" CHECK ("status_lists"."length" >= 131072 and "status_lists"."length" % 8 = 0),
	CONSTRAINT "status_lists_version_check" CHECK ("status_lists"."published_version" <= "status_lists"."version" and "status_lists"."version" >= 0)
);
--> statement-breakpoint
ALTER TABLE "signing_keys" ALTER COLUMN "wrapped" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "credentials" ADD COLUMN "document_kind" text NOT NULL;--> statement-breakpoint
ALTER TABLE "credentials" ADD COLUMN "kid" text NOT NULL;--> statement-breakpoint
ALTER TABLE "credentials" ADD COLUMN "face" jsonb NOT NULL;--> statement-breakpoint
ALTER TABLE "credentials" ADD COLUMN "holder_code" text;--> statement-breakpoint
ALTER TABLE "credentials" ADD COLUMN "leaf_index" bigint NOT NULL;--> statement-breakpoint
ALTER TABLE "credentials" ADD COLUMN "receipt" text;--> statement-breakpoint
ALTER TABLE "credentials" ADD COLUMN "status" text NOT NULL;--> statement-breakpoint
ALTER TABLE "credentials" ADD COLUMN "move_count" integer NOT NULL;--> statement-breakpoint
ALTER TABLE "credentials" ADD COLUMN "status_at" timestamp with time zone NOT NULL;--> statement-breakpoint
ALTER TABLE "credentials" ADD COLUMN "confirmed_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "engagements" ADD COLUMN "disclosure" text[] DEFAULT '{}'::text[] NOT NULL;--> statement-breakpoint
ALTER TABLE "organizations" ADD COLUMN "did" text;--> statement-breakpoint
ALTER TABLE "signing_keys" ADD COLUMN "signer" jsonb;--> statement-breakpoint
ALTER TABLE "signing_keys" ADD COLUMN "compromised_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "signing_keys" ADD COLUMN "compromised_since" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "signing_keys" ADD COLUMN "compromised_from_leaf" bigint;--> statement-breakpoint
ALTER TABLE "accreditations" ADD CONSTRAINT "accreditations_body_organization_id_organizations_id_fk" FOREIGN KEY ("body_organization_id") REFERENCES "public"."organizations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "credential_moves" ADD CONSTRAINT "credential_moves_credential_id_credentials_id_fk" FOREIGN KEY ("credential_id") REFERENCES "public"."credentials"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "credential_moves" ADD CONSTRAINT "credential_moves_person_id_persons_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."persons"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "status_entries" ADD CONSTRAINT "status_entries_list_id_status_lists_id_fk" FOREIGN KEY ("list_id") REFERENCES "public"."status_lists"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "status_entries" ADD CONSTRAINT "status_entries_credential_id_credentials_id_fk" FOREIGN KEY ("credential_id") REFERENCES "public"."credentials"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "status_lists" ADD CONSTRAINT "status_lists_body_organization_id_organizations_id_fk" FOREIGN KEY ("body_organization_id") REFERENCES "public"."organizations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "accreditations_body_idx" ON "accreditations" USING btree ("body_organization_id","valid_from");--> statement-breakpoint
CREATE INDEX "status_entries_set_idx" ON "status_entries" USING btree ("list_id","index") WHERE "status_entries"."is_set";--> statement-breakpoint
CREATE INDEX "status_lists_expiry_idx" ON "status_lists" USING btree ("expires_at");--> statement-breakpoint
CREATE INDEX "credentials_holder_idx" ON "credentials" USING btree ("holder_code","issued_at");--> statement-breakpoint
CREATE INDEX "credentials_pending_idx" ON "credentials" USING btree ("leaf_index") WHERE "credentials"."state" = 'pending';--> statement-breakpoint
CREATE INDEX "credentials_unconfirmed_idx" ON "credentials" USING btree ("leaf_index") WHERE "credentials"."confirmed_at" is null;--> statement-breakpoint
ALTER TABLE "credentials" ADD CONSTRAINT "credentials_leaf_key" UNIQUE("leaf_index");--> statement-breakpoint
ALTER TABLE "organizations" ADD CONSTRAINT "organizations_did_key" UNIQUE("did");--> statement-breakpoint
ALTER TABLE "credentials" ADD CONSTRAINT "credentials_status_check" CHECK ("credentials"."status" in ('active', 'suspended', 'withdrawn', 'cancelled'));--> statement-breakpoint
ALTER TABLE "credentials" ADD CONSTRAINT "credentials_document_check" CHECK ("credentials"."document_kind" in ('verification-statement', 'certificate'));--> statement-breakpoint
ALTER TABLE "organizations" ADD CONSTRAINT "organizations_did_check" CHECK ("organizations"."did" is null or "organizations"."kind" = 'certification-body');--> statement-breakpoint
ALTER TABLE "signing_keys" ADD CONSTRAINT "signing_keys_purpose_check" CHECK ("signing_keys"."purpose" in ('credential', 'token', 'log', 'installation'));--> statement-breakpoint
ALTER TABLE "signing_keys" ADD CONSTRAINT "signing_keys_algorithm_check" CHECK ("signing_keys"."algorithm" in ('EdDSA', 'ES256'));--> statement-breakpoint
ALTER TABLE "signing_keys" ADD CONSTRAINT "signing_keys_place_check" CHECK (("signing_keys"."wrapped" is null) <> ("signing_keys"."signer" is null));--> statement-breakpoint
ALTER TABLE "signing_keys" ADD CONSTRAINT "signing_keys_signer_check" CHECK ("signing_keys"."signer" is null or "signing_keys"."purpose" = 'credential');--> statement-breakpoint
ALTER TABLE "signing_keys" ADD CONSTRAINT "signing_keys_compromised_check" CHECK (("signing_keys"."compromised_at" is null) = ("signing_keys"."compromised_since" is null)
        and ("signing_keys"."compromised_at" is null) = ("signing_keys"."compromised_from_leaf" is null)
        and ("signing_keys"."compromised_at" is null or "signing_keys"."retired_at" is not null));--> statement-breakpoint
INSERT INTO "log" ("id", "size", "published_size", "confirmed_size") VALUES ('log', 0, 0, 0);
