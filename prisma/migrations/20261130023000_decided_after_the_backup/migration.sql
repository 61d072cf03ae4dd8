-- Agreements with the archive, filing plans, requests of persons and hand-overs are in the ledger too, so that an older database is told of them after a
-- restore; and what people have to do then stays on the list until it is done.

ALTER TABLE "ledger_act" DROP CONSTRAINT "ledger_act_type";
ALTER TABLE "ledger_act" ADD CONSTRAINT "ledger_act_type" CHECK ("type" IN ('HOLD_SET', 'HOLD_RELEASE', 'RESTRICT', 'UNRESTRICT', 'RULE_CHANGE', 'RULES_SIGNED',
  'ARCHIVE_OFFER', 'ARCHIVE_DECISION', 'ARCHIVE_AGREEMENT', 'FILING_PLAN', 'REQUEST', 'HAND_OVER'));

-- What is made again from the ledger is in it already.
CREATE FUNCTION "is_replaying"() RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  SELECT EXISTS (SELECT FROM "public"."restore" WHERE "replayed_at" IS NULL);
$$;

-- How a request stands, for the ledger: with the change itself, whoever has made it, program or person. By codes and days; the ids become hashes there.
CREATE FUNCTION "place_request"(request UUID, at TIMESTAMPTZ) RETURNS void LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  INSERT INTO "public"."ledger_act" ("type", "fields", "object_ids", "placed_at")
  SELECT 'REQUEST', jsonb_strip_nulls(jsonb_build_object('type', 'REQUEST', 'kind', r.kind, 'state', CASE WHEN r.closed_at IS NULL THEN 'OPEN' ELSE 'ANSWERED' END,
      'receivedOn', to_char(r.received_at AT TIME ZONE 'Europe/Berlin', 'YYYY-MM-DD'), 'identity', r.identity, 'extended', r.extension_reason, 'outcome', r.outcome,
      'ground', r.ground, 'exception', r.exception,
      'copy', CASE WHEN EXISTS (SELECT FROM "public"."request_part" p WHERE p.request_id = r.id) THEN 'MADE' END,
      'objects', jsonb_build_object('requests', 1, 'contacts', 1, 'conversations', 1))),
    ARRAY[r.id, r.contact_id, r.conversation_id], at
  FROM "public"."data_subject_request" r WHERE r.id = request AND NOT "public"."is_replaying"();
$$;
CREATE FUNCTION "request_placed"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM "public"."place_request"(new.id, coalesce(new.closed_at, new.decided_at, new.extended_at, new.identified_at, new.received_at));
  RETURN NULL;
END $$;
CREATE TRIGGER "data_subject_request_made" AFTER INSERT ON "data_subject_request" FOR EACH ROW EXECUTE FUNCTION "request_placed"();
CREATE TRIGGER "data_subject_request_moved" AFTER UPDATE ON "data_subject_request" FOR EACH ROW
  WHEN ((old.identity, old.extension_reason, old.outcome, old.closed_at) IS DISTINCT FROM (new.identity, new.extension_reason, new.outcome, new.closed_at))
  EXECUTE FUNCTION "request_placed"();
CREATE FUNCTION "copy_placed"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM "public"."place_request"(new.request_id, new.made_at);
  RETURN NULL;
END $$;
CREATE TRIGGER "request_part_made" AFTER INSERT ON "request_part" FOR EACH ROW EXECUTE FUNCTION "copy_placed"();

-- The same of a hand-over, from being sent on.
CREATE FUNCTION "hand_over_placed"() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
  IF NOT "public"."is_replaying"() THEN
    INSERT INTO "public"."ledger_act" ("type", "fields", "object_ids", "placed_at") VALUES ('HAND_OVER', jsonb_build_object('type', 'HAND_OVER',
      'message', new.message, 'version', new.version, 'way', new.way, 'state', upper(new.state), 'objects', jsonb_build_object('handOvers', 1, 'packages', 1)),
      ARRAY[new.id, new.package_id], coalesce(new.ended_at, new.received_at, new.sent_at, new.prepared_at));
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER "hand_over_moved" AFTER UPDATE ON "hand_over" FOR EACH ROW WHEN (old.state <> new.state) EXECUTE FUNCTION "hand_over_placed"();

-- The entry from which it was made again after a restore.
ALTER TABLE "data_subject_request" ADD COLUMN "ledger_entry" INTEGER;
ALTER TABLE "hand_over" ADD COLUMN "ledger_entry" INTEGER;

-- The worker decides nothing but what the ledger says: it opens what it recognises, and what it makes again it makes during a replay.
CREATE TRIGGER "data_subject_request_opened_again" BEFORE INSERT ON "data_subject_request" FOR EACH ROW WHEN (new.message_id IS NULL)
  EXECUTE FUNCTION "refuse_without_restore"();
CREATE TRIGGER "data_subject_request_restored" BEFORE UPDATE OF "identity", "identified_at", "identified_by", "extended_at", "extended_by", "extension_reason", "due_at",
  "outcome", "decided_at", "decided_by", "ground", "exception", "closed_at", "closed_by" ON "data_subject_request"
  FOR EACH ROW EXECUTE FUNCTION "refuse_without_restore"();
CREATE TRIGGER "hand_over_restored" BEFORE INSERT ON "hand_over" FOR EACH ROW EXECUTE FUNCTION "refuse_without_restore"();
CREATE TRIGGER "archive_agreement_restored" BEFORE INSERT ON "archive_agreement" FOR EACH ROW EXECUTE FUNCTION "refuse_without_restore"();
GRANT INSERT ("opened_by", "opened_role", "ledger_entry"),
  UPDATE ("identity", "identified_at", "identified_by", "extended_at", "extended_by", "extension_reason", "due_at", "outcome", "decided_at", "decided_by", "ground",
    "exception", "closed_at", "closed_by") ON "data_subject_request" TO "buergerdraht_worker";
GRANT INSERT ("id", "package_id", "message", "version", "way", "state", "prepared_at", "prepared_by", "prepared_role", "sent_at", "received_at", "ended_at", "ledger_entry")
  ON "hand_over" TO "buergerdraht_worker";
GRANT INSERT ON "archive_agreement" TO "buergerdraht_worker";

-- Somebody has done what they had taken over; until then it stands on the list of data protection.
ALTER TABLE "restore_task" ADD COLUMN "done_by" UUID, ADD COLUMN "done_role" TEXT, ADD COLUMN "done_at" TIMESTAMPTZ(3);
ALTER TABLE "restore_task" ADD CONSTRAINT "restore_task_done"
  CHECK (("done_at" IS NULL) = ("done_by" IS NULL) AND ("done_at" IS NULL) = ("done_role" IS NULL) AND ("done_at" IS NULL OR "taken_by" IS NOT DISTINCT FROM "done_by"));
GRANT UPDATE ("done_by", "done_role", "done_at") ON "restore_task" TO "buergerdraht_api";
CREATE FUNCTION "refuse_task_done_anew"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF old.done_at IS NOT NULL OR (new.done_at IS NOT NULL AND NOT EXISTS (SELECT FROM "restore" r WHERE r.id = new.restore_id AND r.entered_in IS NOT NULL)) THEN
    RAISE EXCEPTION 'what is to be done again is done once, after the release' USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN new;
END $$;
CREATE TRIGGER "restore_task_stays" BEFORE UPDATE ON "restore_task" FOR EACH ROW EXECUTE FUNCTION "refuse_task_done_anew"();
CREATE CONSTRAINT TRIGGER "restore_task_told" AFTER INSERT OR UPDATE ON "restore_task"
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION "tell_decision"();
