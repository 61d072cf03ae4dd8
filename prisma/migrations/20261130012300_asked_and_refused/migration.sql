-- Processors are asked again on command, whom nobody can name has an end, and each matter of a batch has the reason why it was refused.

GRANT UPDATE ("next_try_at", "failed_at") ON "processor_task" TO "buergerdraht_api";

-- unnameable: of this person the provider never said by what it could be asked for.
ALTER TABLE "processor_task" DROP CONSTRAINT "processor_task_state";
ALTER TABLE "processor_task" ADD CONSTRAINT "processor_task_state" CHECK ("state" IN ('open', 'refused', 'done', 'lapsed', 'not-possible', 'unnameable'));
ALTER TABLE "processor_task" DROP CONSTRAINT "processor_task_reported";
ALTER TABLE "processor_task" ADD CONSTRAINT "processor_task_reported"
  CHECK ("reported_in" IS NULL OR "state" NOT IN ('open', 'refused') AND ("residue_until" IS NOT NULL OR "state" = 'unnameable'));
UPDATE "processor_task" SET "state" = 'unnameable' WHERE "kind" = 'contact-entry' AND "state" = 'not-possible';

-- What was said of this matter counts before what was said of all.
GRANT UPDATE ("refusal") ON "workbench_decision" TO "buergerdraht_api";
CREATE OR REPLACE FUNCTION "end_run_with_proposal"() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE
  run uuid := (new.payload ->> 'runId')::uuid;
BEGIN
  UPDATE "public"."deletion_run" SET "state" = CASE WHEN new.state = 'expired' THEN 'expired' ELSE 'withdrawn' END, "ended_at" = new.decided_at
    WHERE "id" = run AND "state" = 'planned';
  UPDATE "public"."conversation" SET "filing" = 'UNDECIDED' WHERE "filing" = 'NOT_FILE_RELEVANT' AND "condemned_by" IS NULL
    AND "id" IN (SELECT "conversation_id" FROM "public"."workbench_decision" WHERE "run_id" = run);
  UPDATE "public"."workbench_decision" SET "refusal" = coalesce("refusal", new.refusal, new.state), "run_id" = NULL, "sampled" = false WHERE "run_id" = run;
  RETURN NULL;
END $$;
