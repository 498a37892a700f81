#!/bin/sh
# Once, when the volume is empty: the product's login, which owns its database and is no superuser, and the roles of the
# public; the login of a public face gets a password where one is set.
set -e
psql -v ON_ERROR_STOP=1 -v password="$POSTGRES_PASSWORD" -U postgres -d postgres <<'SQL'
CREATE ROLE servicemap LOGIN PASSWORD :'password';
CREATE DATABASE servicemap OWNER servicemap;
\connect servicemap
CREATE EXTENSION postgis;
\i /roles.sql
SQL
if [ -n "$READER_PASSWORD" ]; then
    psql -v ON_ERROR_STOP=1 -v password="$READER_PASSWORD" -U postgres -d postgres <<'SQL'
ALTER ROLE servicemap_reader PASSWORD :'password';
SQL
fi
