-- What people query: raw_calls, call_starts, call_attempts, call_deliveries, call_artifacts, scores (views) and groups,
-- group_members (tables). What is stored: tables named ledger_*. Storage may change; the views and the hashed record may not.
--
-- place: writer number * 2^48 + seq, so that (writer, seq) is the rowid and records are appended to the end of their table.
-- Times are microseconds since the epoch; costs are 10^-12 US dollars; digests and commitments are SHA-256.

CREATE TABLE ledger (
  id TEXT NOT NULL,
  secret BLOB NOT NULL,
  created_at INTEGER NOT NULL
) STRICT;

CREATE TABLE ledger_writers (
  number INTEGER PRIMARY KEY,
  name TEXT NOT NULL UNIQUE,
  created_at INTEGER NOT NULL
) STRICT;

-- A batch of records that became durable together. heads: the latest commits of the other writers.
CREATE TABLE ledger_commits (
  place INTEGER PRIMARY KEY,
  format INTEGER NOT NULL,
  first_seq INTEGER NOT NULL,
  last_seq INTEGER NOT NULL,
  heads BLOB,
  committed_at INTEGER NOT NULL,
  digest BLOB NOT NULL
) STRICT;

CREATE TABLE ledger_starts (
  place INTEGER PRIMARY KEY,
  call_id TEXT NOT NULL,
  parent_id TEXT,
  run_id TEXT,
  step TEXT,
  principal TEXT NOT NULL,
  model TEXT NOT NULL,
  group_name TEXT,
  request_commitment BLOB NOT NULL,
  metadata_commitment BLOB NOT NULL,
  created_at INTEGER NOT NULL,
  digest BLOB NOT NULL
) STRICT;
CREATE UNIQUE INDEX ledger_starts_call ON ledger_starts (call_id);

CREATE TABLE ledger_calls (
  place INTEGER PRIMARY KEY,
  id TEXT NOT NULL,
  parent_id TEXT,
  run_id TEXT,
  step TEXT,
  kind TEXT NOT NULL,
  principal TEXT NOT NULL,
  user_id TEXT,
  leader_id TEXT,
  provider TEXT NOT NULL,
  model TEXT NOT NULL,
  modality TEXT NOT NULL,
  status TEXT NOT NULL,
  delivered TEXT NOT NULL,
  error_code TEXT,
  latency_us INTEGER,
  ttft_us INTEGER,
  input_tokens INTEGER NOT NULL,
  cache_read_tokens INTEGER NOT NULL,
  cache_write_5m_tokens INTEGER NOT NULL,
  cache_write_1h_tokens INTEGER NOT NULL,
  output_tokens INTEGER NOT NULL,
  reasoning_tokens INTEGER NOT NULL,
  usage_provenance TEXT NOT NULL,
  cost INTEGER,
  cost_estimated INTEGER NOT NULL,
  price_version TEXT,
  request_hash BLOB,
  simulated INTEGER NOT NULL,
  attempts INTEGER NOT NULL,
  group_name TEXT,
  request_commitment BLOB,
  response_commitment BLOB,
  error_commitment BLOB,
  metadata_commitment BLOB,
  created_at INTEGER NOT NULL,
  digest BLOB NOT NULL
) STRICT;
CREATE UNIQUE INDEX ledger_calls_id ON ledger_calls (id);
CREATE INDEX ledger_calls_parent ON ledger_calls (parent_id, id) WHERE parent_id IS NOT NULL;
CREATE INDEX ledger_calls_run ON ledger_calls (run_id, id) WHERE run_id IS NOT NULL;
CREATE INDEX ledger_calls_failures ON ledger_calls (id) WHERE status <> 'success';

