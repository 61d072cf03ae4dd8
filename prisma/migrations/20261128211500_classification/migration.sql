-- What every row with personal data is (cluster, version of the rule) and when it has to be gone, or what that waits for.
-- (docs/adr: "Every row says when it has to be gone")

CREATE TABLE "deletion_rule" (
    "cluster" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    -- How long objects of the cluster stay, as packages/records says it.
    "retention" JSONB NOT NULL,
    "valid_from" TIMESTAMPTZ(3) NOT NULL,
    -- Persons, not accounts. Null: proposed by the product, signed by nobody yet.
    "proposed_by" UUID,
    "approved_by" UUID,
    "approved_at" TIMESTAMPTZ(3),
    CONSTRAINT "deletion_rule_pkey" PRIMARY KEY ("cluster", "version"),
    CONSTRAINT "deletion_rule_cluster" CHECK ("cluster" ~ '^DA(0[1-9]|1[0-9]|20)$'),
    CONSTRAINT "deletion_rule_version" CHECK ("version" BETWEEN 1 AND 9999),
    CONSTRAINT "deletion_rule_approved" CHECK (("proposed_by" IS NULL) = ("approved_by" IS NULL) AND ("approved_by" IS NULL) = ("approved_at" IS NULL)
      AND "proposed_by" IS DISTINCT FROM "approved_by" OR "approved_by" IS NULL),
    -- The product proposes the first version of each; every other is two persons'.
    CONSTRAINT "deletion_rule_by_persons" CHECK ("version" = 1 OR "approved_by" IS NOT NULL)
);

INSERT INTO "deletion_rule" ("cluster", "version", "retention", "valid_from") VALUES
  ('DA01', 1, '{"kind":"CLASS","class":{"start":"CASE_CLOSED","endOfYear":false,"period":"30d"},"minKeep":null}', '2000-01-01T00:00:00Z'),
  ('DA02', 1, '{"kind":"CLASS","class":{"start":"CASE_CLOSED","endOfYear":false,"period":"7d"},"minKeep":null}', '2000-01-01T00:00:00Z'),
  ('DA03', 1, '{"kind":"BY_VARIANT","classes":{"FILE_PLAN_1Y":{"start":"CASE_CLOSED","endOfYear":true,"period":"1y"},"FILE_PLAN_2Y":{"start":"CASE_CLOSED","endOfYear":true,"period":"2y"},"FILE_PLAN_5Y":{"start":"CASE_CLOSED","endOfYear":true,"period":"5y"},"FILE_PLAN_10Y":{"start":"CASE_CLOSED","endOfYear":true,"period":"10y"},"FILE_PLAN_30Y":{"start":"CASE_CLOSED","endOfYear":true,"period":"30y"}},"minKeep":null}', '2000-01-01T00:00:00Z'),
  ('DA04', 1, '{"kind":"WITH_PARENT","unlessFiled":{"start":"CASE_CLOSED","endOfYear":false,"period":"14d"}}', '2000-01-01T00:00:00Z'),
  ('DA05', 1, '{"kind":"CLASS","class":{"start":"COLLECTED","endOfYear":false,"period":"1d"},"minKeep":null}', '2000-01-01T00:00:00Z'),
  ('DA06', 1, '{"kind":"CLASS","class":{"start":"RELATION_ENDED","endOfYear":false,"period":"0d"},"minKeep":null}', '2000-01-01T00:00:00Z'),
  ('DA07', 1, '{"kind":"WITH_PARENT","unlessFiled":null}', '2000-01-01T00:00:00Z'),
  ('DA08', 1, '{"kind":"CLASS","class":{"start":"COLLECTED","endOfYear":false,"period":"30d"},"minKeep":null}', '2000-01-01T00:00:00Z'),
  ('DA09', 1, '{"kind":"BY_VARIANT","classes":{"RAW_EVENT":{"start":"COLLECTED","endOfYear":false,"period":"24h"},"DEAD_LETTER":{"start":"COLLECTED","endOfYear":false,"period":"7d"}},"minKeep":null}', '2000-01-01T00:00:00Z'),
  ('DA10', 1, '{"kind":"BY_VARIANT","classes":{"JOB_DONE":{"start":"COLLECTED","endOfYear":false,"period":"1h"},"JOB_FAILED":{"start":"COLLECTED","endOfYear":false,"period":"24h"}},"minKeep":null}', '2000-01-01T00:00:00Z'),
  ('DA11', 1, '{"kind":"WITH_PARENT","unlessFiled":null}', '2000-01-01T00:00:00Z'),
  ('DA12', 1, '{"kind":"CLASS","class":{"start":"COLLECTED","endOfYear":false,"period":"90d"},"minKeep":null}', '2000-01-01T00:00:00Z'),
  ('DA13', 1, '{"kind":"CLASS","class":{"start":"COLLECTED","endOfYear":false,"period":"1y"},"minKeep":null}', '2000-01-01T00:00:00Z'),
  ('DA14', 1, '{"kind":"PERMANENT"}', '2000-01-01T00:00:00Z'),
  ('DA15', 1, '{"kind":"CLASS","class":{"start":"COLLECTED","endOfYear":false,"period":"35d"},"minKeep":null}', '2000-01-01T00:00:00Z'),
  ('DA16', 1, '{"kind":"BY_VARIANT","classes":{"DATA_BACKUP":{"start":"COLLECTED","endOfYear":false,"period":"35d"},"KEY_BACKUP":{"start":"COLLECTED","endOfYear":false,"period":"7d"}},"minKeep":null}', '2000-01-01T00:00:00Z'),
  ('DA17', 1, '{"kind":"CLASS","class":{"start":"CASE_CLOSED","endOfYear":false,"period":"24h"},"minKeep":null}', '2000-01-01T00:00:00Z'),
  ('DA18', 1, '{"kind":"CLASS","class":{"start":"CASE_CLOSED","endOfYear":false,"period":"3y"},"minKeep":null}', '2000-01-01T00:00:00Z'),
  ('DA19', 1, '{"kind":"CLASS","class":{"start":"RELATION_ENDED","endOfYear":false,"period":"30d"},"minKeep":null}', '2000-01-01T00:00:00Z'),
  ('DA20', 1, '{"kind":"CLASS","class":{"start":"RELATION_ENDED","endOfYear":false,"period":"1y"},"minKeep":null}', '2000-01-01T00:00:00Z');

