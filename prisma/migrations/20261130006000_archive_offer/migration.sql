-- Offering to the public archive (Anbietung): what was offered when, and what the archive has said of it. How long it has, and what its silence means,
-- is agreed (archive_agreement) and decided by packages/records.

CREATE TABLE "archive_offer" (
    "id" UUID NOT NULL,
    "offered_at" TIMESTAMPTZ(3) NOT NULL,
    "offered_by" UUID NOT NULL,
    "offered_role" TEXT NOT NULL,
    -- How many matters: those that have been destroyed since have no row any more.
    "offered" INTEGER NOT NULL,
    -- ends-soon · ended: what the data-protection officer has been told.
    "reminded_of" TEXT,
    CONSTRAINT "archive_offer_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "archive_offer_offered" CHECK ("offered" > 0),
    CONSTRAINT "archive_offer_reminded_of" CHECK ("reminded_of" IN ('ends-soon', 'ended'))
);
CREATE INDEX "archive_offer_offered_at_idx" ON "archive_offer"("offered_at");

CREATE TABLE "archive_offer_item" (
    -- A matter is offered once.
    "conversation_id" UUID NOT NULL,
    "offer_id" UUID NOT NULL,
    -- In the list, from 1.
    "number" INTEGER NOT NULL,
    -- What the office proposes, and what the archive has decided: A archive, B not valued yet, V destroy.
    "proposal" TEXT NOT NULL,
    "valuation" TEXT,
    "basis" TEXT,
    "decided_by" UUID,
    "decided_at" TIMESTAMPTZ(3),
    -- Of what the archive wants; handing it over is not built yet.
    "transfer" TEXT,
    CONSTRAINT "archive_offer_item_pkey" PRIMARY KEY ("conversation_id"),
    CONSTRAINT "archive_offer_item_number" UNIQUE ("offer_id", "number"),
    CONSTRAINT "archive_offer_item_offer_id_fkey" FOREIGN KEY ("offer_id") REFERENCES "archive_offer"("id"),
    CONSTRAINT "archive_offer_item_conversation_id_fkey" FOREIGN KEY ("conversation_id") REFERENCES "conversation"("id") ON DELETE CASCADE,
    CONSTRAINT "archive_offer_item_proposal" CHECK ("proposal" IN ('A', 'B', 'V')),
    CONSTRAINT "archive_offer_item_valuation" CHECK ("valuation" IN ('A', 'B', 'V')),
    CONSTRAINT "archive_offer_item_basis" CHECK ("basis" ~ '^(GV|BK|EE)-20[0-9]{2}-[0-9]{2,3}$'),
    CONSTRAINT "archive_offer_item_decided" CHECK (("valuation" IS NULL) = ("basis" IS NULL) AND ("valuation" IS NULL) = ("decided_by" IS NULL)
      AND ("valuation" IS NULL) = ("decided_at" IS NULL)),
    CONSTRAINT "archive_offer_item_transfer" CHECK ("transfer" IN ('OPEN', 'SENT', 'FAILED', 'CONFIRMED')),
    CONSTRAINT "archive_offer_item_wanted" CHECK (("transfer" IS NOT NULL) = coalesce("valuation" = 'A', false))
);

-- What is offered is hidden as what is restricted is, from the commit on, whoever offers it.
CREATE FUNCTION "hide_offered"() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
  PERFORM "public"."hide_matters"((SELECT array_agg(d.conversation_id ORDER BY d.conversation_id) FROM "offered" d), (SELECT max(o.offered_at)
    FROM "public"."archive_offer" o WHERE o.id IN (SELECT offer_id FROM "offered")));
  RETURN NULL;
END $$;
CREATE TRIGGER "archive_offer_hides" AFTER INSERT ON "archive_offer_item" REFERENCING NEW TABLE AS "offered" FOR EACH STATEMENT EXECUTE FUNCTION "hide_offered"();

