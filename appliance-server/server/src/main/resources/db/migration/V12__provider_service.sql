-- What the site declares of a provider's service, as JSON with its members in the contract's order;
-- null where it declares nothing.
ALTER TABLE provider ADD COLUMN service VARCHAR(10000);

-- Providers that are not in full service; one without a row is.
CREATE TABLE provider_suspension (
    provider_id UUID PRIMARY KEY REFERENCES provider (id),
    standing    VARCHAR(16) NOT NULL,
    automatic   BOOLEAN NOT NULL,
    reason      VARCHAR(1000) NOT NULL,
    since       TIMESTAMP(6) WITH TIME ZONE NOT NULL,
    mac         ${bytes}
);

-- What somebody should know of; nothing is decided by it.
CREATE TABLE incident (
    id        UUID PRIMARY KEY,
    rule      VARCHAR(63) NOT NULL,
    subject   VARCHAR(200) NOT NULL,
    state     VARCHAR(16) NOT NULL,
    opened_at TIMESTAMP(6) WITH TIME ZONE NOT NULL,
    closed_at TIMESTAMP(6) WITH TIME ZONE
);
CREATE INDEX incident_subject ON incident (rule, subject, state);

CREATE TABLE incident_event (
    incident_id UUID NOT NULL REFERENCES incident (id),
    position    INTEGER NOT NULL,
    at          TIMESTAMP(6) WITH TIME ZONE NOT NULL,
    kind        VARCHAR(16) NOT NULL,
    actor       VARCHAR(200) NOT NULL,
    text        VARCHAR(2000) NOT NULL,
    PRIMARY KEY (incident_id, position)
);
