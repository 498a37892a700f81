#!/bin/bash
# deploy/backup.sh nightly|dump: as the user postgres, started by the timers beside; each touches its stamp when all of
# it went well, and the page «Здоровье» reads the stamp.
#   nightly   pgBackRest: full on Sundays, what changed on other days; with the kept changes, back to any minute
#   dump      one file that any PostgreSQL of this age or newer can read, sealed for whoever holds the other half of the
#             key; to be fetched to another place
set -euo pipefail
# Another network of the same cluster: its database, and a place of its own, or one would clear the other's away.
database=${BACKUP_DATABASE:-servicemap}
place=${BACKUP_PLACE:-/var/lib/servicemap-backup}
umask 077

# What a restore is compared with (deploy/drills/restore.py); counts alone.
manifest() {
    psql -X -q -A -t -v ON_ERROR_STOP=1 -d "$database" -c "SELECT json_build_object(
        'at', now(),
        'organizations', (SELECT count(*) FROM organizations_organization),
        'listings', (SELECT count(*) FROM directory_publiclisting),
        'checks', (SELECT count(*) FROM verification_check),
        'public_number', (SELECT max(public_number) FROM directory_directoryrevision))"
}

stamp() { # what is behind it stays readable: the time of the file is all that the page wants
    : >"$place/$1.part" && chmod 644 "$place/$1.part" && mv "$place/$1.part" "$place/$1"
}

case ${1:-} in
nightly)
    noted=$(manifest)
    kind=incr
    [ "$(date +%u)" != 7 ] || kind=full
    pgbackrest --stanza=map --type="$kind" backup
    printf '%s\n' "$noted" >"$place/manifest.json"
    stamp last
    ;;
dump)
    [ -s "$place/key.pub" ] || {
        echo 'No public key: deploy/host.sh DOMAIN --backup-key age1…' >&2
        exit 1
    }
    name=$place/map-$(date -u +%Y-%m-%d)
    # Who is signed in, and letters about accounts that wait, are of no use elsewhere.
    pg_dump -Fc --exclude-table-data=accounts_session --exclude-table-data=accounts_waitingletter "$database" |
        age -R "$place/key.pub" -o "$name.part"
    mv "$name.part" "$name.dump.age"
    pg_dumpall --roles-only --no-role-passwords | age -R "$place/key.pub" -o "$name.roles.age"
    manifest >"$name.manifest.json"
    find "$place" -name 'map-*' -mtime +14 -delete
    stamp dumped
    ;;
*)
    echo 'deploy/backup.sh nightly|dump' >&2
    exit 2
    ;;
esac
