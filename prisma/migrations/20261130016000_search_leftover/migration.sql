-- Words that something destroyed had: whether anything else has them is looked up once for a run, and not for each of its batches. In no log, as the
-- index that they are of, and empty with it after a crash.
CREATE UNLOGGED TABLE "search_leftover" (
    "token" BIGINT NOT NULL,

    CONSTRAINT "search_leftover_pkey" PRIMARY KEY ("token")
);
-- PostgreSQL logs its statistics.
ALTER TABLE "search_leftover" ALTER COLUMN "token" SET STATISTICS 0;

GRANT SELECT, INSERT, DELETE, TRUNCATE ON "search_leftover" TO "buergerdraht_worker";

-- PostgreSQL keeps new entries of such an index in a list that every look at it reads to its end. With its owner's rights, which that asks for.
CREATE FUNCTION "sort_in_search_entries"() RETURNS void LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  SELECT gin_clean_pending_list('"public"."search_entry_tokens_idx"'::regclass)
$$;
REVOKE EXECUTE ON FUNCTION "sort_in_search_entries" FROM PUBLIC;
GRANT EXECUTE ON FUNCTION "sort_in_search_entries" TO "buergerdraht_worker";
