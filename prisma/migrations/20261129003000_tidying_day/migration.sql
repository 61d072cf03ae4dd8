-- The monthly day for tidying up (Löschtag) of a team: kept as a history of figures, about nobody.
CREATE TABLE "tidying_day" (
    "team_id" UUID NOT NULL,
    -- Its first day.
    "month" DATE NOT NULL,
    "opened_at" TIMESTAMPTZ(3) NOT NULL,
    -- When nothing was left of what could go on that day.
    "done_at" TIMESTAMPTZ(3),
    "lead_told_at" TIMESTAMPTZ(3),
    "dpo_told_at" TIMESTAMPTZ(3),
    CONSTRAINT "tidying_day_pkey" PRIMARY KEY ("team_id", "month"),
    CONSTRAINT "tidying_day_team_id_fkey" FOREIGN KEY ("team_id") REFERENCES "team"("id") ON DELETE CASCADE ON UPDATE NO ACTION
);
-- One is open at a time.
CREATE UNIQUE INDEX "tidying_day_open" ON "tidying_day"("team_id") WHERE "done_at" IS NULL;
ALTER TABLE "tidying_day" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "tidying_day" FORCE ROW LEVEL SECURITY;
CREATE POLICY "program" ON "tidying_day" TO "buergerdraht_owner", "buergerdraht_api", "buergerdraht_worker" USING (true) WITH CHECK (true);
CREATE POLICY "team" ON "tidying_day" FOR SELECT TO "buergerdraht_staff" USING ("team_id" = ANY ((SELECT "viewer_teams"())::uuid[]));
GRANT SELECT, INSERT, UPDATE ON "tidying_day" TO "buergerdraht_worker";
GRANT SELECT ON "tidying_day" TO "buergerdraht_staff";

-- Of what is kept, some is put before another person who is not told: due · agreed · differed
ALTER TABLE "workbench_decision" ADD COLUMN "recheck" TEXT;
ALTER TABLE "workbench_decision" ADD CONSTRAINT "workbench_decision_recheck" CHECK ("recheck" IN ('due', 'agreed', 'differed'));

ALTER TABLE "dpo_notice" DROP CONSTRAINT "dpo_notice_kind";
ALTER TABLE "dpo_notice" ADD CONSTRAINT "dpo_notice_kind" CHECK ("kind" IN ('emergency-access', 'channel-account', 'legal-hold', 'tidying-day'));
