-- The list by assignee and the search by team walk an index in the order they are shown.
DROP INDEX "conversation_assignee_id_state_idx";
CREATE INDEX "conversation_assignee_id_team_id_state_last_message_at_id_idx" ON "conversation"("assignee_id", "team_id", "state", "last_message_at" DESC, "id");
DROP INDEX "search_entry_at_idx";
CREATE INDEX "search_entry_team_id_at_idx" ON "search_entry"("team_id", "at" DESC);

-- The office's reactions are sent like messages, and stored before they are.
ALTER TABLE "reaction" ADD COLUMN "author_id" UUID,
  ADD COLUMN "send_state" TEXT,
  ADD COLUMN "attempts" INTEGER NOT NULL DEFAULT 0,
  ADD COLUMN "not_before_at" TIMESTAMPTZ(3),
  ADD COLUMN "claimed_at" TIMESTAMPTZ(3);

-- What the schema language cannot say ------------------------------------------------------------------------------

-- Unread and open, in the order of the list.
CREATE INDEX "conversation_unread_open" ON "conversation"("team_id", "last_message_at" DESC, "id") WHERE "state" = 'open' AND "unread_count" > 0;

-- A citizen is sent one message at a time, whoever sends: nothing can overtake.
CREATE UNIQUE INDEX "message_one_sending" ON "message"("conversation_id") WHERE "send_state" = 'sending';

-- Reactions still to be sent.
CREATE INDEX "reaction_outbox" ON "reaction"("message_id") WHERE "send_state" IN ('queued', 'sending');
ALTER TABLE "reaction" ADD CONSTRAINT "reaction_send_state" CHECK ("send_state" IN ('queued', 'sending', 'accepted', 'failed'));
