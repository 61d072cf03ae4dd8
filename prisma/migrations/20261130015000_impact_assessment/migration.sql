ALTER TABLE "document_issue" DROP CONSTRAINT "document_issue_kind";
ALTER TABLE "document_issue" ADD CONSTRAINT "document_issue_kind"
  CHECK ("kind" IN ('deletion-concept', 'processing-record', 'security-measures', 'impact-assessment'));
