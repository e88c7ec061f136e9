-- Totals count the audio among the tokens too. That of the calls which they have taken in is added up here, as those do not come
-- again: only calls since version 3 know it, and only few have any.
ALTER TABLE ledger_rollups ADD COLUMN input_audio_tokens INTEGER NOT NULL DEFAULT 0;
ALTER TABLE ledger_rollups ADD COLUMN output_audio_tokens INTEGER NOT NULL DEFAULT 0;

UPDATE ledger_rollups AS r SET input_audio_tokens = a.input_audio, output_audio_tokens = a.output_audio
FROM (
  SELECT b.size AS size, c.created_at / 1000000 / b.size * b.size AS start, c.provider AS provider,
    CASE c.provider WHEN '' THEN '' ELSE c.model END AS model, c.status AS status, c.kind AS kind, c.principal AS principal,
    coalesce(c.error_code, '') AS error_code, coalesce(c.simulated, 0) <> 0 AS simulated,
    sum(c.input_audio_tokens) AS input_audio, sum(c.output_audio_tokens) AS output_audio
  FROM ledger_calls c
  JOIN ledger_progress p ON p.name = 'rollups' AND c.place <= p.place AND c.place >> 48 = p.place >> 48
  CROSS JOIN (SELECT 60 AS size UNION ALL SELECT 3600 UNION ALL SELECT 86400) b
  WHERE c.kind = 'provider' AND (c.input_audio_tokens > 0 OR c.output_audio_tokens > 0)
  GROUP BY 1, 2, 3, 4, 5, 6, 7, 8, 9
) AS a
WHERE r.size = a.size AND r.start = a.start AND r.provider = a.provider AND r.model = a.model AND r.status = a.status
  AND r.kind = a.kind AND r.principal = a.principal AND r.error_code = a.error_code AND r.simulated = a.simulated;
