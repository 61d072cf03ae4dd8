-- Whoever watches retention sees what becomes due, object by object: by ids and dates, through the api's own rights.
GRANT SELECT ("rule_version", "due_at", "waits_for") ON "attachment" TO "buergerdraht_api";
-- An entry of the search whose matter is gone.
GRANT SELECT ("id", "conversation_id") ON "search_entry" TO "buergerdraht_api";
