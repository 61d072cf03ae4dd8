-- A task after a restore is of the roles that it names: nobody else takes it over or says that it is done. Operators at the command line, who have no
-- account, take over what is left where nobody can sign in.
ALTER TABLE "restore_task" ADD COLUMN "roles" TEXT[];
UPDATE "restore_task" SET "roles" = CASE
  WHEN "entry" ->> 'type' IN ('RULE_CHANGE', 'ARCHIVE_AGREEMENT', 'FILING_PLAN') THEN '{records,admin}'::text[]
  WHEN "entry" ->> 'type' IN ('HOLD_RELEASE', 'UNRESTRICT') THEN '{records,dpo}'::text[]
  WHEN "entry" ->> 'type' IN ('ARCHIVE_OFFER', 'ARCHIVE_DECISION', 'ARCHIVE_WITHDRAWAL', 'HAND_OVER') THEN '{records}'::text[]
  ELSE '{dpo}'::text[] END;
-- Whoever has one already keeps it.
UPDATE "restore_task" SET "roles" = "roles" || "taken_role" WHERE "taken_by" IS NOT NULL AND "taken_role" <> ALL ("roles");
ALTER TABLE "restore_task" ALTER COLUMN "roles" SET NOT NULL;
ALTER TABLE "restore_task" ADD CONSTRAINT "restore_task_roles" CHECK (cardinality("roles") > 0 AND ("taken_by" IS NULL OR "taken_role" = ANY ("roles"))
  AND ("done_by" IS NULL OR "done_role" = ANY ("roles")));
