-- Archive packages: what is filed is sealed, item by item under keys of their own, and its manifest is a leaf of the archive log.

-- What waits to be sealed, and how far it has come. Once it is sealed the row is gone, and archive_package has it.
CREATE TABLE "archive_task" (
    -- The package that it becomes.
    "package_id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "conversation_id" UUID NOT NULL,
    "wanted_at" TIMESTAMPTZ(3) NOT NULL,
    -- waiting · prepared (items are encrypted, their keys are there) · placed (its manifest is a leaf of the log)
    "state" TEXT NOT NULL DEFAULT 'waiting',
    -- How often it did not work, why the last time, and when it is tried again.
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "failure" TEXT,
    "next_try_at" TIMESTAMPTZ(3),
    -- From `prepared` on: what the package will be.
    "manifest" BYTEA,
    -- Of each item: id, kind, and the message or file that it is.
    "items" JSONB,
    -- File reference, under the key of the METADATA item.
    "label_sealed" BYTEA,
    "facts" JSONB,
    CONSTRAINT "archive_task_pkey" PRIMARY KEY ("package_id"),
    CONSTRAINT "archive_task_conversation_id_fkey" FOREIGN KEY ("conversation_id") REFERENCES "conversation"("id") ON DELETE CASCADE ON UPDATE NO ACTION,
    CONSTRAINT "archive_task_state" CHECK ("state" IN ('waiting', 'prepared', 'placed')),
    CONSTRAINT "archive_task_failure" CHECK ("failure" IN ('disk-full', 'clock-behind', 'file-missing', 'key-missing', 'not-verified', 'defect')),
    CONSTRAINT "archive_task_prepared" CHECK (("state" <> 'waiting') = ("manifest" IS NOT NULL) AND ("manifest" IS NULL) = ("items" IS NULL)
      AND ("manifest" IS NULL) = ("label_sealed" IS NULL) AND ("manifest" IS NULL) = ("facts" IS NULL))
);
CREATE UNIQUE INDEX "archive_task_waiting" ON "archive_task"("conversation_id") WHERE "state" = 'waiting';
CREATE INDEX "archive_task_conversation_id_idx" ON "archive_task"("conversation_id");
CREATE INDEX "archive_task_state_wanted_at_idx" ON "archive_task"("state", "wanted_at");

CREATE TABLE "archive_package" (
    "id" UUID NOT NULL,
    -- Of which matter and team: without foreign keys, because it outlives both.
    "conversation_id" UUID NOT NULL,
    "team_id" UUID NOT NULL,
    -- Of its matter, from 1: what happens after the first is a further package.
    "number" INTEGER NOT NULL,
    "cluster" TEXT NOT NULL,
    -- As it is in the file and in the log, byte by byte.
    "manifest" BYTEA NOT NULL,
    "leaf_index" BIGINT NOT NULL,
    "sealed_at" TIMESTAMPTZ(3) NOT NULL,
    "opened_at" TIMESTAMPTZ(3) NOT NULL,
    "closed_at" TIMESTAMPTZ(3) NOT NULL,
    "messages" INTEGER NOT NULL,
    "files" INTEGER NOT NULL,
    -- File reference, under the key of this item.
    "metadata_item" UUID NOT NULL,
    "label_sealed" BYTEA NOT NULL,
    CONSTRAINT "archive_package_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "archive_package_number" UNIQUE ("conversation_id", "number"),
    CONSTRAINT "archive_package_numbered" CHECK ("number" > 0)
);
CREATE UNIQUE INDEX "archive_package_leaf_index_key" ON "archive_package"("leaf_index");
CREATE INDEX "archive_package_sealed_at_idx" ON "archive_package"("sealed_at");
CREATE INDEX "archive_package_team_id_idx" ON "archive_package"("team_id");

