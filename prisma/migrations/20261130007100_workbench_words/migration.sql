-- The interface calls it "to-file", as closing does.
ALTER TABLE "workbench_decision" DROP CONSTRAINT "workbench_decision_decision";
UPDATE "workbench_decision" SET "decision" = 'to-file' WHERE "decision" = 'file';
ALTER TABLE "workbench_decision" ADD CONSTRAINT "workbench_decision_decision" CHECK ("decision" IN ('delete', 'to-file', 'keep'));
