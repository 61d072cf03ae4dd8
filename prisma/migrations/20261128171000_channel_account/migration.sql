-- A channel's account is proven to be that of its number before anything is sent through it; what was set up before counts as proven.
ALTER TABLE "channel" ADD COLUMN "account_proven_at" TIMESTAMPTZ(3) DEFAULT CURRENT_TIMESTAMP;
GRANT SELECT ("account_proven_at") ON "channel" TO "buergerdraht_technical";
-- Address and credentials are changed by the program once two persons have decided it; an administrator's role changes them no more.
REVOKE UPDATE ("base_url") ON "channel" FROM "buergerdraht_technical";
