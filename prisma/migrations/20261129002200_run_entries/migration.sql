-- The places in the deletion ledger of what a run has destroyed: what is said of it is read from there.
ALTER TABLE "deletion_run" ADD COLUMN "ledger_entries" INTEGER[] NOT NULL DEFAULT '{}';