-- A version is never changed once it is approved, and never deleted: what was classified under it names it.
CREATE FUNCTION "refuse_changed_rule"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF tg_op = 'UPDATE' AND old.approved_by IS NULL
    AND (new.cluster, new.version, new.retention, new.valid_from) = (old.cluster, old.version, old.retention, old.valid_from) THEN
    RETURN new;
  END IF;
  RAISE EXCEPTION 'a version of a deletion rule stays as it is' USING ERRCODE = 'insufficient_privilege';
END $$;
CREATE TRIGGER "deletion_rule_stays" BEFORE UPDATE OR DELETE ON "deletion_rule" FOR EACH ROW EXECUTE FUNCTION "refuse_changed_rule"();

-- What a new row is classified under. One look into twenty rows, so that no intake has to know the rules.
CREATE FUNCTION "rule_version_in_force"("of_cluster" text) RETURNS integer LANGUAGE sql STABLE PARALLEL SAFE AS $$
  SELECT "version" FROM "public"."deletion_rule" WHERE "cluster" = "of_cluster" AND "valid_from" <= now() ORDER BY "version" DESC LIMIT 1
$$;

-- Stable, so evaluated once for all rows there are: nothing is rewritten. What is closed already gets its date from the worker, which
-- compares what is stored with what is computed.
ALTER TABLE "conversation"
  ADD COLUMN "rule_version" INTEGER NOT NULL DEFAULT rule_version_in_force('DA01'),
  ADD COLUMN "due_at" TIMESTAMPTZ(3),
  ADD COLUMN "waits_for" TEXT DEFAULT 'CASE_CLOSED',
  ADD COLUMN "filing" TEXT NOT NULL DEFAULT 'UNDECIDED',
  ADD COLUMN "file_reference_sealed" BYTEA,
  ADD COLUMN "variant" TEXT,
  ADD CONSTRAINT "conversation_due" CHECK (("due_at" IS NULL) <> ("waits_for" IS NULL)),
  ADD CONSTRAINT "conversation_open_waits" CHECK ("state" <> 'open' OR ("due_at" IS NULL AND "waits_for" = 'CASE_CLOSED' AND "filing" = 'UNDECIDED')),
  ADD CONSTRAINT "conversation_waits_for" CHECK ("waits_for" IN ('COLLECTED', 'CASE_CLOSED', 'RELATION_ENDED', 'VARIANT', 'PARENT', 'RULE')),
  ADD CONSTRAINT "conversation_variant" CHECK ("variant" ~ '^FILE_PLAN_(1|2|5|10|30)Y$'),
  ADD CONSTRAINT "conversation_filing" CHECK ("filing" IN ('UNDECIDED', 'NOT_FILE_RELEVANT', 'HANDOVER_OPEN', 'FILED'));
CREATE INDEX "conversation_due_at_idx" ON "conversation"("due_at") WHERE "due_at" IS NOT NULL;

