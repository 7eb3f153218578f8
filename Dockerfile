# One image for web, worker, beat and migrate; what differs is the command.
FROM node:24-slim AS packages
WORKDIR /build
COPY package.json package-lock.json .npmrc ./
RUN npm ci --ignore-scripts --omit=dev

FROM python:3.13-slim
ENV PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 COP_ENV=production STATE_DIR=/data
WORKDIR /app
COPY requirements.txt ./
RUN pip install --no-cache-dir --require-hashes -r requirements.txt
COPY . .
COPY --from=packages /build/node_modules ./node_modules
RUN python -m cop_platform.setup \
    && useradd --system --uid 10001 --home-dir /app cop \
    && mkdir -p /data /static && chown cop /data /static
# Static files are collected once, at build time; the secret here never serves a request.
RUN SECRET_KEY=build-time-only-build-time-only-build-time-only-0123 ALLOWED_HOSTS=localhost \
    DATABASE_URL=postgres://nobody@localhost/none REDIS_URL=redis://localhost STATIC_ROOT=/static \
    python manage.py collectstatic --noinput
ENV STATIC_ROOT=/static
USER cop
EXPOSE 8000
# The last piece of a large file is answered when it is checked and scanned for viruses.
CMD ["gunicorn", "cop_platform.wsgi:application", "--bind", "0.0.0.0:8000", "--workers", "3", \
    "--timeout", "150"]
