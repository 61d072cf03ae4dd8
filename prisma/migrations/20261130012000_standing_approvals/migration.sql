-- Runs that the office plans by itself, and what two persons have approved for a rule instead of for a run.

-- Weeks for which the worker has planned, by their Monday: once each, whatever clocks do and however many workers there are.
CREATE TABLE "planned_week" (
    "monday" DATE NOT NULL,
    "planned_at" TIMESTAMPTZ(3) NOT NULL,
    CONSTRAINT "planned_week_pkey" PRIMARY KEY ("monday")
);
GRANT SELECT, INSERT ON "planned_week" TO "buergerdraht_worker";

CREATE TABLE "standing_approval" (
    "id" UUID NOT NULL,
    "cluster" TEXT NOT NULL,
    -- One version: a later one was not approved.
    "rule" TEXT NOT NULL,
    "proposed_by" UUID NOT NULL,
    "proposed_role" TEXT NOT NULL,
    "approved_by" UUID NOT NULL,
    "approved_role" TEXT NOT NULL,
    "approved_at" TIMESTAMPTZ(3) NOT NULL,
    "ends_at" TIMESTAMPTZ(3) NOT NULL,
    "revoked_at" TIMESTAMPTZ(3),
    "revoked_by" UUID,
    CONSTRAINT "standing_approval_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "standing_approval_of_cluster" CHECK ("rule" ~ '^LR-DA[0-9]{2}@[0-9]{1,4}$' AND substr("rule", 4, 4) = "cluster"),
    -- Until the end of the day a year later, in whatever time zone.
    CONSTRAINT "standing_approval_ends" CHECK ("ends_at" > "approved_at" AND "ends_at" <= "approved_at" + interval '12 months 2 days'),
    CONSTRAINT "standing_approval_revoked" CHECK (("revoked_at" IS NULL) = ("revoked_by" IS NULL))
);
CREATE UNIQUE INDEX "standing_approval_one" ON "standing_approval"("cluster") WHERE "revoked_at" IS NULL;
CREATE INDEX "standing_approval_approved_at_idx" ON "standing_approval"("approved_at");

-- What was approved stays as it was approved; it ends by its day, or is revoked once.
CREATE FUNCTION "guard_standing_approval"() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
  IF TG_OP = 'DELETE' OR TG_OP = 'UPDATE' AND (old.revoked_at IS NOT NULL
    OR (new.id, new.cluster, new.rule, new.proposed_by, new.proposed_role, new.approved_by, new.approved_role, new.approved_at, new.ends_at)
      IS DISTINCT FROM (old.id, old.cluster, old.rule, old.proposed_by, old.proposed_role, old.approved_by, old.approved_role, old.approved_at, old.ends_at)) THEN
    RAISE EXCEPTION 'a standing approval stays as it was given' USING ERRCODE = 'restrict_violation';
  END IF;
  IF new.proposed_by = new.approved_by OR EXISTS (
    SELECT FROM "public"."account" a JOIN "public"."account" b ON a.person_id = b.person_id WHERE a.id = new.proposed_by AND b.id = new.approved_by
  ) THEN
    RAISE EXCEPTION 'a standing approval needs two persons' USING ERRCODE = 'insufficient_privilege';
  END IF;
  RETURN new;
END $$;
CREATE TRIGGER "standing_approval_guarded" BEFORE INSERT OR UPDATE OR DELETE ON "standing_approval" FOR EACH ROW EXECUTE FUNCTION "guard_standing_approval"();
CREATE CONSTRAINT TRIGGER "standing_approval_told" AFTER INSERT OR UPDATE ON "standing_approval"
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION "tell_decision"();

GRANT SELECT ON "standing_approval" TO "buergerdraht_api", "buergerdraht_worker";
GRANT INSERT ("id", "cluster", "rule", "proposed_by", "proposed_role", "approved_by", "approved_role", "approved_at", "ends_at"), UPDATE ("revoked_at", "revoked_by")
  ON "standing_approval" TO "buergerdraht_api";
-- The worker shares the row while it condemns under it.
GRANT UPDATE ("revoked_at") ON "standing_approval" TO "buergerdraht_worker";

-- A run that nobody has planned yet: the office has prepared it, and the first of two persons puts it forward.
ALTER TABLE "deletion_run" ALTER COLUMN "planned_by" DROP NOT NULL, ALTER COLUMN "planned_role" DROP NOT NULL;
ALTER TABLE "deletion_run" ADD COLUMN "standing_approval_id" UUID;
ALTER TABLE "deletion_run" ADD CONSTRAINT "deletion_run_standing_approval_id_fkey" FOREIGN KEY ("standing_approval_id") REFERENCES "standing_approval"("id")
  ON DELETE NO ACTION ON UPDATE NO ACTION;
ALTER TABLE "deletion_run" DROP CONSTRAINT "deletion_run_state";
ALTER TABLE "deletion_run" ADD CONSTRAINT "deletion_run_state"
  CHECK ("state" IN ('prepared', 'planned', 'approved', 'running', 'completed', 'failed', 'expired', 'withdrawn'));
ALTER TABLE "deletion_run" DROP CONSTRAINT "deletion_run_two_persons";
ALTER TABLE "deletion_run" ADD CONSTRAINT "deletion_run_two_persons" CHECK ("approved_by" IS NULL OR "approved_by" IS DISTINCT FROM "planned_by");
ALTER TABLE "deletion_run" ADD CONSTRAINT "deletion_run_planned" CHECK (("planned_by" IS NULL) = ("planned_role" IS NULL)
  AND ("planned_by" IS NOT NULL OR "state" IN ('prepared', 'expired')));
ALTER TABLE "deletion_run" ADD CONSTRAINT "deletion_run_standing" CHECK ("standing_approval_id" IS NULL OR "approved_by" IS NOT NULL AND "kind" = 'planned');

-- A run under a standing approval is of the two who gave it, and of nobody else.
CREATE FUNCTION "refuse_foreign_standing_approval"() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
  IF NOT EXISTS (SELECT FROM "public"."standing_approval" s WHERE s.id = new.standing_approval_id
    AND (s.proposed_by, s.proposed_role, s.approved_by, s.approved_role) IS NOT DISTINCT FROM (new.planned_by, new.planned_role, new.approved_by, new.approved_role)) THEN
    RAISE EXCEPTION 'the standing approval is of others' USING ERRCODE = 'insufficient_privilege';
  END IF;
  RETURN new;
END $$;
CREATE TRIGGER "deletion_run_standing" BEFORE INSERT OR UPDATE ON "deletion_run" FOR EACH ROW
  WHEN (new.standing_approval_id IS NOT NULL) EXECUTE FUNCTION "refuse_foreign_standing_approval"();

GRANT UPDATE ("planned_by", "planned_role") ON "deletion_run" TO "buergerdraht_api";

ALTER TABLE "dpo_notice" DROP CONSTRAINT "dpo_notice_kind";
ALTER TABLE "dpo_notice" ADD CONSTRAINT "dpo_notice_kind"
  CHECK ("kind" IN ('emergency-access', 'channel-account', 'legal-hold', 'tidying-day', 'data-subject-request', 'archive-offer', 'emergency-run'));
