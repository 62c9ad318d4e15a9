-- Tokens of an upstream that was asked for the same and cut off: budgets count them.
ALTER TABLE request ADD COLUMN overtaken_tokens BIGINT DEFAULT 0 NOT NULL;
