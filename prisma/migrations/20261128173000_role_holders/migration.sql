-- Who holds which role in which team, by ids: for those who watch that it is as it should be.
GRANT SELECT ON "team_member" TO "buergerdraht_metadata", "buergerdraht_auditor";
GRANT SELECT ON "team" TO "buergerdraht_auditor";
GRANT SELECT ("id", "role", "disabled_at") ON "account" TO "buergerdraht_auditor";
GRANT SELECT ("account_id") ON "invitation" TO "buergerdraht_metadata", "buergerdraht_auditor";
