-- A deletion ledger that was lost or damaged, and that two persons gave up: another log, with a key of its own, follows it. What was known of it stays here.
CREATE TABLE "broken_ledger" (
    -- From 1; it is also the number of the ledger that follows it. The first one has 0.
    "number" SMALLINT NOT NULL,
    -- For the proposal that gives it up.
    "id" UUID NOT NULL,
    "origin" TEXT NOT NULL,
    -- By which what is left of it is still checked; the key itself goes, so nobody can sign more of it.
    "verifier_key" TEXT NOT NULL,
    -- What of it was carried out here.
    "size" INTEGER NOT NULL,
    "root" BYTEA NOT NULL,
    -- The largest checkpoint that somebody elsewhere has said something of.
    "proven_size" INTEGER,
    "proven_at" TIMESTAMPTZ(3),
    "fault" TEXT NOT NULL,
    -- Codes of the verifier.
    "findings" TEXT[] NOT NULL,
    "reason" TEXT NOT NULL,
    -- Where what is left of it lies, beside the one that follows.
    "folder" TEXT NOT NULL,
    "found_at" TIMESTAMPTZ(3) NOT NULL,
    "proposed_by" UUID,
    "proposed_role" TEXT,
    "approved_by" UUID,
    "approved_role" TEXT,
    "decided_at" TIMESTAMPTZ(3),
    -- Of the ledger that follows; the old key goes with the same commit.
    "key_id" UUID,
    -- The ledger that follows says so in its first entry.
    "followed_at" TIMESTAMPTZ(3),
    CONSTRAINT "broken_ledger_pkey" PRIMARY KEY ("number"),
    CONSTRAINT "broken_ledger_number" CHECK ("number" BETWEEN 1 AND 100),
    CONSTRAINT "broken_ledger_size" CHECK ("size" >= 0 AND octet_length("root") = 32),
    CONSTRAINT "broken_ledger_proven" CHECK (("proven_size" IS NULL) = ("proven_at" IS NULL)),
    CONSTRAINT "broken_ledger_fault" CHECK ("fault" IN ('missing', 'foreign', 'damaged', 'behind', 'inconsistent')),
    CONSTRAINT "broken_ledger_reason" CHECK ("reason" IN ('LEDGER_UNREACHABLE', 'DANGER_TO_LIFE', 'SYSTEM_FAILURE', 'LEGAL_ORDER')),
    CONSTRAINT "broken_ledger_two" CHECK ("proposed_by" <> "approved_by"),
    CONSTRAINT "broken_ledger_decided" CHECK (("decided_at" IS NULL) = ("proposed_by" IS NULL) AND ("decided_at" IS NULL) = ("approved_by" IS NULL)
      AND ("decided_at" IS NULL) = ("proposed_role" IS NULL) AND ("decided_at" IS NULL) = ("approved_role" IS NULL)
      AND ("key_id" IS NULL OR "decided_at" IS NOT NULL) AND ("followed_at" IS NULL OR "key_id" IS NOT NULL))
);
CREATE UNIQUE INDEX "broken_ledger_id" ON "broken_ledger"("id");
CREATE UNIQUE INDEX "broken_ledger_one" ON "broken_ledger"((true)) WHERE "followed_at" IS NULL;
CREATE TRIGGER "broken_ledger_change" BEFORE UPDATE OR DELETE ON "broken_ledger" FOR EACH ROW
  WHEN (old.followed_at IS NOT NULL) EXECUTE FUNCTION "refuse_change"();
GRANT SELECT, INSERT, DELETE, UPDATE ("key_id", "followed_at") ON "broken_ledger" TO "buergerdraht_worker";
GRANT SELECT, UPDATE ("proposed_by", "proposed_role", "approved_by", "approved_role", "decided_at") ON "broken_ledger" TO "buergerdraht_api";

-- Seven digits of the applied size are the size of a ledger, what stands before them is its number: another ledger begins only where two persons gave up the one before.
CREATE FUNCTION "refuse_another_ledger"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT EXISTS (SELECT FROM "broken_ledger" b WHERE b.number = new.applied_size / 10000000 AND b.key_id IS NOT NULL AND b.followed_at IS NULL)
    OR new.applied_size / 10000000 <> old.applied_size / 10000000 + 1 THEN
    RAISE EXCEPTION 'another ledger follows one that two persons gave up' USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN new;
END $$;
CREATE TRIGGER "ledger_state_follows" BEFORE UPDATE ON "ledger_state" FOR EACH ROW
  WHEN (new.applied_size / 10000000 <> old.applied_size / 10000000) EXECUTE FUNCTION "refuse_another_ledger"();

-- Which ledger the places are of.
ALTER TABLE "restore" ADD COLUMN "ledger" SMALLINT NOT NULL DEFAULT 0;
