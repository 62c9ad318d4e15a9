-- What inference requests left behind: metadata, never content. No foreign keys: a record outlives
-- the workspace, the key and the provider that it names.

-- position: the order in which the records were stored. One writer hands it out, so a reader who
-- has seen a position has seen all below it.
CREATE TABLE request (
    position           BIGINT PRIMARY KEY,
    id                 UUID NOT NULL,
    started_at         TIMESTAMP(6) WITH TIME ZONE NOT NULL,
    workspace_id       UUID NOT NULL,
    api_key_id         UUID NOT NULL,
    model              VARCHAR(250) NOT NULL,
    stream             BOOLEAN NOT NULL,
    outcome            VARCHAR(16) NOT NULL,
    status             INTEGER NOT NULL,
    problem            VARCHAR(40),
    provider_id        UUID,
    served_model       VARCHAR(250),
    attempts           INTEGER NOT NULL,
    first_byte_micros  BIGINT NOT NULL,
    duration_micros    BIGINT NOT NULL,
    input_tokens       BIGINT NOT NULL,
    output_tokens      BIGINT NOT NULL,
    tokens_estimated   BOOLEAN NOT NULL
);

-- When each key was last used, so that no list of keys has to look through the requests.
CREATE TABLE api_key_use (
    api_key_id   UUID PRIMARY KEY,
    last_used_at TIMESTAMP(6) WITH TIME ZONE NOT NULL
);
