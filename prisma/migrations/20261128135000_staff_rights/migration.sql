-- Replacing an entry of the index reads what it is replaced with; whose entry it is, the policy says.
GRANT SELECT ON "search_entry" TO "buergerdraht_staff";

-- Whoever acts writes what they did; nobody changes it. To write an entry takes no more than seeing that it has been written already.
GRANT INSERT, SELECT ("once") ON "audit_entry" TO "buergerdraht_staff", "buergerdraht_records", "buergerdraht_metadata", "buergerdraht_technical", "buergerdraht_auditor";
GRANT SELECT, INSERT ON "audit_entry" TO "buergerdraht_api", "buergerdraht_worker";
GRANT USAGE ON SEQUENCE "audit_entry_id_seq" TO "buergerdraht_api", "buergerdraht_worker", "buergerdraht_staff", "buergerdraht_records", "buergerdraht_metadata",
  "buergerdraht_technical", "buergerdraht_auditor";
ALTER FUNCTION "audit_entry_waits"() SECURITY DEFINER SET search_path = "public", pg_temp;
GRANT SELECT ON "audit_waiting", "audit_leaf", "audit_checkpoint" TO "buergerdraht_api";
GRANT SELECT ON "audit_entry", "audit_waiting", "audit_leaf", "audit_checkpoint" TO "buergerdraht_metadata", "buergerdraht_auditor";
-- The worker seals, and lets go what has expired.
GRANT DELETE ON "audit_entry" TO "buergerdraht_worker";
GRANT SELECT, DELETE ON "audit_waiting" TO "buergerdraht_worker";
GRANT SELECT, INSERT ON "audit_leaf", "audit_checkpoint" TO "buergerdraht_worker";
