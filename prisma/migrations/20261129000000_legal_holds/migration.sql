-- What suspends deletion: legal holds, and restrictions of processing (Art. 18 GDPR), which hide besides.

CREATE TABLE "legal_hold" (
    "id" UUID NOT NULL,
    -- hold · restriction
    "kind" TEXT NOT NULL,
    -- As packages/records says it: OBJECT · CONVERSATION · CONTACT · CLUSTER · EVERYTHING
    "scope" TEXT NOT NULL,
    "object_id" UUID,
    "cluster" TEXT,
    -- Why: a code of packages/records. Of a restriction its ground (Art. 18 (1)).
    "reason" TEXT NOT NULL,
    -- The provision a hold rests on (Art. 17 (3)).
    "basis" TEXT,
    -- The reference of the proceedings: numbers, never names.
    "reference" TEXT,
    "set_by" UUID NOT NULL,
    "set_role" TEXT NOT NULL,
    "set_at" TIMESTAMPTZ(3) NOT NULL,
    "review_at" TIMESTAMPTZ(3) NOT NULL,
    "reviewed_at" TIMESTAMPTZ(3),
    "reviewed_by" UUID,
    -- A restriction ends by no calendar (Art. 18 (3)).
    "expires_at" TIMESTAMPTZ(3),
    -- Told, before a restriction is lifted.
    "informed_at" TIMESTAMPTZ(3),
    "ended_at" TIMESTAMPTZ(3),
    -- Both persons who have ended it before its time; null: it has expired.
    "release_proposed_by" UUID,
    "released_by" UUID,
    -- Of the last reminder, and of what: review · ends-soon · expired
    "reminded_at" TIMESTAMPTZ(3),
    "reminded_of" TEXT,
    CONSTRAINT "legal_hold_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "legal_hold_kind" CHECK ("kind" IN ('hold', 'restriction')),
    CONSTRAINT "legal_hold_scope" CHECK ("scope" IN ('OBJECT', 'CONVERSATION', 'CONTACT', 'CLUSTER', 'EVERYTHING')),
    CONSTRAINT "legal_hold_names_object" CHECK (("object_id" IS NULL) = ("scope" = 'CLUSTER' OR "scope" = 'EVERYTHING')),
    CONSTRAINT "legal_hold_names_cluster" CHECK (("cluster" IS NOT NULL) = ("scope" = 'CLUSTER')),
    CONSTRAINT "legal_hold_restricts_persons" CHECK ("kind" = 'hold' OR "scope" = 'CONVERSATION' OR "scope" = 'CONTACT'),
    CONSTRAINT "legal_hold_basis" CHECK (("basis" IS NOT NULL) = ("kind" = 'hold')),
    CONSTRAINT "legal_hold_expires" CHECK (("expires_at" IS NOT NULL) = ("kind" = 'hold')),
    CONSTRAINT "legal_hold_review" CHECK ("review_at" > "set_at" AND ("expires_at" IS NULL OR "review_at" <= "expires_at")),
    CONSTRAINT "legal_hold_reminded_of" CHECK ("reminded_of" IN ('review', 'ends-soon', 'expired')),
    -- Protecting takes one person, ending it two, whatever the program does.
    CONSTRAINT "legal_hold_two_persons" CHECK (("released_by" IS NULL) = ("release_proposed_by" IS NULL) AND "released_by" IS DISTINCT FROM "release_proposed_by"
      OR "released_by" IS NULL),
    CONSTRAINT "legal_hold_ends" CHECK ("ended_at" IS NULL OR "released_by" IS NOT NULL OR "ended_at" >= "expires_at"),
    CONSTRAINT "legal_hold_informed" CHECK ("kind" = 'hold' OR "ended_at" IS NULL OR "informed_at" IS NOT NULL)
);
CREATE INDEX "legal_hold_set_at_idx" ON "legal_hold"("set_at");
CREATE INDEX "legal_hold_object_id_idx" ON "legal_hold"("object_id");

