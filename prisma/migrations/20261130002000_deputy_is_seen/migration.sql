-- Whom to ask while a colleague is away is for the colleagues to see, not for the administrator alone.
GRANT SELECT ("deputy_id") ON "account" TO "buergerdraht_staff";
