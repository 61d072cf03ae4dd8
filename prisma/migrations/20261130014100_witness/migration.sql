-- This office as a witness of other offices' logs (c2sp.org/tlog-witness): what of each it has cosigned last, and what it has refused to.
CREATE TABLE "witnessed_log" (
    "origin" TEXT NOT NULL,
    "size" BIGINT NOT NULL,
    "root" BYTEA NOT NULL,
    -- As it was signed; null: nothing has been cosigned yet.
    "text" TEXT,
    "at" TIMESTAMPTZ(3) NOT NULL,
    CONSTRAINT "witnessed_log_pkey" PRIMARY KEY ("origin"),
    CONSTRAINT "witnessed_log_size" CHECK ("size" >= 0),
    CONSTRAINT "witnessed_log_root" CHECK (octet_length("root") = 32)
);

-- What was cosigned never becomes less: a witness that went back could cosign two futures of one log.
CREATE FUNCTION "refuse_witness_going_back"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF tg_op = 'DELETE' OR new.size < old.size OR (new.size = old.size AND new.root <> old.root) THEN
    RAISE EXCEPTION 'what was cosigned stays so' USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN new;
END $$;
CREATE TRIGGER "witnessed_log_grows" BEFORE UPDATE OR DELETE ON "witnessed_log" FOR EACH ROW EXECUTE FUNCTION "refuse_witness_going_back"();

-- Evidence: two checkpoints that a log has signed, of which nobody has shown that the later goes on from the earlier.
CREATE TABLE "witness_conflict" (
    "id" UUID NOT NULL,
    "origin" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "kind" TEXT NOT NULL,
    "cosigned" TEXT NOT NULL,
    "submitted" TEXT NOT NULL,
    "resolved_at" TIMESTAMPTZ(3),
    CONSTRAINT "witness_conflict_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "witness_conflict_kind" CHECK ("kind" IN ('forked', 'not-consistent'))
);
CREATE UNIQUE INDEX "witness_conflict_submitted" ON "witness_conflict" ("origin", md5("submitted"));

GRANT SELECT, INSERT, UPDATE ("size", "root", "text", "at") ON "witnessed_log" TO "buergerdraht_api";
GRANT SELECT, INSERT, UPDATE ("resolved_at") ON "witness_conflict" TO "buergerdraht_api";
GRANT SELECT ON "witness_conflict" TO "buergerdraht_worker";

CREATE UNIQUE INDEX "data_key_witness" ON "data_key" ("purpose") WHERE "purpose" = 'witness';
