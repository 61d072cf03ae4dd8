-- What the public archive is asked to value as a whole (xdomea 0511), and the catalogue with which it has answered (0513). What is agreed by it two persons
-- agree (archive_agreement).
CREATE TABLE "catalogue_request" (
    -- The process id (ProzessID) of its messages.
    "id" UUID NOT NULL,
    "asked_at" TIMESTAMPTZ(3) NOT NULL,
    "asked_by" UUID NOT NULL,
    "asked_role" TEXT NOT NULL,
    -- Of xdomea.
    "version" TEXT NOT NULL,
    "way" TEXT NOT NULL,
    -- As it was asked: of each kind of data its cluster, its longest period in years, and how it is valued now.
    "units" JSONB NOT NULL,
    "sent_at" TIMESTAMPTZ(3),
    -- How often it could not be sent, why the last time, and when it is tried again.
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "failure" TEXT,
    "next_try_at" TIMESTAMPTZ(3),
    "answered_at" TIMESTAMPTZ(3),
    -- The valuation of each cluster that the archive has named.
    "answer" JSONB,
    CONSTRAINT "catalogue_request_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "catalogue_request_way" CHECK ("way" IN ('folder', 'webdav', 'sftp', 'download')),
    CONSTRAINT "catalogue_request_failure" CHECK ("failure" IN ('unreachable', 'wrong-host', 'login-refused', 'refused', 'disk-full', 'not-writable', 'package-missing', 'key-missing', 'too-large', 'defect')),
    CONSTRAINT "catalogue_request_answered" CHECK (("answered_at" IS NULL) = ("answer" IS NULL) AND ("answered_at" IS NULL OR "sent_at" IS NOT NULL))
);
CREATE INDEX "catalogue_request_asked_at_idx" ON "catalogue_request"("asked_at");

-- The first word is the last.
CREATE FUNCTION "refuse_catalogue_rewritten"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'what the archive has answered stays' USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER "catalogue_request_stays" BEFORE UPDATE ON "catalogue_request" FOR EACH ROW WHEN (old.answered_at IS NOT NULL)
  EXECUTE FUNCTION "refuse_catalogue_rewritten"();

-- An answer is one to a hand-over, or to such a request.
ALTER TABLE "hand_over_answer" ADD COLUMN "catalogue_request_id" UUID;
ALTER TABLE "hand_over_answer" ADD CONSTRAINT "hand_over_answer_catalogue_request_id_fkey" FOREIGN KEY ("catalogue_request_id") REFERENCES "catalogue_request"("id");
ALTER TABLE "hand_over_answer" DROP CONSTRAINT "hand_over_answer_accepted";
ALTER TABLE "hand_over_answer" ADD CONSTRAINT "hand_over_answer_accepted" CHECK ("accepted" = ("verdict" IN ('received', 'taken', 'rejected', 'valued')));
ALTER TABLE "hand_over_answer" DROP CONSTRAINT "hand_over_answer_known";
ALTER TABLE "hand_over_answer" ADD CONSTRAINT "hand_over_answer_known" CHECK (NOT "accepted"
  OR (("hand_over_id" IS NULL) = ("verdict" = 'valued') AND ("catalogue_request_id" IS NOT NULL) = ("verdict" = 'valued') AND "message" IS NOT NULL AND "fingerprint" IS NOT NULL));
CREATE UNIQUE INDEX "hand_over_answer_catalogue" ON "hand_over_answer"("catalogue_request_id", "message") WHERE "accepted";

GRANT SELECT, INSERT ON "catalogue_request" TO "buergerdraht_api";
GRANT SELECT ON "catalogue_request" TO "buergerdraht_worker";
GRANT UPDATE ("sent_at", "attempts", "failure", "next_try_at", "answered_at", "answer") ON "catalogue_request" TO "buergerdraht_worker";
GRANT UPDATE ("answered_at", "answer") ON "catalogue_request" TO "buergerdraht_api";
