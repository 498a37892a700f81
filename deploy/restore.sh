#!/bin/bash
# deploy/restore.sh: a backup back into use, or tried without touching anything that runs.
usage='As root, on the machine of the map (deploy/host.sh made it):
  deploy/restore.sh --rehearse                   the newest backup into a folder of its own, nine looks, and away again
  deploy/restore.sh --to "2026-11-29 14:03:00+00" --yes    the map as it was then; --to latest: as late as possible
  deploy/restore.sh --dump FILE.dump.age --identity KEYFILE --yes    from the weekly copy, with the key from your drawer
  --until MOMENT   until when the lost server may have sent letters (2026-11-29T08:00Z); without it: until now'
set -euo pipefail
source=$(CDPATH='' cd -- "$(dirname -- "$0")/.." && pwd -P)
dry='' rehearse='' to='' dump='' identity='' yes='' until=''
# shellcheck source=deploy/lib.sh
. "$source/deploy/lib.sh"
there=/var/lib/servicemap-rehearsal port=54399
while [ $# -gt 0 ]; do
    case $1 in
    --rehearse) rehearse=yes ;;
    --yes) yes=yes ;;
    --to | --dump | --identity | --until)
        [ $# -ge 2 ] || stop "$1 needs a value."
        case $1 in --to) to=$2 ;; --dump) dump=$2 ;; --identity) identity=$2 ;; --until) until=$2 ;; esac
        shift
        ;;
    --help | -h) printf '%s\n' "$usage" && exit 0 ;;
    *) stop "$1 is not known. $usage" ;;
    esac
    shift
done
[ "$(id -u)" = 0 ] || stop 'It brings a machine back: run it as root.'
cluster=$(find /var/lib/postgresql -mindepth 2 -maxdepth 2 -name main | sort -V | tail -n 1)
postgres=$(basename "$(dirname "$cluster")")
programs=/usr/lib/postgresql/$postgres/bin
pages='servicemap-worker servicemap-web servicemap-standin servicemap-watch servicemap-bot servicemap-face'
began=$(date +%s)

as_postgres() { runuser -u postgres -- "$@"; }

# The rehearsal's own database, its own folder, and a mail server that takes everything and sends nothing.
# shellcheck disable=SC2034
manage_there() {
    (
        set -a
        # shellcheck disable=SC1090
        . "$variables"
        DATABASE_URL="postgis://servicemap@/servicemap?host=$there&port=$port" VAR_DIR=$there/var
        EMAIL_URL=dummymail:// NOTICE_EMAIL_URL='' CACHE_URL=locmemcache:// INDEX_FROM=0
        set +a
        cd "$home/current"
        exec runuser -u servicemap -- .venv/bin/python manage.py "$@"
    )
}

# Nothing of the copy reaches the real place of backups: archive_mode is off, and it answers on one socket alone.
start_copy() {
    cat >"$there/postgresql.conf" <<CONF
data_directory = '$there/data'
hba_file = '$there/hba'
listen_addresses = ''
unix_socket_directories = '$there'
port = $port
archive_mode = off
jit = off
log_min_error_statement = panic
log_parameter_max_length_on_error = 0
CONF
    printf 'local all all peer\n' >"$there/hba"
    chown postgres "$there/postgresql.conf" "$there/hba"
    as_postgres "$programs/pg_ctl" -D "$there/data" -o "-c config_file=$there/postgresql.conf" -l "$there/log" -w -t 900 \
        start >/dev/null
    while [ "$(sql -h "$there" -p $port -c 'SELECT pg_is_in_recovery()')" = t ]; do sleep 1; done
}

end_copy() {
    [ ! -d "$there/data" ] || as_postgres "$programs/pg_ctl" -D "$there/data" -m immediate stop >/dev/null 2>&1 || true
    rm -rf "$there"
}

