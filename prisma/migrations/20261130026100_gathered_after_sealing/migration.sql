-- What happens after sealing is gathered: one further package after a quiet day, and seven days after the first change at the latest. A matter that is
-- closed again is sealed at once, as ever, and so is what had not been sealed at all when it changed.
ALTER TABLE "archive_task" ADD COLUMN "gathers_until" TIMESTAMPTZ(3);
GRANT SELECT ("gathers_until") ON "archive_task" TO "buergerdraht_api", "buergerdraht_records", "buergerdraht_auditor";

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
      WHERE c.id = matter AND c.state = 'closed' AND c.filing IN ('HANDOVER_OPEN', 'FILED')
        AND (c.cluster = 'DA03' OR (c.cluster = 'DA02' AND c.handed_over_at IS NOT NULL))
  ON CONFLICT ("conversation_id") WHERE "state" = 'waiting' DO UPDATE SET "next_try_at" = least(now() + interval '1 day', t.gathers_until)
    WHERE t.gathers_until > now() AND t.failure IS NULL;
  RETURN NULL;
END $$;
