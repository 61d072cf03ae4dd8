-- Deleting by runs: what is to go, what has been condemned, and what must not come back.

CREATE TABLE "deletion_run" (
    "id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "state" TEXT NOT NULL DEFAULT 'planned',
    "paused" BOOLEAN NOT NULL DEFAULT false,
    "planned_by" UUID NOT NULL,
    "planned_role" TEXT NOT NULL,
    "planned_at" TIMESTAMPTZ(3) NOT NULL,
    "approved_by" UUID,
    "approved_role" TEXT,
    "approved_at" TIMESTAMPTZ(3),
    "begun_at" TIMESTAMPTZ(3),
    "ended_at" TIMESTAMPTZ(3),
    -- A code word: why it stands still.
    "failure" TEXT,
    -- What it has destroyed; the rows that named it are gone.
    "destroyed" INTEGER NOT NULL DEFAULT 0,
    CONSTRAINT "deletion_run_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "deletion_run_kind" CHECK ("kind" IN ('planned', 'manual', 'erasure', 'emergency')),
    CONSTRAINT "deletion_run_state" CHECK ("state" IN ('planned', 'approved', 'running', 'completed', 'failed', 'expired', 'withdrawn')),
    -- Nobody deletes alone, whatever the program does.
    CONSTRAINT "deletion_run_two_persons" CHECK ("approved_by" IS DISTINCT FROM "planned_by"),
    CONSTRAINT "deletion_run_approved" CHECK ("state" NOT IN ('approved', 'running', 'completed', 'failed') OR "approved_by" IS NOT NULL)
);
CREATE INDEX "deletion_run_planned_at_idx" ON "deletion_run"("planned_at");

CREATE TABLE "deletion_run_item" (
    "run_id" UUID NOT NULL,
    -- conversation · contact · message · attachment
    "kind" TEXT NOT NULL,
    "object_id" UUID NOT NULL,
    -- planned · fallen-out · condemned; what is destroyed has no row any more.
    "state" TEXT NOT NULL,
    -- Why it has fallen out: a code of packages/records.
    "reason" TEXT,
    -- What the ledger will say of it.
    "facts" JSONB,
    CONSTRAINT "deletion_run_item_pkey" PRIMARY KEY ("run_id", "object_id"),
    CONSTRAINT "deletion_run_item_run_id_fkey" FOREIGN KEY ("run_id") REFERENCES "deletion_run"("id"),
    CONSTRAINT "deletion_run_item_kind" CHECK ("kind" IN ('conversation', 'contact', 'message', 'attachment')),
    CONSTRAINT "deletion_run_item_state" CHECK ("state" IN ('planned', 'fallen-out', 'condemned')),
    CONSTRAINT "deletion_run_item_reason" CHECK (("reason" IS NOT NULL) = ("state" = 'fallen-out')),
    CONSTRAINT "deletion_run_item_facts" CHECK ("facts" IS NOT NULL OR "state" <> 'condemned')
);
CREATE INDEX "deletion_run_item_object_id_idx" ON "deletion_run_item"("object_id");
-- An object is condemned once.
CREATE UNIQUE INDEX "deletion_run_item_condemned" ON "deletion_run_item"("object_id") WHERE "state" = 'condemned';

-- From here on nothing is added to it and nobody is shown it: the ledger is about to say that it is gone.
ALTER TABLE "conversation" ADD COLUMN "condemned_by" UUID;
ALTER TABLE "contact" ADD COLUMN "condemned_by" UUID;
CREATE INDEX "conversation_condemned_by_idx" ON "conversation"("condemned_by") WHERE "condemned_by" IS NOT NULL;

CREATE FUNCTION "refuse_added_to_condemned"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT FROM "conversation" WHERE "id" = new.conversation_id AND "condemned_by" IS NOT NULL) THEN
    RAISE EXCEPTION 'the conversation is condemned' USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN new;
END $$;
CREATE TRIGGER "message_not_condemned" BEFORE INSERT ON "message" FOR EACH ROW EXECUTE FUNCTION "refuse_added_to_condemned"();

-- A provider repeats for a week what it believes was not taken. Keyed hashes, of what was erased within that week only.
CREATE TABLE "erased_message" (
    -- Of channel and id.
    "provider_id_mac" BYTEA NOT NULL,
    "erased_at" TIMESTAMPTZ(3) NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    CONSTRAINT "erased_message_pkey" PRIMARY KEY ("provider_id_mac")
);
CREATE INDEX "erased_message_expires_at_idx" ON "erased_message"("expires_at");

