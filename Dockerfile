# The web client
FROM node:20-bookworm-slim AS web
WORKDIR /src/frontend
COPY frontend/package.json frontend/package-lock.json ./
RUN npm ci --no-audit --no-fund
COPY frontend ./
RUN npm run build

# The binary
FROM golang:1.26-bookworm AS build
WORKDIR /src
COPY go.mod go.sum ./
RUN go mod download
COPY . .
COPY --from=web /src/frontend/dist ./frontend/dist
RUN CGO_ENABLED=0 go build -trimpath -ldflags "-s -w" -o /gaung ./api

# What runs: the binary, nothing else, without root
FROM debian:bookworm-slim
RUN useradd --uid 10001 --create-home --home-dir /data gaung
USER gaung
COPY --from=build /gaung /usr/local/bin/gaung
ENV GAUNG_ENV=production GAUNG_DATA_DIR=/data GAUNG_ADDR=:8080
VOLUME /data
EXPOSE 8080
ENTRYPOINT ["gaung"]
CMD ["serve"]
