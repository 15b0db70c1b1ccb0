-- BUILD-142 by hand.
BEGIN IMMEDIATE;
ALTER TABLE token_estimation_v2_events ADD COLUMN actual_max_tokens INTEGER;
UPDATE token_estimation_v2_events SET actual_max_tokens = selected_budget;
COMMIT;
