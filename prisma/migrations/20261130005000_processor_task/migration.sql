-- What processors (Art. 28 GDPR) hold of what was destroyed here. Written in the transaction that destroys: afterwards nobody could say what to ask for.

CREATE TABLE "processor_task" (
    "id" UUID NOT NULL,
    -- The place of the entry in the ledger that asked for it.
    "ledger_entry" INTEGER NOT NULL,
    "channel_id" UUID NOT NULL,
    "processor" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    -- How many it speaks of: those that there is no way to have deleted stand in one row.
    "objects" INTEGER NOT NULL,
    -- refused: it said no, and is asked again. lapsed: it refused until it was gone there by itself. not-possible: there is no way to have it deleted.
    "state" TEXT NOT NULL,
    -- The provider's id of it, under a key of its own that ends with the task.
    "key_id" UUID,
    "target_sealed" BYTEA,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    -- From when on nothing of it rests there; null: nobody knows while it is not deleted.
    "residue_until" TIMESTAMPTZ(3),
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "next_try_at" TIMESTAMPTZ(3),
    "failed_at" TIMESTAMPTZ(3),
    "code" TEXT,
    -- The place of the entry that says what became of it.
    "reported_in" INTEGER,
    CONSTRAINT "processor_task_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "processor_task_channel_id_fkey" FOREIGN KEY ("channel_id") REFERENCES "channel"("id"),
    CONSTRAINT "processor_task_processor" CHECK ("processor" IN ('BSP', 'META_CONTACT_BOOK')),
    CONSTRAINT "processor_task_kind" CHECK ("kind" IN ('media', 'messages', 'contact-entry')),
    CONSTRAINT "processor_task_state" CHECK ("state" IN ('open', 'refused', 'done', 'lapsed', 'not-possible')),
    CONSTRAINT "processor_task_objects" CHECK ("objects" > 0),
    -- Nothing personal stays once there is nothing to ask for.
    CONSTRAINT "processor_task_target" CHECK (("target_sealed" IS NOT NULL) = ("state" = 'open' OR "state" = 'refused')
      AND ("target_sealed" IS NULL) = ("key_id" IS NULL) AND ("target_sealed" IS NULL) = ("next_try_at" IS NULL)),
    -- The ledger says nothing of what is still to be asked for.
    CONSTRAINT "processor_task_reported" CHECK ("reported_in" IS NULL OR "state" NOT IN ('open', 'refused') AND "residue_until" IS NOT NULL)
);
CREATE INDEX "processor_task_ledger_entry_idx" ON "processor_task"("ledger_entry");
CREATE INDEX "processor_task_next_try_at_idx" ON "processor_task"("next_try_at") WHERE "state" IN ('open', 'refused');
CREATE INDEX "processor_task_unreported_idx" ON "processor_task"("ledger_entry") WHERE "reported_in" IS NULL;

GRANT SELECT, INSERT, UPDATE, DELETE ON "processor_task" TO "buergerdraht_worker";
-- Who watches sees what is to be deleted where, and never of whom.
GRANT SELECT ("id", "ledger_entry", "channel_id", "processor", "kind", "objects", "state", "created_at", "residue_until", "attempts", "next_try_at", "failed_at", "code",
  "reported_in") ON "processor_task" TO "buergerdraht_api";
