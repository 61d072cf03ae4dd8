-- The roles of Bürgerdraht (docs/operations.md, "The database's roles"). To be run in the office's own database by a superuser, once before the
-- first `buergerdraht migrate` and after an update that says so; harmless to repeat:
--   psql -d buergerdraht -f roles.sql
-- Roles belong to the whole server. Nobody can log in with the three log-in roles until they have passwords:
--   \password buergerdraht_owner    \password buergerdraht_api    \password buergerdraht_worker

DO $$
DECLARE
  role text;
  thing record;
BEGIN
  -- Roles are the whole server's: two databases that are set up at once wait for each other here.
  BEGIN
    LOCK TABLE pg_catalog.pg_authid IN SHARE ROW EXCLUSIVE MODE;
  EXCEPTION WHEN insufficient_privilege THEN NULL;
  END;
  FOREACH role IN ARRAY ARRAY['buergerdraht_staff', 'buergerdraht_records', 'buergerdraht_metadata', 'buergerdraht_technical', 'buergerdraht_auditor'] LOOP
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = role) THEN
      EXECUTE format('CREATE ROLE %I NOLOGIN', role);
    END IF;
  END LOOP;
  -- NOINHERIT: the api has the rights of a viewer only for as long as it takes them on.
  FOREACH role IN ARRAY ARRAY['buergerdraht_owner', 'buergerdraht_api', 'buergerdraht_worker'] LOOP
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = role) THEN
      EXECUTE format('CREATE ROLE %I LOGIN NOINHERIT', role);
    END IF;
  END LOOP;
  FOREACH role IN ARRAY ARRAY['buergerdraht_staff', 'buergerdraht_records', 'buergerdraht_metadata', 'buergerdraht_technical', 'buergerdraht_auditor'] LOOP
    IF NOT EXISTS (SELECT FROM pg_auth_members WHERE roleid = role::regrole AND member = 'buergerdraht_api'::regrole) THEN
      EXECUTE format('GRANT %I TO buergerdraht_api', role);
    END IF;
  END LOOP;

  -- Nobody but the owner makes anything here, not even for a while.
  EXECUTE format('REVOKE ALL ON DATABASE %I FROM PUBLIC', current_database());
  EXECUTE format('GRANT CONNECT ON DATABASE %I TO buergerdraht_owner, buergerdraht_api, buergerdraht_worker', current_database());
  EXECUTE format('GRANT CREATE ON DATABASE %I TO buergerdraht_owner', current_database());
  REVOKE CREATE ON SCHEMA public FROM PUBLIC;
  GRANT USAGE, CREATE ON SCHEMA public TO buergerdraht_owner;

  -- What an earlier release made belonged to whoever migrated.
  FOR thing IN
    SELECT format('%I', nspname) AS schema FROM pg_namespace
    WHERE nspname = 'queue' AND nspowner <> 'buergerdraht_owner'::regrole
  LOOP
    EXECUTE format('ALTER SCHEMA %s OWNER TO buergerdraht_owner', thing.schema);
  END LOOP;
  FOR thing IN
    SELECT format('%I.%I', n.nspname, c.relname) AS name, CASE c.relkind WHEN 'v' THEN 'VIEW' WHEN 'S' THEN 'SEQUENCE' ELSE 'TABLE' END AS kind
    FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE n.nspname IN ('public', 'queue') AND c.relkind IN ('r', 'p', 'v', 'S') AND c.relowner <> 'buergerdraht_owner'::regrole
      AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.objid = c.oid AND d.classid = 'pg_class'::regclass AND d.deptype IN ('a', 'i', 'e'))
  LOOP
    EXECUTE format('ALTER %s %s OWNER TO buergerdraht_owner', thing.kind, thing.name);
  END LOOP;
  FOR thing IN
    SELECT p.oid::regprocedure AS name FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
    WHERE n.nspname IN ('public', 'queue') AND p.proowner <> 'buergerdraht_owner'::regrole
      AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.objid = p.oid AND d.classid = 'pg_proc'::regclass AND d.deptype = 'e')
  LOOP
    EXECUTE format('ALTER ROUTINE %s OWNER TO buergerdraht_owner', thing.name);
  END LOOP;
  FOR thing IN
    SELECT format('%I.%I', n.nspname, t.typname) AS name FROM pg_type t JOIN pg_namespace n ON n.oid = t.typnamespace
    WHERE n.nspname IN ('public', 'queue') AND t.typtype = 'e' AND t.typowner <> 'buergerdraht_owner'::regrole
  LOOP
    EXECUTE format('ALTER TYPE %s OWNER TO buergerdraht_owner', thing.name);
  END LOOP;
END
$$;
