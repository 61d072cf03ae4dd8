-- The municipality's filing plan (Aktenplan): how long what goes to the file is kept, by the beginning of its reference. Each version is whole.

CREATE TABLE "filing_plan" (
    "version" INTEGER NOT NULL,
    -- Persons, not accounts. Not approved yet: a proposal, or one that nobody has approved.
    "proposed_by" UUID NOT NULL,
    "proposed_at" TIMESTAMPTZ(3) NOT NULL,
    "approved_by" UUID,
    "approved_at" TIMESTAMPTZ(3),
    -- Matters that were filed before have been given their periods by it; null: not all of them yet.
    "applied_at" TIMESTAMPTZ(3),
    CONSTRAINT "filing_plan_pkey" PRIMARY KEY ("version"),
    CONSTRAINT "filing_plan_version" CHECK ("version" BETWEEN 1 AND 9999),
    CONSTRAINT "filing_plan_approved" CHECK (("approved_by" IS NULL) = ("approved_at" IS NULL) AND "proposed_by" IS DISTINCT FROM "approved_by")
);

CREATE TABLE "filing_plan_entry" (
    "version" INTEGER NOT NULL,
    "reference" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    -- Null: a heading; what is filed below it has the period of what is above it.
    "years" INTEGER,
    CONSTRAINT "filing_plan_entry_pkey" PRIMARY KEY ("version", "reference"),
    CONSTRAINT "filing_plan_entry_version_fkey" FOREIGN KEY ("version") REFERENCES "filing_plan"("version") ON DELETE NO ACTION ON UPDATE NO ACTION,
    CONSTRAINT "filing_plan_entry_reference" CHECK (length("reference") BETWEEN 1 AND 60),
    CONSTRAINT "filing_plan_entry_title" CHECK (length("title") BETWEEN 1 AND 200),
    CONSTRAINT "filing_plan_entry_years" CHECK ("years" IN (1, 2, 5, 10, 30))
);

-- An approved version stays as it is, and is never approved twice.
CREATE FUNCTION "refuse_changed_filing_plan"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF tg_op = 'UPDATE' AND (new.version, new.proposed_by, new.proposed_at) = (old.version, old.proposed_by, old.proposed_at)
    AND (old.approved_by IS NULL OR (new.approved_by, new.approved_at) = (old.approved_by, old.approved_at)) THEN
    RETURN new;
  END IF;
  RAISE EXCEPTION 'a version of the filing plan stays as it is' USING ERRCODE = 'insufficient_privilege';
END $$;
CREATE TRIGGER "filing_plan_stays" BEFORE UPDATE OR DELETE ON "filing_plan" FOR EACH ROW EXECUTE FUNCTION "refuse_changed_filing_plan"();

CREATE FUNCTION "refuse_changed_filing_plan_entry"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT FROM "public"."filing_plan" WHERE "version" = coalesce(new.version, old.version) AND "approved_by" IS NOT NULL) THEN
    RAISE EXCEPTION 'a version of the filing plan stays as it is' USING ERRCODE = 'insufficient_privilege';
  END IF;
  RETURN coalesce(new, old);
END $$;
CREATE TRIGGER "filing_plan_entry_stays" BEFORE INSERT OR UPDATE OR DELETE ON "filing_plan_entry"
  FOR EACH ROW EXECUTE FUNCTION "refuse_changed_filing_plan_entry"();

GRANT SELECT ON "filing_plan", "filing_plan_entry" TO "buergerdraht_api", "buergerdraht_worker", "buergerdraht_staff";
GRANT INSERT ("version", "proposed_by", "proposed_at"), UPDATE ("approved_by", "approved_at") ON "filing_plan" TO "buergerdraht_api";
GRANT INSERT, DELETE ON "filing_plan_entry" TO "buergerdraht_api";
GRANT UPDATE ("applied_at") ON "filing_plan" TO "buergerdraht_worker";
-- To count, before a rule is changed, whose dates it would move.
GRANT SELECT ("conversation_id", "cluster") ON "attachment" TO "buergerdraht_api";
GRANT SELECT ("channel_id") ON "contact" TO "buergerdraht_api";
