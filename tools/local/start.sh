#!/bin/sh
# start.sh NAME …: what bin/NAME does, under the first Python that is new enough; PYTHON names another.
# The system's own comes first: it is built with what test runs taught the compiler. One that was compiled on the
# machine seldom is, and takes a fifth longer for everything.
root=$(CDPATH= cd -- "$(dirname -- "$0")/../.." && pwd -P)
for python in ${PYTHON:-} /usr/bin/python3 python3 python3.14 python3.13 python3.12 python3.11; do
    if "$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
        PYTHONPATH="$root" exec "$python" -P -m tools.local "$@"
    fi
done
echo "Python 3.11 or newer is needed (python3)." >&2
exit 1
