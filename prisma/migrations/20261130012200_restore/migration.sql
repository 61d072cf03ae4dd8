-- A database that was restored from a backup: what the ledger knew more than it, and who has let people in again.
CREATE TABLE "restore" (
    -- Of the run that destroys again, too.
    "id" UUID NOT NULL,
    -- The ledger's entries that this database had not carried out, the last one not among them.
    "from_seq" INTEGER NOT NULL,
    "to_seq" INTEGER NOT NULL,
    -- The day of the newest thing that it knew.
    "backup_on" DATE NOT NULL,
    "begun_at" TIMESTAMPTZ(3) NOT NULL,
    -- Everything is carried out, and nothing is left that has a tombstone.
    "replayed_at" TIMESTAMPTZ(3),
    "holds" INTEGER NOT NULL DEFAULT 0,
    "restrictions" INTEGER NOT NULL DEFAULT 0,
    -- Entries that say what people have to decide anew.
    "anew" INTEGER NOT NULL DEFAULT 0,
    "proposed_role" TEXT,
    "approved_role" TEXT,
    "released_at" TIMESTAMPTZ(3),
    -- The place of the entry that says so; then people are let in.
    "entered_in" INTEGER,
    CONSTRAINT "restore_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "restore_order" CHECK ("from_seq" >= 0 AND "to_seq" > "from_seq"),
    CONSTRAINT "restore_released" CHECK (("released_at" IS NULL) = ("approved_role" IS NULL) AND ("released_at" IS NULL) = ("proposed_role" IS NULL)
      AND ("released_at" IS NULL OR "replayed_at" IS NOT NULL) AND ("entered_in" IS NULL OR "released_at" IS NOT NULL))
);
CREATE UNIQUE INDEX "restore_one" ON "restore"((true)) WHERE "entered_in" IS NULL;
CREATE CONSTRAINT TRIGGER "restore_told" AFTER INSERT OR UPDATE ON "restore"
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION "tell_decision"();
GRANT SELECT, INSERT, UPDATE ON "restore" TO "buergerdraht_worker";
GRANT SELECT, UPDATE ("proposed_role", "approved_role", "released_at") ON "restore" TO "buergerdraht_api";

-- What is destroyed again because the ledger says so has been approved before, by persons that this database need not know.
ALTER TABLE "deletion_run" DROP CONSTRAINT "deletion_run_kind";
ALTER TABLE "deletion_run" ADD CONSTRAINT "deletion_run_kind" CHECK ("kind" IN ('planned', 'manual', 'erasure', 'emergency', 'restore'));
ALTER TABLE "deletion_run" DROP CONSTRAINT "deletion_run_planned";
ALTER TABLE "deletion_run" ADD CONSTRAINT "deletion_run_planned" CHECK (("planned_by" IS NULL) = ("planned_role" IS NULL)
  AND ("planned_by" IS NOT NULL OR "state" IN ('prepared', 'expired') OR "kind" = 'restore'));
ALTER TABLE "deletion_run" DROP CONSTRAINT "deletion_run_approved";
ALTER TABLE "deletion_run" ADD CONSTRAINT "deletion_run_approved"
  CHECK ("state" NOT IN ('approved', 'running', 'completed', 'failed') OR "approved_by" IS NOT NULL OR "kind" = 'restore');
CREATE FUNCTION "refuse_restore_by_others"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF current_user = 'buergerdraht_api' THEN
    RAISE EXCEPTION 'only the worker carries out what the ledger holds' USING ERRCODE = 'insufficient_privilege';
  END IF;
  RETURN new;
END $$;
CREATE TRIGGER "deletion_run_restores" BEFORE INSERT OR UPDATE ON "deletion_run" FOR EACH ROW
  WHEN (new.kind = 'restore') EXECUTE FUNCTION "refuse_restore_by_others"();

-- Sessions of a backup may have been ended since; whoever is let in again signs in anew.
GRANT DELETE ON "session" TO "buergerdraht_worker";
-- The worker sets anew what the ledger says was set.
GRANT INSERT ("id", "kind", "scope", "object_id", "cluster", "reason", "basis", "reference", "set_by", "set_role", "set_at", "review_at", "expires_at") ON "legal_hold"
  TO "buergerdraht_worker";