-- The gate of 7319, 10 (packages/office/src/database/locks.ts): whoever sets or changes a hold has it for themselves until their commit; whoever condemns
-- or deletes shares it, before they read holds. So a hold is either committed before that reading and seen, or it waits until what was being
-- condemned is, and says that it came too late. By trigger, so that no path can forget it.
CREATE FUNCTION "holds_alone"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_advisory_xact_lock(7319, 10);
  RETURN NULL;
END $$;
CREATE TRIGGER "legal_hold_alone" BEFORE INSERT OR UPDATE OR DELETE ON "legal_hold" FOR EACH STATEMENT EXECUTE FUNCTION "holds_alone"();

-- What was set stays as it was set, and what has ended stays so.
CREATE FUNCTION "refuse_hold_rewritten"() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
  IF TG_OP = 'DELETE' OR old.ended_at IS NOT NULL AND (new.ended_at IS DISTINCT FROM old.ended_at OR new.released_by IS DISTINCT FROM old.released_by)
    OR (new.kind, new.scope, new.cluster, new.reason, new.basis, new.set_by, new.set_at, new.expires_at)
      IS DISTINCT FROM (old.kind, old.scope, old.cluster, old.reason, old.basis, old.set_by, old.set_at, old.expires_at)
    OR new.object_id IS DISTINCT FROM old.object_id AND old.object_id::text IS DISTINCT FROM current_setting('app.merged_contact', true) THEN
    RAISE EXCEPTION 'a hold stays as it was set' USING ERRCODE = 'restrict_violation';
  END IF;
  IF new.released_by IS NOT NULL AND EXISTS (
    SELECT FROM "public"."account" a JOIN "public"."account" b ON a.person_id = b.person_id WHERE a.id = new.release_proposed_by AND b.id = new.released_by
  ) THEN
    RAISE EXCEPTION 'a hold is lifted by two persons' USING ERRCODE = 'insufficient_privilege';
  END IF;
  RETURN new;
END $$;
CREATE TRIGGER "legal_hold_stays" BEFORE UPDATE OR DELETE ON "legal_hold" FOR EACH ROW EXECUTE FUNCTION "refuse_hold_rewritten"();

-- Hiding ------------------------------------------------------------------------------------------------------------------------------------

-- Since when processing is restricted. What the person writes afterwards opens another matter, which they themselves begin.
ALTER TABLE "conversation" ADD COLUMN "restricted_at" TIMESTAMPTZ(3);
ALTER TABLE "conversation" ADD CONSTRAINT "conversation_restricted_closed" CHECK ("restricted_at" IS NULL OR "state" = 'closed');
CREATE INDEX "conversation_restricted_at_idx" ON "conversation"("restricted_at") WHERE "restricted_at" IS NOT NULL;

CREATE FUNCTION "restrict_matters"() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    UPDATE "public"."conversation" SET "restricted_at" = coalesce("restricted_at", new.set_at), "state" = 'closed', "closed_at" = coalesce("closed_at", new.set_at),
        "waiting_since" = NULL, "unread_count" = 0
      WHERE "condemned_by" IS NULL AND (new.scope = 'CONVERSATION' AND "id" = new.object_id OR new.scope = 'CONTACT' AND "contact_id" = new.object_id);
  ELSE
    UPDATE "public"."conversation" c SET "restricted_at" = NULL
      WHERE c.restricted_at IS NOT NULL AND (new.scope = 'CONVERSATION' AND c.id = new.object_id OR new.scope = 'CONTACT' AND c.contact_id = new.object_id)
        AND NOT EXISTS (SELECT FROM "public"."legal_hold" h WHERE h.kind = 'restriction' AND h.ended_at IS NULL AND h.object_id IN (c.id, c.contact_id));
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER "legal_hold_hides" AFTER INSERT ON "legal_hold" FOR EACH ROW WHEN (new.kind = 'restriction') EXECUTE FUNCTION "restrict_matters"();
CREATE TRIGGER "legal_hold_shows_again" AFTER UPDATE ON "legal_hold" FOR EACH ROW
  WHEN (new.kind = 'restriction' AND old.ended_at IS NULL AND new.ended_at IS NOT NULL) EXECUTE FUNCTION "restrict_matters"();

