-- After a restore the rules and offers of the ledger are made again, and what it cannot tell enough of waits for somebody to take it over.

-- The entry of the ledger from which a version, a list or the end of a hold was made again after a restore: who decided it stands there, by roles.
ALTER TABLE "deletion_rule" ADD COLUMN "ledger_entry" INTEGER;
ALTER TABLE "archive_offer" ADD COLUMN "ledger_entry" INTEGER;
ALTER TABLE "restore" ADD COLUMN "decisions" INTEGER NOT NULL DEFAULT 0;

CREATE TABLE "restore_task" (
    "restore_id" UUID NOT NULL,
    -- The place of the entry that says what was decided.
    "ledger_entry" INTEGER NOT NULL,
    -- The entry, which names nobody.
    "entry" JSONB NOT NULL,
    "taken_by" UUID,
    "taken_role" TEXT,
    "taken_at" TIMESTAMPTZ(3),
    CONSTRAINT "restore_task_pkey" PRIMARY KEY ("restore_id", "ledger_entry"),
    CONSTRAINT "restore_task_restore_id_fkey" FOREIGN KEY ("restore_id") REFERENCES "restore"("id"),
    CONSTRAINT "restore_task_taken" CHECK (("taken_role" IS NULL) = ("taken_at" IS NULL) AND ("taken_by" IS NULL OR "taken_at" IS NOT NULL))
);
GRANT SELECT, INSERT ON "restore_task" TO "buergerdraht_worker";
GRANT UPDATE ("taken_role", "taken_at") ON "restore_task" TO "buergerdraht_worker";
GRANT SELECT, UPDATE ("taken_by", "taken_role", "taken_at") ON "restore_task" TO "buergerdraht_api";

-- Nobody is let in while something waits to be taken over.
CREATE FUNCTION "refuse_release_with_tasks"() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
  IF EXISTS (SELECT FROM "public"."restore_task" t WHERE t.restore_id = new.id AND t.taken_at IS NULL) THEN
    RAISE EXCEPTION 'what the ledger cannot make again is taken over first' USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN new;
END $$;
CREATE TRIGGER "restore_tasks_taken" BEFORE UPDATE ON "restore" FOR EACH ROW
  WHEN (old.released_at IS NULL AND new.released_at IS NOT NULL) EXECUTE FUNCTION "refuse_release_with_tasks"();

-- The worker decides nothing: what it makes of the ledger it makes while a restored database is brought up to it.
CREATE FUNCTION "refuse_without_restore"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF current_user = 'buergerdraht_worker' THEN
    IF NOT EXISTS (SELECT FROM "restore" WHERE "replayed_at" IS NULL) THEN
      RAISE EXCEPTION 'the worker decides nothing but what the ledger says after a restore' USING ERRCODE = 'insufficient_privilege';
    END IF;
  END IF;
  RETURN new;
END $$;
CREATE TRIGGER "deletion_rule_restored" BEFORE INSERT OR UPDATE ON "deletion_rule" FOR EACH ROW EXECUTE FUNCTION "refuse_without_restore"();
CREATE TRIGGER "archive_offer_restored" BEFORE INSERT ON "archive_offer" FOR EACH ROW EXECUTE FUNCTION "refuse_without_restore"();
CREATE TRIGGER "archive_offer_item_restored" BEFORE INSERT OR UPDATE OF "valuation", "basis", "decided_by", "decided_at" ON "archive_offer_item"
  FOR EACH ROW EXECUTE FUNCTION "refuse_without_restore"();
CREATE TRIGGER "legal_hold_restored" BEFORE INSERT OR UPDATE OF "released_by", "release_proposed_by", "informed_at" ON "legal_hold"
  FOR EACH ROW EXECUTE FUNCTION "refuse_without_restore"();

GRANT INSERT ("cluster", "version", "retention", "valid_from", "proposed_by", "approved_by", "approved_at", "ledger_entry"),
  UPDATE ("proposed_by", "approved_by", "approved_at", "ledger_entry") ON "deletion_rule" TO "buergerdraht_worker";
GRANT INSERT ("id", "offered_at", "offered_by", "offered_role", "offered", "ledger_entry") ON "archive_offer" TO "buergerdraht_worker";
GRANT INSERT ("conversation_id", "offer_id", "number", "proposal"), UPDATE ("valuation", "basis", "decided_by", "decided_at") ON "archive_offer_item"
  TO "buergerdraht_worker";
GRANT UPDATE ("release_proposed_by", "released_by", "informed_at") ON "legal_hold" TO "buergerdraht_worker";

ALTER TABLE "ledger_act" DROP CONSTRAINT "ledger_act_type";
ALTER TABLE "ledger_act" ADD CONSTRAINT "ledger_act_type" CHECK ("type" IN ('HOLD_SET', 'HOLD_RELEASE', 'RESTRICT', 'UNRESTRICT', 'RULE_CHANGE', 'RULES_SIGNED',
  'ARCHIVE_OFFER', 'ARCHIVE_DECISION'));
