-- A mark of correction (Art. 16 GDPR) is withdrawn with a reason, or another one is put in its place. It stays, and says so.
ALTER TABLE "correction" ADD COLUMN "withdrawn_at" TIMESTAMPTZ(3), ADD COLUMN "withdrawn_by" UUID,
  -- {reason, replacedBy} as sealed JSON, with the conversation's key.
  ADD COLUMN "withdrawal_sealed" BYTEA;
ALTER TABLE "correction" ADD CONSTRAINT "correction_withdrawn" CHECK (num_nulls("withdrawn_at", "withdrawn_by", "withdrawal_sealed") IN (0, 3));
GRANT UPDATE ("withdrawn_at", "withdrawn_by", "withdrawal_sealed") ON "correction" TO "buergerdraht_staff";
-- The worker seals anew what stays when a single message goes.
GRANT UPDATE ("withdrawal_sealed") ON "correction" TO "buergerdraht_worker";

CREATE OR REPLACE FUNCTION "refuse_correction_rewritten"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF (new.id, new.conversation_id, new.message_id, new.marked_by, new.marked_at) IS DISTINCT FROM (old.id, old.conversation_id, old.message_id, old.marked_by, old.marked_at)
    OR old.withdrawn_at IS NOT NULL AND ((new.withdrawn_at, new.withdrawn_by) IS DISTINCT FROM (old.withdrawn_at, old.withdrawn_by)
      OR current_user = 'buergerdraht_staff' AND new.withdrawal_sealed IS DISTINCT FROM old.withdrawal_sealed) THEN
    RAISE EXCEPTION 'a mark of correction stays as it was made' USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN new;
END $$;
CREATE TRIGGER "correction_withdrawn_condemned" BEFORE UPDATE OF "withdrawn_at" ON "correction" FOR EACH ROW EXECUTE FUNCTION "refuse_added_to_condemned"();

-- What is marked or withdrawn after sealing is a further package, as what happens to a message: what is sealed keeps what it said.
CREATE OR REPLACE FUNCTION "file_again"() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE
  matter uuid;
BEGIN
  IF TG_TABLE_NAME IN ('message', 'correction') THEN
    matter := new.conversation_id;
  ELSE
    SELECT m.conversation_id INTO matter FROM "public"."message" m WHERE m.id = new.message_id;
  END IF;
  INSERT INTO "public"."archive_task" AS t ("conversation_id", "wanted_at", "gathers_until", "next_try_at")
    SELECT c.id, now(), now() + interval '7 days', now() + interval '1 day' FROM "public"."conversation" c
      WHERE c.id = matter AND c.state = 'closed' AND (c.filing IN ('HANDOVER_OPEN', 'FILED')
        AND (c.cluster = 'DA03' OR (c.cluster = 'DA02' AND c.handed_over_at IS NOT NULL)) OR "public"."archive_wants"(c.id))
  ON CONFLICT ("conversation_id") WHERE "state" = 'waiting' DO UPDATE SET "next_try_at" = least(now() + interval '1 day', t.gathers_until)
    WHERE t.gathers_until > now() AND t.failure IS NULL;
  RETURN NULL;
END $$;
CREATE TRIGGER "correction_filed_again" AFTER INSERT OR UPDATE OF "withdrawn_at" ON "correction" FOR EACH ROW EXECUTE FUNCTION "file_again"();
