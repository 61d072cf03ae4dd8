-- Templates with all their words, read from the provider.
ALTER TABLE "message_template" ADD COLUMN "words" JSONB;
UPDATE "message_template" SET "words" = jsonb_build_object('header', NULL, 'body', "body", 'footer', NULL, 'buttons', '[]'::jsonb)
  WHERE "body" IS NOT NULL;
ALTER TABLE "message_template" DROP COLUMN "body", DROP COLUMN "parameter_count";

ALTER TABLE "channel" ADD COLUMN "templates_due_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  ADD COLUMN "templates_read_at" TIMESTAMPTZ(3);
