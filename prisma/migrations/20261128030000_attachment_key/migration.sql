-- An attachment has a data key of its own, with its own id. Until the worker has moved an older one: `conversation`, then `moving`, then `own`.
ALTER TABLE "attachment" ADD COLUMN "sealed_with" TEXT NOT NULL DEFAULT 'conversation', ADD COLUMN "waveform_sealed" BYTEA;
ALTER TABLE "attachment" ADD CONSTRAINT "attachment_sealed_with" CHECK ("sealed_with" IN ('conversation', 'moving', 'own'));
CREATE INDEX "attachment_not_moved" ON "attachment"("id") WHERE "sealed_with" <> 'own';

-- Nothing of what the sender claimed stays readable: its type only where it is one of ours.
UPDATE "attachment" SET "media_type" = 'application/octet-stream'
  WHERE "state" NOT IN ('ready', 'quarantined') AND "media_type" !~ '^(image/(jpeg|png|webp|gif|heic|avif|tiff|bmp)|video/(mp4|3gpp|quicktime)|audio/(ogg|mpeg|mp4|aac|amr|wav|flac)|application/(pdf|msword|rtf|zip|xml|json)|text/(plain|csv|vcard|calendar))$';
-- The change of type writes the whole table anew, without the column that goes and without rows that were changed before.
ALTER TABLE "attachment" DROP COLUMN "claimed_sha256";
ALTER TABLE "attachment" ALTER COLUMN "kind" TYPE TEXT USING "kind" || '';

-- What the schema language cannot say ------------------------------------------------------------------------------

-- The key goes with the row, whatever deletes it.
CREATE OR REPLACE FUNCTION "name_media_of_deleted"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  DELETE FROM "data_key" WHERE "id" IN (SELECT "id" FROM "deleted") AND "purpose" = 'attachment';
  INSERT INTO "media_removal" ("attachment_id") SELECT "id" FROM "deleted"
    ON CONFLICT ("attachment_id") DO UPDATE SET "due_at" = NULL;
  RETURN NULL;
END
$$;
