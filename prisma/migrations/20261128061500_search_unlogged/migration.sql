-- What the index tells must be in no copy of the database: its tables leave the write-ahead log, replicas and base backups. They begin
-- empty; the worker fills them from the sealed messages, under a key that is as new as they are.
DROP TABLE "search_prefix";
DROP TABLE "search_entry";

CREATE UNLOGGED TABLE "search_entry" (
    "id" UUID NOT NULL,
    "conversation_id" UUID NOT NULL,
    "team_id" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "tokens" BIGINT[],

    CONSTRAINT "search_entry_pkey" PRIMARY KEY ("id")
);
CREATE INDEX "search_entry_conversation_id_idx" ON "search_entry"("conversation_id");
CREATE INDEX "search_entry_team_id_at_idx" ON "search_entry"("team_id", "at" DESC);
CREATE INDEX "search_entry_tokens_idx" ON "search_entry" USING GIN ("tokens");

CREATE UNLOGGED TABLE "search_prefix" (
    "prefix" BIGINT NOT NULL,
    "token" BIGINT NOT NULL,

    CONSTRAINT "search_prefix_pkey" PRIMARY KEY ("prefix","token")
);

CREATE UNLOGGED TABLE "search_generation" (
    "key_id" UUID NOT NULL,
    "wrapped" BYTEA NOT NULL,
    "kek_id" TEXT NOT NULL,
    "begun_at" TIMESTAMPTZ(3) NOT NULL,
    "reached_id" UUID,
    "reached_at" TIMESTAMPTZ(3),
    "completed_at" TIMESTAMPTZ(3),

    CONSTRAINT "search_generation_pkey" PRIMARY KEY ("key_id")
);

-- What the schema language cannot say ------------------------------------------------------------------------------

CREATE UNIQUE INDEX "search_generation_one" ON "search_generation"((true));
