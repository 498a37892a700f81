#!/bin/sh
# deploy/upgrade.sh: brings the version that it lies in beside the one that runs, and changes over without a pause.
usage='Unpack the new version anywhere, then as root:
  deploy/upgrade.sh             backup, tables, change over, a look whether all is well
  deploy/upgrade.sh --prepare   only build it beside; nothing that runs is touched
  deploy/upgrade.sh --back      change over to the version before; tables stay as they are (they only ever grew)
  deploy/upgrade.sh --dry-run   say what would be done, and do nothing'
set -eu
source=$(CDPATH='' cd -- "$(dirname -- "$0")/.." && pwd -P)
dry='' back='' prepare='' acme='' certificate='' key='' backup_key='' changed_certificate=''
# shellcheck source=deploy/lib.sh
. "$source/deploy/lib.sh"
# shellcheck source=deploy/parts.sh
. "$source/deploy/parts.sh"

while [ $# -gt 0 ]; do
    case $1 in
    --dry-run) dry=yes ;;
    --prepare) prepare=yes ;;
    --back) back=yes ;;
    --help | -h) printf '%s\n' "$usage" && exit 0 ;;
    *) stop "$1 is not known. $usage" ;;
    esac
    shift
done
[ "$(id -u)" = 0 ] || stop 'It changes a machine: run it as root.'
[ -e "$home/current" ] || stop 'Nothing runs here yet: deploy/host.sh DOMAIN.'
domain=$(sed -n "s/^ALLOWED_HOSTS='\([^,']*\).*/\1/p" "$variables")
cluster=$(find /var/lib/postgresql -mindepth 2 -maxdepth 2 -name main | sort -V | tail -n 1)
postgres=$(basename "$(dirname "$cluster")")
running=$(basename "$(readlink "$home/current")")
umask 022

copy_first() {
    step 'A backup first'
    say "The public's revision is $(sql -d servicemap -c 'SELECT max(public_number) FROM directory_directoryrevision')."
    change 'back up' systemctl start servicemap-backup.service
}

tables_grow() {
    step 'Tables'
    code=$home/releases/$release
    public_roles "$source"
    if ! manage migrate --check >/dev/null 2>&1; then
        said=$(mktemp)
        change 'let the tables grow' grow_tables "$said"
        rm -f "$said"
    fi
    change 'load the words' manage load_vocabulary
}

# The new version answers beside the old one before anything of the old is stopped.
stand_in() {
    systemctl start servicemap-standin
    if answers http://127.0.0.1:8002/readyz 90; then return 0; fi
    systemctl stop servicemap-standin
    ln -sfn "releases/$running" "$home/current"
    stop 'The new version does not answer: journalctl -u servicemap-standin. What runs goes on as it is.'
}

# While `down` stands there nginx asks the one that stands in; requests that are under way end where they began.
lead_to() { # lead_to standin|web
    case $1 in
    standin) sed -i 's/\(server 127\.0\.0\.1:8000 max_fails=0\);/\1 down;/' /etc/nginx/conf.d/servicemap.conf ;;
    web) sed -i 's/\(server 127\.0\.0\.1:8000 max_fails=0\) down;/\1;/' /etc/nginx/conf.d/servicemap.conf ;;
    esac
    nginx -t -q
    systemctl reload nginx
    # Until the last request that was under way has its answer: who stops the process earlier cuts it off.
    sleep 1
    waited=0
    while [ "$waited" -lt 30 ] && grep -qsa '[s]hutting down' /proc/[0-9]*/cmdline; do
        sleep 1
        waited=$((waited + 1))
    done
}

pages_over() {
    lead_to standin
    systemctl restart servicemap-web
    answers http://127.0.0.1:8000/readyz 90 ||
        stop 'The pages are served by servicemap-standin; servicemap-web does not answer: journalctl -u servicemap-web'
    lead_to web
    systemctl stop servicemap-standin
}

change_over() {
    step 'Change over'
    change "let $home/current lead to $release" ln -sfn "releases/$release" "$home/current"
    change 'start the pages beside' stand_in
    change 'remember the version before' ln -sfn "releases/$running" "$home/previous"
    for unit in worker watch bot face; do
        is_on "servicemap-$unit" && change "start the $unit again" systemctl restart "servicemap-$unit"
    done
    change 'change the pages over' pages_over
}

look() {
    step 'A look'
    [ -z "$dry" ] || return 0
    code=$home/current
    manage check --deploy --database default || stop 'It finds a fault in the settings. The way back: deploy/upgrade.sh --back'
    manage rebuild_directory --check || stop 'The map differs from what was approved. The way back: deploy/upgrade.sh --back'
    say "$release runs. The way back: $home/current/deploy/upgrade.sh --back"
}

# Three stay: what runs, the one before, and one more.
tidy() {
    # shellcheck disable=SC2012
    ls -1t "$home/releases" | tail -n +4 | while read -r old; do
        case $old in "$release" | "$running") ;; *) change "take the release $old away" rm -rf "$home/releases/$old" ;; esac
    done
}

step 'Versions'
if [ -n "$back" ]; then
    [ -e "$home/previous" ] || stop 'There is no version before.'
    release=$(basename "$(readlink "$home/previous")")
    source=$home/releases/$release
else
    release=$(release_of "$source")
    [ -e "$home/releases/$release/.ready" ] || change "build the release $release" build "$release"
fi
say "$running runs; $release is to run."
[ -z "$prepare" ] || exit 0
[ "$release" != "$running" ] || {
    step "Changed: $changes"
    exit 0
}
has_systemd || stop 'systemd does not run here: there is nothing to change over.'
if [ -z "$back" ]; then
    copy_first
    tables_grow
fi
front
emergency_copies
# What is told anew is read when the processes change over: nothing is started again before.
told_anew=
units
change_over
look
[ -n "$back" ] || tidy
step "Changed: $changes"
