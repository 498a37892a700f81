#!/bin/sh
# Brings the database to the state of this image; safe to repeat.
set -e
python manage.py migrate --no-input
python manage.py begin_network
python manage.py load_vocabulary
python manage.py rebuild_directory
if [ "${DEMO_NETWORK:-off}" = "on" ]; then
    python manage.py load_demo --if-empty
    echo "Demonstration logins:"
    cat var/demo-logins.json
fi