CREATE TABLE ledger_attempts (
  place INTEGER NOT NULL,
  number INTEGER NOT NULL,
  role TEXT NOT NULL,
  provider TEXT NOT NULL,
  model TEXT NOT NULL,
  endpoint TEXT,
  http_status INTEGER,
  error_code TEXT,
  retry_reason TEXT,
  delay_us INTEGER NOT NULL,
  latency_us INTEGER NOT NULL,
  input_tokens INTEGER NOT NULL,
  cache_read_tokens INTEGER NOT NULL,
  cache_write_5m_tokens INTEGER NOT NULL,
  cache_write_1h_tokens INTEGER NOT NULL,
  output_tokens INTEGER NOT NULL,
  reasoning_tokens INTEGER NOT NULL,
  usage_provenance TEXT NOT NULL,
  cost INTEGER,
  cost_estimated INTEGER NOT NULL,
  price_version TEXT,
  provider_request_id TEXT,
  sent_digest BLOB,
  received_digest BLOB,
  started_at INTEGER NOT NULL,
  PRIMARY KEY (place, number)
) STRICT, WITHOUT ROWID;

-- What can be erased, apart from the rest. place is the record that brought it: of a stream, the start brought the request.
CREATE TABLE ledger_bodies (
  place INTEGER PRIMARY KEY,
  request_nonce BLOB,
  request BLOB,
  response_nonce BLOB,
  response BLOB,
  error_nonce BLOB,
  error BLOB,
  metadata_nonce BLOB,
  metadata BLOB
) STRICT;

-- A recorded outcome did not reach its client.
CREATE TABLE ledger_deliveries (
  place INTEGER PRIMARY KEY,
  id TEXT NOT NULL,
  call_id TEXT NOT NULL,
  delivered TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  digest BLOB NOT NULL
) STRICT;
CREATE UNIQUE INDEX ledger_deliveries_id ON ledger_deliveries (id);
CREATE INDEX ledger_deliveries_call ON ledger_deliveries (call_id);

-- Changes of what is mutable (groups now; keys, budgets and configuration later).
CREATE TABLE ledger_events (
  place INTEGER PRIMARY KEY,
  id TEXT NOT NULL,
  event_type TEXT NOT NULL,
  subject TEXT NOT NULL,
  principal TEXT NOT NULL,
  details TEXT,
  created_at INTEGER NOT NULL,
  digest BLOB NOT NULL
) STRICT;
CREATE UNIQUE INDEX ledger_events_id ON ledger_events (id);

CREATE TABLE ledger_scores (
  place INTEGER PRIMARY KEY,
  id TEXT NOT NULL,
  call_id TEXT NOT NULL,
  name TEXT NOT NULL,
  value REAL NOT NULL,
  source TEXT NOT NULL CHECK (source IN ('person', 'judge', 'rule')),
  comment TEXT,
  created_at INTEGER NOT NULL,
  digest BLOB NOT NULL
) STRICT;
CREATE UNIQUE INDEX ledger_scores_id ON ledger_scores (id);
CREATE INDEX ledger_scores_call ON ledger_scores (call_id);

CREATE TABLE ledger_artifacts (
  place INTEGER PRIMARY KEY,
  id TEXT NOT NULL,
  call_id TEXT,
  artifact_type TEXT NOT NULL,
  uri TEXT NOT NULL,
  content_type TEXT NOT NULL,
  byte_size INTEGER NOT NULL,
  content_digest TEXT NOT NULL,
  metadata_json TEXT,
  created_at INTEGER NOT NULL,
  digest BLOB NOT NULL
) STRICT;
CREATE UNIQUE INDEX ledger_artifacts_id ON ledger_artifacts (id);
CREATE INDEX ledger_artifacts_call ON ledger_artifacts (call_id);

-- Mutable from here on.
CREATE TABLE groups (
  id TEXT PRIMARY KEY,
  group_type TEXT NOT NULL,
  name TEXT NOT NULL,
  description TEXT,
  created_at TEXT NOT NULL,
  metadata_json TEXT,
  members INTEGER NOT NULL DEFAULT 0,
  UNIQUE (group_type, name)
) STRICT, WITHOUT ROWID;

