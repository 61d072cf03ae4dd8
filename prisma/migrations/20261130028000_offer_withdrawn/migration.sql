-- An offer to the archive that was sent by mistake is withdrawn by two persons: of what the archive has said nothing of, and only of that.

ALTER TABLE "archive_offer" ADD COLUMN "withdrawn_at" TIMESTAMPTZ(3), ADD COLUMN "withdrawal_reason" TEXT,
  -- Of the list, so that the archive can be told; the rest stays offered.
  ADD COLUMN "withdrawn_numbers" INTEGER[] NOT NULL DEFAULT '{}';
ALTER TABLE "archive_offer" ADD CONSTRAINT "archive_offer_withdrawn" CHECK (("withdrawn_at" IS NULL) = ("withdrawal_reason" IS NULL)
  AND ("withdrawn_at" IS NULL) = (cardinality("withdrawn_numbers") = 0));
ALTER TABLE "archive_offer" ADD CONSTRAINT "archive_offer_withdrawal_reason" CHECK ("withdrawal_reason" IN ('BY_MISTAKE', 'STILL_NEEDED', 'WRONG_LIST'));
GRANT UPDATE ("withdrawn_at", "withdrawal_reason", "withdrawn_numbers") ON "archive_offer" TO "buergerdraht_api", "buergerdraht_worker";
GRANT DELETE ON "archive_offer_item" TO "buergerdraht_api", "buergerdraht_worker";

-- What was offered goes from the list with its matter, or where its offer is withdrawn and the archive has said nothing of it.
CREATE FUNCTION "refuse_offer_forgotten"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF pg_trigger_depth() = 1 AND (old.valuation IS NOT NULL OR current_user = 'buergerdraht_worker' AND NOT "is_replaying"()
    OR NOT EXISTS (SELECT FROM "archive_offer" o WHERE o.id = old.offer_id AND old.number = ANY (o.withdrawn_numbers))) THEN
    RAISE EXCEPTION 'what the archive was offered stays offered' USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN old;
END $$;
CREATE TRIGGER "archive_offer_item_goes" BEFORE DELETE ON "archive_offer_item" FOR EACH ROW EXECUTE FUNCTION "refuse_offer_forgotten"();
-- Shows matters again that nothing hides any more. Whoever has written since waits in the matter that they have opened by it.
CREATE FUNCTION "show_matters"("asked" uuid[]) RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE
  ids uuid[];
BEGIN
  PERFORM FROM "public"."conversation" WHERE "id" = ANY (asked) ORDER BY "id" FOR UPDATE;
  SELECT array_agg(c.id) INTO ids FROM "public"."conversation" c WHERE c.id = ANY (asked) AND c.restricted_at IS NOT NULL
    AND NOT EXISTS (SELECT FROM "public"."legal_hold" h WHERE h.kind = 'restriction' AND h.ended_at IS NULL AND h.object_id IN (c.id, c.contact_id))
    AND NOT EXISTS (SELECT FROM "public"."archive_offer_item" o WHERE o.conversation_id = c.id);
  UPDATE "public"."conversation" c SET "restricted_at" = NULL, "restricted_waiting_since" = NULL, "state" = 'open', "closed_at" = NULL,
      "waiting_since" = c.restricted_waiting_since, "due_at" = NULL, "waits_for" = 'CASE_CLOSED', "filing" = 'UNDECIDED', "file_reference_sealed" = NULL, "variant" = NULL
    WHERE c.id IN (SELECT DISTINCT ON (w.contact_id) w.id FROM "public"."conversation" w WHERE w.id = ANY (ids) AND w.restricted_waiting_since IS NOT NULL
        ORDER BY w.contact_id, w.opened_at DESC)
      AND NOT EXISTS (SELECT FROM "public"."conversation" o WHERE o.channel_id = c.channel_id AND o.contact_id = c.contact_id AND o.state = 'open');
  UPDATE "public"."conversation" SET "restricted_at" = NULL, "restricted_waiting_since" = NULL WHERE "id" = ANY (ids) AND "restricted_at" IS NOT NULL;
END $$;
REVOKE EXECUTE ON FUNCTION "show_matters" FROM PUBLIC;

CREATE OR REPLACE FUNCTION "restrict_matters"() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE
  ids uuid[];
BEGIN
  SELECT array_agg("id") INTO ids FROM "public"."conversation" WHERE new.scope = 'CONVERSATION' AND "id" = new.object_id
    OR new.scope = 'CONTACT' AND "contact_id" = new.object_id;
  IF TG_OP = 'INSERT' AND ids IS NOT NULL THEN
    PERFORM "public"."hide_matters"(ids, new.set_at);
  ELSIF ids IS NOT NULL THEN
    PERFORM "public"."show_matters"(ids);
  END IF;
  RETURN NULL;
END $$;

CREATE FUNCTION "show_withdrawn"() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
  PERFORM "public"."show_matters"((SELECT array_agg(w.conversation_id ORDER BY w.conversation_id) FROM "withdrawn" w));
  RETURN NULL;
END $$;
CREATE TRIGGER "archive_offer_shows" AFTER DELETE ON "archive_offer_item" REFERENCING OLD TABLE AS "withdrawn" FOR EACH STATEMENT EXECUTE FUNCTION "show_withdrawn"();

ALTER TABLE "ledger_act" DROP CONSTRAINT "ledger_act_type";
ALTER TABLE "ledger_act" ADD CONSTRAINT "ledger_act_type" CHECK ("type" IN ('HOLD_SET', 'HOLD_RELEASE', 'RESTRICT', 'UNRESTRICT', 'RULE_CHANGE', 'RULES_SIGNED',
  'ARCHIVE_OFFER', 'ARCHIVE_DECISION', 'ARCHIVE_AGREEMENT', 'FILING_PLAN', 'REQUEST', 'HAND_OVER', 'ARCHIVE_WITHDRAWAL'));
