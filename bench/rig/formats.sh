#!/usr/bin/env bash
# What crossing formats costs: requests that stay in their format beside requests that cross, over the same instant upstream.
# Needs nginx-light and wrk. Start the gateway first with OPENAI_BASE_URL=http://127.0.0.1:9001/v1,
# ANTHROPIC_BASE_URL=http://127.0.0.1:9001 and any keys, then: formats.sh PORT [SECONDS]     ROUNDS=n, 5 by default
set -euo pipefail
port=${1:?port of the running gateway} seconds=${2:-6} here=$(cd "$(dirname "$0")" && pwd)
run=$(mktemp -d); cp "$here/nginx.conf" "$run/"
nginx -p "$run" -c "$run/nginx.conf"
trap 'kill "$(cat "$run/nginx.pid")"; rm -rf "$run"' EXIT
sleep 0.5
load() { DOOR=$1 MODEL=$2 wrk -t1 -c64 -d"${3}s" -s "$here/formats.lua" "http://127.0.0.1:$port/" | awk '/Non-2xx/{bad=$NF} /Requests\/sec/{r=$2} END{if (bad) {print "non-2xx: " bad > "/dev/stderr"; exit 1} print r}'; }
for door in chat messages; do for model in openai/gpt-4o-mini anthropic/claude-sonnet-4-6; do load $door $model 6 >/dev/null; done; done   # warm-up
for round in $(seq "${ROUNDS:-5}"); do
  cc=$(load chat openai/gpt-4o-mini "$seconds"); ca=$(load chat anthropic/claude-sonnet-4-6 "$seconds")
  ma=$(load messages anthropic/claude-sonnet-4-6 "$seconds"); mo=$(load messages openai/gpt-4o-mini "$seconds")
  awk -v cc="$cc" -v ca="$ca" -v ma="$ma" -v mo="$mo" 'BEGIN{printf "chat>openai %.0f/s  chat>anthropic %.0f/s (%.3f)  messages>anthropic %.0f/s (%.3f)  messages>openai %.0f/s (%.3f)\n", cc, ca, ca/cc, ma, ma/cc, mo, mo/cc}'
done
