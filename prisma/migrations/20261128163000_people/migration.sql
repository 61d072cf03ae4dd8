-- Who works here, and what takes a second person. (docs/adr: "What two persons decide is proposed")

ALTER TABLE "account"
  -- Two accounts of one person have the same. A second person is another person, not another account.
  ADD COLUMN "person_id" UUID NOT NULL DEFAULT gen_random_uuid(),
  ADD COLUMN "deputy_id" UUID,
  -- Grows with every change by an administrator.
  ADD COLUMN "revision" INTEGER NOT NULL DEFAULT 1;
ALTER TABLE "account" ADD CONSTRAINT "account_deputy_id_fkey" FOREIGN KEY ("deputy_id") REFERENCES "account"("id") ON DELETE SET NULL ON UPDATE CASCADE;
CREATE INDEX "account_display_name_id_idx" ON "account"("display_name", "id");

CREATE TABLE "invitation" (
    "account_id" UUID NOT NULL,
    "token_hash" BYTEA NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    CONSTRAINT "invitation_pkey" PRIMARY KEY ("account_id"),
    CONSTRAINT "invitation_account_id_fkey" FOREIGN KEY ("account_id") REFERENCES "account"("id") ON DELETE CASCADE ON UPDATE CASCADE
);
CREATE UNIQUE INDEX "invitation_token_hash_key" ON "invitation"("token_hash");

CREATE TABLE "proposal" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "kind" TEXT NOT NULL,
    "payload" JSONB NOT NULL,
    "key_id" UUID,
    "secret_sealed" BYTEA,
    "object_id" UUID,
    "concerns_id" UUID,
    "basis" TEXT NOT NULL,
    "state" TEXT NOT NULL DEFAULT 'open',
    "proposed_by" UUID NOT NULL,
    "proposed_at" TIMESTAMPTZ(3) NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "decided_by" UUID,
    "decided_at" TIMESTAMPTZ(3),
    CONSTRAINT "proposal_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "proposal_state" CHECK ("state" IN ('open', 'approved', 'refused', 'withdrawn', 'expired')),
    CONSTRAINT "proposal_decided" CHECK (("state" = 'approved' OR "state" = 'refused') = ("decided_by" IS NOT NULL)),
    -- Whatever the program does: nobody is their own second person.
    CONSTRAINT "proposal_second" CHECK ("decided_by" IS NULL OR ("decided_by" <> "proposed_by" AND "decided_by" IS DISTINCT FROM "concerns_id")),
    CONSTRAINT "proposal_secret" CHECK (("key_id" IS NULL) = ("secret_sealed" IS NULL) AND ("key_id" IS NULL OR "state" = 'open'))
);
-- Of one matter one proposal waits.
CREATE UNIQUE INDEX "proposal_open_key" ON "proposal"("kind", coalesce("object_id", '00000000-0000-0000-0000-000000000000')) WHERE "state" = 'open';
CREATE INDEX "proposal_proposed_at_idx" ON "proposal"("proposed_at");

-- The program deals with proposals by itself: who may propose and who may approve what is a matter of kinds, not of tables.
GRANT SELECT, INSERT, UPDATE ON "proposal" TO "buergerdraht_api";
GRANT SELECT ("id", "state", "expires_at", "decided_at", "key_id"), UPDATE ("state", "key_id", "secret_sealed"), DELETE ON "proposal" TO "buergerdraht_worker";

GRANT SELECT, INSERT, UPDATE, DELETE ON "invitation" TO "buergerdraht_api";
GRANT DELETE ON "team" TO "buergerdraht_api";
-- Closing a team hands over its conversations: by their ids, without anything that they hold.
GRANT SELECT ("id", "team_id", "state"), UPDATE ("team_id") ON "conversation" TO "buergerdraht_api";
GRANT SELECT ("team_id"), UPDATE ("team_id") ON "search_entry" TO "buergerdraht_api";
-- What somebody held who is gone is looked for every few seconds.
CREATE INDEX "conversation_held_idx" ON "conversation"("assignee_id") WHERE "assignee_id" IS NOT NULL AND "state" = 'open';
GRANT SELECT ("account_id", "expires_at") ON "invitation" TO "buergerdraht_technical";
GRANT SELECT ("person_id", "deputy_id", "revision"), INSERT ("id", "email", "display_name", "role", "created_at", "person_id"),
  UPDATE ("display_name", "role", "disabled_at", "deputy_id", "revision") ON "account" TO "buergerdraht_technical";
GRANT INSERT, DELETE ON "team_member" TO "buergerdraht_technical";
GRANT INSERT, UPDATE ("name") ON "team" TO "buergerdraht_technical";

-- An administrator gives and takes away roles; those that two persons give, they cannot give alone, whatever the program does.
CREATE FUNCTION "refuse_role_given_alone"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF current_user = 'buergerdraht_technical' AND new.role NOT IN ('clerk', 'team-lead') AND (tg_op = 'INSERT' OR new.role <> old.role) THEN
    RAISE EXCEPTION 'the role % is given by two persons', new.role USING ERRCODE = 'insufficient_privilege';
  END IF;
  RETURN new;
END $$;
CREATE TRIGGER "account_role_given" BEFORE INSERT OR UPDATE OF "role" ON "account" FOR EACH ROW EXECUTE FUNCTION "refuse_role_given_alone"();
