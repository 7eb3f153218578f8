# One image for web, workers, beat and migrate; what differs is the command. The worker that draws
# pages has a second one (`--target draw`): the same, and LibreOffice.
FROM node:24-slim AS packages
WORKDIR /build
COPY package.json package-lock.json .npmrc ./
RUN npm ci --ignore-scripts --omit=dev

FROM python:3.13-slim AS base
ENV PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 COP_ENV=production STATE_DIR=/data
WORKDIR /app
COPY requirements.txt ./
RUN pip install --no-cache-dir --require-hashes -r requirements.txt \
    && useradd --system --uid 10001 --home-dir /app cop \
    && mkdir -p /data /static && chown cop /data /static

# Before the code, so that a change of it does not install LibreOffice again. Beside it: what the
# locked room is made with, letters for the languages of the project, and fonts as wide as Word's.
FROM base AS office
RUN apt-get update -q \
    && apt-get install -q -y --no-install-recommends libreoffice-writer-nogui \
        libreoffice-impress-nogui libreoffice-calc-nogui mount util-linux fonts-noto-core \
        fonts-liberation fonts-crosextra-carlito fonts-crosextra-caladea \
    && rm -rf /var/lib/apt/lists/*

FROM base AS app
COPY . .
COPY --from=packages /build/node_modules ./node_modules
RUN python -m cop_platform.setup
# Static files are collected once, at build time; the secret here never serves a request.
RUN SECRET_KEY=build-time-only-build-time-only-build-time-only-0123 ALLOWED_HOSTS=localhost \
    DATABASE_URL=postgres://nobody@localhost/none REDIS_URL=redis://localhost STATIC_ROOT=/static \
    python manage.py collectstatic --noinput
ENV STATIC_ROOT=/static
USER cop

FROM office AS draw
COPY --from=app /app ./
COPY --from=app /static /static
ENV STATIC_ROOT=/static
USER cop

# The last one is what is built when nothing is said.
FROM app
EXPOSE 8000
# The last piece of a large file is answered when it is checked and scanned for viruses.
CMD ["gunicorn", "cop_platform.wsgi:application", "--bind", "0.0.0.0:8000", "--workers", "3", \
    "--timeout", "150"]
