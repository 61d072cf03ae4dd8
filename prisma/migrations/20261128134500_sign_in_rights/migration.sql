-- Who somebody is, the api finds out by itself, for nobody: no viewer's role sees anything of it.
GRANT SELECT, INSERT, UPDATE, DELETE ON "totp_factor", "passkey", "recovery_code", "linked_identity", "sign_in_ceremony" TO "buergerdraht_api";
GRANT SELECT, UPDATE ON "sign_in_setting" TO "buergerdraht_api";
GRANT SELECT ("expires_at"), DELETE ON "sign_in_ceremony" TO "buergerdraht_worker";