-- Which item is what; hashes and sizes stand in the manifest. Its key is the row of data_key with its id.
CREATE TABLE "archive_item" (
    "id" UUID NOT NULL,
    "package_id" UUID NOT NULL,
    -- In the manifest, from 0.
    "position" INTEGER NOT NULL,
    "kind" TEXT NOT NULL,
    -- The message or file that it is; null: of the matter as a whole.
    "object_id" UUID,
    -- Of a message: keyed hash of what it said and what had happened to it, under the item's own key. By it a further package leaves out what is the same.
    "state_mac" BYTEA,
    CONSTRAINT "archive_item_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "archive_item_package_id_fkey" FOREIGN KEY ("package_id") REFERENCES "archive_package"("id"),
    CONSTRAINT "archive_item_kind" CHECK ("kind" IN ('METADATA', 'MESSAGE', 'ATTACHMENT', 'NOTE', 'RENDERING'))
);
CREATE UNIQUE INDEX "archive_item_package_id_position_key" ON "archive_item"("package_id", "position");
CREATE INDEX "archive_item_object_id_idx" ON "archive_item"("object_id");

-- What the log holds, in its order: durable here first, then on disk.
CREATE TABLE "archive_leaf" (
    "index" BIGINT NOT NULL,
    "leaf" BYTEA NOT NULL,
    "package_id" UUID NOT NULL,
    -- Of an erasure, which one of its package; null: the manifest.
    "erasure" INTEGER,
    CONSTRAINT "archive_leaf_pkey" PRIMARY KEY ("index"),
    CONSTRAINT "archive_leaf_length" CHECK (octet_length("leaf") = 32)
);
CREATE UNIQUE INDEX "archive_leaf_of" ON "archive_leaf"("package_id", (coalesce("erasure", 0)));

CREATE TABLE "archive_checkpoint" (
    "size" BIGINT NOT NULL,
    "note" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    CONSTRAINT "archive_checkpoint_pkey" PRIMARY KEY ("size")
);

-- Items that are erased, under which rule and by which entry of the deletion ledger.
CREATE TABLE "archive_erasure" (
    "package_id" UUID NOT NULL,
    -- Of its package, from 1.
    "number" INTEGER NOT NULL,
    "items" UUID[] NOT NULL,
    "rule" TEXT NOT NULL,
    "on_date" DATE NOT NULL,
    "ledger_entry" INTEGER NOT NULL,
    CONSTRAINT "archive_erasure_pkey" PRIMARY KEY ("package_id", "number"),
    CONSTRAINT "archive_erasure_package_id_fkey" FOREIGN KEY ("package_id") REFERENCES "archive_package"("id"),
    CONSTRAINT "archive_erasure_number" CHECK ("number" > 0),
    CONSTRAINT "archive_erasure_items" CHECK (cardinality("items") > 0)
);
CREATE UNIQUE INDEX "archive_erasure_entry" ON "archive_erasure"("package_id", "ledger_entry");
-- What the file of a package shows; it is written anew when there is more to show.
CREATE TABLE "archive_file" (
    "package_id" UUID NOT NULL,
    "size_bytes" BIGINT NOT NULL,
    -- The size of the checkpoint in its proof, and whether that one's time stamp is in it.
    "proof_size" BIGINT NOT NULL,
    "stamped" BOOLEAN NOT NULL,
    -- How many erasures it shows.
    "erasures" INTEGER NOT NULL,
    "written_at" TIMESTAMPTZ(3) NOT NULL,
    CONSTRAINT "archive_file_pkey" PRIMARY KEY ("package_id"),
    CONSTRAINT "archive_file_package_id_fkey" FOREIGN KEY ("package_id") REFERENCES "archive_package"("id")
);

-- By what a package is found: keyed hashes of its file reference and of the beginnings of that, gone with what they lead to.
CREATE TABLE "archive_reference" (
    "package_id" UUID NOT NULL,
    "mac" BYTEA NOT NULL,
    CONSTRAINT "archive_reference_pkey" PRIMARY KEY ("mac", "package_id"),
    CONSTRAINT "archive_reference_package_id_fkey" FOREIGN KEY ("package_id") REFERENCES "archive_package"("id")
);
CREATE INDEX "archive_reference_package_id_idx" ON "archive_reference"("package_id");

-- Self-checks: what was looked at, and what was found.
CREATE TABLE "archive_check" (
    "id" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "leaves" BIGINT NOT NULL,
    "packages" INTEGER NOT NULL,
    "contents" INTEGER NOT NULL,
    -- Codes and places; empty: everything agrees.
    "findings" JSONB NOT NULL,
    CONSTRAINT "archive_check_pkey" PRIMARY KEY ("id")
);
CREATE INDEX "archive_check_at_idx" ON "archive_check"("at");