ALTER TABLE "attachment"
  ADD COLUMN "cluster" TEXT NOT NULL DEFAULT 'DA04',
  ADD COLUMN "rule_version" INTEGER NOT NULL DEFAULT rule_version_in_force('DA04'),
  ADD COLUMN "due_at" TIMESTAMPTZ(3),
  ADD COLUMN "waits_for" TEXT DEFAULT 'PARENT',
  ADD CONSTRAINT "attachment_due" CHECK (("due_at" IS NULL) <> ("waits_for" IS NULL)),
  ADD CONSTRAINT "attachment_waits_for" CHECK ("waits_for" IN ('COLLECTED', 'CASE_CLOSED', 'RELATION_ENDED', 'VARIANT', 'PARENT', 'RULE'));
CREATE INDEX "attachment_due_at_idx" ON "attachment"("due_at") WHERE "due_at" IS NOT NULL;

ALTER TABLE "contact"
  -- Their last matter was deleted then; null: they have one.
  ADD COLUMN "relation_ended_at" TIMESTAMPTZ(3),
  ADD COLUMN "cluster" TEXT NOT NULL DEFAULT 'DA06',
  ADD COLUMN "rule_version" INTEGER NOT NULL DEFAULT rule_version_in_force('DA06'),
  ADD COLUMN "due_at" TIMESTAMPTZ(3),
  ADD COLUMN "waits_for" TEXT DEFAULT 'RELATION_ENDED',
  ADD CONSTRAINT "contact_due" CHECK (("due_at" IS NULL) <> ("waits_for" IS NULL)),
  ADD CONSTRAINT "contact_waits_for" CHECK ("waits_for" IN ('COLLECTED', 'CASE_CLOSED', 'RELATION_ENDED', 'VARIANT', 'PARENT', 'RULE'));
CREATE INDEX "contact_due_at_idx" ON "contact"("due_at") WHERE "due_at" IS NOT NULL;

-- A message is what its conversation is; said in one place.
ALTER TABLE "message" DROP COLUMN "cluster";

-- How complete that is, each time it was computed or asked for.
CREATE TABLE "coverage" (
    "id" BIGSERIAL NOT NULL,
    "asked_at" TIMESTAMPTZ(3) NOT NULL,
    "computed_at" TIMESTAMPTZ(3),
    "figures" JSONB,
    CONSTRAINT "coverage_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "coverage_computed" CHECK (("computed_at" IS NULL) = ("figures" IS NULL))
);

GRANT SELECT ON "deletion_rule" TO "buergerdraht_api", "buergerdraht_worker", "buergerdraht_staff", "buergerdraht_records", "buergerdraht_metadata",
  "buergerdraht_technical", "buergerdraht_auditor";
GRANT INSERT, UPDATE ("proposed_by", "approved_by", "approved_at") ON "deletion_rule" TO "buergerdraht_api";
GRANT SELECT ("rule_version", "due_at", "waits_for", "filing", "variant") ON "conversation" TO "buergerdraht_metadata", "buergerdraht_records";
GRANT SELECT ("cluster", "rule_version", "due_at", "waits_for") ON "attachment" TO "buergerdraht_metadata", "buergerdraht_records";
GRANT UPDATE ("due_at", "waits_for", "rule_version") ON "attachment" TO "buergerdraht_staff";
GRANT SELECT ("relation_ended_at", "cluster", "rule_version", "due_at", "waits_for") ON "contact" TO "buergerdraht_metadata", "buergerdraht_records";
GRANT SELECT, INSERT ("asked_at") ON "coverage" TO "buergerdraht_metadata", "buergerdraht_records", "buergerdraht_technical";
GRANT SELECT ON "coverage" TO "buergerdraht_api";
GRANT SELECT, INSERT, UPDATE, DELETE ON "coverage" TO "buergerdraht_worker";
GRANT USAGE ON SEQUENCE "coverage_id_seq" TO "buergerdraht_metadata", "buergerdraht_records", "buergerdraht_technical", "buergerdraht_worker";
-- To count them by when they began, nothing else.
GRANT SELECT ("id", "disabled_at") ON "account" TO "buergerdraht_worker";
GRANT SELECT ("created_at") ON "session" TO "buergerdraht_worker";
GRANT SELECT ("expires_at") ON "sign_in_ceremony" TO "buergerdraht_worker";
GRANT SELECT ("account_id") ON "invitation", "totp_factor", "passkey", "recovery_code", "linked_identity" TO "buergerdraht_worker";
GRANT SELECT ("at", "cluster") ON "audit_entry" TO "buergerdraht_worker";
