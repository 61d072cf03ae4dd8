-- To announce is what a page does for screen readers; live events are published. Its body names it, so it is made anew.
DROP FUNCTION "announce"(text[], uuid[], uuid[], uuid[], boolean[], timestamptz);

-- Tells the browsers, as the last statement of a transaction. The lock is held until commit, so ids grow in the order of commits and
-- a reader that has seen an id has seen all before it. The notification carries nothing.
CREATE FUNCTION "publish"("types" text[], "teams" uuid[], "conversations" uuid[], "messages" uuid[], "inbounds" boolean[], "at" timestamptz)
RETURNS void LANGUAGE sql AS $$
  SELECT pg_advisory_xact_lock(7319, 1);
  INSERT INTO "live_event" ("type", "team_id", "conversation_id", "message_id", "inbound", "at")
    SELECT t, team, conversation, message, inbound, "publish"."at"
    FROM unnest("types", "teams", "conversations", "messages", "inbounds") WITH ORDINALITY AS e(t, team, conversation, message, inbound, n)
    ORDER BY n;
  SELECT pg_notify('live', '');
$$;
