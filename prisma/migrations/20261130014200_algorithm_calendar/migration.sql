-- Until when algorithms are relied on, as two persons have decided it (by the person's number, without a name). The newest holds; the others stay, because
-- what was decided by them has to be explained.
CREATE TABLE "algorithm_calendar" (
    "decided_at" TIMESTAMPTZ(3) NOT NULL,
    "calendar" JSONB NOT NULL,
    "proposed_by" UUID NOT NULL,
    "approved_by" UUID NOT NULL,
    CONSTRAINT "algorithm_calendar_pkey" PRIMARY KEY ("decided_at"),
    CONSTRAINT "algorithm_calendar_two_persons" CHECK ("proposed_by" <> "approved_by")
);

CREATE FUNCTION "refuse_calendar_change"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'a calendar stays as it was decided' USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER "algorithm_calendar_stays" BEFORE UPDATE OR DELETE OR TRUNCATE ON "algorithm_calendar" FOR EACH STATEMENT EXECUTE FUNCTION "refuse_calendar_change"();

GRANT SELECT, INSERT ON "algorithm_calendar" TO "buergerdraht_api";
GRANT SELECT ON "algorithm_calendar" TO "buergerdraht_worker";
