# The web client
FROM node:20-bookworm-slim AS web
WORKDIR /src/frontend
COPY frontend/package.json frontend/package-lock.json ./
RUN npm ci --no-audit --no-fund
COPY frontend ./
RUN npm run build

# The binary, with the client in it
FROM golang:1.26-bookworm AS build
ARG COMMIT=image
WORKDIR /src
COPY go.mod go.sum ./
RUN go mod download
COPY . .
COPY --from=web /src/frontend/dist ./frontend/dist
RUN CGO_ENABLED=0 go build -trimpath -ldflags "-s -w -X main.commit=${COMMIT}" -o /gaung ./api

# What runs: the binary, certificates for outgoing calls, nobody's account
FROM debian:bookworm-slim
RUN apt-get update && apt-get install -y --no-install-recommends ca-certificates && rm -rf /var/lib/apt/lists/* \
 && useradd --uid 10001 --create-home --home-dir /data gaung
USER gaung
COPY --from=build /gaung /usr/local/bin/gaung
ENV GAUNG_ENV=production GAUNG_DATA_DIR=/data GAUNG_ADDR=:8080
VOLUME /data
EXPOSE 8080
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=10s --timeout=4s --start-period=60s CMD ["gaung", "health"]
ENTRYPOINT ["gaung"]
CMD ["serve"]
