-- A line of the system that tells of what was said in another matter: when that was said. The citizen waits since then.
ALTER TABLE "message" ADD COLUMN "stated_at" TIMESTAMPTZ(3);

-- A wording is known by when it was said, which WhatsApp tells, whatever arrives in which order; it counted until the next one was said.
ALTER TABLE "message_version" RENAME COLUMN "replaced_at" TO "said_at";
UPDATE "message_version" v SET "said_at" = coalesce(was."replaced_at", m."sent_at")
  FROM (SELECT "message_id", "version",
      lag("said_at") OVER (PARTITION BY "message_id" ORDER BY "said_at", "version") AS "replaced_at" FROM "message_version") was
    JOIN "message" m ON m."id" = was."message_id"
  WHERE v."message_id" = was."message_id" AND v."version" = was."version";