CREATE TABLE group_members (
  group_id TEXT NOT NULL,
  call_id TEXT NOT NULL,
  added_at TEXT NOT NULL,
  position INTEGER NOT NULL,
  role TEXT,
  PRIMARY KEY (group_id, call_id)
) STRICT, WITHOUT ROWID;

-- Totals of the calls up to the place of the progress row 'rollups'; the few behind it are added up by the reader.
-- size: seconds of the bucket; start: seconds since the epoch.
CREATE TABLE ledger_rollups (
  size INTEGER NOT NULL,
  start INTEGER NOT NULL,
  provider TEXT NOT NULL,
  model TEXT NOT NULL,
  status TEXT NOT NULL,
  kind TEXT NOT NULL,
  principal TEXT NOT NULL,
  error_code TEXT NOT NULL,
  simulated INTEGER NOT NULL,
  calls INTEGER NOT NULL,
  input_tokens INTEGER NOT NULL,
  cache_read_tokens INTEGER NOT NULL,
  cache_write_5m_tokens INTEGER NOT NULL,
  cache_write_1h_tokens INTEGER NOT NULL,
  output_tokens INTEGER NOT NULL,
  reasoning_tokens INTEGER NOT NULL,
  cost INTEGER NOT NULL,
  unknown_costs INTEGER NOT NULL,
  latency_us INTEGER NOT NULL,
  latencies BLOB,
  PRIMARY KEY (size, start, provider, model, status, kind, principal, error_code, simulated)
) STRICT, WITHOUT ROWID;

