-- Who may do what in the database. The roles are made by prisma/roles.sql; docs/adr/0023 says why it is done so. Whoever adds a table grants
-- here what each role needs of it: nothing is granted by itself, and prisma/test/privileges.test.ts names every column without a rule.

GRANT USAGE ON SCHEMA "public" TO "buergerdraht_api", "buergerdraht_worker", "buergerdraht_staff", "buergerdraht_records", "buergerdraht_metadata",
  "buergerdraht_technical", "buergerdraht_auditor";
GRANT SELECT ON "_prisma_migrations" TO "buergerdraht_api", "buergerdraht_worker";

-- The api by itself, for nobody: signing in, intake, live events, keys ----------------------------------------------------------------------

GRANT SELECT, INSERT, UPDATE ON "team", "account" TO "buergerdraht_api";
GRANT SELECT, INSERT, DELETE ON "team_member" TO "buergerdraht_api";
GRANT SELECT, INSERT, UPDATE, DELETE ON "session", "sign_in_failure", "admin_invitation", "data_key", "media_removal" TO "buergerdraht_api";
GRANT SELECT, INSERT, UPDATE ON "channel", "channel_notice", "message_template", "intake_count" TO "buergerdraht_api";
GRANT SELECT ON "office_notice", "office_setting", "search_generation" TO "buergerdraht_api";
GRANT INSERT ("channel_id", "content_mac", "key_id", "body_sealed", "received_at", "held", "proof_mac"),
  SELECT ("id", "channel_id", "content_mac", "received_at", "held", "ingested_at"), UPDATE ("held", "ingested_at") ON "webhook_event" TO "buergerdraht_api";
GRANT SELECT, UPDATE ("replayed_at") ON "dead_letter" TO "buergerdraht_api";
GRANT SELECT, INSERT ON "live_event" TO "buergerdraht_api";
-- Read receipts, the figures of the backlog, reminders.
GRANT SELECT ("id", "conversation_id", "channel_id", "direction", "kind", "sent_at", "send_state", "settled_at", "provider_id_sealed") ON "message" TO "buergerdraht_api";
GRANT SELECT ("id", "state") ON "attachment" TO "buergerdraht_api";

-- The worker: ingest, sending, media, sweeps ----------------------------------------------------------------------------------------------

GRANT SELECT, INSERT, UPDATE, DELETE ON "data_key", "contact", "contact_identity", "conversation", "message", "message_version", "reaction", "early_arrival",
  "attachment", "draft", "presence", "media_removal", "search_entry", "search_prefix", "search_generation", "webhook_event", "dead_letter", "live_event",
  "intake_count", "media_fault", "channel_notice", "message_template", "office_notice" TO "buergerdraht_worker";
GRANT TRUNCATE ON "search_entry", "search_prefix" TO "buergerdraht_worker";
GRANT SELECT, UPDATE ON "channel" TO "buergerdraht_worker";
GRANT SELECT ON "team", "team_member", "office_setting" TO "buergerdraht_worker";
GRANT SELECT ("id", "display_name", "role", "disabled_at") ON "account" TO "buergerdraht_worker";
GRANT SELECT ("expires_at", "used_at"), DELETE ON "session" TO "buergerdraht_worker";
GRANT SELECT ("since_at"), DELETE ON "sign_in_failure" TO "buergerdraht_worker";

GRANT USAGE, SELECT ON SEQUENCE "live_event_id_seq", "webhook_event_id_seq", "media_fault_id_seq" TO "buergerdraht_api", "buergerdraht_worker";
GRANT USAGE ON SEQUENCE "live_event_id_seq" TO "buergerdraht_staff", "buergerdraht_technical";

-- Staff: content of their teams, and what is needed to answer ------------------------------------------------------------------------------

GRANT SELECT, UPDATE ON "conversation" TO "buergerdraht_staff";
GRANT SELECT, UPDATE ("identity_notice") ON "contact" TO "buergerdraht_staff";
GRANT SELECT ON "contact_identity", "message_version" TO "buergerdraht_staff";
GRANT SELECT, INSERT, UPDATE ON "message", "reaction" TO "buergerdraht_staff";
GRANT SELECT, INSERT, UPDATE ("message_id"), DELETE ON "attachment" TO "buergerdraht_staff";
GRANT SELECT, INSERT, UPDATE, DELETE ON "draft", "presence" TO "buergerdraht_staff";
GRANT INSERT, UPDATE ("at", "tokens"), SELECT ("id") ON "search_entry" TO "buergerdraht_staff";
GRANT SELECT, INSERT ON "search_prefix" TO "buergerdraht_staff";
GRANT SELECT ON "search_generation", "office_setting", "team", "team_member", "message_template" TO "buergerdraht_staff";
GRANT SELECT ("id", "display_name", "role", "disabled_at") ON "account" TO "buergerdraht_staff";
GRANT SELECT ("id", "vendor", "name", "team_id", "display_phone_number", "state") ON "channel" TO "buergerdraht_staff";
GRANT SELECT ("id", "channel_id", "code", "detail", "dismissed_at") ON "channel_notice" TO "buergerdraht_staff";
GRANT INSERT ON "live_event", "data_key" TO "buergerdraht_staff";

