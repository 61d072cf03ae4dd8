-- One more kind of somebody elsewhere who keeps checkpoints.
ALTER TABLE "checkpoint_proof" DROP CONSTRAINT "checkpoint_proof_kind";
ALTER TABLE "checkpoint_proof" ADD CONSTRAINT "checkpoint_proof_kind" CHECK ("kind" IN ('time-stamp', 'witness', 'mailbox', 'folder', 'bucket'));
