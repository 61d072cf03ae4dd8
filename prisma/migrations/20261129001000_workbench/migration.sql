-- The workbench (Löschwerkstatt): what the finder has seen in a matter, by codes and weights, and what somebody has decided about it.

CREATE TABLE "conversation_signal" (
    "conversation_id" UUID NOT NULL,
    "finder_version" INTEGER NOT NULL,
    -- What it was computed from: another newest message, state or filing, and it is computed anew.
    "last_message_id" UUID,
    "state" TEXT NOT NULL,
    "filing" TEXT NOT NULL,
    -- Why the matter is open: a code of packages/records. Null: nothing was found that is.
    "open_detail" TEXT,
    -- [{"code", "detail", "weight"}], strongest first; nothing of the content.
    "signals" JSONB NOT NULL,
    "weight" INTEGER NOT NULL,
    "computed_at" TIMESTAMPTZ(3) NOT NULL,
    CONSTRAINT "conversation_signal_pkey" PRIMARY KEY ("conversation_id"),
    CONSTRAINT "conversation_signal_conversation_id_fkey" FOREIGN KEY ("conversation_id") REFERENCES "conversation"("id") ON DELETE CASCADE ON UPDATE NO ACTION
);

CREATE TABLE "workbench_decision" (
    "conversation_id" UUID NOT NULL,
    -- delete · file · keep
    "decision" TEXT NOT NULL,
    -- Why it is kept: a code word.
    "reason" TEXT,
    "keep_until" TIMESTAMPTZ(3),
    "decided_by" UUID NOT NULL,
    "decided_at" TIMESTAMPTZ(3) NOT NULL,
    -- The run that it was put before a second person with.
    "run_id" UUID,
    -- One of the ten in a hundred that the second person may look into.
    "sampled" BOOLEAN NOT NULL DEFAULT false,
    -- Why the second person has refused: a code word. It is to be decided anew.
    "refusal" TEXT,
    CONSTRAINT "workbench_decision_pkey" PRIMARY KEY ("conversation_id"),
    CONSTRAINT "workbench_decision_conversation_id_fkey" FOREIGN KEY ("conversation_id") REFERENCES "conversation"("id") ON DELETE CASCADE ON UPDATE NO ACTION,
    CONSTRAINT "workbench_decision_run_id_fkey" FOREIGN KEY ("run_id") REFERENCES "deletion_run"("id") ON DELETE NO ACTION ON UPDATE NO ACTION,
    CONSTRAINT "workbench_decision_decision" CHECK ("decision" IN ('delete', 'file', 'keep')),
    -- Nothing is kept without a reason and an end.
    CONSTRAINT "workbench_decision_keep" CHECK (("decision" = 'keep') = ("reason" IS NOT NULL AND "keep_until" IS NOT NULL))
);
CREATE INDEX "workbench_decision_run_id_idx" ON "workbench_decision"("run_id");

-- Why a second person has refused: a code word of the contract.
ALTER TABLE "proposal" ADD COLUMN "refusal" TEXT;

DO $$
DECLARE
  name text;
BEGIN
  FOREACH name IN ARRAY ARRAY['conversation_signal', 'workbench_decision'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', name);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', name);
    EXECUTE format('CREATE POLICY "program" ON %I TO "buergerdraht_owner", "buergerdraht_api", "buergerdraht_worker" USING (true) WITH CHECK (true)', name);
    EXECUTE format('CREATE POLICY "metadata" ON %I FOR SELECT TO "buergerdraht_metadata", "buergerdraht_records" USING (true)', name);
    EXECUTE format('CREATE POLICY "team" ON %I TO "buergerdraht_staff" USING ((SELECT true FROM "conversation" c WHERE c."id" = %I."conversation_id"))', name, name);
  END LOOP;
END
$$;

GRANT SELECT, INSERT, UPDATE, DELETE ON "conversation_signal" TO "buergerdraht_worker";
GRANT SELECT ON "conversation_signal" TO "buergerdraht_staff", "buergerdraht_records", "buergerdraht_metadata";
GRANT SELECT, INSERT, UPDATE ON "workbench_decision" TO "buergerdraht_staff";
GRANT SELECT, UPDATE ("run_id", "sampled") ON "workbench_decision" TO "buergerdraht_api";
GRANT SELECT ON "workbench_decision" TO "buergerdraht_worker", "buergerdraht_records", "buergerdraht_metadata";

-- What a second person did not let go is nobody's decision any more: it is undecided again, and says why.
CREATE OR REPLACE FUNCTION "end_run_with_proposal"() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE
  run uuid := (new.payload ->> 'runId')::uuid;
BEGIN
  UPDATE "public"."deletion_run" SET "state" = CASE WHEN new.state = 'expired' THEN 'expired' ELSE 'withdrawn' END, "ended_at" = new.decided_at
    WHERE "id" = run AND "state" = 'planned';
  UPDATE "public"."conversation" SET "filing" = 'UNDECIDED' WHERE "filing" = 'NOT_FILE_RELEVANT' AND "condemned_by" IS NULL
    AND "id" IN (SELECT "conversation_id" FROM "public"."workbench_decision" WHERE "run_id" = run);
  UPDATE "public"."workbench_decision" SET "refusal" = coalesce(new.refusal, new.state), "run_id" = NULL, "sampled" = false WHERE "run_id" = run;
  RETURN NULL;
END $$;
