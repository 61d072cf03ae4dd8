-- Requests of data subjects (Art. 15–18 and 20 GDPR): what was asked for when, until when it is to be answered, and what became of it.

CREATE TABLE "data_subject_request" (
    "id" UUID NOT NULL,
    -- ACCESS · RECTIFICATION · ERASURE · RESTRICTION · PORTABILITY
    "kind" TEXT NOT NULL,
    -- Of whom, and the matter in which it was made: without foreign keys, because the request outlives what it is about (DA18).
    "contact_id" UUID NOT NULL,
    "conversation_id" UUID NOT NULL,
    -- The message in which the program has recognised it; null: somebody has opened it.
    "message_id" UUID,
    "opened_by" UUID,
    "opened_role" TEXT,
    "received_at" TIMESTAMPTZ(3) NOT NULL,
    -- The first moment at which an answer is late (Art. 12 (3)), as packages/records computes it.
    "due_at" TIMESTAMPTZ(3) NOT NULL,
    -- Extended once, and the person has been told why, within the first month.
    "extended_at" TIMESTAMPTZ(3),
    "extended_by" UUID,
    "extension_reason" TEXT,
    -- An acknowledgement is on its way, or none is to be sent any more.
    "acknowledged_at" TIMESTAMPTZ(3),
    -- How it was made sure that the person asks who is asked about (Art. 12 (6)): SAME_CHAT · IN_PERSON
    "identity" TEXT,
    "identified_at" TIMESTAMPTZ(3),
    "identified_by" UUID,
    -- GRANTED · REFUSED · NOT_MEANT
    "outcome" TEXT,
    "decided_at" TIMESTAMPTZ(3),
    "decided_by" UUID,
    -- Of an erasure that is granted (Art. 17 (1)); of a request that is refused (Art. 17 (3), Art. 12 (2), (5)).
    "ground" TEXT,
    "exception" TEXT,
    -- The person has the answer.
    "closed_at" TIMESTAMPTZ(3),
    "closed_by" UUID,
    -- received · ends-soon · overdue
    "reminded_of" TEXT,
    CONSTRAINT "data_subject_request_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "data_subject_request_kind" CHECK ("kind" IN ('ACCESS', 'RECTIFICATION', 'ERASURE', 'RESTRICTION', 'PORTABILITY')),
    CONSTRAINT "data_subject_request_opened" CHECK (("opened_by" IS NULL) = ("message_id" IS NOT NULL) AND ("opened_by" IS NULL) = ("opened_role" IS NULL)),
    CONSTRAINT "data_subject_request_due" CHECK ("due_at" > "received_at"),
    CONSTRAINT "data_subject_request_extended" CHECK (("extended_at" IS NULL) = ("extended_by" IS NULL) AND ("extended_at" IS NULL) = ("extension_reason" IS NULL)),
    CONSTRAINT "data_subject_request_extension_reason" CHECK ("extension_reason" IN ('COMPLEXITY', 'NUMBER')),
    CONSTRAINT "data_subject_request_identity" CHECK ("identity" IN ('SAME_CHAT', 'IN_PERSON')),
    CONSTRAINT "data_subject_request_identified" CHECK (("identity" IS NULL) = ("identified_at" IS NULL) AND ("identity" IS NULL) = ("identified_by" IS NULL)),
    CONSTRAINT "data_subject_request_outcome" CHECK ("outcome" IN ('GRANTED', 'REFUSED', 'NOT_MEANT')),
    CONSTRAINT "data_subject_request_decided" CHECK (("outcome" IS NULL) = ("decided_at" IS NULL) AND ("outcome" IS NULL) = ("decided_by" IS NULL)),
    -- To nobody of whom it is not sure who they are.
    CONSTRAINT "data_subject_request_granted" CHECK ("outcome" IS DISTINCT FROM 'GRANTED' OR "identity" IS NOT NULL),
    CONSTRAINT "data_subject_request_ground" CHECK (("ground" IS NOT NULL) = ("kind" = 'ERASURE' AND coalesce("outcome" = 'GRANTED', false))),
    CONSTRAINT "data_subject_request_exception" CHECK (("exception" IS NOT NULL) = coalesce("outcome" = 'REFUSED', false)),
    CONSTRAINT "data_subject_request_closed" CHECK (("closed_at" IS NULL) = ("closed_by" IS NULL) AND ("closed_at" IS NULL OR "outcome" IS NOT NULL)),
    CONSTRAINT "data_subject_request_reminded_of" CHECK ("reminded_of" IN ('received', 'ends-soon', 'overdue'))
);
CREATE INDEX "data_subject_request_contact_id_idx" ON "data_subject_request"("contact_id");
CREATE INDEX "data_subject_request_due_at_idx" ON "data_subject_request"("due_at");

