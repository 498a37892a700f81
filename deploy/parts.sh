# shellcheck shell=sh disable=SC2034,SC2154
# The parts of host.sh in their order; each may be run again. Variables come from host.sh.

packages() {
    step 'Packages of Debian'
    wanted="postgresql-$postgres postgresql-$postgres-postgis-3 python3 python3-venv nginx openssl ca-certificates pgbackrest age"
    [ -z "$acme" ] || wanted="$wanted certbot"
    missing=
    for package in $wanted; do
        [ "$(dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null)" = installed ] || missing="$missing $package"
    done
    [ -z "$missing" ] || change "install$missing" install_packages
}

install_packages() {
    apt-get -qq update
    # shellcheck disable=SC2086
    apt-get -qq install -y --no-install-recommends $missing >/dev/null
}

people() {
    step 'Users and folders'
    # No password, no shell: its processes start as it, nobody else does.
    id servicemap >/dev/null 2>&1 || change 'make the user servicemap' \
        useradd --system --user-group --home-dir "$state" --no-create-home --shell /usr/sbin/nologin servicemap
    folder "$home" 755 root:root
    folder "$home/releases" 755 root:root
    put /usr/local/sbin/servicemap-manage 755 root:root <<'CONF'
#!/bin/sh
# servicemap-manage COMMAND…: manage.py as the service's own user, with its variables.
set -eu
dry=
. /opt/servicemap/current/deploy/lib.sh
manage "$@"
CONF
    folder "$settings" 750 root:root
    folder "$state" 700 servicemap:servicemap
    folder /var/cache/nginx 755 root:root
    folder /var/lib/servicemap-acme 755 root:root
}

code_beside() {
    step 'The code'
    release=$(release_of "$source")
    if [ -e "$home/current" ]; then
        present=$(basename "$(readlink "$home/current")")
        [ "$present" = "$release" ] || say "$present runs here, not $release: deploy/upgrade.sh brings the other."
        return 0
    fi
    [ -e "$home/releases/$release/.ready" ] || change "build the release $release" build "$release"
    change "let $home/current lead to it" ln -sfn "releases/$release" "$home/current"
}

database() {
    step 'Database'
    # Nothing listens on the network; no statement and no value of one reaches the log; each change is kept for a restore.
    put "/etc/postgresql/$postgres/main/conf.d/servicemap.conf" 644 root:root <<'CONF'
listen_addresses = ''
jit = off
log_min_error_statement = panic
log_parameter_max_length_on_error = 0
archive_mode = on
archive_command = 'pgbackrest --stanza=map archive-push %p'
archive_timeout = 60
CONF
    if [ -n "$touched" ] || ! pg_lsclusters -h 2>/dev/null | grep -q "^$postgres  *main .*online"; then
        change 'start PostgreSQL' start_database
    fi
    [ "$(sql -c "SELECT 1 FROM pg_roles WHERE rolname = 'servicemap'" 2>/dev/null)" = 1 ] ||
        change 'make the login servicemap, no superuser' sql -c 'CREATE ROLE servicemap LOGIN'
    [ "$(sql -c "SELECT 1 FROM pg_database WHERE datname = 'servicemap'" 2>/dev/null)" = 1 ] ||
        change 'make the database servicemap' sql -c "CREATE DATABASE servicemap OWNER servicemap TEMPLATE template0
            ENCODING 'UTF8' LOCALE 'C.UTF-8' LOCALE_PROVIDER icu ICU_LOCALE 'ru'"
    [ "$(sql -d servicemap -c "SELECT 1 FROM pg_extension WHERE extname = 'postgis'" 2>/dev/null)" = 1 ] ||
        change 'put PostGIS into it' sql -d servicemap -c 'CREATE EXTENSION postgis'
    [ "$(sql -c "SELECT 1 FROM pg_roles WHERE rolname = 'servicemap_public'" 2>/dev/null)" = 1 ] ||
        change "make the roles of the public" public_roles "$source"
}

public_roles() { sql -d servicemap <"$1/docker/roles.sql" >/dev/null; }

start_database() {
    if has_systemd; then
        systemctl restart "postgresql@$postgres-main"
    else
        pg_ctlcluster "$postgres" main restart
    fi
}

values() {
    step 'What the processes are told'
    variable DJANGO_SETTINGS_MODULE servicemap.settings.production
    variable SECRET_KEY "$(python3 -c 'import secrets; print(secrets.token_urlsafe(50))' 2>/dev/null || true)"
    variable ALLOWED_HOSTS "$domain"
    variable SITE_ADDRESS "https://$domain"
    # By the socket, as the user of the same name: there is no password that could be read.
    variable DATABASE_URL 'postgis://servicemap@/servicemap?host=/run/postgresql'
    variable VAR_DIR "$state"
    # The processes of one machine count wrong passwords together.
    variable CACHE_URL "filecache://$state/cache"
    variable TRUSTED_PROXY_COUNT 1
    variable LOG_FORMAT json
    variable DEFAULT_FROM_EMAIL "${from:-map@$domain}" ${from:+always}
    variable NETWORK_EMAIL "${from:-map@$domain}" ${from:+always}
    variable BACKUP_STAMP /var/lib/servicemap-backup/last
    variable RESTORE_STAMP /var/lib/servicemap-backup/rehearsed
    [ -z "$mail" ] || variable EMAIL_URL "$mail" always
}

