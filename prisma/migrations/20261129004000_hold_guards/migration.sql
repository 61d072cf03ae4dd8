-- A hold ends by its day or by two persons, a restriction by two persons alone, whatever the program asks; the day is that of the database's clock.
ALTER TABLE "legal_hold" DROP CONSTRAINT "legal_hold_ends";
ALTER TABLE "legal_hold" ADD CONSTRAINT "legal_hold_ends"
  CHECK ("ended_at" IS NULL OR "released_by" IS NOT NULL OR coalesce("ended_at" >= "expires_at", false));

CREATE FUNCTION "refuse_hold_ended_early"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF new.ended_at IS NOT NULL AND old.ended_at IS NULL AND new.released_by IS NULL AND NOT coalesce(new.expires_at <= now(), false) THEN
    RAISE EXCEPTION 'a hold ends by its day or by two persons' USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN new;
END $$;
CREATE TRIGGER "legal_hold_ends_in_time" BEFORE UPDATE ON "legal_hold" FOR EACH ROW EXECUTE FUNCTION "refuse_hold_ended_early"();

-- Since when somebody has waited in a matter that was open when it was restricted: they wait again when it is lifted.
ALTER TABLE "conversation" ADD COLUMN "restricted_waiting_since" TIMESTAMPTZ(3);
ALTER TABLE "conversation" ADD CONSTRAINT "conversation_restricted_waiting" CHECK ("restricted_waiting_since" IS NULL OR "restricted_at" IS NOT NULL);

-- Hides matters; what still waits to be sent in them is not sent any more. Locked in the order in which everybody locks them.
CREATE FUNCTION "hide_matters"("ids" uuid[], "since" timestamptz) RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
  PERFORM FROM "public"."conversation" WHERE "id" = ANY (ids) ORDER BY "id" FOR UPDATE;
  UPDATE "public"."conversation" SET "restricted_at" = since, "restricted_waiting_since" = "waiting_since", "state" = 'closed',
      "closed_at" = coalesce("closed_at", since), "waiting_since" = NULL, "unread_count" = 0
    WHERE "id" = ANY (ids) AND "condemned_by" IS NULL AND "restricted_at" IS NULL;
  UPDATE "public"."message" SET "send_state" = 'failed', "failed_at" = since WHERE "conversation_id" = ANY (ids) AND "send_state" = 'queued';
  UPDATE "public"."reaction" SET "send_state" = 'failed' WHERE "send_state" = 'queued'
    AND "message_id" IN (SELECT "id" FROM "public"."message" WHERE "conversation_id" = ANY (ids));
END $$;

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
    AND NOT EXISTS (SELECT FROM "public"."legal_hold" h WHERE h.kind = 'restriction' AND h.ended_at IS NULL AND h.object_id IN (c.id, c.contact_id));
  -- Whoever has written since waits in the matter that they have opened by it.
  UPDATE "public"."conversation" c SET "restricted_at" = NULL, "restricted_waiting_since" = NULL, "state" = 'open', "closed_at" = NULL,
      "waiting_since" = c.restricted_waiting_since, "due_at" = NULL, "waits_for" = 'CASE_CLOSED', "filing" = 'UNDECIDED', "file_reference_sealed" = NULL, "variant" = NULL
    WHERE c.id = (SELECT w.id FROM "public"."conversation" w WHERE w.id = ANY (ids) AND w.restricted_waiting_since IS NOT NULL AND w.contact_id = c.contact_id
        ORDER BY w.opened_at DESC LIMIT 1)
      AND NOT EXISTS (SELECT FROM "public"."conversation" o WHERE o.channel_id = c.channel_id AND o.contact_id = c.contact_id AND o.state = 'open');
  UPDATE "public"."conversation" SET "restricted_at" = NULL, "restricted_waiting_since" = NULL WHERE "id" = ANY (ids) AND "restricted_at" IS NOT NULL;
  RETURN NULL;
END $$;
REVOKE EXECUTE ON FUNCTION "hide_matters" FROM PUBLIC;
GRANT EXECUTE ON FUNCTION "hide_matters" TO "buergerdraht_worker";

-- Only what has become part of another contact is moved: it has nothing of its own any more.
CREATE OR REPLACE FUNCTION "holds_follow_merged"("from_contact" uuid, "into_contact" uuid) RETURNS void LANGUAGE plpgsql SECURITY DEFINER
  SET search_path = pg_catalog, public AS $$
BEGIN
  IF EXISTS (SELECT FROM "public"."conversation" WHERE "contact_id" = from_contact) OR EXISTS (SELECT FROM "public"."contact_identity" WHERE "contact_id" = from_contact)
    OR NOT EXISTS (SELECT FROM "public"."contact" a JOIN "public"."contact" b ON a.channel_id = b.channel_id WHERE a.id = from_contact AND b.id = into_contact) THEN
    RAISE EXCEPTION 'holds follow who has become part of another' USING ERRCODE = 'restrict_violation';
  END IF;
  PERFORM set_config('app.merged_contact', from_contact::text, true);
  -- Whoever sets one now finds this contact gone; asked first, because changing takes the gate alone.
  PERFORM pg_advisory_xact_lock_shared(7319, 10);
  IF EXISTS (SELECT FROM "public"."legal_hold" WHERE object_id = from_contact) THEN
    UPDATE "public"."legal_hold" SET "object_id" = into_contact WHERE object_id = from_contact;
  END IF;
END $$;
