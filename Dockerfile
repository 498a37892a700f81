FROM python:3.13-slim-bookworm

ENV PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    DJANGO_SETTINGS_MODULE=servicemap.settings.production

WORKDIR /app
COPY requirements.txt .
RUN pip install --no-cache-dir --require-hashes --no-deps --only-binary :all: -r requirements.txt

COPY . .
# Neither command opens a connection; the values only let the settings load.
RUN export DJANGO_SETTINGS_MODULE=servicemap.settings.trial SECRET_KEY=build ALLOWED_HOSTS=build DATABASE_URL=postgres://build/build \
    && python manage.py compile_catalogues \
    && python manage.py collectstatic --no-input \
    && useradd --system --home-dir /app --shell /usr/sbin/nologin map \
    && install -d -o map var
USER map

EXPOSE 8000
CMD ["granian", "--interface", "wsgi", "--host", "0.0.0.0", "--port", "8000", "--http", "1", "--no-ws", \
     "--blocking-threads", "160", "--respawn-failed-workers", "--workers-kill-timeout", "8", "--log-level", "error", "servicemap.wsgi:application"]
