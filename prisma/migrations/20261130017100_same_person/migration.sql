-- A second person is another person, whatever accounts they have: asked in one way, by program and database.
CREATE FUNCTION "same_person"("one" uuid, "other" uuid) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  SELECT coalesce("one" = "other", false) OR EXISTS (SELECT FROM "public"."account" a JOIN "public"."account" b ON a.person_id = b.person_id WHERE a.id = "one" AND b.id = "other")
$$;

-- Whatever the program does: whoever decides is neither who proposed nor whom it concerns.
CREATE FUNCTION "refuse_deciding_alone"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF "same_person"(new.decided_by, new.proposed_by) OR "same_person"(new.decided_by, new.concerns_id) THEN
    RAISE EXCEPTION 'what is proposed is decided by another person' USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN new;
END $$;
CREATE TRIGGER "proposal_by_two" BEFORE INSERT OR UPDATE ON "proposal" FOR EACH ROW
  WHEN (new.decided_by IS NOT NULL) EXECUTE FUNCTION "refuse_deciding_alone"();
