-- An office that only receives through WhatsApp, and answers in other ways.
ALTER TABLE "office_setting" ADD COLUMN "receives_only" BOOLEAN NOT NULL DEFAULT false;

-- What was answered in another way stands in the conversation like an answer. It was never sent from here: it has no state of sending, and no provider
-- knows it.
ALTER TABLE "message"
  DROP CONSTRAINT "message_kind",
  ADD CONSTRAINT "message_kind" CHECK ("kind" IN ('text', 'image', 'video', 'audio', 'voice', 'document', 'sticker', 'location', 'contacts', 'choice', 'form', 'order', 'template', 'system', 'unsupported', 'elsewhere')),
  DROP CONSTRAINT "message_outbound_has_send_state",
  ADD CONSTRAINT "message_outbound_has_send_state" CHECK (("direction" = 'outbound' AND "kind" <> 'elsewhere') = ("send_state" IS NOT NULL)),
  ADD CONSTRAINT "message_elsewhere" CHECK ("kind" <> 'elsewhere' OR ("direction" = 'outbound' AND "answers_up_to" IS NOT NULL
    AND num_nonnulls("provider_id_mac", "provider_id_sealed", "accepted_at", "failed_at", "notice_version") = 0));
