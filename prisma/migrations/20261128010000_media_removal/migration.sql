-- Files go because a row here names them, never because a database does not know them.
CREATE TABLE "media_removal" (
  "attachment_id" UUID NOT NULL,
  "due_at" TIMESTAMPTZ(3),
  CONSTRAINT "media_removal_pkey" PRIMARY KEY ("attachment_id")
);

-- What an administrator must see of the office as a whole.
CREATE TABLE "office_notice" (
  "code" TEXT NOT NULL,
  "count" INTEGER NOT NULL DEFAULT 1,
  "first_at" TIMESTAMPTZ(3) NOT NULL,
  "last_at" TIMESTAMPTZ(3) NOT NULL,
  CONSTRAINT "office_notice_pkey" PRIMARY KEY ("code")
);

-- What the schema language cannot say ------------------------------------------------------------------------------

-- However an attachment is deleted, also with its message: its files are named in the same transaction.
CREATE FUNCTION "name_media_of_deleted"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO "media_removal" ("attachment_id") SELECT "id" FROM "deleted"
    ON CONFLICT ("attachment_id") DO UPDATE SET "due_at" = NULL;
  RETURN NULL;
END
$$;
CREATE TRIGGER "attachment_deleted" AFTER DELETE ON "attachment" REFERENCING OLD TABLE AS "deleted" FOR EACH STATEMENT EXECUTE FUNCTION "name_media_of_deleted"();
