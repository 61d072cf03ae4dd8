-- Keyed hashes of provider's ids are bytes like every other keyed hash; until now they were the same 16 bytes in base64url without
-- padding. Each table is rewritten once.
ALTER TABLE "message"
  ALTER COLUMN "provider_id_mac" TYPE BYTEA USING decode(translate("provider_id_mac", '-_', '+/') || '==', 'base64'),
  ALTER COLUMN "reply_to_mac" TYPE BYTEA USING decode(translate("reply_to_mac", '-_', '+/') || '==', 'base64');

ALTER TABLE "reaction"
  ALTER COLUMN "provider_id_mac" TYPE BYTEA USING decode(translate("provider_id_mac", '-_', '+/') || '==', 'base64');

ALTER TABLE "early_arrival"
  ALTER COLUMN "target_mac" TYPE BYTEA USING decode(translate("target_mac", '-_', '+/') || '==', 'base64');
