# One image, two commands: the API with the web inbox (the default), and the worker.
#   docker build -t buergerdraht .
ARG NODE=node:22-bookworm-slim

FROM ${NODE} AS build
WORKDIR /src
COPY . .
# The same script that CI runs, boots and tests without containers.
RUN node scripts/build-production.mjs /out

FROM ${NODE}
ENV NODE_ENV=production HOST=0.0.0.0 DATA_DIR=/var/lib/buergerdraht LEDGER_DIR=/var/lib/buergerdraht-ledger
# Everything that is written lives in the data directory; the rest of the file system may be read-only.
RUN groupadd --gid 10001 buergerdraht \
  && useradd --uid 10001 --gid 10001 --no-create-home --home-dir /nonexistent --shell /usr/sbin/nologin buergerdraht \
  && install -d -o buergerdraht -g buergerdraht -m 0700 /var/lib/buergerdraht /var/lib/buergerdraht-ledger \
  && printf '#!/bin/sh\nexec node /app/apps/server/dist/cli.js "$@"\n' > /usr/local/bin/buergerdraht \
  && chmod 0755 /usr/local/bin/buergerdraht
WORKDIR /app
COPY --from=build /out .
USER 10001:10001
VOLUME /var/lib/buergerdraht /var/lib/buergerdraht-ledger
EXPOSE 8080 8082
HEALTHCHECK --interval=10s --timeout=5s --start-period=60s \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT || 8080}/health/ready`).then((a) => process.exit(a.ok ? 0 : 1), () => process.exit(1))"]
STOPSIGNAL SIGTERM
CMD ["node", "apps/server/dist/api.js"]
