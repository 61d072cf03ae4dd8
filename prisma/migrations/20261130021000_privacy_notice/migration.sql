-- What the office tells about the data of whoever writes to it (Art. 13 GDPR), in versions, and whom it has told which.

CREATE TABLE "privacy_notice" (
    "version" INTEGER NOT NULL,
    -- What was written, with placeholders, and what they stand for.
    "draft" JSONB NOT NULL,
    -- What is sent, filled in: plain language; and easy language (Leichte Sprache), for whoever asks for it. Null: there is none.
    "text" TEXT NOT NULL,
    "easy_text" TEXT,
    -- Persons, not accounts. Not approved yet: a proposal, or one that nobody has approved.
    "proposed_by" UUID NOT NULL,
    "proposed_at" TIMESTAMPTZ(3) NOT NULL,
    "approved_by" UUID,
    "approved_at" TIMESTAMPTZ(3),
    CONSTRAINT "privacy_notice_pkey" PRIMARY KEY ("version"),
    CONSTRAINT "privacy_notice_version" CHECK ("version" BETWEEN 1 AND 9999),
    CONSTRAINT "privacy_notice_text" CHECK (length("text") BETWEEN 1 AND 4096 AND length("easy_text") BETWEEN 1 AND 4096),
    CONSTRAINT "privacy_notice_approved" CHECK (("approved_by" IS NULL) = ("approved_at" IS NULL) AND "proposed_by" IS DISTINCT FROM "approved_by")
);

-- What somebody has been told stays as it was.
CREATE FUNCTION "refuse_changed_privacy_notice"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF tg_op = 'UPDATE' AND old.approved_by IS NULL
    AND (new.version, new.draft, new.text, new.proposed_by, new.proposed_at) = (old.version, old.draft, old.text, old.proposed_by, old.proposed_at)
    AND new.easy_text IS NOT DISTINCT FROM old.easy_text THEN
    RETURN new;
  END IF;
  RAISE EXCEPTION 'a version of the privacy notice stays as it is' USING ERRCODE = 'insufficient_privilege';
END $$;
CREATE TRIGGER "privacy_notice_stays" BEFORE UPDATE OR DELETE ON "privacy_notice" FOR EACH ROW EXECUTE FUNCTION "refuse_changed_privacy_notice"();

-- Which version somebody was sent, when, and what became of it (DA20). It outlives the person's other data by a year, so nothing keeps it with them;
-- it says nothing of who they were.
CREATE TABLE "privacy_notice_evidence" (
    "id" UUID NOT NULL,
    "contact_id" UUID NOT NULL,
    "version" INTEGER NOT NULL,
    -- plain · easy (Leichte Sprache, asked for)
    "variant" TEXT NOT NULL,
    -- Since when they are to be told.
    "owed_at" TIMESTAMPTZ(3) NOT NULL,
    -- When to try; null: it is on its way or sent, or waits until they write again.
    "next_try_at" TIMESTAMPTZ(3),
    -- What it was sent as, and how that went: copied from the message, which goes earlier.
    "message_id" UUID,
    "stored_at" TIMESTAMPTZ(3),
    "send_state" TEXT,
    "accepted_at" TIMESTAMPTZ(3),
    "delivered_at" TIMESTAMPTZ(3),
    "read_at" TIMESTAMPTZ(3),
    "failed_at" TIMESTAMPTZ(3),
    -- Their last matter was deleted then; null: they have one.
    "relation_ended_at" TIMESTAMPTZ(3),
    "cluster" TEXT NOT NULL DEFAULT 'DA20',
    "rule_version" INTEGER NOT NULL DEFAULT rule_version_in_force('DA20'),
    "due_at" TIMESTAMPTZ(3),
    "waits_for" TEXT DEFAULT 'RELATION_ENDED',
    CONSTRAINT "privacy_notice_evidence_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "privacy_notice_evidence_version_fkey" FOREIGN KEY ("version") REFERENCES "privacy_notice"("version") ON DELETE NO ACTION ON UPDATE NO ACTION,
    CONSTRAINT "privacy_notice_evidence_variant" CHECK ("variant" IN ('plain', 'easy')),
    CONSTRAINT "privacy_notice_evidence_stored" CHECK (("message_id" IS NULL) = ("stored_at" IS NULL) AND ("message_id" IS NULL) = ("send_state" IS NULL)),
    CONSTRAINT "privacy_notice_evidence_due" CHECK (("due_at" IS NULL) <> ("waits_for" IS NULL)),
    CONSTRAINT "privacy_notice_evidence_waits_for" CHECK ("waits_for" IN ('COLLECTED', 'CASE_CLOSED', 'RELATION_ENDED', 'VARIANT', 'PARENT', 'RULE'))
);
-- Once for each version, whoever asks at the same time.
CREATE UNIQUE INDEX "privacy_notice_evidence_once" ON "privacy_notice_evidence"("contact_id", "version", "variant");
CREATE INDEX "privacy_notice_evidence_message_id_idx" ON "privacy_notice_evidence"("message_id");
CREATE INDEX "privacy_notice_evidence_next_try_at_idx" ON "privacy_notice_evidence"("next_try_at") WHERE "next_try_at" IS NOT NULL;
CREATE INDEX "privacy_notice_evidence_due_at_idx" ON "privacy_notice_evidence"("due_at") WHERE "due_at" IS NOT NULL;

