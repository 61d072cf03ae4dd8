-- Who has which conversation open, and who writes there: a row for each page of a browser, gone soon after the page is. UNLOGGED: after a
-- crash nobody is there.
CREATE UNLOGGED TABLE "presence" (
  "tab_id" UUID NOT NULL,
  "account_id" UUID NOT NULL,
  "conversation_id" UUID NOT NULL,
  "writing" BOOLEAN NOT NULL,
  "seen_at" TIMESTAMPTZ(3) NOT NULL,
  CONSTRAINT "presence_pkey" PRIMARY KEY ("account_id", "tab_id")
);
CREATE INDEX "presence_conversation_id_idx" ON "presence"("conversation_id");
ALTER TABLE "presence" ADD CONSTRAINT "presence_account_id_fkey" FOREIGN KEY ("account_id") REFERENCES "account"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "presence" ADD CONSTRAINT "presence_conversation_id_fkey" FOREIGN KEY ("conversation_id") REFERENCES "conversation"("id") ON DELETE CASCADE ON UPDATE CASCADE;

ALTER TABLE "live_event" DROP CONSTRAINT "live_event_type";
ALTER TABLE "live_event" ADD CONSTRAINT "live_event_type" CHECK ("type" IN ('message.stored', 'message.changed', 'conversation.changed', 'presence.changed', 'channel.changed'));

-- Answers that did not arrive and that nobody has decided about. Few: they are looked for with every list.
CREATE INDEX "message_lost" ON "message"("conversation_id") WHERE "settled_at" IS NULL AND ("failed_at" IS NOT NULL OR "send_state" = 'unknown');
