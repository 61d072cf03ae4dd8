-- A rule that two persons have changed has dates and coverage computed anew: whoever approves it asks for that in the same commit.
GRANT INSERT ("asked_at") ON "coverage" TO "buergerdraht_api";
GRANT USAGE ON SEQUENCE "coverage_id_seq" TO "buergerdraht_api";