-- Whoever may know of restricted matters, as the access gate says.
CREATE FUNCTION "viewer_knows_restricted"() RETURNS boolean LANGUAGE sql STABLE PARALLEL SAFE AS $$
  SELECT coalesce(current_setting('app.knows_restricted', true), '') = 'yes'
$$;
-- Everything else of a matter is seen through this.
ALTER POLICY "team" ON "conversation" USING ("team_id" = ANY ((SELECT "viewer_teams"())::uuid[]) AND "condemned_by" IS NULL
  AND ("restricted_at" IS NULL OR (SELECT "viewer_knows_restricted"())));

-- Deleting ----------------------------------------------------------------------------------------------------------------------------------

-- Whether something in force holds an object, by what it is and what it belongs to.
CREATE FUNCTION "is_held"("object" uuid, "matter" uuid, "person" uuid, "of_cluster" text) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER
  SET search_path = pg_catalog, public AS $$
  SELECT EXISTS (SELECT FROM "public"."legal_hold" h WHERE h.ended_at IS NULL AND (h.expires_at IS NULL OR h.expires_at > now())
    AND CASE h.scope WHEN 'EVERYTHING' THEN true WHEN 'CLUSTER' THEN h.cluster = of_cluster WHEN 'CONTACT' THEN h.object_id = person
      WHEN 'CONVERSATION' THEN h.object_id = matter ELSE h.object_id IN (object, matter) END)
$$;

-- The last guard, whoever deletes: only what a run has condemned goes although it is held, because it was condemned before that.
CREATE FUNCTION "refuse_deleting_held"() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE
  held boolean;
BEGIN
  PERFORM pg_advisory_xact_lock_shared(7319, 10);
  IF NOT EXISTS (SELECT FROM "public"."legal_hold" h WHERE h.ended_at IS NULL) THEN
    RETURN NULL;
  END IF;
  IF TG_TABLE_NAME = 'contact' THEN
    -- One that has become part of another is not destroyed; what names it has moved along.
    SELECT true INTO held FROM "deleted" d WHERE "public"."is_held"(d.id, NULL, d.id, d.cluster)
      AND (d.id::text IS DISTINCT FROM current_setting('app.merged_contact', true) OR EXISTS (SELECT FROM "public"."legal_hold" h WHERE h.object_id = d.id))
      AND NOT EXISTS (SELECT FROM "public"."deletion_run_item" i WHERE i.object_id = d.id AND i.state = 'condemned') LIMIT 1;
  ELSIF TG_TABLE_NAME = 'conversation' THEN
    SELECT true INTO held FROM "deleted" d WHERE "public"."is_held"(d.id, d.id, d.contact_id, d.cluster)
      AND NOT EXISTS (SELECT FROM "public"."deletion_run_item" i WHERE i.object_id = d.id AND i.state = 'condemned') LIMIT 1;
  ELSIF TG_TABLE_NAME = 'attachment' THEN
    SELECT true INTO held FROM "deleted" d LEFT JOIN "public"."conversation" c ON c.id = d.conversation_id
      WHERE "public"."is_held"(d.id, d.conversation_id, c.contact_id, d.cluster)
      AND NOT EXISTS (SELECT FROM "public"."deletion_run_item" i WHERE i.object_id IN (d.id, d.conversation_id) AND i.state = 'condemned') LIMIT 1;
  ELSE
    SELECT true INTO held FROM "deleted" d LEFT JOIN "public"."conversation" c ON c.id = d.conversation_id
      WHERE "public"."is_held"(d.id, d.conversation_id, c.contact_id, c.cluster)
      AND NOT EXISTS (SELECT FROM "public"."deletion_run_item" i WHERE i.object_id IN (d.id, d.conversation_id) AND i.state = 'condemned') LIMIT 1;
  END IF;
  IF held THEN
    RAISE EXCEPTION 'what is to be deleted is held' USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NULL;
