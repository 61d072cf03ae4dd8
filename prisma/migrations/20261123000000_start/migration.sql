-- CreateSchema
CREATE SCHEMA IF NOT EXISTS "public";

-- CreateEnum
CREATE TYPE "role" AS ENUM ('clerk', 'team-lead', 'records', 'dpo', 'admin', 'auditor');

-- CreateTable
CREATE TABLE "team" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "name" TEXT NOT NULL,

    CONSTRAINT "team_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "account" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "email" TEXT NOT NULL,
    "display_name" TEXT NOT NULL,
    "role" "role" NOT NULL,
    "password_hash" TEXT,
    "disabled_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "account_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "team_member" (
    "account_id" UUID NOT NULL,
    "team_id" UUID NOT NULL,

    CONSTRAINT "team_member_pkey" PRIMARY KEY ("account_id","team_id")
);

-- CreateTable
CREATE TABLE "session" (
    "token_hash" BYTEA NOT NULL,
    "account_id" UUID NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "used_at" TIMESTAMPTZ(3) NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "session_pkey" PRIMARY KEY ("token_hash")
);

-- CreateTable
CREATE TABLE "sign_in_failure" (
    "bucket_mac" BYTEA NOT NULL,
    "count" INTEGER NOT NULL,
    "since_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "sign_in_failure_pkey" PRIMARY KEY ("bucket_mac")
);

-- CreateTable
CREATE TABLE "admin_invitation" (
    "token_hash" BYTEA NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "admin_invitation_pkey" PRIMARY KEY ("token_hash")
);

-- CreateTable
CREATE TABLE "data_key" (
    "id" UUID NOT NULL,
    "purpose" TEXT NOT NULL,
    "wrapped" BYTEA NOT NULL,
    "kek_id" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "data_key_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "channel" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "vendor" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "team_id" UUID NOT NULL,
    "phone_number_id" TEXT NOT NULL,
    "waba_id" TEXT,
    "display_phone_number" TEXT NOT NULL,
    "base_url" TEXT NOT NULL,
    "state" TEXT NOT NULL DEFAULT 'enabled',
    "read_receipts" BOOLEAN NOT NULL DEFAULT false,
    "key_id" UUID NOT NULL,
    "credentials_sealed" BYTEA NOT NULL,
    "revision" INTEGER NOT NULL DEFAULT 1,
    "verified_at" TIMESTAMPTZ(3),
    "last_test_at" TIMESTAMPTZ(3),
    "last_webhook_at" TIMESTAMPTZ(3),
    "media_rests_until" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "channel_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "channel_notice" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "channel_id" UUID NOT NULL,
    "code" TEXT NOT NULL,
    "detail" TEXT NOT NULL DEFAULT '',
    "count" INTEGER NOT NULL DEFAULT 1,
    "first_at" TIMESTAMPTZ(3) NOT NULL,
    "last_at" TIMESTAMPTZ(3) NOT NULL,
    "dismissed_at" TIMESTAMPTZ(3),

    CONSTRAINT "channel_notice_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "media_fault" (
    "id" BIGSERIAL NOT NULL,
    "channel_id" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "media_fault_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "message_template" (
    "channel_id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "language" TEXT NOT NULL,
    "category" TEXT,
    "state" TEXT NOT NULL,
    "reason" TEXT,
    "body" TEXT,
    "parameter_count" INTEGER NOT NULL DEFAULT 0,
    "changed_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "message_template_pkey" PRIMARY KEY ("channel_id","name","language")
);

