# Milepost as a container: Debian slim, not root, no compiler. The database runs in another container (compose.yaml).
# A tag can come to mean another image, a digest cannot: to take a newer image, change both, here and in compose.yaml.
FROM node:24-bookworm-slim@sha256:6f7b03f7c2c8e2e784dcf9295400527b9b1270fd37b7e9a7285cf83b6951452d AS packages
WORKDIR /milepost
COPY package.json package-lock.json .npmrc ./
COPY prisma ./prisma
COPY deploy ./deploy
RUN npm ci --omit=dev && npm run slim

FROM node:24-bookworm-slim@sha256:6f7b03f7c2c8e2e784dcf9295400527b9b1270fd37b7e9a7285cf83b6951452d
ENV NODE_ENV=production \
    HOST=0.0.0.0 \
    PORT=3000 \
    MILEPOST_DATA_DIR=/milepost/data
WORKDIR /milepost
COPY --from=packages /milepost ./
COPY src ./src
COPY --from=packages /milepost/src/infra/prisma ./src/infra/prisma
COPY adaptive-cards ./adaptive-cards
RUN mkdir data && chown node:node data
USER node
EXPOSE 3000
HEALTHCHECK --interval=10s --timeout=3s --start-period=30s --retries=3 \
  CMD ["/milepost/node_modules/.bin/node", "-e", "fetch('http://127.0.0.1:' + process.env.PORT + '/healthz').then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))"]
# Node is the first process and gets the signals: on SIGTERM it finishes what is in progress. It is the one that the lock
# file holds by its hash, not the image's. Memory that nothing needs any more is collected once it is half of what is needed.
CMD ["/milepost/node_modules/.bin/node", "--disable-warning=ExperimentalWarning", "--max-semi-space-size=4", "--heap-growing-percent=50", "src/app/main.ts"]
