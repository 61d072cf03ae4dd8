-- What a citizen says (a message, its edit, its revocation) has an id in the order of arrival; reading and answering name up to
-- which of them their author had seen.
ALTER TABLE "message" ADD COLUMN "statement_id" UUID,
  ADD COLUMN "answers_up_to" UUID;
ALTER TABLE "conversation" ADD COLUMN "read_up_to" UUID;

-- What is not counted as unread has been read.
UPDATE "conversation" c SET "read_up_to" = (
  SELECT m."id" FROM "message" m WHERE m."conversation_id" = c."id" AND m."direction" = 'inbound' AND m."kind" <> 'system'
  ORDER BY m."id" DESC OFFSET c."unread_count" LIMIT 1);