-- Whoever reads no content: no sealed column, no keyed hash, no key, no name -----------------------------------------------------------------

GRANT SELECT ("id", "vendor", "name", "team_id", "phone_number_id", "waba_id", "display_phone_number", "base_url", "state", "read_receipts", "revision", "verified_at",
    "last_test_at", "last_webhook_at", "templates_due_at", "templates_read_at", "media_rests_until", "created_at"),
  UPDATE ("name", "state", "read_receipts", "base_url", "templates_due_at", "revision") ON "channel" TO "buergerdraht_technical";
GRANT SELECT, UPDATE ("dismissed_at") ON "channel_notice" TO "buergerdraht_technical";
GRANT SELECT ON "message_template", "media_fault", "intake_count", "office_notice", "team", "team_member" TO "buergerdraht_technical";
GRANT SELECT, INSERT, UPDATE ON "office_setting" TO "buergerdraht_technical";
GRANT SELECT ("id", "channel_id", "received_at", "held", "ingested_at", "attempts"), UPDATE ("held", "ingested_at") ON "webhook_event" TO "buergerdraht_technical";
GRANT SELECT ("id", "channel_id", "event_id", "code", "path", "size_bytes", "received_at", "expires_at", "replayed_at"), UPDATE ("replayed_at")
  ON "dead_letter" TO "buergerdraht_technical";
GRANT SELECT ("id", "email", "display_name", "role", "disabled_at", "created_at") ON "account" TO "buergerdraht_technical";
GRANT INSERT ON "live_event" TO "buergerdraht_technical";

GRANT SELECT ON "team" TO "buergerdraht_metadata", "buergerdraht_records";
GRANT SELECT ("id", "vendor", "name", "team_id", "state", "created_at") ON "channel" TO "buergerdraht_metadata", "buergerdraht_records";
GRANT SELECT ("id", "role", "disabled_at", "created_at") ON "account" TO "buergerdraht_metadata", "buergerdraht_records";
GRANT SELECT ("id", "channel_id", "created_at") ON "contact" TO "buergerdraht_metadata", "buergerdraht_records";
GRANT SELECT ("id", "channel_id", "contact_id", "team_id", "assignee_id", "state", "opened_at", "closed_at", "last_inbound_at", "waiting_since", "unread_count",
  "last_message_at", "cluster") ON "conversation" TO "buergerdraht_metadata", "buergerdraht_records";
GRANT SELECT ("id", "conversation_id", "channel_id", "direction", "kind", "sent_at", "received_at", "edited_at", "revoked_at", "cluster", "author_id", "send_state",
  "failed_at") ON "message" TO "buergerdraht_metadata", "buergerdraht_records";
GRANT SELECT ("id", "conversation_id", "message_id", "kind", "state", "quarantine", "media_type", "size_bytes", "created_at")
  ON "attachment" TO "buergerdraht_metadata", "buergerdraht_records";
GRANT SELECT ("id", "channel_id", "received_at", "held", "ingested_at") ON "webhook_event" TO "buergerdraht_metadata";
GRANT SELECT ("id", "channel_id", "code", "received_at", "expires_at", "replayed_at") ON "dead_letter" TO "buergerdraht_metadata";

-- Whose rows -------------------------------------------------------------------------------------------------------------------------------

-- The viewer of this transaction, as the access gate says. Asked once a statement (`(SELECT …)`), never once a row.
CREATE FUNCTION "viewer_teams"() RETURNS uuid[] LANGUAGE sql STABLE PARALLEL SAFE AS $$
  SELECT nullif(current_setting('app.teams', true), '')::uuid[]
$$;
CREATE FUNCTION "viewer_account"() RETURNS uuid LANGUAGE sql STABLE PARALLEL SAFE AS $$
  SELECT nullif(current_setting('app.account', true), '')::uuid
$$;

