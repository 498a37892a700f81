#!/bin/sh
# Once, when the volume is empty: the product's login, which owns its database and is no superuser.
set -e
psql -v ON_ERROR_STOP=1 -v password="$POSTGRES_PASSWORD" -U postgres -d postgres <<'SQL'
CREATE ROLE servicemap LOGIN PASSWORD :'password';
CREATE ROLE servicemap_public NOLOGIN;
GRANT servicemap_public TO servicemap;
CREATE DATABASE servicemap OWNER servicemap;
\connect servicemap
CREATE EXTENSION postgis;
SQL
