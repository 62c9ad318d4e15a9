-- What keeps readable audit entries from being removed or erased. Null does not matter.
CREATE TABLE legal_hold (
    id        UUID PRIMARY KEY,
    name      VARCHAR(200) NOT NULL,
    since     TIMESTAMP(6) WITH TIME ZONE,
    until     TIMESTAMP(6) WITH TIME ZONE,
    workspace VARCHAR(63),
    actor     VARCHAR(64),
    placed_at TIMESTAMP(6) WITH TIME ZONE NOT NULL,
    lifted_at TIMESTAMP(6) WITH TIME ZONE
);
