-- What the public archive wants is sealed, whatever it was closed as: the sealed package is what is handed over to it. From the decision on it waits for
-- that, and what happens to it later is sealed too, until the archive has confirmed.
CREATE FUNCTION "archive_wants"("matter" uuid) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  SELECT EXISTS (SELECT FROM "public"."archive_offer_item" i WHERE i.conversation_id = matter AND i.valuation = 'A' AND i.transfer <> 'CONFIRMED')
$$;
REVOKE EXECUTE ON FUNCTION "archive_wants" FROM PUBLIC;

CREATE FUNCTION "seal_wanted"() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
  INSERT INTO "public"."archive_task" ("conversation_id", "wanted_at")
    SELECT new.conversation_id, now() WHERE NOT EXISTS (SELECT FROM "public"."archive_package" p WHERE p.conversation_id = new.conversation_id)
  ON CONFLICT DO NOTHING;
  RETURN NULL;
END $$;
CREATE TRIGGER "archive_offer_item_wanted" AFTER UPDATE OF "valuation" ON "archive_offer_item" FOR EACH ROW
  WHEN (new.valuation = 'A' AND old.valuation IS DISTINCT FROM 'A') EXECUTE FUNCTION "seal_wanted"();

CREATE OR REPLACE FUNCTION "file_matter"() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
  IF new.filing = 'HANDOVER_OPEN' AND new.state = 'closed' THEN
    INSERT INTO "public"."archive_task" ("conversation_id", "wanted_at") VALUES (new.id, now()) ON CONFLICT DO NOTHING;
  ELSIF NOT (new.state = 'closed' AND (new.filing = 'FILED' AND new.cluster = 'DA03' OR "public"."archive_wants"(new.id))) THEN
    DELETE FROM "public"."archive_task" WHERE "conversation_id" = new.id AND "state" = 'waiting';
  END IF;
  RETURN NULL;
END $$;

CREATE OR REPLACE FUNCTION "file_again"() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE
  matter uuid;
BEGIN
  IF TG_TABLE_NAME = 'message' THEN
    matter := new.conversation_id;
  ELSE
    SELECT m.conversation_id INTO matter FROM "public"."message" m WHERE m.id = new.message_id;
  END IF;
  INSERT INTO "public"."archive_task" AS t ("conversation_id", "wanted_at", "gathers_until", "next_try_at")
    SELECT c.id, now(), now() + interval '7 days', now() + interval '1 day' FROM "public"."conversation" c
      WHERE c.id = matter AND c.state = 'closed' AND (c.filing IN ('HANDOVER_OPEN', 'FILED')
        AND (c.cluster = 'DA03' OR (c.cluster = 'DA02' AND c.handed_over_at IS NOT NULL)) OR "public"."archive_wants"(c.id))
  ON CONFLICT ("conversation_id") WHERE "state" = 'waiting' DO UPDATE SET "next_try_at" = least(now() + interval '1 day', t.gathers_until)
    WHERE t.gathers_until > now() AND t.failure IS NULL;
  RETURN NULL;
END $$;

-- What was decided before.
INSERT INTO "archive_task" ("conversation_id", "wanted_at")
  SELECT i.conversation_id, now() FROM "archive_offer_item" i WHERE i.valuation = 'A' AND i.transfer <> 'CONFIRMED'
    AND NOT EXISTS (SELECT FROM "archive_package" p WHERE p.conversation_id = i.conversation_id)
  ON CONFLICT DO NOTHING;
