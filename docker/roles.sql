-- What a superuser does once for the product, in the product's own database; safe to repeat:
--     psql -d servicemap -f docker/roles.sql
-- The owner of the database is the product's login; it is no superuser and may make no roles. `manage.py migrate` says
-- which tables the roles that are made here may read (directory/rights.py). To be repeated after an upgrade of
-- PostgreSQL or PostGIS, which may bring new functions; `manage.py check --database default` tells.
SET client_min_messages = warning;
DO $$
DECLARE
    product name := (SELECT pg_get_userbyid(datdba) FROM pg_database WHERE datname = current_database());
    named text;
BEGIN
    -- What public pages read under, inside of a process that may more.
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'servicemap_public') THEN
        CREATE ROLE servicemap_public NOLOGIN;
    END IF;
    EXECUTE format('GRANT servicemap_public TO %I', product);
    -- The login of the public face, in no other role, so that it has nothing to go back to or to take on. It gets its
    -- password from the operator: ALTER ROLE servicemap_reader PASSWORD '…'
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'servicemap_reader') THEN
        CREATE ROLE servicemap_reader LOGIN;
    END IF;
    ALTER ROLE servicemap_reader
        NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS NOINHERIT CONNECTION LIMIT 40;
    ALTER ROLE servicemap_reader SET default_transaction_read_only = on;
    ALTER ROLE servicemap_reader SET statement_timeout = '3s';
    ALTER ROLE servicemap_reader SET lock_timeout = '1s';
    ALTER ROLE servicemap_reader SET idle_in_transaction_session_timeout = '10s';
    ALTER ROLE servicemap_reader SET temp_file_limit = '256MB';

    EXECUTE format('REVOKE TEMPORARY ON DATABASE %I FROM PUBLIC', current_database());
    REVOKE CREATE ON SCHEMA public FROM PUBLIC;

    -- How many rows a table has, and where in the world its points lie, PostgreSQL and PostGIS tell everybody who may
    -- connect, also about tables that they may not read. Now they tell the product alone.
    REVOKE SELECT ON pg_class FROM PUBLIC;
    SELECT string_agg(quote_ident(attname), ', ') INTO named FROM pg_attribute
        WHERE attrelid = 'pg_class'::regclass AND attname NOT IN ('relpages', 'reltuples', 'relallvisible', 'relallfrozen')
        AND NOT attisdropped;
    EXECUTE format('GRANT SELECT (%s) ON pg_class TO PUBLIC', named);
    EXECUTE format('GRANT SELECT ON pg_class TO %I, pg_monitor', product);
    FOR named IN
        SELECT oid::regprocedure::text FROM pg_proc
        WHERE proname ~ '^(pg_stat_get_|pg_(relation|table|indexes|total_relation|database)_size$|pg_lock_status$)'
        OR proname ~ '^(_postgis_(stats|selectivity|join_selectivity|index_extent)|st_estimatedextent|st_estimated_extent)$'
        -- Large objects need no right to any table, and advisory locks could hold up the product's own.
        OR proname ~ '^(lo_|lo(create|creat|open|read|write|unlink|import|export)$|pg_(try_)?advisory_)'
    LOOP
        EXECUTE format('REVOKE EXECUTE ON FUNCTION %s FROM PUBLIC', named);
        EXECUTE format('GRANT EXECUTE ON FUNCTION %s TO %I, pg_monitor', named, product);
    END LOOP;
END $$;
