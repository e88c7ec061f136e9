#!/usr/bin/env bash
# Ten minutes at half load, and whether anything grows: memory, threads, sockets, the ledger's log of writes.
# Needs nginx-light, wrk, sqlite3 and iproute2, and built benchmarks (bin/maven -q -DskipTests package). Starts the gateway itself, on a
# home of its own:   soak.sh [SECONDS]      PORT=8432
# Half of the measured throughput in whole answers, beside that streams of which every second one is left by its client.
set -euo pipefail
seconds=${1:-600} port=${PORT:-8432} here=$(cd "$(dirname "$0")" && pwd) root=$(cd "$(dirname "$0")/../.." && pwd)
run=$(mktemp -d)
java=$("$root/bin/find-jdk")/bin/java
cp "$here/nginx.conf" "$run/"
nginx -p "$run" -c "$run/nginx.conf"
started=()
end() {
  ((${#started[@]} == 0)) || kill "${started[@]}" 2>/dev/null || true
  kill "$(cat "$run/nginx.pid")"
  wait 2>/dev/null || true
  rm -rf "$run"
}
trap end EXIT

OPENAI_BASE_URL=http://127.0.0.1:9001/v1 OPENAI_API_KEY=none "$root/assay" --home "$run/home" serve --port "$port" 2>"$run/log" &
pid=$!
started+=("$pid")
# shellcheck disable=SC2034 # it only counts
for try in $(seq 3000); do
  curl -fs "http://127.0.0.1:$port/health/ready" >/dev/null && break
  kill -0 "$pid"
  sleep 0.1
done

load() { wrk -t1 -c64 -d"$1s" -s "$here/chat.lua" "http://127.0.0.1:$port/v1/chat/completions"; }
resident() { awk '/VmRSS/{print int($2/1024)}' "/proc/$pid/status"; }
threads() { find "/proc/$pid/task" -mindepth 1 -maxdepth 1 | wc -l; }
files() { find "/proc/$pid/fd" -mindepth 1 -maxdepth 1 | wc -l; }
log_of_writes() { stat -c %s "$run/home/assay.db-wal" | awk '{print int($1/1048576)}'; }
row() { printf '%6s s  %4d MiB resident  %3d threads  %4d files and sockets  WAL %3d MiB\n' "$1" "$(resident)" "$(threads)" "$(files)" "$(log_of_writes)"; }

streams() {
  local body='{"model":"sim/small","stream":true,"messages":[{"role":"user","content":"Say something long"}]}' n=0
  while true; do
    n=$((n + 1))
    curl -sN -o /dev/null -m "$((n % 2 ? 30 : 1))" -H 'content-type: application/json' -d "$body" \
      "http://127.0.0.1:$port/v1/chat/completions" || true
  done
}

load 20 >/dev/null
half=$(load 10 | awk '/Requests\/sec/{print int($2/2)}')
echo "half load: $half requests/s"
before_threads=$(threads) before_files=$(files)
"$java" -cp "$root/bench/target/bench.jar" dev.assay.bench.load.SteadyLoad "$port" "$half" 64 "$seconds" >"$run/steady" &
steady=$!
started+=("$steady")
clients=()
for client in $(seq 8); do
  streams &
  clients+=($!)
  started+=($!)
done

early=() late=() wal=0
for second in $(seq 10 10 "$seconds"); do
  sleep 10
  ((second % 30 == 0)) && row "$second"
  mib=$(log_of_writes)
  ((mib > wal)) && wal=$mib
  # The first fifth is warm-up; then the beginning is held against the end.
  ((second > seconds / 5 && second <= seconds * 2 / 5)) && early+=("$(resident)")
  ((second > seconds * 4 / 5)) && late+=("$(resident)")
done
kill "${clients[@]}"
wait "$steady" "${clients[@]}" 2>/dev/null || true
started=("$pid")
cat "$run/steady"
# Until the last streams that nobody reads have been read on for their usage, and connections rest.
sleep 35
row after

median() { printf '%s\n' "$@" | sort -n | awk '{v[NR] = $1} END {print v[int((NR + 1) / 2)]}'; }
failed=0
check() {
  if (($2)); then echo "ok    $1"; else echo "FAIL  $1"; failed=1; fi
}
a=$(median "${early[@]}") b=$(median "${late[@]}")
check "memory: $a MiB early, $b MiB late (at most a twentieth more)" "$((b * 20 <= a * 21))"
check "threads: $before_threads before, $(threads) after (at most 2 more)" "$(($(threads) <= before_threads + 2))"
check "files and sockets: $before_files before, $(files) after (at most 4 more)" "$(($(files) <= before_files + 4))"
clients_left=$(ss -Htn state established "( sport = :$port )" | wc -l)
check "connections of clients left: $clients_left" "$((clients_left == 0))"
check "largest WAL: $wal MiB (at most 256)" "$((wal <= 256))"
kill "$pid"
wait "$pid" || true
started=()
open=$(sqlite3 -readonly "$run/home/assay.db" 'SELECT count(*) FROM call_starts WHERE call_id NOT IN (SELECT id FROM ledger_calls)')
check "streams without an end in the ledger: $open" "$((open == 0))"
if "$root/assay" --home "$run/home" ledger verify; then check "the chain" 1; else check "the chain" 0; fi
exit "$failed"
