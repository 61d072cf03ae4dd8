-- How far the audit log has been handed to whoever keeps it elsewhere.
CREATE TABLE "audit_shipment" (
    "target" TEXT NOT NULL,
    "in_use" BOOLEAN NOT NULL DEFAULT true,
    "next_index" BIGINT NOT NULL DEFAULT 0,
    "sending_until" BIGINT NOT NULL DEFAULT 0,
    "shipped_at" TIMESTAMPTZ(3),
    "failing_since" TIMESTAMPTZ(3),
    CONSTRAINT "audit_shipment_pkey" PRIMARY KEY ("target")
);
GRANT SELECT, INSERT, UPDATE ON "audit_shipment" TO "buergerdraht_worker";
GRANT SELECT ON "audit_shipment" TO "buergerdraht_api";
