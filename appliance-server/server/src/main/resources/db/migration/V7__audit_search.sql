-- What stands in each 4,096 entries of the audit trail, numbers n * 4096 + 1 to (n + 1) * 4096: made
-- with the last of them, so that a search passes over those in which there is nothing it looks for.
-- Any of the rows may be missing; then its entries are looked at.
CREATE TABLE audit_span (
    number   BIGINT PRIMARY KEY,
    earliest TIMESTAMP(6) WITH TIME ZONE NOT NULL,
    latest   TIMESTAMP(6) WITH TIME ZONE NOT NULL,
    words    ${bytes} NOT NULL
);

CREATE INDEX audit_entry_outcome ON audit_entry (outcome, sequence);

-- By which a request is found whose entry in the log shall be proven.
CREATE INDEX request_by_id ON request (id);
