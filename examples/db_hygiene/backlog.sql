-- A backlog as the legacy database of the runbook has one, in small: failures of several kinds, and a queue that nobody works on.
INSERT INTO runs (id, state) VALUES ('research-v2', 'PHASE_EXECUTION'), ('fileorg-p2', 'PHASE_EXECUTION'), ('retry-api', 'PHASE_EXECUTION');
INSERT INTO tiers (tier_id, run_id, tier_index, name) SELECT 'T1', id, 0, 'Tier 1' FROM runs;
INSERT INTO phases (phase_id, run_id, tier_id, phase_index, name, state, last_failure_reason, updated_at)
SELECT column1, column2, (SELECT id FROM tiers WHERE run_id = column2), column3, column1, column4, column5, '2025-12-20 10:00:00.000000'
FROM (VALUES ('foundation', 'research-v2', 0, 'FAILED', NULL), ('gatherers', 'research-v2', 1, 'FAILED', 'PATCH_FAILED'),
             ('testing', 'research-v2', 2, 'FAILED', 'Timeout'), ('frontend', 'fileorg-p2', 0, 'FAILED', 'MAX_ATTEMPTS_EXHAUSTED'),
             ('docker', 'fileorg-p2', 1, 'FAILED', 'collection error'), ('api-router', 'retry-api', 0, 'FAILED', NULL),
             ('api-docs', 'retry-api', 1, 'QUEUED', 'old failure'), ('done', 'retry-api', 2, 'COMPLETE', NULL));
