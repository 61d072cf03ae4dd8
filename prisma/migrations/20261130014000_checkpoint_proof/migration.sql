-- Who elsewhere says of a log when its newest checkpoint was there, or that it has only grown; and since when somebody has not. The proofs
-- themselves lie beside the checkpoints, in the folder of the log.
CREATE TABLE "checkpoint_proof" (
    "log" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "prover" TEXT NOT NULL,
    "size" BIGINT,
    "proven_at" TIMESTAMPTZ(3),
    "failing_since" TIMESTAMPTZ(3),
    "fault" TEXT,
    CONSTRAINT "checkpoint_proof_pkey" PRIMARY KEY ("log", "kind", "prover"),
    CONSTRAINT "checkpoint_proof_kind" CHECK ("kind" IN ('time-stamp', 'witness', 'mailbox', 'folder')),
    CONSTRAINT "checkpoint_proof_proven" CHECK (("size" IS NULL) = ("proven_at" IS NULL)),
    CONSTRAINT "checkpoint_proof_failing" CHECK (("failing_since" IS NULL) = ("fault" IS NULL))
);

GRANT SELECT, INSERT, UPDATE, DELETE ON "checkpoint_proof" TO "buergerdraht_worker";
GRANT SELECT ON "checkpoint_proof" TO "buergerdraht_api";
