-- Ranges of text that is compared byte by byte: the range type that an exclusion needs, without an extension.
CREATE TYPE "certificate_codes" AS RANGE (subtype = text, collation = "C");
--> statement-breakpoint
ALTER TABLE "footprints" ADD CONSTRAINT "footprints_owner_key" UNIQUE("id","organization_id","kind");
--> statement-breakpoint
CREATE TABLE "green_certificate_allocations" (
	"id" uuid PRIMARY KEY NOT NULL,
	"retirement_id" uuid NOT NULL,
	"organization_id" uuid NOT NULL,
	"footprint_id" uuid NOT NULL,
	"footprint_kind" text NOT NULL,
	"certificates" integer NOT NULL,
	"used_by_revision_id" uuid,
	"created_at" timestamp with time zone NOT NULL,
	"released_at" timestamp with time zone,
	"request_digest" text NOT NULL,
	CONSTRAINT "green_certificate_allocations_count_check" CHECK ("green_certificate_allocations"."certificates" > 0),
	CONSTRAINT "green_certificate_allocations_used_check" CHECK ("green_certificate_allocations"."used_by_revision_id" is null or "green_certificate_allocations"."released_at" is null)
);
--> statement-breakpoint
CREATE TABLE "green_certificate_ranges" (
	"retirement_id" uuid NOT NULL,
	"from_code" text COLLATE "C" NOT NULL,
	"to_code" text COLLATE "C" NOT NULL,
	"certificates" integer NOT NULL,
	"is_standing" boolean NOT NULL,
	"serials" "certificate_codes" GENERATED ALWAYS AS (certificate_codes(left(from_code, 30), left(to_code, 30), '[]')) STORED NOT NULL,
	"classes" "certificate_codes" GENERATED ALWAYS AS (certificate_codes(case when right(from_code, 2) = right(to_code, 2) then right(from_code, 2) else '00' end, case when right(from_code, 2) = right(to_code, 2) then right(to_code, 2) else '99' end, '[]')) STORED NOT NULL,
	CONSTRAINT "green_certificate_ranges_pkey" PRIMARY KEY("retirement_id","from_code"),
	CONSTRAINT "green_certificate_ranges_form_check" CHECK ("green_certificate_ranges"."from_code" ~ '^[0-9A-Z]{17}[0-9]{15}$' and "green_certificate_ranges"."to_code" ~ '^[0-9A-Z]{17}[0-9]{15}$' and left("green_certificate_ranges"."from_code", 17) = left("green_certificate_ranges"."to_code", 17)),
	CONSTRAINT "green_certificate_ranges_count_check" CHECK ("green_certificate_ranges"."certificates" = (right("green_certificate_ranges"."to_code", 15)::bigint - right("green_certificate_ranges"."from_code", 15)::bigint) / (case when right("green_certificate_ranges"."from_code", 2) = right("green_certificate_ranges"."to_code", 2) then 100 else 1 end) + 1)
);
--> statement-breakpoint
CREATE TABLE "green_certificate_retirements" (
	"id" uuid PRIMARY KEY NOT NULL,
	"organization_id" uuid NOT NULL,
	"certificates" integer NOT NULL,
	"allocated_to_inventories" integer NOT NULL,
	"allocated_to_products" integer NOT NULL,
	"generation_month" date NOT NULL,
	"technology" text NOT NULL,
	"is_tradable" boolean NOT NULL,
	"retired_on" date NOT NULL,
	"consumption_start" date NOT NULL,
	"consumption_end" date NOT NULL,
	"reference" text NOT NULL,
	"note" text,
	"created_at" timestamp with time zone NOT NULL,
	"released_at" timestamp with time zone,
	"released_reason" text,
	"request_digest" text NOT NULL,
	CONSTRAINT "green_certificate_retirements_consumer_key" UNIQUE("id","organization_id"),
	CONSTRAINT "green_certificate_retirements_count_check" CHECK ("green_certificate_retirements"."certificates" > 0 and "green_certificate_retirements"."certificates" <= 10000000),
	CONSTRAINT "green_certificate_retirements_inventories_check" CHECK ("green_certificate_retirements"."allocated_to_inventories" >= 0 and "green_certificate_retirements"."allocated_to_inventories" <= "green_certificate_retirements"."certificates"),
	CONSTRAINT "green_certificate_retirements_products_check" CHECK ("green_certificate_retirements"."allocated_to_products" >= 0 and "green_certificate_retirements"."allocated_to_products" <= "green_certificate_retirements"."certificates"),
	CONSTRAINT "green_certificate_retirements_technology_check" CHECK ("green_certificate_retirements"."technology" in ('wind', 'solar', 'hydro', 'biomass', 'geothermal', 'ocean')),
	CONSTRAINT "green_certificate_retirements_dates_check" CHECK (extract(day from "green_certificate_retirements"."generation_month") = 1 and "green_certificate_retirements"."retired_on" >= "green_certificate_retirements"."generation_month" and "green_certificate_retirements"."consumption_start" < "green_certificate_retirements"."consumption_end" and "green_certificate_retirements"."consumption_end" > "green_certificate_retirements"."generation_month"),
	CONSTRAINT "green_certificate_retirements_released_check" CHECK (("green_certificate_retirements"."released_at" is null) = ("green_certificate_retirements"."released_reason" is null) and ("green_certificate_retirements"."released_at" is null or "green_certificate_retirements"."allocated_to_inventories" = 0 and "green_certificate_retirements"."allocated_to_products" = 0))
);
--> statement-breakpoint
ALTER TABLE "green_certificate_allocations" ADD CONSTRAINT "green_certificate_allocations_retirement_fkey" FOREIGN KEY ("retirement_id","organization_id") REFERENCES "public"."green_certificate_retirements"("id","organization_id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "green_certificate_allocations" ADD CONSTRAINT "green_certificate_allocations_footprint_fkey" FOREIGN KEY ("footprint_id","organization_id","footprint_kind") REFERENCES "public"."footprints"("id","organization_id","kind") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "green_certificate_allocations" ADD CONSTRAINT "green_certificate_allocations_revision_fkey" FOREIGN KEY ("used_by_revision_id") REFERENCES "public"."revisions"("id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "green_certificate_ranges" ADD CONSTRAINT "green_certificate_ranges_retirement_fkey" FOREIGN KEY ("retirement_id") REFERENCES "public"."green_certificate_retirements"("id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "green_certificate_retirements" ADD CONSTRAINT "green_certificate_retirements_organization_id_organizations_id_fk" FOREIGN KEY ("organization_id") REFERENCES "public"."organizations"("id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
CREATE INDEX "green_certificate_allocations_retirement_idx" ON "green_certificate_allocations" USING btree ("retirement_id","created_at","id");
--> statement-breakpoint
CREATE INDEX "green_certificate_allocations_footprint_idx" ON "green_certificate_allocations" USING btree ("footprint_id") WHERE "green_certificate_allocations"."released_at" is null;
--> statement-breakpoint
CREATE INDEX "green_certificate_retirements_organization_idx" ON "green_certificate_retirements" USING btree ("organization_id","created_at","id");
