-- Which guardrails acted on a request and on its answer, and how often; never on what.
ALTER TABLE request ADD COLUMN guardrails VARCHAR(200);
