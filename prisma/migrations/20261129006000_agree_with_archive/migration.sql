-- What has been agreed with the archive is proposed and approved by two persons (by the person's number, without a name); null: of before there was a page for it.
ALTER TABLE "archive_agreement" ADD COLUMN "proposed_by" UUID, ADD COLUMN "approved_by" UUID;
ALTER TABLE "archive_agreement" ADD CONSTRAINT "archive_agreement_two_persons"
  CHECK (("proposed_by" IS NULL) = ("approved_by" IS NULL) AND ("proposed_by" IS NULL OR "proposed_by" <> "approved_by"));
GRANT INSERT ON "archive_agreement" TO "buergerdraht_api";
