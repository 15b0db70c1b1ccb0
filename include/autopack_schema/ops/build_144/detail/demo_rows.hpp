// SPDX-License-Identifier: MIT
#pragma once

#include <string_view>

namespace autopack_schema::ops::build_144::detail {

/// 12 runs with 120 phases, 114 estimations, and 1,543 usage events: 1,320 with splits that sum up to 45,832,100 tokens,
/// 223 from a source that gave totals only. Before BUILD-144 there was no column for a total and the splits could not
/// be NULL, so that all such a source left is 0 and 0.
inline constexpr std::string_view demo_rows = R"sql(
WITH RECURSIVE number(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM number WHERE i < 12)
INSERT INTO runs
SELECT printf('build-%d', 130 + i), iif(i < 12, 'DONE_SUCCESS', 'PHASE_EXECUTION'),
       datetime('2025-12-01 08:00:00', ((i - 1) * 58) || ' hours') || '.000000',
       datetime('2025-12-01 08:00:00', (i * 58) || ' hours') || '.000000',
       datetime('2025-12-01 08:00:00', ((i - 1) * 58) || ' hours') || '.000000',
       iif(i < 12, datetime('2025-12-01 08:00:00', (i * 58) || ' hours') || '.000000', NULL),
       'normal', 'multi_tier', 5000000, 25, 120, NULL, 0, 0, i % 3, 0, 'false', NULL, NULL,
       printf('Goal of build %d', 130 + i)
FROM number;

INSERT INTO tiers
SELECT rowid, 'T1', id, 0, 'Tier 1', NULL, iif(completed_at IS NULL, 'IN_PROGRESS', 'COMPLETE'),
       500000, 20, NULL, 0, 0, 0, 0, 0, 'clean', created_at, updated_at, started_at, completed_at
FROM runs;

WITH RECURSIVE number(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM number WHERE i < 9)
INSERT INTO phases
SELECT (t.id - 1) * 10 + i + 1, printf('phase-%d', i), t.run_id, t.id, i, printf('Phase %d', i), NULL,
       iif(t.completed_at IS NOT NULL OR i < 4, 'COMPLETE', 'QUEUED'),
       CASE i % 4 WHEN 0 THEN 'implementation' WHEN 1 THEN 'tests' WHEN 2 THEN 'docs' ELSE 'refactoring' END,
       CASE i % 3 WHEN 0 THEN 'low' WHEN 1 THEN 'medium' ELSE 'high' END, NULL,
       printf('{"paths": ["src/"], "deliverables": ["src/f%d.py"]}', i),
       5, 2, 50000, 1, 1, 0, 0, 0, 'no_issues', NULL, 0, 0, 0, 0, NULL, NULL,
       t.created_at, t.updated_at, NULL, NULL
FROM tiers t, number;

WITH RECURSIVE
  number(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM number WHERE i < 1543),
  call(i, total_only) AS (SELECT i, i * 223 / 1543 > (i - 1) * 223 / 1543 FROM number),
  tokens(i, total_only, prompt, completion) AS (
    SELECT i, total_only,
           CASE WHEN total_only THEN 0 WHEN i = 1 THEN 12500 WHEN i = 2 THEN 8400
                ELSE 18040 + i * 7919 % 18000 + iif(i = 1542, 308, 0) END,
           CASE WHEN total_only THEN 0 WHEN i = 1 THEN 3200 WHEN i = 2 THEN 2100
                ELSE 4200 + i * 10473 % 7000 END
    FROM call)
INSERT INTO llm_usage_events
SELECT i,
       CASE WHEN total_only THEN iif(i % 2 = 0, 'google', 'openai') ELSE iif(i % 2 = 1, 'anthropic', 'openai') END,
       CASE WHEN total_only THEN iif(i % 2 = 0, 'gemini-2.5-pro', 'gpt-4o-mini')
            ELSE iif(i % 2 = 1, 'claude-sonnet-4-5', 'gpt-4o') END,
       iif(i % 50 = 0, NULL, printf('build-%d', 131 + i * 12 / 1544)),
       iif(i % 50 = 0, NULL, printf('phase-%d', i % 10)),
       CASE WHEN i % 37 = 0 THEN 'doctor' WHEN i % 3 = 2 THEN 'auditor' ELSE 'builder' END,
       prompt, completion,
       datetime('2025-12-01 08:00:00', (i * 27) || ' minutes') || '.000000',
       i % 37 = 0, iif(i % 37 = 0, iif(i % 74 = 0, 'strong', 'cheap'), NULL), iif(i % 37 = 0, 'replan', NULL)
FROM tokens;

INSERT INTO doctor_usage_stats
SELECT NULL, run_id, COUNT(*), SUM(doctor_model = 'cheap'), SUM(doctor_model = 'strong'), 0,
       printf('{"replan": %d}', COUNT(*)), MIN(created_at), MAX(created_at)
FROM llm_usage_events WHERE is_doctor_call = 1 AND run_id IS NOT NULL
GROUP BY run_id ORDER BY run_id;

INSERT INTO token_estimation_v2_events
SELECT id, run_id, phase_id, created_at, task_category, complexity, 1, printf('["src/f%d.py"]', phase_index),
       2000 + id * 37 % 1900, 1500 + id * 61 % 2600, CASE complexity WHEN 'low' THEN 8192 ELSE 12288 END,
       1, 0, 'end_turn', 'claude-sonnet-4-5',
       200.0 * abs((2000 + id * 37 % 1900) - (1500 + id * 61 % 2600)) / ((2000 + id * 37 % 1900) + (1500 + id * 61 % 2600)),
       1.0 * (2000 + id * 37 % 1900) / (1500 + id * 61 % 2600),
       (1500 + id * 61 % 2600) > (2000 + id * 37 % 1900),
       0, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, created_at
FROM phases WHERE state = 'COMPLETE';
)sql";

} // namespace autopack_schema::ops::build_144::detail
