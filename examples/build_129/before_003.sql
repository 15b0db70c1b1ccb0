PRAGMA foreign_keys=OFF;
-- Runs and phases with estimations as the SQL migration 002 left them (2025-12-24): a foreign key that nothing can check, a CHECK that allows
-- "critical", indexes that were lost, a view with a misnamed column and one that does not compile; rows included.
CREATE TABLE runs (id VARCHAR NOT NULL, state VARCHAR(33) NOT NULL, created_at DATETIME NOT NULL, updated_at DATETIME NOT NULL,
    started_at DATETIME, completed_at DATETIME, safety_profile VARCHAR NOT NULL, run_scope VARCHAR NOT NULL,
    token_cap INTEGER NOT NULL, max_phases INTEGER NOT NULL, max_duration_minutes INTEGER NOT NULL, max_minor_issues_total INTEGER,
    tokens_used INTEGER NOT NULL, ci_runs_used INTEGER NOT NULL, minor_issues_count INTEGER NOT NULL,
    major_issues_count INTEGER NOT NULL, promotion_eligible_to_main VARCHAR NOT NULL, debt_status VARCHAR, failure_reason TEXT,
    goal_anchor TEXT, PRIMARY KEY (id));
CREATE INDEX ix_runs_id ON runs (id);
CREATE TABLE tiers (id INTEGER NOT NULL, tier_id VARCHAR NOT NULL, run_id VARCHAR NOT NULL, tier_index INTEGER NOT NULL,
    name VARCHAR NOT NULL, description TEXT, state VARCHAR(11) NOT NULL, token_cap INTEGER, ci_run_cap INTEGER,
    max_minor_issues_tolerated INTEGER, max_major_issues_tolerated INTEGER NOT NULL, tokens_used INTEGER NOT NULL,
    ci_runs_used INTEGER NOT NULL, minor_issues_count INTEGER NOT NULL, major_issues_count INTEGER NOT NULL,
    cleanliness VARCHAR NOT NULL, created_at DATETIME NOT NULL, updated_at DATETIME NOT NULL, started_at DATETIME,
    completed_at DATETIME, PRIMARY KEY (id), FOREIGN KEY(run_id) REFERENCES runs (id));
CREATE TABLE phases (id INTEGER NOT NULL, phase_id VARCHAR NOT NULL, run_id VARCHAR NOT NULL, tier_id INTEGER NOT NULL,
    phase_index INTEGER NOT NULL, name VARCHAR NOT NULL, description TEXT, state VARCHAR(10) NOT NULL, task_category VARCHAR,
    complexity VARCHAR, builder_mode VARCHAR, scope JSON, max_builder_attempts INTEGER, max_auditor_attempts INTEGER,
    incident_token_cap INTEGER, builder_attempts INTEGER NOT NULL, auditor_attempts INTEGER NOT NULL, tokens_used INTEGER NOT NULL,
    minor_issues_count INTEGER NOT NULL, major_issues_count INTEGER NOT NULL, issue_state VARCHAR NOT NULL, quality_level VARCHAR,
    quality_blocked BOOLEAN NOT NULL, retry_attempt INTEGER NOT NULL, revision_epoch INTEGER NOT NULL,
    escalation_level INTEGER NOT NULL, last_attempt_timestamp DATETIME, last_failure_reason VARCHAR, created_at DATETIME NOT NULL,
    updated_at DATETIME NOT NULL, started_at DATETIME, completed_at DATETIME, PRIMARY KEY (id),
    FOREIGN KEY(run_id) REFERENCES runs (id), FOREIGN KEY(tier_id) REFERENCES tiers (id));
CREATE TABLE token_estimation_v2_events (
    event_id INTEGER PRIMARY KEY AUTOINCREMENT,
    run_id TEXT NOT NULL,
    phase_id TEXT NOT NULL,
    timestamp TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP,
    category TEXT NOT NULL,
    complexity TEXT NOT NULL CHECK(complexity IN ('low', 'medium', 'high', 'critical')),
    deliverable_count INTEGER NOT NULL,
    deliverables_json TEXT NOT NULL,
    predicted_output_tokens INTEGER NOT NULL,
    actual_output_tokens INTEGER NOT NULL,
    selected_budget INTEGER NOT NULL,
    success BOOLEAN NOT NULL,
    truncated BOOLEAN NOT NULL DEFAULT 0,
    stop_reason TEXT,
    model TEXT NOT NULL,
    smape_percent REAL,
    waste_ratio REAL,
    underestimated BOOLEAN,
    created_at TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP,
    FOREIGN KEY (run_id) REFERENCES runs(id) ON DELETE CASCADE,
    FOREIGN KEY (phase_id) REFERENCES phases(phase_id) ON DELETE CASCADE
);
CREATE INDEX ix_token_estimation_v2_run_id ON token_estimation_v2_events (run_id);
CREATE INDEX ix_token_estimation_v2_phase_id ON token_estimation_v2_events (phase_id);
CREATE INDEX ix_token_estimation_v2_timestamp ON token_estimation_v2_events (timestamp DESC);
INSERT INTO runs VALUES ('r', 'DONE_SUCCESS', '2025-12-24 08:00:00.000000', '2025-12-24 08:00:00.000000', NULL, NULL, 'normal',
    'multi_tier', 5000000, 25, 120, NULL, 0, 0, 0, 0, 'false', NULL, NULL, NULL);
INSERT INTO tiers VALUES (1, 'T1', 'r', 0, 'Tier', NULL, 'COMPLETE', NULL, NULL, NULL, 0, 0, 0, 0, 0, 'clean',
    '2025-12-24T08:00:00', '2025-12-24T08:00:00', NULL, NULL);
INSERT INTO phases VALUES (1, 'p', 'r', 1, 0, 'Phase', NULL, 'COMPLETE', 'docs', 'MEDIUM-HIGH', NULL, '{}', 5, 2, NULL, 1, 1, 0, 0, 0,
    'no_issues', NULL, 0, 0, 0, 0, NULL, NULL, '2025-12-24 08:00:00.000000', '2025-12-24 08:00:00.000000', NULL, NULL);
INSERT INTO token_estimation_v2_events (event_id, run_id, phase_id, timestamp, category, complexity, deliverable_count,
        deliverables_json, predicted_output_tokens, actual_output_tokens, selected_budget, success, truncated, stop_reason, model,
        smape_percent, waste_ratio, underestimated, created_at) VALUES
    (1, 'r', 'p', '2025-12-24 09:00:00', 'docs', 'low', 1, '["a.md"]', 1200, 800, 4096, 1, 0, 'end_turn', 'm', 40.0, 1.5, 0, '2025-12-24 09:00:00'),
    (2, 'r', 'p', '2025-12-24 09:01:00', 'docs', 'critical', 2, '["a.md", "b.md"]', 1000, 1400, 8192, 1, 1, NULL, 'm', 33.33, 0.714, 1, '2025-12-24 09:01:00');
INSERT INTO token_estimation_v2_events (run_id, phase_id, category, complexity, deliverable_count, deliverables_json,
        predicted_output_tokens, actual_output_tokens, selected_budget, success, model)
    VALUES ('r', 'p', 'docs', 'high', 0, '[]', 1, 1, 8192, 0, 'm');

CREATE VIEW v_truncation_analysis AS SELECT p.phase_name FROM phases p;
CREATE VIEW v_token_estimation_validation AS SELECT category, ROUND(AVG(waste_ratio),2) AS median_waste_ratio_success FROM token_estimation_v2_events GROUP BY category;
CREATE TRIGGER tr AFTER INSERT ON token_estimation_v2_events BEGIN SELECT 1; END;
