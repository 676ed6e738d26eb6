FROM python:3.11-slim-bookworm

RUN apt-get update \
    && apt-get install -y --no-install-recommends libpango-1.0-0 libpangoft2-1.0-0 \
        libharfbuzz-subset0 fontconfig fonts-nanum fonts-dejavu-core \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --system --create-home --uid 1000 wego \
    && install -d -o wego -g wego -m 0700 /data /backups

WORKDIR /app
COPY requirements.lock ./
RUN pip install --no-cache-dir --require-hashes -r requirements.lock

COPY . .
RUN find locale */locale -name '*.po' 2>/dev/null \
        | while read -r po; do pybabel --quiet compile -i "$po" -o "${po%.po}.mo" -D django; done \
    && python -m compileall -q manage.py wego members dues events \
    # fontconfig writes its cache where a read-only container cannot.
    && fc-cache --system-only

ENV PYTHONUNBUFFERED=1 WEGO_DATA_DIR=/data
USER wego
VOLUME /data /backups
EXPOSE 8000
CMD ["gunicorn", "-c", "python:wego.gunicorn", "wego.wsgi"]
