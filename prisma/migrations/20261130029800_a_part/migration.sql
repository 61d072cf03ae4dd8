-- A request for erasure can be about single messages and files of the person (Art. 17 GDPR), and not about everything.

-- When it was chosen last what it is about; null: it is about everything. Ids without foreign keys, as those of person and matter: the request outlives them.
ALTER TABLE "data_subject_request" ADD COLUMN "chosen_at" TIMESTAMPTZ(3), ADD COLUMN "chosen_messages" UUID[] NOT NULL DEFAULT '{}',
  ADD COLUMN "chosen_files" UUID[] NOT NULL DEFAULT '{}';
ALTER TABLE "data_subject_request" ADD CONSTRAINT "data_subject_request_chosen"
  CHECK ("chosen_at" IS NOT NULL AND "kind" = 'ERASURE' OR "chosen_at" IS NULL AND "chosen_messages" = '{}' AND "chosen_files" = '{}');
GRANT UPDATE ("chosen_at", "chosen_messages", "chosen_files") ON "data_subject_request" TO "buergerdraht_api", "buergerdraht_worker";

-- What was decided about stays what it was about.
CREATE OR REPLACE FUNCTION "refuse_request_rewritten"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF (new.id, new.kind, new.received_at, new.message_id, new.opened_by) IS DISTINCT FROM (old.id, old.kind, old.received_at, old.message_id, old.opened_by)
    OR old.outcome IS NOT NULL AND (new.outcome, new.decided_at, new.ground, new.exception, new.chosen_at, new.chosen_messages, new.chosen_files)
      IS DISTINCT FROM (old.outcome, old.decided_at, old.ground, old.exception, old.chosen_at, old.chosen_messages, old.chosen_files)
    OR old.closed_at IS NOT NULL AND new.closed_at IS DISTINCT FROM old.closed_at
    OR new.due_at IS DISTINCT FROM old.due_at AND (old.extended_at IS NOT NULL OR new.extended_at IS NULL) THEN
    RAISE EXCEPTION 'a request stays as it was made and decided' USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN new;
END $$;

-- The ledger says of what was chosen how many, and has its marks: made again after a restore, a request for a part is never one for everything.
CREATE OR REPLACE FUNCTION "place_request"(request UUID, at TIMESTAMPTZ) RETURNS void LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  INSERT INTO "public"."ledger_act" ("type", "fields", "object_ids", "placed_at")
  SELECT 'REQUEST', jsonb_strip_nulls(jsonb_build_object('type', 'REQUEST', 'kind', r.kind, 'state', CASE WHEN r.closed_at IS NULL THEN 'OPEN' ELSE 'ANSWERED' END,
      'receivedOn', to_char(r.received_at AT TIME ZONE 'Europe/Berlin', 'YYYY-MM-DD'), 'identity', r.identity, 'extended', r.extension_reason, 'outcome', r.outcome,
      'ground', r.ground, 'exception', r.exception,
      'copy', CASE WHEN EXISTS (SELECT FROM "public"."request_part" p WHERE p.request_id = r.id) THEN 'MADE' END,
      'objects', jsonb_build_object('requests', 1, 'contacts', 1, 'conversations', 1, 'messages', nullif(cardinality(r.chosen_messages), 0),
        'attachments', nullif(cardinality(r.chosen_files), 0)))),
    ARRAY[r.id, r.contact_id, r.conversation_id] || r.chosen_messages || r.chosen_files, at
  FROM "public"."data_subject_request" r WHERE r.id = request AND NOT "public"."is_replaying"();
$$;
CREATE OR REPLACE FUNCTION "request_placed"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM "public"."place_request"(new.id, coalesce(new.closed_at, new.decided_at, greatest(new.chosen_at, new.extended_at, new.identified_at), new.received_at));
  RETURN NULL;
END $$;
DROP TRIGGER "data_subject_request_moved" ON "data_subject_request";
CREATE TRIGGER "data_subject_request_moved" AFTER UPDATE ON "data_subject_request" FOR EACH ROW
  WHEN ((old.identity, old.extension_reason, old.outcome, old.closed_at, old.chosen_at, old.chosen_messages, old.chosen_files)
    IS DISTINCT FROM (new.identity, new.extension_reason, new.outcome, new.closed_at, new.chosen_at, new.chosen_messages, new.chosen_files))
  EXECUTE FUNCTION "request_placed"();
DROP TRIGGER "data_subject_request_restored" ON "data_subject_request";
CREATE TRIGGER "data_subject_request_restored" BEFORE UPDATE OF "identity", "identified_at", "identified_by", "extended_at", "extended_by", "extension_reason", "due_at",
  "outcome", "decided_at", "decided_by", "ground", "exception", "closed_at", "closed_by", "chosen_at", "chosen_messages", "chosen_files" ON "data_subject_request"
  FOR EACH ROW EXECUTE FUNCTION "refuse_without_restore"();

-- Of a message that stays, what was erased alone: how many files, by which entry of the ledger, under which rule and on which ground.
CREATE TABLE "erased_file" (
    "message_id" UUID NOT NULL,
    "ledger_entry" INTEGER NOT NULL,
    "files" INTEGER NOT NULL,
    -- As the ledger writes it: LR-DA01@1
    "rule" TEXT NOT NULL,
    "ground" TEXT NOT NULL,
    "erased_at" TIMESTAMPTZ(3) NOT NULL,
    CONSTRAINT "erased_file_pkey" PRIMARY KEY ("message_id", "ledger_entry"),
    CONSTRAINT "erased_file_message_id_fkey" FOREIGN KEY ("message_id") REFERENCES "message"("id") ON DELETE CASCADE ON UPDATE NO ACTION,
    CONSTRAINT "erased_file_files" CHECK ("files" > 0)
);
ALTER TABLE "erased_file" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "erased_file" FORCE ROW LEVEL SECURITY;
CREATE POLICY "program" ON "erased_file" TO "buergerdraht_owner", "buergerdraht_api", "buergerdraht_worker" USING (true) WITH CHECK (true);
CREATE POLICY "team" ON "erased_file" TO "buergerdraht_staff" USING ((SELECT true FROM "message" m WHERE m."id" = "erased_file"."message_id"));
GRANT SELECT ON "erased_file" TO "buergerdraht_staff";
GRANT SELECT, INSERT ON "erased_file" TO "buergerdraht_worker";

-- What the archive had of the message said what the file was called: it went with the file, and the message is sealed again as it is now.
CREATE TRIGGER "erased_file_filed_again" AFTER INSERT ON "erased_file" FOR EACH ROW EXECUTE FUNCTION "file_again"();
