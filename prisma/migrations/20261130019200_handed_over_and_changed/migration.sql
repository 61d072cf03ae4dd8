-- What happens to a message after its matter was handed over is in nobody's file yet: it is sealed and handed over too. What was filed elsewhere from the
-- beginning was never sealed here.
CREATE OR REPLACE FUNCTION "file_again"() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE
  matter uuid;
BEGIN
  IF TG_TABLE_NAME = 'message' THEN
    matter := new.conversation_id;
  ELSE
    SELECT m.conversation_id INTO matter FROM "public"."message" m WHERE m.id = new.message_id;
  END IF;
  INSERT INTO "public"."archive_task" ("conversation_id", "wanted_at")
    SELECT c.id, now() FROM "public"."conversation" c WHERE c.id = matter AND c.state = 'closed' AND c.filing IN ('HANDOVER_OPEN', 'FILED')
      AND (c.cluster = 'DA03' OR (c.cluster = 'DA02' AND c.handed_over_at IS NOT NULL))
  ON CONFLICT DO NOTHING;
  RETURN NULL;
END $$;
