-- An account is somebody's who signs in; what Meta restricts is a WhatsApp Business account, a WABA.
UPDATE "channel_notice" SET "code" = 'waba-restricted' WHERE "code" = 'account-restricted';
UPDATE "channel_notice" SET "code" = 'waba-disabled' WHERE "code" = 'account-disabled';
