# shellcheck shell=sh disable=SC2034,SC2154
# What host.sh and upgrade.sh share. Each step looks first, says what it changes, and changes nothing twice.
# Set before: source (the code that this file belongs to), dry ("" or what is said instead of doing).
home=/opt/servicemap settings=/etc/servicemap state=/var/lib/servicemap
variables=$settings/web.env
changes=0 touched='' told_anew=''
export LC_ALL=C.UTF-8 DEBIAN_FRONTEND=noninteractive

step() { printf '\n== %s\n' "$*"; }
say() { printf '   %s\n' "$*"; }
stop() {
    printf 'STOPPED: %s\n' "$*" >&2
    exit 1
}

# change WORDS COMMAND…: says it, and does it unless this is a rehearsal. `touched` tells the caller.
change() {
    words=$1
    shift
    changes=$((changes + 1)) touched=yes
    printf ' + %s\n' "$words"
    [ -n "$dry" ] || "$@"
}

# put FILE MODE OWNER: standard input becomes the file, unless it is that already.
put() {
    touched=
    new=$(mktemp)
    cat >"$new"
    if ! cmp -s "$new" "$1" || [ "$(stat -c '%a %U:%G' "$1")" != "$2 $3" ]; then
        change "write $1" install -D -m "$2" -o "${3%:*}" -g "${3#*:}" "$new" "$1"
    fi
    rm -f "$new"
}

folder() { # folder PATH MODE OWNER
    [ "$(stat -c '%a %U:%G' "$1" 2>/dev/null)" = "$2 $3" ] ||
        change "make the folder $1" install -d -m "$2" -o "${3%:*}" -g "${3#*:}" "$1"
}

# variable NAME VALUE [always]: a line of the processes' environment; one that is there is the operator's own and stays.
variable() {
    case $2 in *\'*) stop "$1 may not hold the character '." ;; esac
    stands=$(sed -n "s/^$1='\(.*\)'\$/\1/p" "$variables" 2>/dev/null || true)
    if [ -n "$stands" ] && { [ "${3:-}" != always ] || [ "$stands" = "$2" ]; }; then return 0; fi
    change "set $1 in $variables" write_variable "$1" "$2"
    told_anew=yes
}

write_variable() {
    new=$(mktemp "$settings/.web.XXXXXX")
    if [ -f "$variables" ]; then grep -v "^$1=" "$variables" >"$new" || true; fi
    printf "%s='%s'\n" "$1" "$2" >>"$new"
    chmod 0400 "$new"
    mv "$new" "$variables"
}

# One name for one state of the code, however it came here.
release_of() {
    (cd "$1" && find . \( -name .git -o -name .venv -o -name var -o -name node_modules -o -name staticfiles -o -name media \
        -o -name __pycache__ -o -name '.*_cache' \) -prune -o -type f ! -name '*.mo' ! -name '*.pyc' ! -name .ready -print0 |
        sort -z | xargs -0 sha256sum | sha256sum | cut -c1-12)
}

# A release is a folder that is finished or not there: its code, its packages, its catalogues and static files.
build() { # build NAME
    target=$home/releases/$1
    rm -rf "$target"
    install -d -m 0755 "$target"
    tar -C "$source" -c --exclude=./.git --exclude=./.venv --exclude=./var --exclude=node_modules --exclude=./staticfiles \
        --exclude=./media --exclude=__pycache__ --exclude='*.mo' --exclude='.*_cache' . | tar -C "$target" -x --no-same-owner
    chmod -R u=rwX,go=rX "$target"
    python3 -m venv "$target/.venv"
    "$target/.venv/bin/pip" install --quiet --no-cache-dir --require-hashes --no-deps --only-binary :all: \
        -r "$target/requirements.txt"
    (
        # Neither command opens a connection; the values only let the settings load.
        export DJANGO_SETTINGS_MODULE=servicemap.settings.trial SECRET_KEY=build ALLOWED_HOSTS=build
        export DATABASE_URL=postgres://build/build
        cd "$target" || exit
        .venv/bin/python manage.py compile_catalogues >/dev/null
        .venv/bin/python manage.py collectstatic --no-input --verbosity 0
    )
    "$target/.venv/bin/python" -m compileall -q -x '/(\.venv|node_modules)/' "$target" >/dev/null || true
    touch "$target" "$target/.ready"
}

# manage COMMAND…: manage.py of a release (`code`) as the service's own user, with the service's variables.
manage() {
    (
        set -a
        # shellcheck disable=SC1090
        . "$variables"
        set +a
        cd "${code:-$home/current}" || exit
        exec runuser -u servicemap -- .venv/bin/python manage.py "$@"
    )
}

# How often a change of tables is tried while somebody is in its way, and how long it may make readers wait each time.
tries=40 patience=500ms

# One try is over as soon as it has made a reader wait for half a second.
grow_tables() {
    number=1
    until PGOPTIONS="-c lock_timeout=$patience -c statement_timeout=15min" manage migrate --no-input --verbosity 0 2>"$1"; do
        grep -q 'lock timeout' "$1" || {
            tail -n 5 "$1" >&2
            stop 'The tables could not be changed. What runs goes on as it is.'
        }
        [ "$number" -lt "$tries" ] || stop "Somebody was in the way $tries times: try at a quieter hour. What runs goes on."
        number=$((number + 1))
        sleep 1
    done
    say "Done at try $number."
}

sql() { runuser -u postgres -- psql -X -q -A -t -v ON_ERROR_STOP=1 "$@"; }

# Whether this machine has been started by systemd: in an empty root nothing can be started, and the script says so.
has_systemd() { [ -d /run/systemd/system ]; }

is_on() { [ "$(systemctl is-enabled "$1" 2>/dev/null)" = enabled ]; }

# answers URL SECONDS: whether it says 200 before the time is up.
answers() {
    python3 - "$1" "$2" "$(sed -n "s/^ALLOWED_HOSTS='\([^,']*\).*/\1/p" "$variables")" <<'PY'
import sys, time, urllib.request
url, seconds, host = sys.argv[1], float(sys.argv[2]), sys.argv[3]
until = time.monotonic() + seconds
while True:
    try:
        urllib.request.urlopen(urllib.request.Request(url, headers={"Host": host}), timeout=5)
        break
    except OSError:
        if time.monotonic() > until:
            sys.exit(1)
        time.sleep(0.3)
PY
}
