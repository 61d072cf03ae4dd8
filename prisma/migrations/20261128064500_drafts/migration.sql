-- What somebody has begun to answer: one draft a conversation and account, sealed with the conversation's key.
CREATE TABLE "draft" (
  "conversation_id" UUID NOT NULL,
  "account_id" UUID NOT NULL,
  "content_sealed" BYTEA NOT NULL,
  "attachment_ids" UUID[],
  "saved_at" TIMESTAMPTZ(3) NOT NULL,
  CONSTRAINT "draft_pkey" PRIMARY KEY ("conversation_id", "account_id")
);
CREATE INDEX "draft_account_id_idx" ON "draft"("account_id");
ALTER TABLE "draft" ADD CONSTRAINT "draft_conversation_id_fkey" FOREIGN KEY ("conversation_id") REFERENCES "conversation"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "draft" ADD CONSTRAINT "draft_account_id_fkey" FOREIGN KEY ("account_id") REFERENCES "account"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- What an office has decided about how it works.
CREATE TABLE "office_setting" (
  "one" BOOLEAN NOT NULL DEFAULT true,
  "answering_takes" BOOLEAN NOT NULL DEFAULT true,
  CONSTRAINT "office_setting_pkey" PRIMARY KEY ("one")
);
ALTER TABLE "office_setting" ADD CONSTRAINT "office_setting_one" CHECK ("one");
INSERT INTO "office_setting" DEFAULT VALUES;
