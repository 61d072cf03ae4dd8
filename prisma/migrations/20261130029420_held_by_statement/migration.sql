-- The last guard of what is held: what holds is gathered once a statement, and no longer asked again with each row that it deletes. `is_held` says the same of
-- one object; a test holds the two against each other.
CREATE OR REPLACE FUNCTION "refuse_deleting_held"() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE
  everything boolean;
  clusters text[];
  people uuid[];
  matters uuid[];
  objects uuid[];
  held boolean;
BEGIN
  PERFORM pg_advisory_xact_lock_shared(7319, 10);
  IF NOT EXISTS (SELECT FROM "public"."legal_hold" h WHERE h.ended_at IS NULL) THEN
    RETURN NULL;
  END IF;
  SELECT coalesce(bool_or(h.scope = 'EVERYTHING'), false), array_agg(h.cluster) FILTER (WHERE h.scope = 'CLUSTER'),
      array_agg(h.object_id) FILTER (WHERE h.scope = 'CONTACT'), array_agg(h.object_id) FILTER (WHERE h.scope = 'CONVERSATION'),
      array_agg(h.object_id) FILTER (WHERE h.scope NOT IN ('EVERYTHING', 'CLUSTER', 'CONTACT', 'CONVERSATION'))
    INTO everything, clusters, people, matters, objects
    FROM "public"."legal_hold" h WHERE h.ended_at IS NULL AND (h.expires_at IS NULL OR h.expires_at > now());
  IF TG_TABLE_NAME = 'contact' THEN
    -- One that has become part of another is not destroyed; what names it has moved along.
    SELECT true INTO held FROM "deleted" d WHERE (everything OR d.cluster = ANY (clusters) OR d.id = ANY (people) OR d.id = ANY (objects))
      AND (d.id::text IS DISTINCT FROM current_setting('app.merged_contact', true) OR EXISTS (SELECT FROM "public"."legal_hold" h WHERE h.object_id = d.id))
      AND NOT EXISTS (SELECT FROM "public"."deletion_run_item" i WHERE i.object_id = d.id AND i.state = 'condemned') LIMIT 1;
  ELSIF TG_TABLE_NAME = 'conversation' THEN
    SELECT true INTO held FROM "deleted" d
      WHERE (everything OR d.cluster = ANY (clusters) OR d.contact_id = ANY (people) OR d.id = ANY (matters) OR d.id = ANY (objects))
      AND NOT EXISTS (SELECT FROM "public"."deletion_run_item" i WHERE i.object_id = d.id AND i.state = 'condemned') LIMIT 1;
  ELSIF TG_TABLE_NAME = 'attachment' THEN
    SELECT true INTO held FROM "deleted" d LEFT JOIN "public"."conversation" c ON c.id = d.conversation_id
      WHERE (everything OR d.cluster = ANY (clusters) OR c.contact_id = ANY (people) OR d.conversation_id = ANY (matters) OR d.id = ANY (objects)
        OR d.conversation_id = ANY (objects))
      AND NOT EXISTS (SELECT FROM "public"."deletion_run_item" i WHERE i.object_id IN (d.id, d.conversation_id) AND i.state = 'condemned') LIMIT 1;
  ELSE
    SELECT true INTO held FROM "deleted" d LEFT JOIN "public"."conversation" c ON c.id = d.conversation_id
      WHERE (everything OR c.cluster = ANY (clusters) OR c.contact_id = ANY (people) OR d.conversation_id = ANY (matters) OR d.id = ANY (objects)
        OR d.conversation_id = ANY (objects))
      AND NOT EXISTS (SELECT FROM "public"."deletion_run_item" i WHERE i.object_id IN (d.id, d.conversation_id) AND i.state = 'condemned') LIMIT 1;
  END IF;
  IF held THEN
    RAISE EXCEPTION 'what is to be deleted is held' USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NULL;
END $$;
