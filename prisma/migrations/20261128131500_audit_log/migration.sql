-- Who did what: written with the act, sealed by the worker in a Merkle tree, gone when its class says so.

CREATE TABLE "audit_entry" (
    "id" BIGSERIAL NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "cluster" TEXT NOT NULL,
    "act" TEXT NOT NULL,
    "actor_id" UUID,
    "actor_role" TEXT,
    "network" TEXT,
    "object_kind" TEXT,
    "object_id" UUID,
    "facts" JSONB NOT NULL,
    "salt" BYTEA NOT NULL,
    "once" TEXT,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "audit_entry_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "audit_entry_cluster" CHECK ("cluster" IN ('DA12', 'DA13')),
    CONSTRAINT "audit_entry_salt" CHECK (octet_length("salt") = 32),
    CONSTRAINT "audit_entry_actor" CHECK (("actor_id" IS NULL) = ("actor_role" IS NULL)),
    CONSTRAINT "audit_entry_object" CHECK (("object_id" IS NULL) = ("object_kind" IS NULL)),
    CONSTRAINT "audit_entry_kept" CHECK ("expires_at" > "at")
);
CREATE UNIQUE INDEX "audit_entry_once_key" ON "audit_entry"("once");
CREATE INDEX "audit_entry_at_idx" ON "audit_entry"("at");
CREATE INDEX "audit_entry_expires_at_idx" ON "audit_entry"("expires_at");

CREATE TABLE "audit_waiting" (
    "entry_id" BIGINT NOT NULL,
    CONSTRAINT "audit_waiting_pkey" PRIMARY KEY ("entry_id")
);
CREATE TABLE "audit_leaf" (
    "index" BIGINT NOT NULL,
    "entry_id" BIGINT,
    "leaf" BYTEA NOT NULL,
    CONSTRAINT "audit_leaf_pkey" PRIMARY KEY ("index"),
    CONSTRAINT "audit_leaf_length" CHECK (octet_length("leaf") = 32)
);
CREATE UNIQUE INDEX "audit_leaf_entry_id_key" ON "audit_leaf"("entry_id");
CREATE TABLE "audit_checkpoint" (
    "size" BIGINT NOT NULL,
    "note" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    CONSTRAINT "audit_checkpoint_pkey" PRIMARY KEY ("size")
);

CREATE FUNCTION audit_entry_waits() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO audit_waiting VALUES (new.id);
  RETURN NULL;
END $$;
CREATE TRIGGER audit_entry_waits AFTER INSERT ON "audit_entry" FOR EACH ROW EXECUTE FUNCTION audit_entry_waits();

-- What was written stays as it is. An entry goes when it has expired and its leaf is there; nothing else ever goes.
CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% is append-only', tg_table_name USING ERRCODE = 'restrict_violation';
END $$;
CREATE FUNCTION refuse_early_deletion() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF old.expires_at > now() OR NOT EXISTS (SELECT FROM audit_leaf WHERE entry_id = old.id) THEN
    RAISE EXCEPTION 'audit_entry is append-only' USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN old;
END $$;
CREATE TRIGGER audit_entry_deletion BEFORE DELETE ON "audit_entry" FOR EACH ROW EXECUTE FUNCTION refuse_early_deletion();
CREATE TRIGGER audit_entry_change BEFORE UPDATE OR TRUNCATE ON "audit_entry" FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER audit_leaf_change BEFORE UPDATE OR DELETE OR TRUNCATE ON "audit_leaf" FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER audit_checkpoint_change BEFORE UPDATE OR DELETE OR TRUNCATE ON "audit_checkpoint" FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- There is one key that signs checkpoints.
CREATE UNIQUE INDEX "data_key_audit_log" ON "data_key" ("purpose") WHERE "purpose" = 'audit-log';
