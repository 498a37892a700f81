#!/bin/sh
# deploy/host.sh DOMAIN: from a bare Debian 12 or 13 to a running map. Said once or ten times, it ends in the same state.
usage='deploy/host.sh DOMAIN [--dry-run]
  --administrator ADDRESS   the first person; a link to set a password is printed, good once and for an hour
  --mail URL                smtp+tls://user:password@host:587 (special letters as %40); a test letter goes to ADDRESS
  --from ADDRESS            the sender of letters, and where people write; without it map@DOMAIN
  --certificate FILE --key FILE   a certificate that you have
  --acme ADDRESS            or one of Let'"'"'s Encrypt, by certbot of Debian; DOMAIN must lead here already
  --backup-key age1…        public key for the weekly copy; its other half stays with you, never here
  --dry-run                 say what would be done, and do nothing'
set -eu
source=$(CDPATH='' cd -- "$(dirname -- "$0")/.." && pwd -P)
dry='' domain='' administrator='' mail='' from='' certificate='' key='' acme='' backup_key=''
# shellcheck source=deploy/lib.sh
. "$source/deploy/lib.sh"
# shellcheck source=deploy/parts.sh
. "$source/deploy/parts.sh"

while [ $# -gt 0 ]; do
    case $1 in
    --dry-run) dry=yes ;;
    --help | -h) printf '%s\n' "$usage" && exit 0 ;;
    --administrator | --mail | --from | --certificate | --key | --acme | --backup-key)
        [ $# -ge 2 ] || stop "$1 needs a value."
        case $1 in
        --administrator) administrator=$2 ;;
        --mail) mail=$2 ;;
        --from) from=$2 ;;
        --certificate) certificate=$2 ;;
        --key) key=$2 ;;
        --acme) acme=$2 ;;
        --backup-key) backup_key=$2 ;;
        esac
        shift
        ;;
    -*) stop "$1 is not known. $usage" ;;
    *)
        [ -z "$domain" ] || stop "One domain, please: $domain or $1?"
        domain=$1
        ;;
    esac
    shift
done

step 'This machine'
printf '%s' "$domain" | grep -Eqx '[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)+' ||
    stop "The domain is missing, or is none: «$domain». Like map.example.org. $usage"
[ "$(id -u)" = 0 ] || stop 'It sets up a machine: run it as root.'
[ -z "$certificate" ] || { [ -r "$certificate" ] && [ -r "$key" ]; } || stop '--certificate and --key name two files.'
case $backup_key in '' | age1*) ;; *) stop '--backup-key is the public half, and begins with age1.' ;; esac
# shellcheck disable=SC1091
case "$(. /etc/os-release && printf '%s %s' "$ID" "$VERSION_ID")" in
'debian 12') postgres=15 ;;
'debian 13') postgres=17 ;;
*) stop 'It knows Debian 12 and 13 alone.' ;;
esac
cluster=/var/lib/postgresql/$postgres/main
umask 022
has_systemd || say 'systemd does not run here: units are enabled, and start with the machine.'

packages
people
code_beside
database
values
tables
certificates
front
backups
emergency_copies
units
first_person
last_look

step "Changed: $changes"
[ -z "$dry" ] || say 'Nothing was done: this was a rehearsal.'
