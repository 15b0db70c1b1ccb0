-- BUILD-144 by hand: SQLite's procedure for changing a table, with no check of any row and no record of having been done.
PRAGMA foreign_keys=OFF;
BEGIN IMMEDIATE;
CREATE TABLE new_usage (
  id INTEGER NOT NULL PRIMARY KEY,
  provider VARCHAR NOT NULL,
  model VARCHAR NOT NULL,
  run_id VARCHAR,
  phase_id VARCHAR,
  role VARCHAR NOT NULL,
  prompt_tokens INTEGER,
  completion_tokens INTEGER,
  created_at DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP,
  is_doctor_call BOOLEAN NOT NULL DEFAULT 0,
  doctor_model VARCHAR,
  doctor_action VARCHAR,
  total_tokens INTEGER NOT NULL DEFAULT 0
);
INSERT INTO new_usage SELECT id, provider, model, run_id, phase_id, role, prompt_tokens, completion_tokens, created_at,
  is_doctor_call, doctor_model, doctor_action, COALESCE(prompt_tokens, 0) + COALESCE(completion_tokens, 0)
  FROM llm_usage_events;
DROP TABLE llm_usage_events;
ALTER TABLE new_usage RENAME TO llm_usage_events;
CREATE INDEX ix_llm_usage_events_id ON llm_usage_events (id);
CREATE INDEX ix_llm_usage_events_provider ON llm_usage_events (provider);
CREATE INDEX ix_llm_usage_events_model ON llm_usage_events (model);
CREATE INDEX ix_llm_usage_events_run_id ON llm_usage_events (run_id);
CREATE INDEX ix_llm_usage_events_created_at ON llm_usage_events (created_at);
CREATE INDEX ix_llm_usage_events_is_doctor_call ON llm_usage_events (is_doctor_call);
COMMIT;