-- The version of the notice that this message of ours is; null: it is none.
ALTER TABLE "message" ADD COLUMN "notice_version" INTEGER;

-- How it goes on is noted for longer than the message is kept.
CREATE FUNCTION "privacy_notice_followed"() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
  UPDATE "public"."privacy_notice_evidence" SET "send_state" = new."send_state", "accepted_at" = new."accepted_at", "delivered_at" = new."delivered_at",
    "read_at" = new."read_at", "failed_at" = new."failed_at" WHERE "message_id" = new."id";
  RETURN NULL;
END $$;
CREATE TRIGGER "message_privacy_notice_followed" AFTER UPDATE OF "send_state", "accepted_at", "delivered_at", "read_at", "failed_at" ON "message"
  FOR EACH ROW WHEN (new."notice_version" IS NOT NULL) EXECUTE FUNCTION "privacy_notice_followed"();

-- That somebody was told is proof as long as its period runs: it goes by a run; or because two who were told are one person.
CREATE FUNCTION "refuse_deleting_notice_evidence"() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
  IF old.message_id IS NULL OR coalesce(current_setting('app.merged_contact', true), '') <> ''
    OR EXISTS (SELECT FROM "public"."deletion_run_item" i WHERE i.object_id = old.id AND i.state = 'condemned') THEN
    RETURN old;
  END IF;
  RAISE EXCEPTION 'evidence of the privacy notice goes by a run' USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER "privacy_notice_evidence_stays" BEFORE DELETE ON "privacy_notice_evidence" FOR EACH ROW EXECUTE FUNCTION "refuse_deleting_notice_evidence"();

ALTER TABLE "deletion_run_item" DROP CONSTRAINT "deletion_run_item_kind";
ALTER TABLE "deletion_run_item" ADD CONSTRAINT "deletion_run_item_kind"
  CHECK ("kind" IN ('conversation', 'contact', 'message', 'attachment', 'request', 'notice'));

GRANT SELECT ON "privacy_notice", "privacy_notice_evidence" TO "buergerdraht_api", "buergerdraht_worker";
GRANT INSERT ("version", "draft", "text", "easy_text", "proposed_by", "proposed_at"), UPDATE ("approved_by", "approved_at") ON "privacy_notice" TO "buergerdraht_api";
-- What has not been sent yet is sent as the version that comes into force.
GRANT UPDATE ("version") ON "privacy_notice_evidence" TO "buergerdraht_api";
GRANT INSERT, UPDATE, DELETE ON "privacy_notice_evidence" TO "buergerdraht_worker";
