-- Only statuses and reactions wait for their message; edits and revocations never did.
ALTER TABLE "early_arrival" DROP CONSTRAINT "early_arrival_kind";
ALTER TABLE "early_arrival" ADD CONSTRAINT "early_arrival_kind" CHECK ("kind" IN ('status', 'reaction'));