tables() {
    step 'Tables and words'
    code=$home/current
    if manage migrate --check >/dev/null 2>&1; then return 0; fi
    change 'make the tables' migrate_and_fill
}

migrate_and_fill() {
    manage migrate --no-input --verbosity 0
    manage begin_network >/dev/null
    manage load_vocabulary >/dev/null
    manage rebuild_directory >/dev/null
}

certificates() {
    step 'Certificate'
    folder "$settings/tls" 700 root:root
    changed_certificate=
    if [ -n "$certificate" ]; then
        put "$settings/tls/certificate.pem" 644 root:root <"$certificate"
        changed_certificate=$touched
        put "$settings/tls/key.pem" 600 root:root <"$key"
        changed_certificate=$changed_certificate$touched
    elif [ ! -e "$settings/tls/certificate.pem" ]; then
        change 'make a certificate for the time being, which browsers warn of' provisional_certificate
    fi
    [ -z "$acme" ] || put /etc/letsencrypt/renewal-hooks/deploy/servicemap 755 root:root <<CONF
#!/bin/sh
# certbot calls it with a new certificate in hand.
set -e
install -m 644 "\$RENEWED_LINEAGE/fullchain.pem" $settings/tls/certificate.pem
install -m 600 "\$RENEWED_LINEAGE/privkey.pem" $settings/tls/key.pem
nginx -t -q && nginx -s reload
CONF
}

provisional_certificate() {
    openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 30 -subj "/CN=$domain" \
        -addext "subjectAltName=DNS:$domain" -keyout "$settings/tls/key.pem" -out "$settings/tls/certificate.pem" 2>/dev/null
    chmod 600 "$settings/tls/key.pem"
}

front() {
    step 'nginx'
    renewed=$changed_certificate filled=$(mktemp)
    # Two listeners where the machine speaks both; MAP_HOST and the certificate are the places to fill.
    sixth='' && [ ! -e /proc/net/if_inet6 ] || sixth=yes
    sed -e "s|MAP_HOST|$domain|g" -e "s|CERTIFICATE_KEY|$settings/tls/key.pem|" \
        -e "s|\(ssl_certificate \)CERTIFICATE|\1$settings/tls/certificate.pem|" \
        ${sixth:+-e 's/^\( *\)listen 443 \(.*\);/&\n\1listen [::]:443 \2;/'} "$source/deploy/nginx/servicemap.conf" >"$filled"
    put /etc/nginx/conf.d/servicemap.conf 644 root:root <"$filled"
    renewed=$renewed$touched
    sed -e "s|MAP_HOST|$domain|g" ${sixth:+-e 's/^\( *\)listen 80;/&\n\1listen [::]:80;/'} "$source/deploy/nginx/street.conf" >"$filled"
    put /etc/nginx/conf.d/servicemap-street.conf 644 root:root <"$filled"
    rm -f "$filled"
    renewed=$renewed$touched
    if [ -e /etc/nginx/sites-enabled/default ]; then
        change 'take the sample page away' rm -f /etc/nginx/sites-enabled/default
        renewed=yes
    fi
    # Debian's own lines would write the addresses of readers.
    if grep -Eq '^\s*(error_log /var/log/nginx/error.log;|access_log /var/log/nginx/access.log;)' /etc/nginx/nginx.conf 2>/dev/null; then
        change 'keep addresses out of the logs of nginx' sed -i -E /etc/nginx/nginx.conf \
            -e 's|^(\s*error_log /var/log/nginx/error.log);|\1 crit;|' -e 's|^(\s*)access_log /var/log/nginx/access.log;|\1access_log off;|'
        renewed=yes
    fi
    [ -z "$renewed" ] || change 'check and load the file' load_front
    if [ -n "$acme" ] && [ ! -e "/etc/letsencrypt/live/$domain/fullchain.pem" ]; then
        change "ask for a certificate of $domain" certbot certonly --non-interactive --agree-tos --email "$acme" \
            --webroot --webroot-path /var/lib/servicemap-acme --domain "$domain"
    fi
}

load_front() {
    nginx -t -q
    has_systemd || return 0
    systemctl enable --quiet nginx
    systemctl reload-or-restart nginx
}

