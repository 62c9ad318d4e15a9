-- The site's state as the administrators made it. The types are ones that H2 and PostgreSQL share;
-- ${bytes} is each one's own type for a short run of bytes. Text has a length everywhere: H2 keeps
-- unbounded text outside its row and can't index it.

-- One row: what every change of the site has in common.
CREATE TABLE site (
    id           INTEGER PRIMARY KEY CHECK (id = 1),
    installation UUID NOT NULL,
    version      BIGINT NOT NULL,
    founded_at   TIMESTAMP(6) WITH TIME ZONE NOT NULL
);

-- Where the audit trail ends: whoever appends holds this row until the end of the transaction,
-- which makes the numbers gap-free.
CREATE TABLE audit_head (
    id       INTEGER PRIMARY KEY CHECK (id = 1),
    sequence BIGINT NOT NULL
);
INSERT INTO audit_head (id, sequence) VALUES (1, 0);

CREATE TABLE audit_entry (
    sequence      BIGINT PRIMARY KEY,
    at            TIMESTAMP(6) WITH TIME ZONE NOT NULL,
    actor_type    VARCHAR(16) NOT NULL,
    actor_id      VARCHAR(64) NOT NULL,
    actor_name    VARCHAR(200) NOT NULL,
    actor_address VARCHAR(64),
    action        VARCHAR(64) NOT NULL,
    target        VARCHAR(200) NOT NULL,
    workspace     VARCHAR(63),
    outcome       VARCHAR(16) NOT NULL,
    request_id    UUID NOT NULL,
    details       VARCHAR(20000) NOT NULL
);

-- The root key's check value, by which a foreign key file is recognised; never the key.
CREATE TABLE root_key (
    version    INTEGER PRIMARY KEY,
    key_check  ${bytes} NOT NULL,
    created_at TIMESTAMP(6) WITH TIME ZONE NOT NULL
);

CREATE TABLE workspace (
    id          UUID PRIMARY KEY,
    name        VARCHAR(63) NOT NULL UNIQUE,
    description VARCHAR(500) NOT NULL,
    state       VARCHAR(16) NOT NULL,
    version     BIGINT NOT NULL,
    created_at  TIMESTAMP(6) WITH TIME ZONE NOT NULL
);

-- A workspace's keys, each sealed under the root key.
CREATE TABLE workspace_key (
    workspace_id UUID NOT NULL REFERENCES workspace (id),
    version      INTEGER NOT NULL,
    sealed       ${bytes} NOT NULL,
    key_check    ${bytes} NOT NULL,
    created_at   TIMESTAMP(6) WITH TIME ZONE NOT NULL,
    PRIMARY KEY (workspace_id, version)
);

-- reference is the SHA-256 of the whole key; the key itself is nowhere.
CREATE TABLE api_key (
    id           UUID PRIMARY KEY,
    workspace_id UUID NOT NULL REFERENCES workspace (id),
    name         VARCHAR(100) NOT NULL,
    kid          VARCHAR(16) NOT NULL UNIQUE,
    reference    ${bytes} NOT NULL,
    last_four    VARCHAR(4) NOT NULL,
    created_at   TIMESTAMP(6) WITH TIME ZONE NOT NULL,
    expires_at   TIMESTAMP(6) WITH TIME ZONE,
    revoked_at   TIMESTAMP(6) WITH TIME ZONE
);
CREATE INDEX api_key_workspace ON api_key (workspace_id, id);

CREATE TABLE provider (
    id                   UUID PRIMARY KEY,
    name                 VARCHAR(63) NOT NULL UNIQUE,
    kind                 VARCHAR(16) NOT NULL,
    base_url             VARCHAR(2000),
    authentication       VARCHAR(16) NOT NULL,
    trusted_certificates VARCHAR(200000),
    created_at           TIMESTAMP(6) WITH TIME ZONE NOT NULL
);

CREATE TABLE credential (
    id           UUID PRIMARY KEY,
    workspace_id UUID NOT NULL REFERENCES workspace (id),
    provider_id  UUID NOT NULL REFERENCES provider (id),
    label        VARCHAR(100) NOT NULL,
    sealed       ${bytes} NOT NULL,
    last_four    VARCHAR(4) NOT NULL,
    created_at   TIMESTAMP(6) WITH TIME ZONE NOT NULL,
    changed_at   TIMESTAMP(6) WITH TIME ZONE NOT NULL,
    UNIQUE (workspace_id, provider_id)
);

CREATE TABLE route (
    id             UUID PRIMARY KEY,
    name           VARCHAR(63) NOT NULL UNIQUE,
    model          VARCHAR(200) NOT NULL,
    all_workspaces BOOLEAN NOT NULL,
    created_at     TIMESTAMP(6) WITH TIME ZONE NOT NULL
);

CREATE TABLE route_workspace (
    route_id     UUID NOT NULL REFERENCES route (id),
    workspace_id UUID NOT NULL REFERENCES workspace (id),
    PRIMARY KEY (route_id, workspace_id)
);

-- In the order in which they are tried.
CREATE TABLE route_upstream (
    route_id    UUID NOT NULL REFERENCES route (id),
    position    INTEGER NOT NULL,
    provider_id UUID NOT NULL REFERENCES provider (id),
    model       VARCHAR(200) NOT NULL,
    PRIMARY KEY (route_id, position)
);

-- document is the policy as JSON with its members in the contract's order.
CREATE TABLE site_policy (
    id         INTEGER PRIMARY KEY CHECK (id = 1),
    document   VARCHAR(500000) NOT NULL,
    changed_at TIMESTAMP(6) WITH TIME ZONE NOT NULL
);

CREATE TABLE workspace_policy (
    workspace_id UUID PRIMARY KEY REFERENCES workspace (id),
    document     VARCHAR(500000) NOT NULL,
    changed_at   TIMESTAMP(6) WITH TIME ZONE NOT NULL
);
