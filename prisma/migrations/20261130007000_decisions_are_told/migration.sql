ALTER TABLE "live_event" DROP CONSTRAINT "live_event_type";
ALTER TABLE "live_event" ADD CONSTRAINT "live_event_type" CHECK ("type" IN ('message.stored', 'message.changed', 'conversation.changed', 'presence.changed', 'channel.changed', 'decision.changed'));
-- It says that something is another, never what: whoever hears it asks, and is answered what they may see.
ALTER TABLE "live_event" ADD CONSTRAINT "live_event_decision" CHECK ("type" <> 'decision.changed'
  OR "team_id" IS NULL AND "conversation_id" IS NULL AND "message_id" IS NULL AND NOT "inbound");

-- Whatever changes what two persons decide tells it, once a transaction, by whichever way it was changed. Deferred, because the lock of "publish" is
-- held until commit and nothing slow may follow it; with the owner's rights, because of those who propose few may tell anybody anything.
CREATE FUNCTION "tell_decision"() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
  IF current_setting('app.decision_told', true) = 'yes' THEN
    RETURN NULL;
  END IF;
  PERFORM set_config('app.decision_told', 'yes', true);
  PERFORM "public"."publish"('{decision.changed}', '{NULL}', '{NULL}', '{NULL}', '{false}', now());
  RETURN NULL;
END $$;

CREATE CONSTRAINT TRIGGER "proposal_told" AFTER INSERT OR UPDATE ON "proposal"
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION "tell_decision"();
CREATE CONSTRAINT TRIGGER "deletion_run_told" AFTER INSERT OR UPDATE OF "state", "paused", "failure" ON "deletion_run"
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION "tell_decision"();
CREATE CONSTRAINT TRIGGER "legal_hold_told" AFTER INSERT OR UPDATE ON "legal_hold"
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION "tell_decision"();
CREATE CONSTRAINT TRIGGER "data_subject_request_told" AFTER INSERT OR UPDATE ON "data_subject_request"
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION "tell_decision"();
CREATE CONSTRAINT TRIGGER "emergency_access_told" AFTER INSERT OR UPDATE ON "emergency_access"
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION "tell_decision"();
