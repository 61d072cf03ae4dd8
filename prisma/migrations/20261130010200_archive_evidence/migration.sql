-- The evidence record in the file: when its newest time stamp was made, and until when the certificates under that one hold.
ALTER TABLE "archive_file" ADD COLUMN "evidence_made_at" TIMESTAMPTZ(3), ADD COLUMN "evidence_ends_at" TIMESTAMPTZ(3);
ALTER TABLE "archive_file" ADD CONSTRAINT "archive_file_evidence" CHECK (("evidence_made_at" IS NULL) = ("evidence_ends_at" IS NULL));
CREATE INDEX "archive_file_evidence_ends_at_idx" ON "archive_file"("evidence_ends_at");
