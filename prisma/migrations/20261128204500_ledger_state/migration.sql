-- How much of the deletion ledger this database has carried out. Changed by the transaction that carries an entry out, so that a database
-- that was restored from a backup says by itself what it has missed.
CREATE TABLE "ledger_state" (
    "one" BOOLEAN NOT NULL DEFAULT true,
    "applied_size" BIGINT NOT NULL,
    "applied_root" BYTEA NOT NULL,
    CONSTRAINT "ledger_state_pkey" PRIMARY KEY ("one"),
    CONSTRAINT "ledger_state_one" CHECK ("one"),
    CONSTRAINT "ledger_state_size" CHECK ("applied_size" >= 0),
    CONSTRAINT "ledger_state_root" CHECK (octet_length("applied_root") = 32)
);

-- An entry that was carried out stays so: the number only grows, and the row stays.
CREATE FUNCTION "refuse_ledger_going_back"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF tg_op = 'DELETE' OR new.applied_size < old.applied_size THEN
    RAISE EXCEPTION 'what of the ledger was carried out stays so' USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN new;
END $$;
CREATE TRIGGER "ledger_state_grows" BEFORE UPDATE OR DELETE ON "ledger_state" FOR EACH ROW EXECUTE FUNCTION "refuse_ledger_going_back"();

GRANT SELECT ON "ledger_state" TO "buergerdraht_api";
GRANT SELECT, INSERT, UPDATE ("applied_size", "applied_root") ON "ledger_state" TO "buergerdraht_worker";