-- What was asked and decided stays as it was.
CREATE FUNCTION "refuse_request_rewritten"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF (new.id, new.kind, new.received_at, new.message_id, new.opened_by) IS DISTINCT FROM (old.id, old.kind, old.received_at, old.message_id, old.opened_by)
    OR old.outcome IS NOT NULL AND (new.outcome, new.decided_at, new.ground, new.exception) IS DISTINCT FROM (old.outcome, old.decided_at, old.ground, old.exception)
    OR old.closed_at IS NOT NULL AND new.closed_at IS DISTINCT FROM old.closed_at
    OR new.due_at IS DISTINCT FROM old.due_at AND (old.extended_at IS NOT NULL OR new.extended_at IS NULL) THEN
    RAISE EXCEPTION 'a request stays as it was made and decided' USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN new;
END $$;
CREATE TRIGGER "data_subject_request_stays" BEFORE UPDATE ON "data_subject_request" FOR EACH ROW EXECUTE FUNCTION "refuse_request_rewritten"();

ALTER TABLE "data_subject_request" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "data_subject_request" FORCE ROW LEVEL SECURITY;
CREATE POLICY "program" ON "data_subject_request" TO "buergerdraht_owner", "buergerdraht_api", "buergerdraht_worker" USING (true) WITH CHECK (true);
CREATE POLICY "metadata" ON "data_subject_request" FOR SELECT TO "buergerdraht_metadata", "buergerdraht_records" USING (true);
-- Of the matters that somebody is shown.
CREATE POLICY "team" ON "data_subject_request" FOR SELECT TO "buergerdraht_staff"
  USING ((SELECT true FROM "conversation" c WHERE c."id" = "data_subject_request"."conversation_id"));

GRANT SELECT ON "data_subject_request" TO "buergerdraht_api", "buergerdraht_worker", "buergerdraht_metadata", "buergerdraht_records", "buergerdraht_staff";
GRANT INSERT ("id", "kind", "contact_id", "conversation_id", "opened_by", "opened_role", "received_at", "due_at", "acknowledged_at"),
  UPDATE ("due_at", "extended_at", "extended_by", "extension_reason", "identity", "identified_at", "identified_by", "outcome", "decided_at", "decided_by", "ground",
    "exception", "closed_at", "closed_by") ON "data_subject_request" TO "buergerdraht_api";
-- The worker recognises them, acknowledges and reminds, and lets them follow who has turned out to be somebody else.
GRANT INSERT ("id", "kind", "contact_id", "conversation_id", "message_id", "received_at", "due_at"),
  UPDATE ("contact_id", "acknowledged_at", "reminded_of") ON "data_subject_request" TO "buergerdraht_worker";

-- What whoever has made a request is answered at once; null: nothing.
ALTER TABLE "office_setting" ADD COLUMN "request_acknowledgement" TEXT;

ALTER TABLE "dpo_notice" DROP CONSTRAINT "dpo_notice_kind";
ALTER TABLE "dpo_notice" ADD CONSTRAINT "dpo_notice_kind"
  CHECK ("kind" IN ('emergency-access', 'channel-account', 'legal-hold', 'tidying-day', 'data-subject-request'));
