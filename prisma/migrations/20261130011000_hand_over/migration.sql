-- Handing over what is sealed, by messages of xdomea: to the electronic file (DMS), or to the public archive. Our copy goes only after the confirmation.

CREATE TABLE "hand_over" (
    -- The process id (ProzessID) of its messages.
    "id" UUID NOT NULL,
    "package_id" UUID NOT NULL,
    -- 0605 or 0401 to the electronic file, 0503 to the public archive.
    "message" TEXT NOT NULL,
    -- Of xdomea.
    "version" TEXT NOT NULL,
    "way" TEXT NOT NULL,
    -- prepared · sent · received (a receipt, which says nothing of taking it in) · confirmed · rejected · withdrawn
    "state" TEXT NOT NULL DEFAULT 'prepared',
    "prepared_at" TIMESTAMPTZ(3) NOT NULL,
    "prepared_by" UUID NOT NULL,
    "prepared_role" TEXT NOT NULL,
    "sent_at" TIMESTAMPTZ(3),
    "received_at" TIMESTAMPTZ(3),
    -- Confirmed, rejected or withdrawn; and by whom, where it was no message that said so.
    "ended_at" TIMESTAMPTZ(3),
    "ended_by" UUID,
    -- What the other side or that person said, under the key of the package's METADATA item: it may name somebody.
    "words_sealed" BYTEA,
    -- How often it could not be sent, why the last time, and when it is tried again.
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "failure" TEXT,
    "next_try_at" TIMESTAMPTZ(3),
    CONSTRAINT "hand_over_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "hand_over_package_id_fkey" FOREIGN KEY ("package_id") REFERENCES "archive_package"("id"),
    CONSTRAINT "hand_over_message" CHECK ("message" IN ('0401', '0503', '0605')),
    CONSTRAINT "hand_over_way" CHECK ("way" IN ('folder', 'webdav', 'download')),
    CONSTRAINT "hand_over_state" CHECK ("state" IN ('prepared', 'sent', 'received', 'confirmed', 'rejected', 'withdrawn')),
    CONSTRAINT "hand_over_failure" CHECK ("failure" IN ('unreachable', 'refused', 'disk-full', 'not-writable', 'package-missing', 'key-missing', 'too-large', 'defect')),
    CONSTRAINT "hand_over_sent" CHECK (("state" IN ('prepared', 'withdrawn')) OR ("sent_at" IS NOT NULL)),
    CONSTRAINT "hand_over_ended" CHECK (("state" IN ('confirmed', 'rejected', 'withdrawn')) = ("ended_at" IS NOT NULL))
);
-- One at a time to the same place; what was rejected or withdrawn is handed over anew by another.
CREATE UNIQUE INDEX "hand_over_open" ON "hand_over"("package_id", ("message" = '0503')) WHERE "state" IN ('prepared', 'sent', 'received', 'confirmed');
CREATE INDEX "hand_over_package_id_idx" ON "hand_over"("package_id");
CREATE INDEX "hand_over_state_prepared_at_idx" ON "hand_over"("state", "prepared_at");

-- Every answer that came, and what became of it; refused ones are shown too.
CREATE TABLE "hand_over_answer" (
    "id" UUID NOT NULL,
    -- Null: nobody knows to what it is an answer.
    "hand_over_id" UUID,
    "at" TIMESTAMPTZ(3) NOT NULL,
    -- The person who brought it; null: it lay in the folder.
    "brought_by" UUID,
    -- Code of the message; null: it was none.
    "message" TEXT,
    -- What it says as a hash, by which the same is known again.
    "fingerprint" TEXT,
    -- received · taken · rejected, or why it was refused.
    "verdict" TEXT NOT NULL,
    "accepted" BOOLEAN NOT NULL,
    -- Element at which it breaks the standard.
    "place" TEXT,
    CONSTRAINT "hand_over_answer_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "hand_over_answer_hand_over_id_fkey" FOREIGN KEY ("hand_over_id") REFERENCES "hand_over"("id"),
    CONSTRAINT "hand_over_answer_accepted" CHECK ("accepted" = ("verdict" IN ('received', 'taken', 'rejected'))),
    CONSTRAINT "hand_over_answer_known" CHECK (NOT "accepted" OR ("hand_over_id" IS NOT NULL AND "message" IS NOT NULL AND "fingerprint" IS NOT NULL))
);
-- The first word is the last.
CREATE UNIQUE INDEX "hand_over_answer_once" ON "hand_over_answer"("hand_over_id", "message") WHERE "accepted";
CREATE INDEX "hand_over_answer_at_idx" ON "hand_over_answer"("at");
CREATE TRIGGER "hand_over_answer_change" BEFORE UPDATE OR DELETE OR TRUNCATE ON "hand_over_answer" FOR EACH STATEMENT EXECUTE FUNCTION "refuse_change"();

-- What has ended stays as it ended.
CREATE FUNCTION "refuse_hand_over_rewritten"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF old.state IN ('confirmed', 'rejected', 'withdrawn')
    OR (new.id, new.package_id, new.message, new.version, new.way, new.prepared_at, new.prepared_by) IS DISTINCT FROM
       (old.id, old.package_id, old.message, old.version, old.way, old.prepared_at, old.prepared_by) THEN
    RAISE EXCEPTION 'what has ended stays as it ended' USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN new;
END $$;
CREATE TRIGGER "hand_over_stays" BEFORE UPDATE ON "hand_over" FOR EACH ROW EXECUTE FUNCTION "refuse_hand_over_rewritten"();

-- Since when the electronic file has all that is sealed of a matter: from then on the period of our copy runs (DA02).
ALTER TABLE "conversation" ADD COLUMN "handed_over_at" TIMESTAMPTZ(3);

GRANT SELECT, INSERT ON "hand_over" TO "buergerdraht_api";
GRANT SELECT ON "hand_over" TO "buergerdraht_worker";
GRANT UPDATE ("state", "sent_at", "received_at", "ended_at", "ended_by", "words_sealed", "attempts", "failure", "next_try_at") ON "hand_over"
  TO "buergerdraht_api", "buergerdraht_worker";
GRANT SELECT, INSERT ON "hand_over_answer" TO "buergerdraht_api", "buergerdraht_worker";
-- Computed with the other dates of a matter, by whoever computes those.
GRANT SELECT ("handed_over_at") ON "conversation" TO "buergerdraht_api", "buergerdraht_metadata", "buergerdraht_records";
-- What a confirmation means for the matter is written by the worker.
GRANT UPDATE ("transfer") ON "archive_offer_item" TO "buergerdraht_worker";
