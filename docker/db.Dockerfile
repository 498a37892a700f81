# The official image with its own distribution's PostGIS package: it exists for every processor the image does.
FROM postgres:17-bookworm
RUN apt-get update \
    && apt-get install -y --no-install-recommends "postgresql-${PG_MAJOR}-postgis-3" \
    && rm -rf /var/lib/apt/lists/*
COPY roles.sql /
COPY db-roles.sh /docker-entrypoint-initdb.d/
