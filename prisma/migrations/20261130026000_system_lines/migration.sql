-- What people wrote is counted apart from what the system noted ("closed", "taken over"). Packages from before this count both as messages.
ALTER TABLE "archive_package" ADD COLUMN "system_lines" INTEGER NOT NULL DEFAULT 0;
GRANT SELECT ("system_lines") ON "archive_package" TO "buergerdraht_records", "buergerdraht_auditor";
