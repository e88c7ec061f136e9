-- A start says all that was known when its stream began, so that a call that is interrupted can say it too. What was recorded
-- before is not changed: there it is null. model is the model as it was asked, resolved_model the provider's name for it.
ALTER TABLE ledger_starts ADD COLUMN user_id TEXT;
ALTER TABLE ledger_starts ADD COLUMN modality TEXT;
ALTER TABLE ledger_starts ADD COLUMN kind TEXT;
ALTER TABLE ledger_starts ADD COLUMN provider TEXT;
ALTER TABLE ledger_starts ADD COLUMN resolved_model TEXT;
ALTER TABLE ledger_starts ADD COLUMN simulated INTEGER;

-- Of an interrupted call nobody knows how many attempts there were, and of one with an earlier start not who answered.
ALTER TABLE ledger_calls ALTER COLUMN simulated DROP NOT NULL;
ALTER TABLE ledger_calls ALTER COLUMN attempts DROP NOT NULL;

DROP VIEW call_starts;
CREATE VIEW call_starts AS SELECT
  s.call_id AS call_id,
  s.parent_id AS parent_id,
  s.run_id AS run_id,
  s.step AS step,
  s.principal AS principal,
  s.model AS model,
  strftime('%Y-%m-%dT%H:%M:%S', s.created_at / 1000000, 'unixepoch') || printf('.%06dZ', s.created_at % 1000000) AS created_at,
  w.name AS writer,
  s.place & 281474976710655 AS seq,
  s.group_name AS group_name,
  s.user_id AS user_id,
  s.modality AS modality,
  s.kind AS kind,
  s.provider AS provider,
  s.resolved_model AS resolved_model,
  s.simulated AS simulated
FROM ledger_starts s
JOIN ledger_writers w ON w.number = s.place >> 48;
