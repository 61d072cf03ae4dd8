-- A picture that nobody could draw has a reason of its own.
ALTER TABLE "attachment" DROP CONSTRAINT "attachment_quarantine";
ALTER TABLE "attachment" ADD CONSTRAINT "attachment_quarantine" CHECK (("state" = 'quarantined') = ("quarantine" IS NOT NULL)
  AND ("quarantine" IS NULL OR "quarantine" IN ('dangerous-type', 'active-content', 'external-content', 'embedded-object', 'hidden-program', 'too-many-pixels', 'unreadable', 'integrity'))) NOT VALID;
ALTER TABLE "attachment" VALIDATE CONSTRAINT "attachment_quarantine";