-- Forced, so that it binds the owner too; the owner, who only migrates, and the program's own work see every row.
DO $$
DECLARE
  name text;
BEGIN
  FOREACH name IN ARRAY ARRAY['conversation', 'contact', 'contact_identity', 'message', 'message_version', 'reaction', 'attachment', 'draft', 'presence',
      'search_entry', 'live_event'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', name);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', name);
    EXECUTE format('CREATE POLICY "program" ON %I TO "buergerdraht_owner", "buergerdraht_api", "buergerdraht_worker" USING (true) WITH CHECK (true)', name);
  END LOOP;
  FOREACH name IN ARRAY ARRAY['conversation', 'contact', 'message', 'attachment'] LOOP
    EXECUTE format('CREATE POLICY "metadata" ON %I FOR SELECT TO "buergerdraht_metadata", "buergerdraht_records" USING (true)', name);
  END LOOP;
END
$$;

CREATE POLICY "team" ON "conversation" TO "buergerdraht_staff" USING ("team_id" = ANY ((SELECT "viewer_teams"())::uuid[]));
-- A row of these is seen through its conversation, which the policy above has cut down to the viewer's teams. A scalar subquery is one look into
-- the primary key; EXISTS would let the planner gather every conversation of the teams first.
CREATE POLICY "team" ON "message" TO "buergerdraht_staff"
  USING ((SELECT true FROM "conversation" c WHERE c."id" = "message"."conversation_id"));
CREATE POLICY "team" ON "message_version" TO "buergerdraht_staff"
  USING ((SELECT true FROM "message" m WHERE m."id" = "message_version"."message_id"));
CREATE POLICY "team" ON "reaction" TO "buergerdraht_staff"
  USING ((SELECT true FROM "message" m WHERE m."id" = "reaction"."message_id"));
-- What nobody has sent yet is its uploader's alone.
CREATE POLICY "team" ON "attachment" TO "buergerdraht_staff"
  USING (("message_id" IS NOT NULL OR "uploaded_by" = (SELECT "viewer_account"()))
    AND (SELECT true FROM "conversation" c WHERE c."id" = "attachment"."conversation_id"));
CREATE POLICY "team" ON "contact" TO "buergerdraht_staff"
  USING ((SELECT true FROM "conversation" c WHERE c."contact_id" = "contact"."id" LIMIT 1));
CREATE POLICY "team" ON "contact_identity" TO "buergerdraht_staff"
  USING ((SELECT true FROM "conversation" c WHERE c."contact_id" = "contact_identity"."contact_id" LIMIT 1));
CREATE POLICY "team" ON "draft" TO "buergerdraht_staff"
  USING ("account_id" = (SELECT "viewer_account"()) AND (SELECT true FROM "conversation" c WHERE c."id" = "draft"."conversation_id"));
CREATE POLICY "team" ON "presence" FOR SELECT TO "buergerdraht_staff"
  USING ((SELECT true FROM "conversation" c WHERE c."id" = "presence"."conversation_id"));
CREATE POLICY "own" ON "presence" TO "buergerdraht_staff"
  USING ("account_id" = (SELECT "viewer_account"()))
  WITH CHECK ("account_id" = (SELECT "viewer_account"()) AND (SELECT true FROM "conversation" c WHERE c."id" = "presence"."conversation_id"));
CREATE POLICY "team" ON "search_entry" TO "buergerdraht_staff" USING ("team_id" = ANY ((SELECT "viewer_teams"())::uuid[]));
CREATE POLICY "team" ON "live_event" FOR INSERT TO "buergerdraht_staff" WITH CHECK ("team_id" = ANY ((SELECT "viewer_teams"())::uuid[]));
CREATE POLICY "channels" ON "live_event" FOR INSERT TO "buergerdraht_technical" WITH CHECK ("team_id" IS NULL AND "conversation_id" IS NULL);

-- Staff search through this view: the same rows as the policy's. Under a policy PostgreSQL uses an index only for operators that are known to tell
-- nothing (LEAKPROOF), which those of arrays are not, and every search would read all entries of the teams.
CREATE VIEW "team_search_entry" AS
  SELECT "id", "conversation_id", "team_id", "at", "tokens" FROM "search_entry" WHERE "team_id" = ANY ((SELECT "viewer_teams"())::uuid[]);
GRANT SELECT ON "team_search_entry" TO "buergerdraht_staff";

-- Whoever deletes an attachment need not be able to read keys for its key to go.
ALTER FUNCTION "name_media_of_deleted"() SECURITY DEFINER SET search_path = "public", pg_temp;
