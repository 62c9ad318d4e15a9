-- The root key is versioned: each workspace's key says which version wraps it.
ALTER TABLE workspace_key ADD COLUMN root_version INTEGER DEFAULT 1 NOT NULL;
CREATE INDEX workspace_key_root ON workspace_key (root_version);

-- Keys that were destroyed on purpose, by their check value: what was sealed under them is known to
-- be shredded, not damaged. No foreign key: the workspace is gone as a rule.
CREATE TABLE destroyed_workspace_key (
    workspace_id UUID NOT NULL,
    version      INTEGER NOT NULL,
    key_check    ${bytes} NOT NULL,
    destroyed_at TIMESTAMP(6) WITH TIME ZONE NOT NULL,
    PRIMARY KEY (workspace_id, version)
);