-- Processes forget what was destroyed: each asks every few seconds. Ids of keys, kept for an hour.
CREATE TABLE "destroyed_key" (
    "id" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT now(),
    CONSTRAINT "destroyed_key_pkey" PRIMARY KEY ("id")
);
CREATE INDEX "destroyed_key_at_idx" ON "destroyed_key"("at");
-- With its owner's rights, because whoever deletes a row with its key by a trigger need not see this table.
CREATE FUNCTION "note_destroyed_keys"() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
  INSERT INTO "public"."destroyed_key" ("id") SELECT "id" FROM "deleted" ON CONFLICT DO NOTHING;
  RETURN NULL;
END $$;
CREATE TRIGGER "data_key_destroyed" AFTER DELETE ON "data_key" REFERENCING OLD TABLE AS "deleted" FOR EACH STATEMENT EXECUTE FUNCTION "note_destroyed_keys"();

-- To find the beginnings of a word that no entry has any more.
CREATE INDEX "search_prefix_token_idx" ON "search_prefix"("token");

GRANT SELECT, INSERT, UPDATE, DELETE ON "deletion_run", "deletion_run_item" TO "buergerdraht_worker";
GRANT SELECT, INSERT, UPDATE ("state", "paused", "approved_by", "approved_role", "approved_at", "ended_at") ON "deletion_run" TO "buergerdraht_api";
GRANT SELECT, INSERT ON "deletion_run_item" TO "buergerdraht_api";
GRANT SELECT ON "deletion_run", "deletion_run_item" TO "buergerdraht_metadata", "buergerdraht_records";
GRANT SELECT, INSERT, DELETE ON "erased_message" TO "buergerdraht_worker";
GRANT SELECT, DELETE ON "destroyed_key" TO "buergerdraht_worker";
GRANT SELECT ON "destroyed_key" TO "buergerdraht_api";

-- What town hall and public archive have agreed about offering; the newest counts. As packages/records says it.
CREATE TABLE "archive_agreement" (
    "agreed_at" TIMESTAMPTZ(3) NOT NULL,
    "agreement" JSONB NOT NULL,
    CONSTRAINT "archive_agreement_pkey" PRIMARY KEY ("agreed_at")
);
GRANT SELECT ON "archive_agreement" TO "buergerdraht_api", "buergerdraht_worker", "buergerdraht_records", "buergerdraht_metadata";

-- Planning is done by the api for whoever may: what the law has to know of a matter, and nothing of what it says.
GRANT SELECT ("id", "contact_id", "team_id", "state", "closed_at", "cluster", "rule_version", "due_at", "waits_for", "filing", "variant", "condemned_by")
  ON "conversation" TO "buergerdraht_api";
GRANT SELECT ("id", "cluster", "rule_version", "due_at", "waits_for", "relation_ended_at", "condemned_by") ON "contact" TO "buergerdraht_api";

-- A run lives and dies with its proposal.
CREATE FUNCTION "end_run_with_proposal"() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
  UPDATE "public"."deletion_run" SET "state" = CASE WHEN new.state = 'expired' THEN 'expired' ELSE 'withdrawn' END, "ended_at" = new.decided_at
    WHERE "id" = (new.payload ->> 'runId')::uuid AND "state" = 'planned';
  RETURN NULL;
END $$;
CREATE TRIGGER "proposal_of_run_ends" AFTER UPDATE ON "proposal" FOR EACH ROW
  WHEN (new.kind = 'deletion-run' AND old.state = 'open' AND new.state IN ('refused', 'withdrawn', 'expired')) EXECUTE FUNCTION "end_run_with_proposal"();

-- Somebody of whom nothing was left writes again.
CREATE FUNCTION "relation_begins_again"() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
  UPDATE "public"."contact" SET "relation_ended_at" = NULL, "due_at" = NULL, "waits_for" = 'RELATION_ENDED'
    WHERE "id" = new.contact_id AND "relation_ended_at" IS NOT NULL;
  RETURN NULL;
END $$;
CREATE TRIGGER "conversation_begins_relation" AFTER INSERT ON "conversation" FOR EACH ROW EXECUTE FUNCTION "relation_begins_again"();
