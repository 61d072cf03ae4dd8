-- What is sealed is in the file; what has happened to it since still waits for its further package.
CREATE OR REPLACE FUNCTION "file_matter"() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
  IF new.filing = 'HANDOVER_OPEN' AND new.state = 'closed' THEN
    INSERT INTO "public"."archive_task" ("conversation_id", "wanted_at") VALUES (new.id, now()) ON CONFLICT DO NOTHING;
  ELSIF NOT (new.filing = 'FILED' AND new.state = 'closed' AND new.cluster = 'DA03') THEN
    DELETE FROM "public"."archive_task" WHERE "conversation_id" = new.id AND "state" = 'waiting';
  END IF;
  RETURN NULL;
END $$;
