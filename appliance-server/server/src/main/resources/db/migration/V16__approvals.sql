-- Whose a device is: several may be one person's. Null where it is called as its person is.
ALTER TABLE device ADD COLUMN person VARCHAR(64);
ALTER TABLE invitation ADD COLUMN person VARCHAR(64);

-- The rules of single API keys, beside those of the site and of the workspaces.
CREATE TABLE key_policy (
    api_key_id   UUID PRIMARY KEY REFERENCES api_key (id),
    workspace_id UUID NOT NULL REFERENCES workspace (id),
    document     VARCHAR(500000) NOT NULL,
    changed_at   TIMESTAMP(6) WITH TIME ZONE NOT NULL,
    mac          ${bytes}
);

-- Every version of every policy. target is the workspace's or the API key's id, and the nil UUID for
-- the site; number counts from 1 for each of them. The newest is what is in force.
CREATE TABLE policy_version (
    target     UUID NOT NULL,
    number     BIGINT NOT NULL,
    level      VARCHAR(16) NOT NULL,
    document   VARCHAR(500000) NOT NULL,
    hash       VARCHAR(64) NOT NULL,
    changed_at TIMESTAMP(6) WITH TIME ZONE NOT NULL,
    changed_by VARCHAR(200) NOT NULL,
    note       VARCHAR(1000) NOT NULL,
    restores   BIGINT,
    approval   UUID,
    mac        ${bytes},
    PRIMARY KEY (target, number)
);

-- Which changes need a second person; no row means none.
CREATE TABLE approval_rules (
    id          INTEGER PRIMARY KEY CHECK (id = 1),
    required    VARCHAR(500) NOT NULL,
    valid_hours INTEGER NOT NULL,
    changed_at  TIMESTAMP(6) WITH TIME ZONE NOT NULL,
    mac         ${bytes}
);

-- Changes that wait for a second person, or did. document is the change as JSON; base says what it
-- was made from; hash is over both.
CREATE TABLE approval (
    id              UUID PRIMARY KEY,
    kind            VARCHAR(32) NOT NULL,
    subject         VARCHAR(500) NOT NULL,
    document        VARCHAR(500000) NOT NULL,
    base            VARCHAR(200) NOT NULL,
    hash            VARCHAR(64) NOT NULL,
    differences     VARCHAR(500000) NOT NULL,
    note            VARCHAR(1000) NOT NULL,
    state           VARCHAR(16) NOT NULL,
    proposer        VARCHAR(200) NOT NULL,
    proposer_device VARCHAR(200) NOT NULL,
    proposed_at     TIMESTAMP(6) WITH TIME ZONE NOT NULL,
    expires_at      TIMESTAMP(6) WITH TIME ZONE NOT NULL,
    decider         VARCHAR(200),
    decider_device  VARCHAR(200),
    decided_at      TIMESTAMP(6) WITH TIME ZONE,
    decision_note   VARCHAR(1000),
    mac             ${bytes}
);
