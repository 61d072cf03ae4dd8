-- One address may serve several numbers: what a webhook was authenticated with says to whom of them it may speak.
ALTER TABLE "webhook_event" ADD COLUMN "proof_mac" BYTEA;
ALTER TABLE "dead_letter" ADD COLUMN "proof_mac" BYTEA;
