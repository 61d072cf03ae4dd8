-- There is one key that signs checkpoints of the deletion ledger.
CREATE UNIQUE INDEX "data_key_deletion_ledger" ON "data_key" ("purpose") WHERE "purpose" = 'deletion-ledger';
