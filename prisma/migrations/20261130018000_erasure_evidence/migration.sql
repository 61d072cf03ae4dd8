-- Of how many erasures that the file shows it holds the evidence record too; made and ended are the earliest of all its records.
ALTER TABLE "archive_file" ADD COLUMN "erasures_proven" INTEGER NOT NULL DEFAULT 0;
ALTER TABLE "archive_file" ADD CONSTRAINT "archive_file_erasures_proven" CHECK ("erasures_proven" BETWEEN 0 AND "erasures");
-- What is asked for each second.
CREATE INDEX "archive_file_unproven" ON "archive_file"("package_id") WHERE "stamped" AND ("evidence_made_at" IS NULL OR "erasures_proven" < "erasures");