backups() {
    step 'Backups'
    folder /var/lib/servicemap-backup 755 postgres:postgres
    [ -s "$settings/repository.pass" ] || change 'make the password of the backups' repository_password
    put /etc/pgbackrest.conf 640 root:postgres <<CONF
[global]
repo1-path=/var/lib/pgbackrest
repo1-cipher-type=aes-256-cbc
repo1-cipher-pass=$(cat "$settings/repository.pass" 2>/dev/null || true)
repo1-retention-full=2
repo1-bundle=y
compress-type=zst
start-fast=y
log-level-console=warn
log-level-file=off

[map]
pg1-path=$cluster
pg1-socket-path=/run/postgresql
CONF
    [ -z "$backup_key" ] || put "$settings/backup.pub" 644 root:root <<CONF
$backup_key
CONF
    # Where the folder is closed to postgres, the public key is read by a way of its own.
    [ ! -e "$settings/backup.pub" ] || put /var/lib/servicemap-backup/key.pub 644 root:root <"$settings/backup.pub"
    if ! runuser -u postgres -- pgbackrest --stanza=map info 2>/dev/null | grep -q 'status: \(ok\|error (no valid backups)\)'; then
        change 'open the place for backups' runuser -u postgres -- pgbackrest --stanza=map stanza-create
    fi
}

# The half that signs stays root's; people print the other one (docs/operations/blocked.md).
emergency_copies() {
    step 'Emergency copy'
    [ -s "$settings/copy.pem" ] || change 'make the key that signs the emergency copy' copy_key
    # «Здоровье» reads its age.
    variable COPY_STAMP "$state/copy/current/manifest.json"
}

copy_key() {
    (umask 077 && openssl genpkey -algorithm ed25519 -out "$settings/copy.pem")
}

repository_password() {
    (umask 077 && python3 -c 'import secrets; print(secrets.token_urlsafe(48))' >"$settings/repository.pass")
}

units() {
    step 'Units'
    reloaded='' started=''
    for unit in "$source"/deploy/systemd/*.service "$source"/deploy/systemd/*.timer; do
        put "/etc/systemd/system/${unit##*/}" 644 root:root <"$unit"
        reloaded=$reloaded$touched
    done
    if [ -n "$reloaded" ] && has_systemd; then
        change 'read the units' systemctl daemon-reload
    fi
    wanted='servicemap-web.service servicemap-worker.service servicemap-watch.service servicemap-backup.timer servicemap-dump.timer'
    wanted="$wanted servicemap-copy.timer"
    [ ! -e "$settings/bot.env" ] || wanted="$wanted servicemap-bot.service"
    for unit in $wanted; do
        is_on "$unit" || change "enable $unit" systemctl enable --quiet "$unit"
        if has_systemd && ! systemctl is-active --quiet "$unit"; then
            change "start $unit" systemctl start "$unit"
            started=yes
        fi
    done
    # What is set anew is read at the start alone; those that were started just now are not disturbed again.
    if [ -n "$told_anew" ] && has_systemd && [ -z "$started" ]; then
        change 'start the processes again, with what they are told now' \
            systemctl try-restart servicemap-web servicemap-worker servicemap-watch servicemap-bot
    fi
    if has_systemd && [ -z "$dry" ]; then
        answers http://127.0.0.1:8000/readyz 60 || stop 'The pages do not answer: journalctl -u servicemap-web'
        say 'The pages answer.'
    fi
}

first_person() {
    step 'The first administrator'
    if [ -z "$administrator" ]; then
        say 'Nobody was named (--administrator ADDRESS).'
    elif manage first_administrator --exists >/dev/null 2>&1; then
        say "There is one already. A new link, where the first was not used: servicemap-manage first_administrator ADDRESS"
    else
        change "let $administrator in" manage first_administrator "$administrator"
    fi
    if [ -n "$administrator" ] && [ -n "$mail" ] && [ "$(cat "$settings/letter-tried" 2>/dev/null)" != "$(letter_mark)" ]; then
        change "send a test letter to $administrator" try_letter
    fi
}

# Remembered with the settings that it was tried with: others are tried again.
letter_mark() { printf '%s %s' "$administrator" "$mail" | sha256sum | cut -c1-64; }

try_letter() {
    manage test_letter "$administrator"
    letter_mark >"$settings/letter-tried"
}

last_look() {
    step 'A last look'
    [ -z "$dry" ] || return 0
    manage check --deploy --database default || stop 'The product finds a fault in its settings.'
    nginx -t -q && say 'nginx finds no fault in its files.'
    [ -n "$acme$certificate" ] || openssl verify "$settings/tls/certificate.pem" >/dev/null 2>&1 ||
        say 'To do: the certificate is ours for the time being. Repeat with --acme ADDRESS, or --certificate and --key.'
    grep -q '^EMAIL_URL=' "$variables" || say 'To do: letters go nowhere. Repeat with --mail URL.'
    [ -e "$settings/backup.pub" ] || say 'To do: no weekly copy for elsewhere. age-keygen on your own machine, then --backup-key age1…'
    say 'To do once: print the public half of the key that signs the emergency copy, and give it to the partners:'
    openssl pkey -in "$settings/copy.pem" -pubout | sed 's/^/     /'
    say "To do once: write the lines of $settings/repository.pass and $variables on paper; without them no backup opens."
}
