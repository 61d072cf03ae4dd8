-- When the provider said that an identity was replaced. What is older than that still leads to the person.
ALTER TABLE "contact_identity" ADD COLUMN "replaced_at" TIMESTAMPTZ(3);

ALTER TABLE "contact_identity" ADD CONSTRAINT "contact_identity_replaced_is_ended" CHECK ("replaced_at" IS NULL OR "ended_at" IS NOT NULL);

CREATE INDEX "contact_identity_replaced" ON "contact_identity"("channel_id", "kind", "value_mac", "replaced_at") WHERE "replaced_at" IS NOT NULL;