rehearsal() {
    [ -s /var/lib/servicemap-backup/manifest.json ] || stop 'No backup was made yet: systemctl start servicemap-backup'
    step 'The newest backup, in a folder of its own'
    end_copy
    trap end_copy EXIT
    install -d -m 755 -o postgres -g postgres "$there"
    install -d -m 700 -o postgres -g postgres "$there/data"
    install -d -m 700 -o servicemap -g servicemap "$there/var"
    as_postgres pgbackrest --stanza=map --pg1-path="$there/data" --type=immediate --target-action=promote \
        --archive-mode=off restore
    start_copy
    sql -h "$there" -p $port -d servicemap -c 'TRUNCATE accounts_session' >/dev/null
    manage_there after_restore >/dev/null
    step 'Looks'
    seconds=$(($(date +%s) - began))
    manage_there migrate --check >/dev/null || stop 'Tables are missing that the code needs.'
    manage_there rebuild_directory --check || stop 'The map differs from what was approved.'
    install -m 444 /var/lib/servicemap-backup/manifest.json "$there/manifest.json"
    manage_there check_restored --manifest "$there/manifest.json" --seconds "$seconds"
    runuser -u postgres -- touch /var/lib/servicemap-backup/rehearsed
    chmod 644 /var/lib/servicemap-backup/rehearsed
}

rest_pages() {
    # shellcheck disable=SC2086
    systemctl stop $pages
}

wake_pages() {
    for unit in $pages; do
        if is_on "$unit"; then systemctl start "$unit"; fi
    done
    answers http://127.0.0.1:8000/readyz 90 || stop 'The pages do not answer: journalctl -u servicemap-web'
}

# Who was signed in is signed out, and no letter leaves a second time.
after() {
    sql -d servicemap -c 'TRUNCATE accounts_session' >/dev/null
    code=$home/current
    # shellcheck disable=SC2086
    manage after_restore ${until:+--until $until}
    manage migrate --no-input --verbosity 0
    manage rebuild_directory --check || manage rebuild_directory
}

back_to() {
    step "The map as it was at: $to"
    rest_pages
    systemctl stop "postgresql@$postgres-main"
    before=$cluster.before-$(date -u +%Y%m%dT%H%M%S)
    mv "$cluster" "$before"
    install -d -m 700 -o postgres -g postgres "$cluster"
    if [ "$to" = latest ]; then set -- --type=default; else set -- --type=time "--target=$to" --target-action=promote; fi
    as_postgres pgbackrest --stanza=map "$@" restore || {
        rm -rf "$cluster"
        mv "$before" "$cluster"
        systemctl start "postgresql@$postgres-main"
        wake_pages
        stop 'The backup could not be brought back; everything is as before.'
    }
    systemctl start "postgresql@$postgres-main"
    while [ "$(sql -c 'SELECT pg_is_in_recovery()' 2>/dev/null || echo t)" = t ]; do sleep 1; done
    after
    wake_pages
    say "What was there before lies in $before. Take it away when all is well."
}

from_dump() {
    step "The map from $dump"
    { [ -r "$dump" ] && [ -r "$identity" ]; } || stop '--dump and --identity name two files.'
    sql -c 'DROP DATABASE IF EXISTS servicemap_new' -c "CREATE DATABASE servicemap_new OWNER servicemap
        TEMPLATE template0 ENCODING 'UTF8' LOCALE 'C.UTF-8' LOCALE_PROVIDER icu ICU_LOCALE 'ru'"
    # The copy holds no roles: host.sh made them on this machine. A restore looks for nothing in any schema, and triggers
    # that compare points do not find the «=» of PostGIS then: it is told to look in `public`.
    age -d -i "$identity" "$dump" | as_postgres pg_restore -f - |
        sed "s/^SELECT pg_catalog.set_config('search_path', '', false);\$/SET search_path = public;/" |
        sql -d servicemap_new >/dev/null
    sql -d servicemap_new <"$source/docker/roles.sql" >/dev/null
    rest_pages
    before=servicemap_before_$(date -u +%Y%m%dT%H%M%S)
    sql -c "ALTER DATABASE servicemap RENAME TO \"$before\"" -c 'ALTER DATABASE servicemap_new RENAME TO servicemap'
    after
    wake_pages
    say "What was there before is the database $before. Drop it when all is well."
}

if [ -n "$rehearse" ]; then
    rehearsal
elif [ -n "$to" ] || [ -n "$dump" ]; then
    [ -n "$yes" ] || stop 'It puts the present map aside. Say --yes when you mean it.'
    if [ -n "$dump" ]; then from_dump; else back_to; fi
else
    stop "$usage"
fi
step "Done in $(($(date +%s) - began)) seconds"