-- CreateTable
CREATE TABLE "webhook_event" (
    "id" BIGSERIAL NOT NULL,
    "channel_id" UUID NOT NULL,
    "content_mac" BYTEA NOT NULL,
    "key_id" UUID NOT NULL,
    "body_sealed" BYTEA NOT NULL,
    "received_at" TIMESTAMPTZ(3) NOT NULL,
    "held" BOOLEAN NOT NULL DEFAULT false,
    "ingested_at" TIMESTAMPTZ(3),
    "attempts" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "webhook_event_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "dead_letter" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "channel_id" UUID NOT NULL,
    "event_id" BIGINT NOT NULL,
    "code" TEXT NOT NULL,
    "path" TEXT NOT NULL,
    "key_id" UUID NOT NULL,
    "body_sealed" BYTEA NOT NULL,
    "size_bytes" INTEGER NOT NULL,
    "received_at" TIMESTAMPTZ(3) NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "replayed_at" TIMESTAMPTZ(3),

    CONSTRAINT "dead_letter_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "contact" (
    "id" UUID NOT NULL,
    "channel_id" UUID NOT NULL,
    "key_id" UUID NOT NULL,
    "profile_sealed" BYTEA,
    "shape" SMALLINT NOT NULL,
    "identity_notice" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "contact_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "contact_identity" (
    "id" UUID NOT NULL,
    "channel_id" UUID NOT NULL,
    "contact_id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "value_mac" BYTEA NOT NULL,
    "value_sealed" BYTEA NOT NULL,
    "since_at" TIMESTAMPTZ(3) NOT NULL,
    "ended_at" TIMESTAMPTZ(3),

    CONSTRAINT "contact_identity_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "conversation" (
    "id" UUID NOT NULL,
    "channel_id" UUID NOT NULL,
    "contact_id" UUID NOT NULL,
    "team_id" UUID NOT NULL,
    "assignee_id" UUID,
    "key_id" UUID NOT NULL,
    "state" TEXT NOT NULL DEFAULT 'open',
    "opened_at" TIMESTAMPTZ(3) NOT NULL,
    "closed_at" TIMESTAMPTZ(3),
    "last_inbound_at" TIMESTAMPTZ(3),
    "window_shut_at" TIMESTAMPTZ(3),
    "waiting_since" TIMESTAMPTZ(3),
    "unread_count" INTEGER NOT NULL DEFAULT 0,
    "last_message_id" UUID,
    "last_message_at" TIMESTAMPTZ(3) NOT NULL,
    "cluster" TEXT NOT NULL DEFAULT 'DA01',

    CONSTRAINT "conversation_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "message" (
    "id" UUID NOT NULL,
    "conversation_id" UUID NOT NULL,
    "channel_id" UUID NOT NULL,
    "direction" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "provider_id_mac" TEXT,
    "provider_id_sealed" BYTEA,
    "sent_at" TIMESTAMPTZ(3) NOT NULL,
    "received_at" TIMESTAMPTZ(3) NOT NULL,
    "content_sealed" BYTEA,
    "reply_to_id" UUID,
    "reply_to_mac" TEXT,
    "forwarded" TEXT NOT NULL DEFAULT 'no',
    "from_app" BOOLEAN NOT NULL DEFAULT false,
    "edited_at" TIMESTAMPTZ(3),
    "revoked_at" TIMESTAMPTZ(3),
    "cluster" TEXT NOT NULL DEFAULT 'DA01',
    "client_id" UUID,
    "author_id" UUID,
    "send_state" TEXT,
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "not_before_at" TIMESTAMPTZ(3),
    "claimed_at" TIMESTAMPTZ(3),
    "accepted_at" TIMESTAMPTZ(3),
    "status_sent_at" TIMESTAMPTZ(3),
    "delivered_at" TIMESTAMPTZ(3),
    "read_at" TIMESTAMPTZ(3),
    "played_at" TIMESTAMPTZ(3),
    "failed_at" TIMESTAMPTZ(3),
    "error_code" TEXT,
    "price_category" TEXT,
    "settled_at" TIMESTAMPTZ(3),

    CONSTRAINT "message_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "message_version" (
    "message_id" UUID NOT NULL,
    "version" INTEGER NOT NULL,
    "content_sealed" BYTEA NOT NULL,
    "replaced_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "message_version_pkey" PRIMARY KEY ("message_id","version")
);

