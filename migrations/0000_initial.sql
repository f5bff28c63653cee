CREATE TABLE "api_clients" (
	"id" uuid PRIMARY KEY NOT NULL,
	"organization_id" uuid NOT NULL,
	"member_id" uuid,
	"name" text NOT NULL,
	"scopes" text[] NOT NULL,
	"secret_hash" text NOT NULL,
	"request_digest" text NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"revoked_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "audit" (
	"id" uuid PRIMARY KEY NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"organization_id" uuid NOT NULL,
	"client_id" uuid NOT NULL,
	"member_id" uuid,
	"person_id" uuid,
	"action" text NOT NULL,
	"resource" text NOT NULL,
	"resource_id" uuid NOT NULL,
	"request_digest" text NOT NULL,
	"facts" jsonb
);
--> statement-breakpoint
CREATE TABLE "credentials" (
	"id" uuid PRIMARY KEY NOT NULL,
	"number" text NOT NULL,
	"engagement_id" uuid NOT NULL,
	"body_organization_id" uuid NOT NULL,
	"client_organization_id" uuid NOT NULL,
	"jwt" text NOT NULL,
	"digest" text NOT NULL,
	"pseudonym_salt" text NOT NULL,
	"state" text NOT NULL,
	"issued_at" timestamp with time zone NOT NULL,
	"published_at" timestamp with time zone,
	CONSTRAINT "credentials_number_key" UNIQUE("number"),
	CONSTRAINT "credentials_engagement_key" UNIQUE("engagement_id"),
	CONSTRAINT "credentials_state_check" CHECK ("credentials"."state" in ('pending', 'public'))
);
--> statement-breakpoint
CREATE TABLE "engagement_persons" (
	"engagement_id" uuid NOT NULL,
	"person_id" uuid NOT NULL,
	"side" text NOT NULL,
	CONSTRAINT "engagement_persons_engagement_id_person_id_pk" PRIMARY KEY("engagement_id","person_id"),
	CONSTRAINT "engagement_persons_side_key" UNIQUE("engagement_id","person_id","side"),
	CONSTRAINT "engagement_persons_side_check" CHECK ("engagement_persons"."side" in ('client', 'team', 'decision'))
);
--> statement-breakpoint
CREATE TABLE "engagement_roles" (
	"engagement_id" uuid NOT NULL,
	"person_id" uuid NOT NULL,
	"side" text NOT NULL,
	"role" text NOT NULL,
	"since" timestamp with time zone NOT NULL,
	CONSTRAINT "engagement_roles_engagement_id_person_id_role_pk" PRIMARY KEY("engagement_id","person_id","role"),
	CONSTRAINT "engagement_roles_side_check" CHECK (("engagement_roles"."side", "engagement_roles"."role") in (('client', 'preparer'), ('client', 'responsible'), ('team', 'lead-verifier'), ('team', 'verifier'), ('decision', 'reviewer'), ('decision', 'decision-maker')))
);
--> statement-breakpoint
CREATE TABLE "engagements" (
	"id" uuid PRIMARY KEY NOT NULL,
	"footprint_id" uuid NOT NULL,
	"client_organization_id" uuid NOT NULL,
	"body_organization_id" uuid NOT NULL,
	"scheme_id" text NOT NULL,
	"scheme_version" text NOT NULL,
	"scheme_digest" text NOT NULL,
	"document_kind" text NOT NULL,
	"state" text NOT NULL,
	"version" integer NOT NULL,
	"first_revision" integer NOT NULL,
	"revision_number" integer NOT NULL,
	"finding_count" integer NOT NULL,
	"note" text,
	"contract_review" jsonb,
	"proposal" jsonb,
	"review" jsonb,
	"returned" jsonb,
	"decision" jsonb,
	"closing" jsonb,
	"request_digest" text NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"updated_at" timestamp with time zone NOT NULL,
	CONSTRAINT "engagements_state_check" CHECK ("engagements"."state" in ('applied', 'in-verification', 'in-correction', 'in-review', 'decided', 'issued', 'declined', 'withdrawn')),
	CONSTRAINT "engagements_document_check" CHECK ("engagements"."document_kind" in ('verification-statement', 'certificate')),
	CONSTRAINT "engagements_two_organizations_check" CHECK ("engagements"."client_organization_id" <> "engagements"."body_organization_id"),
	CONSTRAINT "engagements_review_check" CHECK ("engagements"."review" is null or "engagements"."proposal" is not null),
	CONSTRAINT "engagements_decision_check" CHECK ("engagements"."decision" is null or "engagements"."review" is not null),
	CONSTRAINT "engagements_decided_check" CHECK ("engagements"."state" not in ('decided', 'issued') or "engagements"."decision" is not null)
);
--> statement-breakpoint
CREATE TABLE "factor_table_versions" (
	"table_id" text NOT NULL,
	"version" text NOT NULL,
	"digest" text NOT NULL,
	"facts" jsonb NOT NULL,
	"published_at" timestamp with time zone NOT NULL,
	CONSTRAINT "factor_table_versions_table_id_version_pk" PRIMARY KEY("table_id","version")
);
--> statement-breakpoint
CREATE TABLE "factors" (
	"table_id" text NOT NULL,
	"version" text NOT NULL,
	"id" text NOT NULL,
	"category" text NOT NULL,
	"family" text NOT NULL,
	"region" text NOT NULL,
	"year" integer NOT NULL,
	"search_text" text NOT NULL,
	"body" jsonb NOT NULL,
	CONSTRAINT "factors_table_id_version_id_pk" PRIMARY KEY("table_id","version","id")
);
--> statement-breakpoint
CREATE TABLE "findings" (
	"id" uuid PRIMARY KEY NOT NULL,
	"engagement_id" uuid NOT NULL,
	"number" integer NOT NULL,
	"kind" text NOT NULL,
	"severity" text,
	"part" text,
	"quantity_kg_co2e" text,
	"intentional" boolean NOT NULL,
	"disclosed" boolean NOT NULL,
	"text" text NOT NULL,
	"lines" text[] NOT NULL,
	"state" text NOT NULL,
	"closure" text,
	"raised" jsonb NOT NULL,
	"answer" jsonb,
	"closed" jsonb,
	CONSTRAINT "findings_number_key" UNIQUE("engagement_id","number"),
	CONSTRAINT "findings_kind_check" CHECK ("findings"."kind" in ('nonconformity', 'clarification', 'observation', 'misstatement', 'scope-limitation')),
	CONSTRAINT "findings_closed_check" CHECK (("findings"."state" = 'closed') = ("findings"."closure" is not null))
);
--> statement-breakpoint
CREATE TABLE "footprints" (
	"id" uuid PRIMARY KEY NOT NULL,
	"organization_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"state" text NOT NULL,
	"version" integer NOT NULL,
	"definition" jsonb NOT NULL,
	"activity_data" jsonb,
	"latest_revision" integer NOT NULL,
	"request_digest" text NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"updated_at" timestamp with time zone NOT NULL,
	CONSTRAINT "footprints_kind_check" CHECK ("footprints"."kind" in ('organization', 'product')),
	CONSTRAINT "footprints_state_check" CHECK ("footprints"."state" in ('draft', 'submitted'))
);
--> statement-breakpoint
CREATE TABLE "gwp_sets" (
	"id" text NOT NULL,
	"version" text NOT NULL,
	"digest" text NOT NULL,
	"title" jsonb NOT NULL,
	"published_at" timestamp with time zone NOT NULL,
	CONSTRAINT "gwp_sets_id_version_pk" PRIMARY KEY("id","version")
);
--> statement-breakpoint
CREATE TABLE "members" (
	"id" uuid PRIMARY KEY NOT NULL,
	"organization_id" uuid NOT NULL,
	"person_id" uuid NOT NULL,
	"roles" text[] NOT NULL,
	"request_digest" text NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	CONSTRAINT "members_person_key" UNIQUE("organization_id","person_id"),
	CONSTRAINT "members_home_key" UNIQUE("id","organization_id")
);
--> statement-breakpoint
CREATE TABLE "organizations" (
	"id" uuid PRIMARY KEY NOT NULL,
	"kind" text NOT NULL,
	"slug" text NOT NULL,
	"name_en" text NOT NULL,
	"name_zh" text,
	"country" text NOT NULL,
	"unified_social_credit_code" text,
	"request_digest" text NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	CONSTRAINT "organizations_slug_key" UNIQUE("slug"),
	CONSTRAINT "organizations_uscc_key" UNIQUE("unified_social_credit_code"),
	CONSTRAINT "organizations_kind_check" CHECK ("organizations"."kind" in ('enterprise', 'certification-body', 'operator')),
	CONSTRAINT "organizations_chinese_code_check" CHECK ("organizations"."country" <> 'CN' or "organizations"."unified_social_credit_code" is not null)
);
--> statement-breakpoint
CREATE TABLE "persons" (
	"id" uuid PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"identity_hash" text NOT NULL,
	"request_digest" text NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	CONSTRAINT "persons_identity_key" UNIQUE("identity_hash")
);
--> statement-breakpoint
CREATE TABLE "revisions" (
	"id" uuid PRIMARY KEY NOT NULL,
	"footprint_id" uuid NOT NULL,
	"organization_id" uuid NOT NULL,
	"number" integer NOT NULL,
	"digest" text NOT NULL,
	"record_digest" text NOT NULL,
	"scheme_digest" text NOT NULL,
	"line_count" integer NOT NULL,
	"definition" jsonb NOT NULL,
	"result" jsonb NOT NULL,
	"salt_key" text NOT NULL,
	"declaration_digest" text NOT NULL,
	"declaration_text" jsonb NOT NULL,
	"declared_by_member_id" uuid NOT NULL,
	"declared_by_person_id" uuid NOT NULL,
	"request_digest" text NOT NULL,
	"submitted_at" timestamp with time zone NOT NULL,
	CONSTRAINT "revisions_number_key" UNIQUE("footprint_id","number")
);
--> statement-breakpoint
CREATE TABLE "schemes" (
	"id" text NOT NULL,
	"version" text NOT NULL,
	"digest" text NOT NULL,
	"body" jsonb NOT NULL,
	"published_at" timestamp with time zone NOT NULL,
	CONSTRAINT "schemes_id_version_pk" PRIMARY KEY("id","version")
);
--> statement-breakpoint
CREATE TABLE "signing_keys" (
	"owner_id" uuid NOT NULL,
	"kid" text NOT NULL,
	"purpose" text NOT NULL,
	"algorithm" text NOT NULL,
	"public_jwk" jsonb NOT NULL,
	"wrapped" jsonb NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"retired_at" timestamp with time zone,
	CONSTRAINT "signing_keys_owner_id_purpose_kid_pk" PRIMARY KEY("owner_id","purpose","kid")
);
--> statement-breakpoint
ALTER TABLE "api_clients" ADD CONSTRAINT "api_clients_organization_id_organizations_id_fk" FOREIGN KEY ("organization_id") REFERENCES "public"."organizations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "api_clients" ADD CONSTRAINT "api_clients_member_fkey" FOREIGN KEY ("member_id","organization_id") REFERENCES "public"."members"("id","organization_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "engagement_persons" ADD CONSTRAINT "engagement_persons_engagement_id_engagements_id_fk" FOREIGN KEY ("engagement_id") REFERENCES "public"."engagements"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "engagement_persons" ADD CONSTRAINT "engagement_persons_person_id_persons_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."persons"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "engagement_roles" ADD CONSTRAINT "engagement_roles_one_side_fkey" FOREIGN KEY ("engagement_id","person_id","side") REFERENCES "public"."engagement_persons"("engagement_id","person_id","side") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "engagements" ADD CONSTRAINT "engagements_footprint_id_footprints_id_fk" FOREIGN KEY ("footprint_id") REFERENCES "public"."footprints"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "engagements" ADD CONSTRAINT "engagements_client_organization_id_organizations_id_fk" FOREIGN KEY ("client_organization_id") REFERENCES "public"."organizations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "engagements" ADD CONSTRAINT "engagements_body_organization_id_organizations_id_fk" FOREIGN KEY ("body_organization_id") REFERENCES "public"."organizations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "findings" ADD CONSTRAINT "findings_engagement_id_engagements_id_fk" FOREIGN KEY ("engagement_id") REFERENCES "public"."engagements"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "footprints" ADD CONSTRAINT "footprints_organization_id_organizations_id_fk" FOREIGN KEY ("organization_id") REFERENCES "public"."organizations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "members" ADD CONSTRAINT "members_organization_id_organizations_id_fk" FOREIGN KEY ("organization_id") REFERENCES "public"."organizations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "members" ADD CONSTRAINT "members_person_fkey" FOREIGN KEY ("person_id") REFERENCES "public"."persons"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "revisions" ADD CONSTRAINT "revisions_footprint_id_footprints_id_fk" FOREIGN KEY ("footprint_id") REFERENCES "public"."footprints"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "revisions" ADD CONSTRAINT "revisions_organization_id_organizations_id_fk" FOREIGN KEY ("organization_id") REFERENCES "public"."organizations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "revisions" ADD CONSTRAINT "revisions_declared_by_member_id_members_id_fk" FOREIGN KEY ("declared_by_member_id") REFERENCES "public"."members"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "revisions" ADD CONSTRAINT "revisions_declared_by_person_id_persons_id_fk" FOREIGN KEY ("declared_by_person_id") REFERENCES "public"."persons"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "api_clients_organization_idx" ON "api_clients" USING btree ("organization_id");--> statement-breakpoint
CREATE INDEX "audit_resource_idx" ON "audit" USING btree ("resource","resource_id","at");--> statement-breakpoint
CREATE INDEX "credentials_body_idx" ON "credentials" USING btree ("body_organization_id","issued_at");--> statement-breakpoint
CREATE INDEX "credentials_client_idx" ON "credentials" USING btree ("client_organization_id","issued_at");--> statement-breakpoint
CREATE UNIQUE INDEX "engagements_live_footprint_key" ON "engagements" USING btree ("footprint_id") WHERE "engagements"."state" in ('applied', 'in-verification', 'in-correction', 'in-review');--> statement-breakpoint
CREATE INDEX "engagements_client_idx" ON "engagements" USING btree ("client_organization_id","created_at","id");--> statement-breakpoint
CREATE INDEX "engagements_body_idx" ON "engagements" USING btree ("body_organization_id","created_at","id");--> statement-breakpoint
CREATE INDEX "factors_selector_idx" ON "factors" USING btree ("family","region","year");--> statement-breakpoint
CREATE INDEX "footprints_organization_idx" ON "footprints" USING btree ("organization_id","created_at","id");--> statement-breakpoint
CREATE UNIQUE INDEX "signing_keys_one_active" ON "signing_keys" USING btree ("owner_id","purpose") WHERE "signing_keys"."retired_at" is null;