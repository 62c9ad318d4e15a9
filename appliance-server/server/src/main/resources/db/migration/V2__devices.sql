-- Administrators' devices: who they are is the SHA-256 of their certificate's public key. A device
-- is never deleted, so that the audit trail's ids always lead somewhere.
CREATE TABLE device (
    id                     UUID PRIMARY KEY,
    name                   VARCHAR(64) NOT NULL,
    role                   VARCHAR(16) NOT NULL,
    fingerprint            VARCHAR(64) NOT NULL UNIQUE,
    enrolled_at            TIMESTAMP(6) WITH TIME ZONE NOT NULL,
    certificate_expires_at TIMESTAMP(6) WITH TIME ZONE NOT NULL,
    revoked_at             TIMESTAMP(6) WITH TIME ZONE
);

-- An invitation's token is nowhere: selector is its first bytes, by which the row is found,
-- token_hash the SHA-256 of the whole.
CREATE TABLE invitation (
    id         UUID PRIMARY KEY,
    selector   VARCHAR(8) NOT NULL UNIQUE,
    token_hash ${bytes} NOT NULL,
    name       VARCHAR(64) NOT NULL,
    role       VARCHAR(16) NOT NULL,
    created_at TIMESTAMP(6) WITH TIME ZONE NOT NULL,
    expires_at TIMESTAMP(6) WITH TIME ZONE NOT NULL,
    failures   INTEGER NOT NULL,
    device_id  UUID REFERENCES device (id)
);
