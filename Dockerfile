# One image, two commands: `make serve` (webserver) and `make daemon`. Both need the same DAGSTER_HOME volume.
FROM python:3.11.14-slim-bookworm

RUN apt-get update \
    && apt-get install -y --no-install-recommends make=4.3-4.1 \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --create-home --uid 10001 dive

WORKDIR /app
COPY requirements.lock pyproject.toml README.md ./
RUN pip install --no-cache-dir uv==0.13.9 && uv pip install --system --no-cache --compile-bytecode -r requirements.lock
COPY dive_assets ./dive_assets
COPY resources ./resources
COPY Makefile workspace.yaml dagster.yaml ./
RUN uv pip install --system --no-cache --compile-bytecode --no-deps . \
    && mkdir -p /app/.dagster_home /app/storage \
    && chown -R dive:dive /app

USER 10001
ENV DIVE_STORAGE=/app/storage
VOLUME ["/app/.dagster_home", "/app/storage"]
EXPOSE 3000
CMD ["make", "serve"]
