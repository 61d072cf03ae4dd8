-- Where from somebody may ask, by role; and the device that a session belongs to. Without rules everything stays as it was.
ALTER TABLE "session" ADD COLUMN "certificate" BYTEA;
ALTER TABLE "sign_in_setting" ADD COLUMN "network_rules" JSONB NOT NULL DEFAULT '{}';
ALTER TABLE "sign_in_setting" ADD COLUMN "certificate_roles" TEXT[] NOT NULL DEFAULT ARRAY[]::TEXT[];
