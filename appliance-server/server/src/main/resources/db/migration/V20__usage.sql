-- What a request took beside its tokens. Null where it is not known.
ALTER TABLE request ADD COLUMN cached_tokens BIGINT DEFAULT 0 NOT NULL;
ALTER TABLE request ADD COLUMN cache_write_tokens BIGINT DEFAULT 0 NOT NULL;
ALTER TABLE request ADD COLUMN reasoning_tokens BIGINT DEFAULT 0 NOT NULL;
ALTER TABLE request ADD COLUMN cost_micros BIGINT;
ALTER TABLE request ADD COLUMN currency VARCHAR(3);
ALTER TABLE request ADD COLUMN price_book VARCHAR(40);
ALTER TABLE request ADD COLUMN queue_micros BIGINT DEFAULT 0 NOT NULL;
ALTER TABLE request ADD COLUMN sent_micros BIGINT DEFAULT 0 NOT NULL;

-- Requests summed up by hour and by day; what nobody served has the provider 0.
CREATE TABLE usage_sum (
    grain              VARCHAR(4) NOT NULL,
    begins             TIMESTAMP(6) WITH TIME ZONE NOT NULL,
    workspace_id       UUID NOT NULL,
    api_key_id         UUID NOT NULL,
    model              VARCHAR(250) NOT NULL,
    provider_id        UUID NOT NULL,
    currency           VARCHAR(3) NOT NULL,
    requests           BIGINT NOT NULL,
    failed             BIGINT NOT NULL,
    estimated          BIGINT NOT NULL,
    unpriced           BIGINT NOT NULL,
    input_tokens       BIGINT NOT NULL,
    cached_tokens      BIGINT NOT NULL,
    cache_write_tokens BIGINT NOT NULL,
    output_tokens      BIGINT NOT NULL,
    reasoning_tokens   BIGINT NOT NULL,
    cost_micros        BIGINT NOT NULL,
    duration_micros    BIGINT NOT NULL,
    PRIMARY KEY (grain, begins, workspace_id, api_key_id, model, provider_id, currency)
);

-- Up to which position requests are in the sums: written in the same transaction as they.
CREATE TABLE usage_mark (
    id       INTEGER PRIMARY KEY,
    position BIGINT NOT NULL
);
INSERT INTO usage_mark (id, position) VALUES (1, 0);
