-- 1,247 estimations of before BUILD-142 in a database that quickstart_data made: what the runbook's operator starts from.
DELETE FROM token_estimation_v2_events;
WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < 1246),
  p AS (SELECT row_number() OVER (ORDER BY id) - 1 AS k, run_id, phase_id FROM phases),
  e AS (SELECT i, run_id, phase_id, (i * 7 / 3) % 3 AS c, (i / 3) % 3 AS x FROM n JOIN p ON k = i % (SELECT COUNT(*) FROM phases))
INSERT INTO token_estimation_v2_events (run_id, phase_id, timestamp, category, complexity, deliverable_count, deliverables_json,
    predicted_output_tokens, actual_output_tokens, selected_budget, success, truncated, stop_reason, model, smape_percent, waste_ratio,
    underestimated, is_truncated_output, is_sot_file, created_at)
SELECT run_id, phase_id, datetime('2025-12-29 00:00:00', i || ' minutes'), CASE c WHEN 0 THEN 'implementation' WHEN 1 THEN 'tests' ELSE 'docs' END,
    CASE x WHEN 0 THEN 'low' WHEN 1 THEN 'medium' ELSE 'high' END, 1 + i % 4,
    CASE i % 4 WHEN 0 THEN '["src/a.py"]' WHEN 1 THEN '["src/a.py", "src/b.py"]' WHEN 2 THEN '["src/a.py", "src/b.py", "src/c.py"]'
      ELSE '["src/a.py", "src/b.py", "src/c.py", "src/d.py"]' END,
    2000 + 500 * x, 1000 + (i * 37) % 600 + 400 * c, 8192 << x, i % 10 <> 9, i % 25 = 24, 'end_turn', 'claude-sonnet-4-5', NULL, NULL, NULL, 0, 0,
    datetime('2025-12-29 00:00:00', i || ' minutes') FROM e ORDER BY i;
