-- Whoever plans a run or sets a hold asks which files go with a message, and, while single objects or a kind of data are held, which matters have something of
-- what is held: files, drafts, and messages of which the raw deliveries are still there. Ids and times, no content.
GRANT SELECT ("message_id") ON "attachment" TO "buergerdraht_api";
GRANT SELECT ("received_at") ON "message" TO "buergerdraht_api";

-- Whoever has a matter open hears that a message of it was erased; which one, nothing says.
ALTER TABLE "live_event" DROP CONSTRAINT "live_event_type";
ALTER TABLE "live_event" ADD CONSTRAINT "live_event_type" CHECK ("type" IN ('message.stored', 'message.changed', 'message.erased', 'conversation.changed',
  'presence.changed', 'channel.changed', 'decision.changed'));
ALTER TABLE "live_event" ADD CONSTRAINT "live_event_erased" CHECK ("type" <> 'message.erased' OR "conversation_id" IS NOT NULL AND "message_id" IS NULL);
