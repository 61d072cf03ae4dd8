-- The api plans and approves; what is condemned only the worker says, after the law has been asked again.

REVOKE INSERT ON "deletion_run", "deletion_run_item" FROM "buergerdraht_api";
GRANT INSERT ("id", "kind", "planned_by", "planned_role", "planned_at") ON "deletion_run" TO "buergerdraht_api";
GRANT INSERT ("run_id", "kind", "object_id", "state", "reason", "facts") ON "deletion_run_item" TO "buergerdraht_api";

CREATE FUNCTION "refuse_condemning_without_law"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF current_user = 'buergerdraht_api' THEN
    RAISE EXCEPTION 'only the worker condemns' USING ERRCODE = 'insufficient_privilege';
  END IF;
  RETURN new;
END $$;
CREATE TRIGGER "deletion_run_item_condemned" BEFORE INSERT OR UPDATE ON "deletion_run_item" FOR EACH ROW
  WHEN (new.state = 'condemned') EXECUTE FUNCTION "refuse_condemning_without_law"();

-- Two persons, not two accounts; and only the worker says that a run has begun.
CREATE FUNCTION "refuse_run_of_one_person"() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
  IF new.approved_by IS NOT NULL AND EXISTS (
    SELECT FROM "public"."account" a JOIN "public"."account" b ON a.person_id = b.person_id WHERE a.id = new.planned_by AND b.id = new.approved_by
  ) THEN
    RAISE EXCEPTION 'a run needs two persons' USING ERRCODE = 'insufficient_privilege';
  END IF;
  RETURN new;
END $$;
CREATE TRIGGER "deletion_run_two_persons" BEFORE INSERT OR UPDATE OF "approved_by" ON "deletion_run" FOR EACH ROW EXECUTE FUNCTION "refuse_run_of_one_person"();