END $$;
-- Two contacts turn out to be one person: what is held of one is held of both.
CREATE FUNCTION "holds_follow_merged"("from_contact" uuid, "into_contact" uuid) RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
  PERFORM set_config('app.merged_contact', from_contact::text, true);
  -- Whoever sets one now finds this contact gone; asked first, because changing takes the gate alone.
  PERFORM pg_advisory_xact_lock_shared(7319, 10);
  IF EXISTS (SELECT FROM "public"."legal_hold" WHERE object_id = from_contact) THEN
    UPDATE "public"."legal_hold" SET "object_id" = into_contact WHERE object_id = from_contact;
  END IF;
END $$;
REVOKE EXECUTE ON FUNCTION "holds_follow_merged" FROM PUBLIC;
GRANT EXECUTE ON FUNCTION "holds_follow_merged" TO "buergerdraht_worker";

CREATE TRIGGER "contact_not_held" AFTER DELETE ON "contact" REFERENCING OLD TABLE AS "deleted" FOR EACH STATEMENT EXECUTE FUNCTION "refuse_deleting_held"();
CREATE TRIGGER "conversation_not_held" AFTER DELETE ON "conversation" REFERENCING OLD TABLE AS "deleted" FOR EACH STATEMENT EXECUTE FUNCTION "refuse_deleting_held"();
CREATE TRIGGER "message_not_held" AFTER DELETE ON "message" REFERENCING OLD TABLE AS "deleted" FOR EACH STATEMENT EXECUTE FUNCTION "refuse_deleting_held"();
CREATE TRIGGER "attachment_not_held" AFTER DELETE ON "attachment" REFERENCING OLD TABLE AS "deleted" FOR EACH STATEMENT EXECUTE FUNCTION "refuse_deleting_held"();

-- Rights ------------------------------------------------------------------------------------------------------------------------------------

GRANT SELECT ON "legal_hold" TO "buergerdraht_api", "buergerdraht_worker", "buergerdraht_metadata", "buergerdraht_records";
GRANT INSERT ("id", "kind", "scope", "object_id", "cluster", "reason", "basis", "reference", "set_by", "set_role", "set_at", "review_at", "expires_at"),
  UPDATE ("review_at", "reviewed_at", "reviewed_by", "informed_at", "ended_at", "release_proposed_by", "released_by", "reminded_of") ON "legal_hold"
  TO "buergerdraht_api";
-- The worker reminds, and writes down that one has expired.
GRANT UPDATE ("ended_at", "reminded_at", "reminded_of") ON "legal_hold" TO "buergerdraht_worker";
GRANT INSERT ("kind", "object_id", "facts", "proposed_by", "decided_by", "at") ON "dpo_notice" TO "buergerdraht_worker";
-- Whoever answers says neither what is condemned nor what is restricted.
REVOKE UPDATE ON "conversation" FROM "buergerdraht_staff";
GRANT UPDATE ("id", "channel_id", "contact_id", "team_id", "assignee_id", "key_id", "state", "opened_at", "closed_at", "last_inbound_at", "window_shut_at", "waiting_since",
  "unread_count", "last_message_id", "last_message_at", "cluster", "read_up_to", "rule_version", "due_at", "waits_for", "filing", "file_reference_sealed", "variant")
  ON "conversation" TO "buergerdraht_staff";
GRANT SELECT ("restricted_at") ON "conversation" TO "buergerdraht_api", "buergerdraht_metadata", "buergerdraht_records";
-- Of what a matter that a run is planned over has something.
GRANT SELECT ("conversation_id", "cluster") ON "attachment" TO "buergerdraht_api";
GRANT SELECT ("conversation_id") ON "draft" TO "buergerdraht_api";

ALTER TABLE "dpo_notice" DROP CONSTRAINT "dpo_notice_kind";
ALTER TABLE "dpo_notice" ADD CONSTRAINT "dpo_notice_kind" CHECK ("kind" IN ('emergency-access', 'channel-account', 'legal-hold'));
