-- Whoever decides at the workbench neither draws the sample nor says with which run a decision is put before a second person: they only take both back.
CREATE FUNCTION "refuse_drawn_by_staff"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF current_user = 'buergerdraht_staff' AND (new.run_id IS NOT NULL OR new.sampled) THEN
    RAISE EXCEPTION 'a sample is drawn, not chosen' USING ERRCODE = 'insufficient_privilege';
  END IF;
  RETURN new;
END $$;
CREATE TRIGGER "workbench_decision_drawn" BEFORE INSERT OR UPDATE ON "workbench_decision" FOR EACH ROW EXECUTE FUNCTION "refuse_drawn_by_staff"();