-- CreateTable
CREATE TABLE "reaction" (
    "id" UUID NOT NULL,
    "message_id" UUID NOT NULL,
    "sender" TEXT NOT NULL,
    "emoji_sealed" BYTEA,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "replaced_at" TIMESTAMPTZ(3),
    "provider_id_mac" TEXT,

    CONSTRAINT "reaction_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "early_arrival" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "channel_id" UUID NOT NULL,
    "target_mac" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "key_id" UUID NOT NULL,
    "event_sealed" BYTEA NOT NULL,
    "arrived_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "early_arrival_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "attachment" (
    "id" UUID NOT NULL,
    "conversation_id" UUID NOT NULL,
    "message_id" UUID,
    "kind" TEXT NOT NULL,
    "state" TEXT NOT NULL DEFAULT 'pending',
    "quarantine" TEXT,
    "media_type" TEXT NOT NULL,
    "file_name_sealed" BYTEA,
    "source_sealed" BYTEA,
    "claimed_sha256" BYTEA,
    "size_bytes" BIGINT,
    "width" INTEGER,
    "height" INTEGER,
    "pages" INTEGER,
    "duration_ms" INTEGER,
    "waveform" SMALLINT[],
    "preview_width" INTEGER,
    "preview_height" INTEGER,
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "next_try_at" TIMESTAMPTZ(3),
    "deadline_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "uploaded_by" UUID,

    CONSTRAINT "attachment_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "search_entry" (
    "id" UUID NOT NULL,
    "conversation_id" UUID NOT NULL,
    "team_id" UUID NOT NULL,
    "message_id" UUID,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "tokens" BIGINT[],

    CONSTRAINT "search_entry_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "search_prefix" (
    "prefix" BIGINT NOT NULL,
    "token" BIGINT NOT NULL,

    CONSTRAINT "search_prefix_pkey" PRIMARY KEY ("prefix","token")
);

-- CreateTable
CREATE TABLE "live_event" (
    "id" BIGSERIAL NOT NULL,
    "type" TEXT NOT NULL,
    "team_id" UUID,
    "conversation_id" UUID,
    "message_id" UUID,
    "inbound" BOOLEAN NOT NULL DEFAULT false,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "live_event_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "intake_count" (
    "channel_id" UUID NOT NULL,
    "reason" TEXT NOT NULL,
    "on_date" DATE NOT NULL,
    "count" BIGINT NOT NULL DEFAULT 0,

    CONSTRAINT "intake_count_pkey" PRIMARY KEY ("channel_id","reason","on_date")
);

-- CreateIndex
CREATE UNIQUE INDEX "team_name_key" ON "team"("name");

-- CreateIndex
CREATE UNIQUE INDEX "account_email_key" ON "account"("email");

-- CreateIndex
CREATE INDEX "team_member_team_id_idx" ON "team_member"("team_id");

-- CreateIndex
CREATE INDEX "session_account_id_idx" ON "session"("account_id");

-- CreateIndex
CREATE INDEX "session_expires_at_idx" ON "session"("expires_at");

-- CreateIndex
CREATE INDEX "data_key_kek_id_idx" ON "data_key"("kek_id");

-- CreateIndex
CREATE INDEX "data_key_purpose_created_at_idx" ON "data_key"("purpose", "created_at");

-- CreateIndex
CREATE UNIQUE INDEX "channel_vendor_phone_number_id_key" ON "channel"("vendor", "phone_number_id");

-- CreateIndex
CREATE INDEX "channel_notice_channel_id_idx" ON "channel_notice"("channel_id");

-- CreateIndex
CREATE INDEX "media_fault_channel_id_at_idx" ON "media_fault"("channel_id", "at");

-- CreateIndex
CREATE UNIQUE INDEX "webhook_event_content_mac_key" ON "webhook_event"("content_mac");

-- CreateIndex
CREATE INDEX "dead_letter_received_at_idx" ON "dead_letter"("received_at");

-- CreateIndex
CREATE INDEX "dead_letter_expires_at_idx" ON "dead_letter"("expires_at");

-- CreateIndex
CREATE UNIQUE INDEX "dead_letter_event_id_path_code_key" ON "dead_letter"("event_id", "path", "code");

-- CreateIndex
CREATE INDEX "contact_channel_id_idx" ON "contact"("channel_id");

-- CreateIndex
CREATE INDEX "contact_identity_contact_id_idx" ON "contact_identity"("contact_id");

-- CreateIndex
CREATE INDEX "conversation_contact_id_idx" ON "conversation"("contact_id");

-- CreateIndex
CREATE INDEX "conversation_team_id_state_last_message_at_id_idx" ON "conversation"("team_id", "state", "last_message_at" DESC, "id");

-- CreateIndex
CREATE INDEX "conversation_assignee_id_state_idx" ON "conversation"("assignee_id", "state");

-- CreateIndex
CREATE INDEX "message_conversation_id_sent_at_id_idx" ON "message"("conversation_id", "sent_at" DESC, "id" DESC);

-- CreateIndex
CREATE UNIQUE INDEX "message_channel_id_provider_id_mac_key" ON "message"("channel_id", "provider_id_mac");

-- CreateIndex
CREATE UNIQUE INDEX "message_conversation_id_client_id_key" ON "message"("conversation_id", "client_id");

-- CreateIndex
CREATE INDEX "reaction_message_id_idx" ON "reaction"("message_id");

-- CreateIndex
CREATE INDEX "early_arrival_channel_id_target_mac_idx" ON "early_arrival"("channel_id", "target_mac");

-- CreateIndex
CREATE INDEX "early_arrival_arrived_at_idx" ON "early_arrival"("arrived_at");

-- CreateIndex
CREATE INDEX "attachment_message_id_idx" ON "attachment"("message_id");

-- CreateIndex
CREATE INDEX "attachment_conversation_id_idx" ON "attachment"("conversation_id");

-- CreateIndex
CREATE INDEX "search_entry_conversation_id_idx" ON "search_entry"("conversation_id");

-- CreateIndex
CREATE INDEX "search_entry_at_idx" ON "search_entry"("at" DESC);

-- CreateIndex
CREATE INDEX "search_entry_tokens_idx" ON "search_entry" USING GIN ("tokens");

-- CreateIndex
CREATE INDEX "live_event_at_idx" ON "live_event"("at");

-- AddForeignKey
ALTER TABLE "team_member" ADD CONSTRAINT "team_member_account_id_fkey" FOREIGN KEY ("account_id") REFERENCES "account"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "team_member" ADD CONSTRAINT "team_member_team_id_fkey" FOREIGN KEY ("team_id") REFERENCES "team"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "session" ADD CONSTRAINT "session_account_id_fkey" FOREIGN KEY ("account_id") REFERENCES "account"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "channel" ADD CONSTRAINT "channel_team_id_fkey" FOREIGN KEY ("team_id") REFERENCES "team"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "channel_notice" ADD CONSTRAINT "channel_notice_channel_id_fkey" FOREIGN KEY ("channel_id") REFERENCES "channel"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "message_template" ADD CONSTRAINT "message_template_channel_id_fkey" FOREIGN KEY ("channel_id") REFERENCES "channel"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "contact" ADD CONSTRAINT "contact_channel_id_fkey" FOREIGN KEY ("channel_id") REFERENCES "channel"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "contact_identity" ADD CONSTRAINT "contact_identity_contact_id_fkey" FOREIGN KEY ("contact_id") REFERENCES "contact"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "conversation" ADD CONSTRAINT "conversation_channel_id_fkey" FOREIGN KEY ("channel_id") REFERENCES "channel"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "conversation" ADD CONSTRAINT "conversation_contact_id_fkey" FOREIGN KEY ("contact_id") REFERENCES "contact"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "conversation" ADD CONSTRAINT "conversation_team_id_fkey" FOREIGN KEY ("team_id") REFERENCES "team"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "message" ADD CONSTRAINT "message_conversation_id_fkey" FOREIGN KEY ("conversation_id") REFERENCES "conversation"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "message_version" ADD CONSTRAINT "message_version_message_id_fkey" FOREIGN KEY ("message_id") REFERENCES "message"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "reaction" ADD CONSTRAINT "reaction_message_id_fkey" FOREIGN KEY ("message_id") REFERENCES "message"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "attachment" ADD CONSTRAINT "attachment_message_id_fkey" FOREIGN KEY ("message_id") REFERENCES "message"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- What the schema language cannot say ------------------------------------------------------------------------------

-- A contact has at most one open conversation on a channel.
CREATE UNIQUE INDEX "conversation_one_open" ON "conversation"("channel_id", "contact_id") WHERE "state" = 'open';

-- An identity leads to one contact; replaced ones are history.
CREATE UNIQUE INDEX "contact_identity_current" ON "contact_identity"("channel_id", "kind", "value_mac") WHERE "ended_at" IS NULL;

-- One current reaction a side, one open notice a matter.
CREATE UNIQUE INDEX "reaction_current" ON "reaction"("message_id", "sender") WHERE "replaced_at" IS NULL;
CREATE UNIQUE INDEX "channel_notice_open" ON "channel_notice"("channel_id", "code", "detail") WHERE "dismissed_at" IS NULL;

-- What is still to be done.
CREATE INDEX "webhook_event_waiting" ON "webhook_event"("id") WHERE "ingested_at" IS NULL AND NOT "held";
CREATE INDEX "webhook_event_held" ON "webhook_event"("channel_id") WHERE "held";
CREATE INDEX "message_outbox" ON "message"("conversation_id", "id") WHERE "send_state" IN ('queued', 'sending');
CREATE INDEX "message_unanswered_send" ON "message"("claimed_at") WHERE "send_state" IN ('sending', 'unknown');
CREATE INDEX "attachment_pending" ON "attachment"("next_try_at") WHERE "state" = 'pending';
CREATE INDEX "attachment_unsent" ON "attachment"("created_at") WHERE "message_id" IS NULL;
CREATE INDEX "conversation_waiting" ON "conversation"("team_id", "waiting_since", "id") WHERE "state" = 'open' AND "waiting_since" IS NOT NULL;

ALTER TABLE "channel" ADD CONSTRAINT "channel_state" CHECK ("state" IN ('enabled', 'stopped', 'disabled'));
ALTER TABLE "channel" ADD CONSTRAINT "channel_vendor" CHECK ("vendor" IN ('meta', '360dialog'));
ALTER TABLE "contact" ADD CONSTRAINT "contact_shape" CHECK ("shape" BETWEEN 0 AND 7);
ALTER TABLE "contact" ADD CONSTRAINT "contact_notice" CHECK ("identity_notice" IN ('number-changed', 'user-id-changed', 'identity-key-changed', 'identity-conflict'));
ALTER TABLE "contact_identity" ADD CONSTRAINT "contact_identity_kind" CHECK ("kind" IN ('phone', 'bsuid', 'parent-bsuid'));
ALTER TABLE "conversation" ADD CONSTRAINT "conversation_state" CHECK ("state" IN ('open', 'closed'));
ALTER TABLE "conversation" ADD CONSTRAINT "conversation_closed" CHECK (("state" = 'closed') = ("closed_at" IS NOT NULL));
ALTER TABLE "conversation" ADD CONSTRAINT "conversation_unread" CHECK ("unread_count" >= 0);
ALTER TABLE "message" ADD CONSTRAINT "message_direction" CHECK ("direction" IN ('inbound', 'outbound'));
ALTER TABLE "message" ADD CONSTRAINT "message_kind" CHECK ("kind" IN ('text', 'image', 'video', 'audio', 'voice', 'document', 'sticker', 'location', 'contacts', 'choice', 'form', 'order', 'template', 'system', 'unsupported'));
ALTER TABLE "message" ADD CONSTRAINT "message_forwarded" CHECK ("forwarded" IN ('no', 'once', 'many'));
ALTER TABLE "message" ADD CONSTRAINT "message_send_state" CHECK ("send_state" IN ('queued', 'sending', 'accepted', 'failed', 'unknown'));
ALTER TABLE "message" ADD CONSTRAINT "message_outbound_has_send_state" CHECK (("direction" = 'outbound') = ("send_state" IS NOT NULL));
ALTER TABLE "message" ADD CONSTRAINT "message_provider_id" CHECK (("provider_id_mac" IS NULL) = ("provider_id_sealed" IS NULL));
ALTER TABLE "reaction" ADD CONSTRAINT "reaction_sender" CHECK ("sender" IN ('citizen', 'office'));
ALTER TABLE "attachment" ADD CONSTRAINT "attachment_state" CHECK ("state" IN ('pending', 'ready', 'expired', 'too-large', 'infected', 'quarantined', 'failed'));
ALTER TABLE "attachment" ADD CONSTRAINT "attachment_kind" CHECK ("kind" IN ('image', 'video', 'audio', 'voice', 'document', 'sticker'));
ALTER TABLE "attachment" ADD CONSTRAINT "attachment_quarantine" CHECK (("state" = 'quarantined') = ("quarantine" IS NOT NULL) AND ("quarantine" IS NULL OR "quarantine" IN ('dangerous-type', 'integrity')));
ALTER TABLE "early_arrival" ADD CONSTRAINT "early_arrival_kind" CHECK ("kind" IN ('status', 'reaction', 'revoke', 'edit'));
ALTER TABLE "live_event" ADD CONSTRAINT "live_event_type" CHECK ("type" IN ('message.stored', 'message.changed', 'conversation.changed', 'channel.changed'));

-- The raw events and the outbox change all the time; keep them tidy early.
ALTER TABLE "webhook_event" SET (autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_insert_scale_factor = 0.1);
ALTER TABLE "conversation" SET (fillfactor = 80);

-- Tells the browsers, as the last statement of a transaction. The lock is held until commit, so ids grow in the order of commits and
-- a reader that has seen an id has seen all before it. The notification carries nothing.
CREATE FUNCTION "announce"("types" text[], "teams" uuid[], "conversations" uuid[], "messages" uuid[], "inbounds" boolean[], "at" timestamptz)
RETURNS void LANGUAGE sql AS $$
  SELECT pg_advisory_xact_lock(7319, 1);
  INSERT INTO "live_event" ("type", "team_id", "conversation_id", "message_id", "inbound", "at")
    SELECT t, team, conversation, message, inbound, "announce"."at"
    FROM unnest("types", "teams", "conversations", "messages", "inbounds") WITH ORDINALITY AS e(t, team, conversation, message, inbound, n)
    ORDER BY n;
  SELECT pg_notify('live', '');
$$;

-- There is one lookup key for ever; processes that start at the same moment must agree on it.
CREATE UNIQUE INDEX "data_key_one_lookup" ON "data_key"("purpose") WHERE "purpose" = 'lookup';

-- Wakes whoever ingests, with the commit that stores the events.
CREATE FUNCTION "notify_intake"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_notify('intake', '');
  RETURN NULL;
END
$$;
CREATE TRIGGER "webhook_event_stored" AFTER INSERT OR UPDATE OF "held" ON "webhook_event" FOR EACH STATEMENT EXECUTE FUNCTION "notify_intake"();
