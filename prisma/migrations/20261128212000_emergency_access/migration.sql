-- Reading and answering a team's conversations for an hour at most without being of the team, and what the data-protection officer is told of.
-- (docs/adr: "Emergency access is a session's, for one team and an hour")

CREATE TABLE "emergency_access" (
    "id" UUID NOT NULL,
    "account_id" UUID NOT NULL,
    "team_id" UUID NOT NULL,
    "reason" TEXT NOT NULL,
    "granted_by" UUID,
    -- At the command line two operators say who they are; there is no account to prove it.
    "operators" TEXT[] NOT NULL DEFAULT '{}',
    "granted_at" TIMESTAMPTZ(3) NOT NULL,
    "until" TIMESTAMPTZ(3) NOT NULL,
    "ended_at" TIMESTAMPTZ(3),
    "ended_by" UUID,
    CONSTRAINT "emergency_access_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "emergency_access_reason" CHECK ("reason" IN ('danger', 'team-absent', 'legal-deadline', 'fault', 'security-incident')),
    -- Whatever the program does: an hour, and two of them.
    CONSTRAINT "emergency_access_hour" CHECK ("until" > "granted_at" AND "until" <= "granted_at" + interval '60 minutes'),
    CONSTRAINT "emergency_access_two" CHECK (("granted_by" IS NOT NULL AND "granted_by" <> "account_id" AND cardinality("operators") = 0)
      OR ("granted_by" IS NULL AND cardinality("operators") = 2 AND "operators"[1] <> "operators"[2]))
);
CREATE INDEX "emergency_access_account_id_idx" ON "emergency_access"("account_id");
CREATE INDEX "emergency_access_granted_at_idx" ON "emergency_access"("granted_at");

-- It holds in the session that has taken it up, and in no other.
ALTER TABLE "session" ADD COLUMN "emergency_access_id" UUID;
ALTER TABLE "session" ADD CONSTRAINT "session_emergency_access_id_fkey" FOREIGN KEY ("emergency_access_id") REFERENCES "emergency_access"("id") ON DELETE SET NULL ON UPDATE CASCADE;
CREATE INDEX "session_emergency_access_id_idx" ON "session"("emergency_access_id") WHERE "emergency_access_id" IS NOT NULL;

CREATE TABLE "dpo_notice" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "kind" TEXT NOT NULL,
    "object_id" UUID NOT NULL,
    "facts" JSONB NOT NULL DEFAULT '{}',
    "proposed_by" UUID,
    "decided_by" UUID,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "acknowledged_by" UUID,
    "acknowledged_at" TIMESTAMPTZ(3),
    CONSTRAINT "dpo_notice_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "dpo_notice_kind" CHECK ("kind" IN ('emergency-access', 'channel-account')),
    CONSTRAINT "dpo_notice_acknowledged" CHECK (("acknowledged_by" IS NULL) = ("acknowledged_at" IS NULL))
);
CREATE INDEX "dpo_notice_at_idx" ON "dpo_notice"("at");

-- As with proposals, the program deals with both by itself; no viewer's role reads or writes them.
GRANT SELECT, INSERT ON "emergency_access" TO "buergerdraht_api";
GRANT UPDATE ("ended_at", "ended_by") ON "emergency_access" TO "buergerdraht_api", "buergerdraht_worker";
GRANT SELECT ("id", "account_id", "team_id", "granted_at", "until", "ended_at"), DELETE ON "emergency_access" TO "buergerdraht_worker";
GRANT SELECT, INSERT, UPDATE ("acknowledged_by", "acknowledged_at") ON "dpo_notice" TO "buergerdraht_api";
GRANT SELECT ("acknowledged_at"), DELETE ON "dpo_notice" TO "buergerdraht_worker";

-- The entries of what was done under one.
CREATE INDEX "audit_entry_emergency_access_idx" ON "audit_entry"(("facts" ->> 'emergencyAccess'), "id") WHERE "facts" ? 'emergencyAccess';
