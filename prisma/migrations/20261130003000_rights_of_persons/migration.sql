-- Answering requests of data subjects: what of an answer is blacked out, what the person contests, and what has been done.

-- A request for restriction (Art. 18) and the restriction that came of it; the runs that were planned for an erasure.
ALTER TABLE "data_subject_request" ADD COLUMN "restriction_id" UUID;
ALTER TABLE "data_subject_request" ADD COLUMN "run_ids" UUID[] NOT NULL DEFAULT '{}';
ALTER TABLE "data_subject_request" ADD CONSTRAINT "data_subject_request_restriction" CHECK ("restriction_id" IS NULL OR "kind" = 'RESTRICTION' AND "identity" IS NOT NULL);
ALTER TABLE "data_subject_request" ADD CONSTRAINT "data_subject_request_runs" CHECK ("run_ids" = '{}' OR "kind" = 'ERASURE');
GRANT UPDATE ("restriction_id", "run_ids") ON "data_subject_request" TO "buergerdraht_api";

-- Every team that has a matter of the person sees the request: each answers for its part.
DROP POLICY "team" ON "data_subject_request";
CREATE POLICY "team" ON "data_subject_request" FOR SELECT TO "buergerdraht_staff"
  USING (EXISTS (SELECT FROM "conversation" c WHERE c."id" = "data_subject_request"."conversation_id" OR c."contact_id" = "data_subject_request"."contact_id"));

-- What the person gets a copy of, passage by passage: what is another person's is blacked out, by somebody's decision (Art. 15 (4)).
CREATE TABLE "redaction" (
    "request_id" UUID NOT NULL,
    "conversation_id" UUID NOT NULL,
    -- Keyed hash of a wording, or of a file: what is edited afterwards is decided about anew.
    "part" BYTEA NOT NULL,
    -- UTF-16 offsets; of a file both are 0, and it is the whole file.
    "begins" INTEGER NOT NULL,
    "ends" INTEGER NOT NULL,
    -- False: looked at, and it stays.
    "blacked" BOOLEAN NOT NULL,
    "decided_by" UUID NOT NULL,
    "decided_at" TIMESTAMPTZ(3) NOT NULL,
    CONSTRAINT "redaction_pkey" PRIMARY KEY ("request_id", "part", "begins", "ends"),
    CONSTRAINT "redaction_request_id_fkey" FOREIGN KEY ("request_id") REFERENCES "data_subject_request"("id") ON DELETE CASCADE ON UPDATE NO ACTION,
    CONSTRAINT "redaction_conversation_id_fkey" FOREIGN KEY ("conversation_id") REFERENCES "conversation"("id") ON DELETE CASCADE ON UPDATE NO ACTION,
    CONSTRAINT "redaction_range" CHECK ("begins" >= 0 AND "ends" >= "begins")
);
CREATE INDEX "redaction_conversation_id_idx" ON "redaction"("conversation_id");

-- Which teams have made their part of an answer, and when last.
CREATE TABLE "request_part" (
    "request_id" UUID NOT NULL,
    "team_id" UUID NOT NULL,
    "made_at" TIMESTAMPTZ(3) NOT NULL,
    "made_by" UUID NOT NULL,
    CONSTRAINT "request_part_pkey" PRIMARY KEY ("request_id", "team_id"),
    CONSTRAINT "request_part_request_id_fkey" FOREIGN KEY ("request_id") REFERENCES "data_subject_request"("id") ON DELETE CASCADE ON UPDATE NO ACTION,
    CONSTRAINT "request_part_team_id_fkey" FOREIGN KEY ("team_id") REFERENCES "team"("id") ON DELETE CASCADE ON UPDATE NO ACTION
);