-- How far something derived has come, as the place of the last record that it took in.
CREATE TABLE ledger_progress (
  name TEXT PRIMARY KEY,
  place INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE VIEW raw_calls AS SELECT
  c.id AS id,
  c.parent_id AS parent_id,
  c.run_id AS run_id,
  c.step AS step,
  c.kind AS kind,
  c.principal AS principal,
  c.user_id AS user_id,
  c.leader_id AS leader_id,
  c.provider AS provider,
  c.model AS model,
  c.modality AS modality,
  c.status AS status,
  coalesce((SELECT d.delivered FROM ledger_deliveries d WHERE d.call_id = c.id ORDER BY d.place DESC LIMIT 1), c.delivered) AS delivered,
  CAST(coalesce(b.request, (SELECT sb.request FROM ledger_starts s JOIN ledger_bodies sb ON sb.place = s.place WHERE s.call_id = c.id)) AS TEXT)
    AS request_json,
  CAST(b.response AS TEXT) AS response_json,
  CAST(b.error AS TEXT) AS error_json,
  c.latency_us / 1000.0 AS latency_ms,
  c.ttft_us / 1000.0 AS ttft_ms,
  json_object('input', c.input_tokens, 'cache_read', c.cache_read_tokens, 'cache_write_5m', c.cache_write_5m_tokens,
    'cache_write_1h', c.cache_write_1h_tokens, 'output', c.output_tokens, 'reasoning', c.reasoning_tokens,
    'total', c.input_tokens + c.cache_read_tokens + c.cache_write_5m_tokens + c.cache_write_1h_tokens + c.output_tokens,
    'provenance', c.usage_provenance) AS tokens_json,
  CASE WHEN c.cost IS NOT NULL THEN rtrim(rtrim(printf('%d.%012d', c.cost / 1000000000000, c.cost % 1000000000000), '0'), '.') END AS cost_usd,
  c.price_version AS price_version,
  CASE WHEN c.request_hash IS NOT NULL THEN lower(hex(c.request_hash)) END AS request_hash,
  CAST(b.metadata AS TEXT) AS metadata_json,
  strftime('%Y-%m-%dT%H:%M:%S', c.created_at / 1000000, 'unixepoch') || printf('.%06dZ', c.created_at % 1000000) AS created_at,
  c.error_code AS error_code,
  c.cost_estimated AS cost_estimated,
  c.simulated AS simulated,
  c.attempts AS attempts,
  w.name AS writer,
  c.place & 281474976710655 AS seq
FROM ledger_calls c
JOIN ledger_writers w ON w.number = c.place >> 48
LEFT JOIN ledger_bodies b ON b.place = c.place;

CREATE VIEW call_starts AS SELECT
  s.call_id AS call_id,
  s.parent_id AS parent_id,
  s.run_id AS run_id,
  s.step AS step,
  s.principal AS principal,
  s.model AS model,
  strftime('%Y-%m-%dT%H:%M:%S', s.created_at / 1000000, 'unixepoch') || printf('.%06dZ', s.created_at % 1000000) AS created_at,
  w.name AS writer,
  s.place & 281474976710655 AS seq
FROM ledger_starts s
JOIN ledger_writers w ON w.number = s.place >> 48;

CREATE VIEW call_attempts AS SELECT
  c.id AS call_id,
  a.number AS number,
  a.role AS role,
  a.provider AS provider,
  a.model AS model,
  a.endpoint AS endpoint,
  a.http_status AS http_status,
  a.error_code AS error_code,
  a.retry_reason AS retry_reason,
  a.delay_us / 1000.0 AS delay_ms,
  a.latency_us / 1000.0 AS latency_ms,
  json_object('input', a.input_tokens, 'cache_read', a.cache_read_tokens, 'cache_write_5m', a.cache_write_5m_tokens,
    'cache_write_1h', a.cache_write_1h_tokens, 'output', a.output_tokens, 'reasoning', a.reasoning_tokens,
    'total', a.input_tokens + a.cache_read_tokens + a.cache_write_5m_tokens + a.cache_write_1h_tokens + a.output_tokens,
    'provenance', a.usage_provenance) AS tokens_json,
  CASE WHEN a.cost IS NOT NULL THEN rtrim(rtrim(printf('%d.%012d', a.cost / 1000000000000, a.cost % 1000000000000), '0'), '.') END AS cost_usd,
  a.price_version AS price_version,
  a.provider_request_id AS provider_request_id,
  lower(hex(a.sent_digest)) AS sent_digest,
  lower(hex(a.received_digest)) AS received_digest,
  strftime('%Y-%m-%dT%H:%M:%S', a.started_at / 1000000, 'unixepoch') || printf('.%06dZ', a.started_at % 1000000) AS started_at
FROM ledger_attempts a
JOIN ledger_calls c ON c.place = a.place;

CREATE VIEW call_deliveries AS SELECT
  d.call_id AS call_id,
  d.delivered AS delivered,
  strftime('%Y-%m-%dT%H:%M:%S', d.created_at / 1000000, 'unixepoch') || printf('.%06dZ', d.created_at % 1000000) AS created_at,
  w.name AS writer,
  d.place & 281474976710655 AS seq
FROM ledger_deliveries d
JOIN ledger_writers w ON w.number = d.place >> 48;

CREATE VIEW call_artifacts AS SELECT
  a.id AS id,
  a.call_id AS call_id,
  a.artifact_type AS artifact_type,
  a.uri AS uri,
  a.content_type AS content_type,
  a.byte_size AS byte_size,
  a.content_digest AS digest,
  a.metadata_json AS metadata_json,
  strftime('%Y-%m-%dT%H:%M:%S', a.created_at / 1000000, 'unixepoch') || printf('.%06dZ', a.created_at % 1000000) AS created_at,
  w.name AS writer,
  a.place & 281474976710655 AS seq
FROM ledger_artifacts a
JOIN ledger_writers w ON w.number = a.place >> 48;

CREATE VIEW scores AS SELECT
  s.call_id AS call_id,
  s.name AS name,
  s.value AS value,
  s.source AS source,
  s.comment AS comment,
  strftime('%Y-%m-%dT%H:%M:%S', s.created_at / 1000000, 'unixepoch') || printf('.%06dZ', s.created_at % 1000000) AS created_at,
  w.name AS writer,
  s.place & 281474976710655 AS seq
FROM ledger_scores s
JOIN ledger_writers w ON w.number = s.place >> 48;

-- Immutability. REPLACE deletes the row that is in its way without asking the DELETE trigger, so an existing key is refused before that.
CREATE TRIGGER ledger_no_update BEFORE UPDATE ON ledger BEGIN SELECT RAISE(ABORT, 'ledger is immutable'); END;
CREATE TRIGGER ledger_no_delete BEFORE DELETE ON ledger BEGIN SELECT RAISE(ABORT, 'ledger is immutable'); END;
CREATE TRIGGER ledger_no_replace BEFORE INSERT ON ledger WHEN EXISTS (SELECT 1 FROM ledger) BEGIN SELECT RAISE(ABORT, 'ledger is immutable'); END;
CREATE TRIGGER ledger_writers_no_update BEFORE UPDATE ON ledger_writers BEGIN SELECT RAISE(ABORT, 'ledger_writers is immutable'); END;
CREATE TRIGGER ledger_writers_no_delete BEFORE DELETE ON ledger_writers BEGIN SELECT RAISE(ABORT, 'ledger_writers is immutable'); END;
CREATE TRIGGER ledger_writers_no_replace BEFORE INSERT ON ledger_writers WHEN EXISTS (SELECT 1 FROM ledger_writers WHERE number = NEW.number) OR EXISTS (SELECT 1 FROM ledger_writers WHERE name = NEW.name) BEGIN SELECT RAISE(ABORT, 'ledger_writers is immutable'); END;
CREATE TRIGGER ledger_commits_no_update BEFORE UPDATE ON ledger_commits BEGIN SELECT RAISE(ABORT, 'ledger_commits is immutable'); END;
CREATE TRIGGER ledger_commits_no_delete BEFORE DELETE ON ledger_commits BEGIN SELECT RAISE(ABORT, 'ledger_commits is immutable'); END;
CREATE TRIGGER ledger_commits_no_replace BEFORE INSERT ON ledger_commits WHEN EXISTS (SELECT 1 FROM ledger_commits WHERE place = NEW.place) BEGIN SELECT RAISE(ABORT, 'ledger_commits is immutable'); END;
CREATE TRIGGER ledger_starts_no_update BEFORE UPDATE ON ledger_starts BEGIN SELECT RAISE(ABORT, 'ledger_starts is immutable'); END;
CREATE TRIGGER ledger_starts_no_delete BEFORE DELETE ON ledger_starts BEGIN SELECT RAISE(ABORT, 'ledger_starts is immutable'); END;
CREATE TRIGGER ledger_starts_no_replace BEFORE INSERT ON ledger_starts WHEN EXISTS (SELECT 1 FROM ledger_starts WHERE place = NEW.place) OR EXISTS (SELECT 1 FROM ledger_starts WHERE call_id = NEW.call_id) BEGIN SELECT RAISE(ABORT, 'ledger_starts is immutable'); END;
CREATE TRIGGER ledger_calls_no_update BEFORE UPDATE ON ledger_calls BEGIN SELECT RAISE(ABORT, 'ledger_calls is immutable'); END;
CREATE TRIGGER ledger_calls_no_delete BEFORE DELETE ON ledger_calls BEGIN SELECT RAISE(ABORT, 'ledger_calls is immutable'); END;
CREATE TRIGGER ledger_calls_no_replace BEFORE INSERT ON ledger_calls WHEN EXISTS (SELECT 1 FROM ledger_calls WHERE place = NEW.place) OR EXISTS (SELECT 1 FROM ledger_calls WHERE id = NEW.id) BEGIN SELECT RAISE(ABORT, 'ledger_calls is immutable'); END;
CREATE TRIGGER ledger_bodies_no_update BEFORE UPDATE ON ledger_bodies BEGIN SELECT RAISE(ABORT, 'ledger_bodies is immutable'); END;
CREATE TRIGGER ledger_bodies_no_delete BEFORE DELETE ON ledger_bodies BEGIN SELECT RAISE(ABORT, 'ledger_bodies is immutable'); END;
CREATE TRIGGER ledger_bodies_no_replace BEFORE INSERT ON ledger_bodies WHEN EXISTS (SELECT 1 FROM ledger_bodies WHERE place = NEW.place) BEGIN SELECT RAISE(ABORT, 'ledger_bodies is immutable'); END;
CREATE TRIGGER ledger_deliveries_no_update BEFORE UPDATE ON ledger_deliveries BEGIN SELECT RAISE(ABORT, 'ledger_deliveries is immutable'); END;
CREATE TRIGGER ledger_deliveries_no_delete BEFORE DELETE ON ledger_deliveries BEGIN SELECT RAISE(ABORT, 'ledger_deliveries is immutable'); END;
CREATE TRIGGER ledger_deliveries_no_replace BEFORE INSERT ON ledger_deliveries WHEN EXISTS (SELECT 1 FROM ledger_deliveries WHERE place = NEW.place) OR EXISTS (SELECT 1 FROM ledger_deliveries WHERE id = NEW.id) BEGIN SELECT RAISE(ABORT, 'ledger_deliveries is immutable'); END;
CREATE TRIGGER ledger_events_no_update BEFORE UPDATE ON ledger_events BEGIN SELECT RAISE(ABORT, 'ledger_events is immutable'); END;
CREATE TRIGGER ledger_events_no_delete BEFORE DELETE ON ledger_events BEGIN SELECT RAISE(ABORT, 'ledger_events is immutable'); END;
CREATE TRIGGER ledger_events_no_replace BEFORE INSERT ON ledger_events WHEN EXISTS (SELECT 1 FROM ledger_events WHERE place = NEW.place) OR EXISTS (SELECT 1 FROM ledger_events WHERE id = NEW.id) BEGIN SELECT RAISE(ABORT, 'ledger_events is immutable'); END;
CREATE TRIGGER ledger_scores_no_update BEFORE UPDATE ON ledger_scores BEGIN SELECT RAISE(ABORT, 'ledger_scores is immutable'); END;
CREATE TRIGGER ledger_scores_no_delete BEFORE DELETE ON ledger_scores BEGIN SELECT RAISE(ABORT, 'ledger_scores is immutable'); END;
CREATE TRIGGER ledger_scores_no_replace BEFORE INSERT ON ledger_scores WHEN EXISTS (SELECT 1 FROM ledger_scores WHERE place = NEW.place) OR EXISTS (SELECT 1 FROM ledger_scores WHERE id = NEW.id) BEGIN SELECT RAISE(ABORT, 'ledger_scores is immutable'); END;
CREATE TRIGGER ledger_artifacts_no_update BEFORE UPDATE ON ledger_artifacts BEGIN SELECT RAISE(ABORT, 'ledger_artifacts is immutable'); END;
CREATE TRIGGER ledger_artifacts_no_delete BEFORE DELETE ON ledger_artifacts BEGIN SELECT RAISE(ABORT, 'ledger_artifacts is immutable'); END;
CREATE TRIGGER ledger_artifacts_no_replace BEFORE INSERT ON ledger_artifacts WHEN EXISTS (SELECT 1 FROM ledger_artifacts WHERE place = NEW.place) OR EXISTS (SELECT 1 FROM ledger_artifacts WHERE id = NEW.id) BEGIN SELECT RAISE(ABORT, 'ledger_artifacts is immutable'); END;
CREATE TRIGGER ledger_attempts_no_update BEFORE UPDATE ON ledger_attempts BEGIN SELECT RAISE(ABORT, 'ledger_attempts is immutable'); END;
CREATE TRIGGER ledger_attempts_no_delete BEFORE DELETE ON ledger_attempts BEGIN SELECT RAISE(ABORT, 'ledger_attempts is immutable'); END;
CREATE TRIGGER ledger_attempts_no_replace BEFORE INSERT ON ledger_attempts WHEN EXISTS (SELECT 1 FROM ledger_attempts WHERE place = NEW.place AND number = NEW.number) BEGIN SELECT RAISE(ABORT, 'ledger_attempts is immutable'); END;
