-- One more way by which something leaves, and how the looks at places go at which answers are fetched.
ALTER TABLE "hand_over" DROP CONSTRAINT "hand_over_way", DROP CONSTRAINT "hand_over_failure";
ALTER TABLE "hand_over"
    ADD CONSTRAINT "hand_over_way" CHECK ("way" IN ('folder', 'webdav', 'sftp', 'download')),
    ADD CONSTRAINT "hand_over_failure" CHECK ("failure" IN ('unreachable', 'wrong-host', 'login-refused', 'refused', 'disk-full', 'not-writable', 'package-missing',
      'key-missing', 'too-large', 'defect'));

CREATE TABLE "answer_look" (
    "way" TEXT NOT NULL,
    -- The last one that worked.
    "looked_at" TIMESTAMPTZ(3),
    "failing_since" TIMESTAMPTZ(3),
    "fault" TEXT,
    CONSTRAINT "answer_look_pkey" PRIMARY KEY ("way"),
    CONSTRAINT "answer_look_way" CHECK ("way" IN ('folder', 'webdav', 'sftp')),
    CONSTRAINT "answer_look_fault" CHECK ("fault" IN ('unreachable', 'wrong-host', 'login-refused', 'no-access', 'not-put-away', 'not-understood', 'defect')),
    CONSTRAINT "answer_look_failing" CHECK (("failing_since" IS NULL) = ("fault" IS NULL))
);

GRANT SELECT, INSERT, UPDATE ON "answer_look" TO "buergerdraht_worker";
GRANT SELECT ON "answer_look" TO "buergerdraht_api";