-- What the person says is wrong, and what would be right (Art. 16). What they wrote stays as it is.
CREATE TABLE "correction" (
    "id" UUID NOT NULL,
    "conversation_id" UUID NOT NULL,
    -- Null: of the matter as a whole.
    "message_id" UUID,
    -- {contested, correct} as sealed JSON, with the conversation's key.
    "content_sealed" BYTEA NOT NULL,
    "request_id" UUID,
    "marked_by" UUID NOT NULL,
    "marked_at" TIMESTAMPTZ(3) NOT NULL,
    CONSTRAINT "correction_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "correction_conversation_id_fkey" FOREIGN KEY ("conversation_id") REFERENCES "conversation"("id") ON DELETE CASCADE ON UPDATE NO ACTION,
    CONSTRAINT "correction_message_id_fkey" FOREIGN KEY ("message_id") REFERENCES "message"("id") ON DELETE CASCADE ON UPDATE NO ACTION,
    CONSTRAINT "correction_request_id_fkey" FOREIGN KEY ("request_id") REFERENCES "data_subject_request"("id") ON DELETE SET NULL ON UPDATE NO ACTION
);
CREATE INDEX "correction_conversation_id_idx" ON "correction"("conversation_id");
CREATE INDEX "correction_message_id_idx" ON "correction"("message_id");
CREATE INDEX "correction_request_id_idx" ON "correction"("request_id");

-- A mark is made once; it goes with what it is about.
CREATE FUNCTION "refuse_correction_rewritten"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF (new.id, new.conversation_id, new.message_id, new.marked_by, new.marked_at) IS DISTINCT FROM (old.id, old.conversation_id, old.message_id, old.marked_by, old.marked_at) THEN
    RAISE EXCEPTION 'a mark of correction stays as it was made' USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN new;
END $$;
CREATE TRIGGER "correction_stays" BEFORE UPDATE ON "correction" FOR EACH ROW EXECUTE FUNCTION "refuse_correction_rewritten"();
CREATE TRIGGER "correction_condemned" BEFORE INSERT ON "correction" FOR EACH ROW EXECUTE FUNCTION "refuse_added_to_condemned"();

DO $$
DECLARE
  name text;
BEGIN
  FOREACH name IN ARRAY ARRAY['redaction', 'correction'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', name);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', name);
    EXECUTE format('CREATE POLICY "program" ON %I TO "buergerdraht_owner", "buergerdraht_api", "buergerdraht_worker" USING (true) WITH CHECK (true)', name);
    EXECUTE format('CREATE POLICY "team" ON %I TO "buergerdraht_staff" USING ((SELECT true FROM "conversation" c WHERE c."id" = %I."conversation_id"))', name, name);
  END LOOP;
END
$$;

GRANT SELECT, INSERT, UPDATE ("blacked", "decided_by", "decided_at") ON "redaction" TO "buergerdraht_staff";
GRANT SELECT ON "redaction" TO "buergerdraht_worker";
GRANT SELECT, INSERT, UPDATE ON "request_part" TO "buergerdraht_api";
GRANT SELECT ON "request_part" TO "buergerdraht_worker";
GRANT SELECT, INSERT ON "correction" TO "buergerdraht_staff";
-- The worker seals anew what stays when a single message goes.
GRANT SELECT, UPDATE ("content_sealed") ON "correction" TO "buergerdraht_worker";

-- Requests go three years after they were answered (DA18), as everything goes: by a run.
ALTER TABLE "deletion_run_item" DROP CONSTRAINT "deletion_run_item_kind";
ALTER TABLE "deletion_run_item" ADD CONSTRAINT "deletion_run_item_kind" CHECK ("kind" IN ('conversation', 'contact', 'message', 'attachment', 'request'));
GRANT DELETE ON "data_subject_request" TO "buergerdraht_worker";
CREATE FUNCTION "refuse_request_deleted"() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
  IF NOT EXISTS (SELECT FROM "public"."deletion_run_item" i WHERE i.object_id = old.id AND i.state = 'condemned') THEN
    RAISE EXCEPTION 'a request goes by a run' USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN old;
END $$;
CREATE TRIGGER "data_subject_request_by_run" BEFORE DELETE ON "data_subject_request" FOR EACH ROW EXECUTE FUNCTION "refuse_request_deleted"();

-- What colleagues have begun to answer is theirs, and belongs to the copy that a person gets: whoever makes one is shown it for that.
CREATE POLICY "copied" ON "draft" FOR SELECT TO "buergerdraht_staff"
  USING (coalesce(current_setting('app.copying', true), '') = 'yes' AND (SELECT true FROM "conversation" c WHERE c."id" = "draft"."conversation_id"));
