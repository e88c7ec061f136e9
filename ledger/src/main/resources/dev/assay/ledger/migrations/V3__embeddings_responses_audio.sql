-- Audio is a part of input and output. What was recorded before does not know it: there it is null.
ALTER TABLE ledger_calls ADD COLUMN input_audio_tokens INTEGER;
ALTER TABLE ledger_calls ADD COLUMN output_audio_tokens INTEGER;
ALTER TABLE ledger_attempts ADD COLUMN input_audio_tokens INTEGER;
ALTER TABLE ledger_attempts ADD COLUMN output_audio_tokens INTEGER;

-- Vectors by the keyed digest of all that they depend on; little-endian floats. call_id: the call that brought it.
CREATE TABLE ledger_vectors (
  key BLOB PRIMARY KEY,
  model TEXT NOT NULL,
  dimension INTEGER NOT NULL,
  norm REAL NOT NULL,
  vector BLOB NOT NULL,
  call_id TEXT NOT NULL,
  created_at INTEGER NOT NULL
) STRICT;

-- Which call gave a response that can be asked for again.
CREATE TABLE ledger_responses (
  response_id TEXT PRIMARY KEY,
  call_id TEXT NOT NULL,
  principal TEXT NOT NULL
) STRICT, WITHOUT ROWID;

DROP VIEW raw_calls;
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
    'input_audio', c.input_audio_tokens, 'output_audio', c.output_audio_tokens,
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

DROP VIEW call_attempts;
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
    'input_audio', a.input_audio_tokens, 'output_audio', a.output_audio_tokens,
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
