-- Issues of the documents that tell of the office's configuration (DIN EN ISO/IEC 27555, Art. 30 and 32 GDPR). Rules, settings, names of teams and channels;
-- nothing about a person: it is issued by a role.
CREATE TABLE "document_issue" (
    "kind" TEXT NOT NULL,
    "number" INTEGER NOT NULL,
    "issued_at" TIMESTAMPTZ(3) NOT NULL,
    "issued_role" TEXT NOT NULL,
    -- Canonical JSON (RFC 8785), as text: the bytes stay what they were.
    "content" TEXT NOT NULL,
    CONSTRAINT "document_issue_pkey" PRIMARY KEY ("kind", "number"),
    CONSTRAINT "document_issue_kind" CHECK ("kind" IN ('deletion-concept', 'processing-record', 'security-measures')),
    CONSTRAINT "document_issue_number" CHECK ("number" > 0)
);

-- Written once: nobody changes or deletes what was issued.
GRANT SELECT, INSERT ON "document_issue" TO "buergerdraht_api";
