-- PostgreSQL's statistics are in its log: they must not hold the commonest tokens.
ALTER TABLE "search_entry" ALTER COLUMN "tokens" SET STATISTICS 0;
ALTER TABLE "search_prefix" ALTER COLUMN "prefix" SET STATISTICS 0, ALTER COLUMN "token" SET STATISTICS 0;