-- What was sealed stays as it was sealed, for everybody, the owner included.
CREATE TRIGGER "archive_package_change" BEFORE UPDATE OR DELETE OR TRUNCATE ON "archive_package" FOR EACH STATEMENT EXECUTE FUNCTION "refuse_change"();
CREATE TRIGGER "archive_item_change" BEFORE UPDATE OR DELETE OR TRUNCATE ON "archive_item" FOR EACH STATEMENT EXECUTE FUNCTION "refuse_change"();
CREATE TRIGGER "archive_leaf_change" BEFORE UPDATE OR DELETE OR TRUNCATE ON "archive_leaf" FOR EACH STATEMENT EXECUTE FUNCTION "refuse_change"();
CREATE TRIGGER "archive_checkpoint_change" BEFORE UPDATE OR DELETE OR TRUNCATE ON "archive_checkpoint" FOR EACH STATEMENT EXECUTE FUNCTION "refuse_change"();
CREATE TRIGGER "archive_erasure_change" BEFORE UPDATE OR DELETE OR TRUNCATE ON "archive_erasure" FOR EACH STATEMENT EXECUTE FUNCTION "refuse_change"();
CREATE TRIGGER "archive_check_change" BEFORE UPDATE OR DELETE OR TRUNCATE ON "archive_check" FOR EACH STATEMENT EXECUTE FUNCTION "refuse_change"();

-- There is one key that signs the log's checkpoints. It is never destroyed by the program.
CREATE UNIQUE INDEX "data_key_archive_log" ON "data_key" ("purpose") WHERE "purpose" = 'archive-log';

-- The key of what is sealed goes by an erasure alone.
CREATE FUNCTION "refuse_archive_key_deleted"() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
  IF EXISTS (SELECT FROM "public"."archive_item" i WHERE i.id = old.id
      AND NOT EXISTS (SELECT FROM "public"."archive_erasure" e WHERE e.package_id = i.package_id AND i.id = ANY (e.items))) THEN
    RAISE EXCEPTION 'what is sealed goes by an erasure' USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN old;
END $$;
CREATE TRIGGER "data_key_archive_item" BEFORE DELETE ON "data_key" FOR EACH ROW WHEN (old.purpose = 'archive-item')
  EXECUTE FUNCTION "refuse_archive_key_deleted"();

-- The one way by which something leaves the archive: in the transaction that carries out an entry of the deletion ledger, which is durable before.
-- Keys and what the package is found by; its file is written anew afterwards. 
CREATE FUNCTION "erase_from_archive"("package" uuid, "ids" uuid[], "by_rule" text, "day" date, "entry" integer) RETURNS void LANGUAGE plpgsql
  SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
  IF NOT EXISTS (SELECT FROM "public"."ledger_state" WHERE "applied_size" = entry) THEN
    RAISE EXCEPTION 'something leaves the archive by the entry of the ledger that is being carried out' USING ERRCODE = 'restrict_violation';
  END IF;
  IF (SELECT count(*) FROM "public"."archive_item" i WHERE i.id = ANY (ids) AND i.package_id = package) <> cardinality(ids)
    OR EXISTS (SELECT FROM "public"."archive_erasure" e WHERE e.package_id = package AND e.items && ids) THEN
    RAISE EXCEPTION 'items of this package that are there are erased' USING ERRCODE = 'restrict_violation';
  END IF;
  INSERT INTO "public"."archive_erasure" ("package_id", "number", "items", "rule", "on_date", "ledger_entry")
    SELECT package, coalesce(max(e.number), 0) + 1, ids, by_rule, day, entry FROM "public"."archive_erasure" e WHERE e.package_id = package;
  DELETE FROM "public"."data_key" WHERE "id" = ANY (ids) AND "purpose" = 'archive-item';
  DELETE FROM "public"."archive_reference" r USING "public"."archive_package" p
    WHERE p.id = package AND r.package_id = package AND p.metadata_item = ANY (ids);