-- What the archive wants is kept, whatever anybody enters later; and what was offered stays as it was offered.
CREATE FUNCTION "refuse_offer_rewritten"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF (new.conversation_id, new.offer_id, new.number, new.proposal) IS DISTINCT FROM (old.conversation_id, old.offer_id, old.number, old.proposal)
    OR old.valuation = 'A' AND new.valuation IS DISTINCT FROM 'A' OR old.valuation IS NOT NULL AND new.valuation IS NULL THEN
    RAISE EXCEPTION 'what the archive wants is kept' USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN new;
END $$;
CREATE TRIGGER "archive_offer_item_stays" BEFORE UPDATE ON "archive_offer_item" FOR EACH ROW EXECUTE FUNCTION "refuse_offer_rewritten"();

-- A restriction that is lifted shows its matters again, but not what is offered.
CREATE OR REPLACE FUNCTION "restrict_matters"() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE
  ids uuid[];
BEGIN
  SELECT array_agg("id") INTO ids FROM "public"."conversation" WHERE new.scope = 'CONVERSATION' AND "id" = new.object_id
    OR new.scope = 'CONTACT' AND "contact_id" = new.object_id;
  IF ids IS NULL THEN
    RETURN NULL;
  END IF;
  IF TG_OP = 'INSERT' THEN
    PERFORM "public"."hide_matters"(ids, new.set_at);
    RETURN NULL;
  END IF;
  PERFORM FROM "public"."conversation" WHERE "id" = ANY (ids) ORDER BY "id" FOR UPDATE;
  SELECT array_agg(c.id) INTO ids FROM "public"."conversation" c WHERE c.id = ANY (ids) AND c.restricted_at IS NOT NULL
    AND NOT EXISTS (SELECT FROM "public"."legal_hold" h WHERE h.kind = 'restriction' AND h.ended_at IS NULL AND h.object_id IN (c.id, c.contact_id))
    AND NOT EXISTS (SELECT FROM "public"."archive_offer_item" o WHERE o.conversation_id = c.id);
  -- Whoever has written since waits in the matter that they have opened by it.
  UPDATE "public"."conversation" c SET "restricted_at" = NULL, "restricted_waiting_since" = NULL, "state" = 'open', "closed_at" = NULL,
      "waiting_since" = c.restricted_waiting_since, "due_at" = NULL, "waits_for" = 'CASE_CLOSED', "filing" = 'UNDECIDED', "file_reference_sealed" = NULL, "variant" = NULL
    WHERE c.id = (SELECT w.id FROM "public"."conversation" w WHERE w.id = ANY (ids) AND w.restricted_waiting_since IS NOT NULL AND w.contact_id = c.contact_id
        ORDER BY w.opened_at DESC LIMIT 1)
      AND NOT EXISTS (SELECT FROM "public"."conversation" o WHERE o.channel_id = c.channel_id AND o.contact_id = c.contact_id AND o.state = 'open');
  UPDATE "public"."conversation" SET "restricted_at" = NULL, "restricted_waiting_since" = NULL WHERE "id" = ANY (ids) AND "restricted_at" IS NOT NULL;
  RETURN NULL;
END $$;

GRANT SELECT ON "archive_offer", "archive_offer_item" TO "buergerdraht_api", "buergerdraht_worker";
GRANT UPDATE ("reminded_of") ON "archive_offer" TO "buergerdraht_worker";
GRANT INSERT ("id", "offered_at", "offered_by", "offered_role", "offered") ON "archive_offer" TO "buergerdraht_api";
GRANT INSERT ("conversation_id", "offer_id", "number", "proposal"), UPDATE ("valuation", "basis", "decided_by", "decided_at", "transfer") ON "archive_offer_item"
  TO "buergerdraht_api";
-- The list says of a matter when it was begun and closed, how much it holds, and its file reference.
GRANT SELECT ("opened_at", "last_message_at", "key_id", "file_reference_sealed") ON "conversation" TO "buergerdraht_api";

ALTER TABLE "dpo_notice" DROP CONSTRAINT "dpo_notice_kind";
ALTER TABLE "dpo_notice" ADD CONSTRAINT "dpo_notice_kind"
  CHECK ("kind" IN ('emergency-access', 'channel-account', 'legal-hold', 'tidying-day', 'data-subject-request', 'archive-offer'));
