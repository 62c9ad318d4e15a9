-- How many leaves the audit log had at least when the last entry was made: a log that is shorter,
-- or missing, was cut, put back or taken away. 0 as long as the site has no log yet.
ALTER TABLE audit_head ADD COLUMN log_size BIGINT DEFAULT 0 NOT NULL;

-- What the trail is searched by, newest first.
CREATE INDEX audit_entry_actor ON audit_entry (actor_id, sequence);
CREATE INDEX audit_entry_workspace ON audit_entry (workspace, sequence);
CREATE INDEX audit_entry_action ON audit_entry (action, sequence);
CREATE INDEX audit_entry_target ON audit_entry (target, sequence);
CREATE INDEX audit_entry_request ON audit_entry (request_id);
CREATE INDEX audit_entry_at ON audit_entry (at, sequence);
