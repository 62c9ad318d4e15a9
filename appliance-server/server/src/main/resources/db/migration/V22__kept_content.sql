-- The content of requests that a workspace keeps, with its end.
CREATE TABLE kept_content (
    request_id   UUID NOT NULL PRIMARY KEY,
    workspace_id UUID NOT NULL,
    api_key_id   UUID NOT NULL,
    subject      VARCHAR(43),
    kept_at      TIMESTAMP(6) WITH TIME ZONE NOT NULL,
    expires_at   TIMESTAMP(6) WITH TIME ZONE NOT NULL,
    bytes        BIGINT NOT NULL,
    cut          BOOLEAN NOT NULL
);
CREATE INDEX kept_content_expiry ON kept_content (expires_at);
CREATE INDEX kept_content_age ON kept_content (workspace_id, kept_at);
CREATE INDEX kept_content_order ON kept_content (workspace_id, request_id);
CREATE INDEX kept_content_subject ON kept_content (workspace_id, subject, request_id);

-- Sealed under a key of its own for each request.
CREATE TABLE kept_content_piece (
    request_id UUID NOT NULL REFERENCES kept_content (request_id) ON DELETE CASCADE,
    part       INTEGER NOT NULL,
    piece      INTEGER NOT NULL,
    sealed     ${bytes} NOT NULL,
    PRIMARY KEY (request_id, part, piece)
);

-- That key, sealed under the workspace's. In the backups of the keys, and so without a reference to
-- the rows above, which are in the backups of the data.
CREATE TABLE kept_content_key (
    request_id   UUID NOT NULL PRIMARY KEY,
    workspace_id UUID NOT NULL,
    key_version  INTEGER NOT NULL,
    data_key     ${bytes} NOT NULL
);
CREATE INDEX kept_content_key_version ON kept_content_key (workspace_id, key_version);