END $$;
REVOKE EXECUTE ON FUNCTION "erase_from_archive" FROM PUBLIC;
GRANT EXECUTE ON FUNCTION "erase_from_archive" TO "buergerdraht_worker";

-- What is closed "to the file" waits to be sealed from the same commit on, whichever way it was closed; what is opened again or decided otherwise
-- does not.
CREATE FUNCTION "file_matter"() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
  IF new.filing = 'HANDOVER_OPEN' AND new.state = 'closed' THEN
    INSERT INTO "public"."archive_task" ("conversation_id", "wanted_at") VALUES (new.id, now()) ON CONFLICT DO NOTHING;
  ELSE
    DELETE FROM "public"."archive_task" WHERE "conversation_id" = new.id AND "state" = 'waiting';
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER "conversation_filed" AFTER UPDATE OF "filing", "state" ON "conversation" FOR EACH ROW
  WHEN (new.filing IS DISTINCT FROM old.filing OR new.state IS DISTINCT FROM old.state) EXECUTE FUNCTION "file_matter"();

-- What happens to a message after it was sealed is a further package: the sealed one stays.
CREATE FUNCTION "file_again"() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE
  matter uuid;
BEGIN
  IF TG_TABLE_NAME = 'message' THEN
    matter := new.conversation_id;
  ELSE
    SELECT m.conversation_id INTO matter FROM "public"."message" m WHERE m.id = new.message_id;
  END IF;
  INSERT INTO "public"."archive_task" ("conversation_id", "wanted_at")
    SELECT c.id, now() FROM "public"."conversation" c WHERE c.id = matter AND c.state = 'closed' AND c.cluster = 'DA03'
      AND c.filing IN ('HANDOVER_OPEN', 'FILED')
  ON CONFLICT DO NOTHING;
  RETURN NULL;
END $$;
CREATE TRIGGER "message_filed_again" AFTER UPDATE OF "edited_at", "revoked_at" ON "message" FOR EACH ROW
  WHEN (new.edited_at IS DISTINCT FROM old.edited_at OR new.revoked_at IS DISTINCT FROM old.revoked_at) EXECUTE FUNCTION "file_again"();
CREATE TRIGGER "reaction_filed_again" AFTER INSERT ON "reaction" FOR EACH ROW EXECUTE FUNCTION "file_again"();

-- What was filed before there was an archive.
INSERT INTO "archive_task" ("conversation_id", "wanted_at")
  SELECT "id", now() FROM "conversation" WHERE "filing" = 'HANDOVER_OPEN' AND "state" = 'closed';

GRANT SELECT, INSERT, UPDATE, DELETE ON "archive_task" TO "buergerdraht_worker";
GRANT SELECT, INSERT ON "archive_package", "archive_item", "archive_leaf", "archive_checkpoint", "archive_reference", "archive_check" TO "buergerdraht_worker";
GRANT SELECT ON "archive_erasure" TO "buergerdraht_worker";
GRANT SELECT, INSERT, UPDATE ON "archive_file" TO "buergerdraht_worker";
-- Records management and audit see what is sealed and how it is proven, never what is sealed; file references through the api, where the role has a
-- right to them.
GRANT SELECT ON "archive_package", "archive_item", "archive_leaf", "archive_checkpoint", "archive_erasure", "archive_reference", "archive_check", "archive_file"
  TO "buergerdraht_api";
GRANT SELECT ("id", "package_id", "position", "kind", "object_id") ON "archive_item" TO "buergerdraht_records", "buergerdraht_auditor";
GRANT SELECT ON "archive_leaf", "archive_checkpoint", "archive_erasure", "archive_check", "archive_file" TO "buergerdraht_records", "buergerdraht_auditor";
GRANT SELECT ("id", "conversation_id", "team_id", "number", "cluster", "manifest", "leaf_index", "sealed_at", "opened_at", "closed_at", "messages", "files", "metadata_item") ON "archive_package" TO "buergerdraht_records", "buergerdraht_auditor";
GRANT SELECT ("package_id", "conversation_id", "wanted_at", "state", "attempts", "failure", "next_try_at") ON "archive_task"
  TO "buergerdraht_api", "buergerdraht_records", "buergerdraht_auditor";
