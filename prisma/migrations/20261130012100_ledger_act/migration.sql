-- What was decided and is still to be entered in the deletion ledger: written in the transaction of the act, taken out when it stands there.
CREATE TABLE "ledger_act" (
    "id" BIGINT GENERATED ALWAYS AS IDENTITY,
    "type" TEXT NOT NULL,
    -- The entry without its place, its moment and its marks.
    "fields" JSONB NOT NULL,
    -- Of what it is, for the marks; none: of a rule, of a kind of data, or of everything.
    "object_ids" UUID[] NOT NULL DEFAULT '{}',
    "placed_at" TIMESTAMPTZ(3) NOT NULL,
    CONSTRAINT "ledger_act_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "ledger_act_type" CHECK ("type" IN ('HOLD_SET', 'HOLD_RELEASE', 'RESTRICT', 'UNRESTRICT', 'RULE_CHANGE', 'ARCHIVE_OFFER', 'ARCHIVE_DECISION'))
);
GRANT INSERT ("type", "fields", "object_ids", "placed_at") ON "ledger_act" TO "buergerdraht_api";
GRANT SELECT, DELETE ON "ledger_act" TO "buergerdraht_worker";
