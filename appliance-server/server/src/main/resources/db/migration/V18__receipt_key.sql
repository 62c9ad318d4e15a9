-- The public halves of the keys that sign receipts, and of those that did: a receipt is checked for
-- as long as anybody keeps it. The private half is in the vault, and destroyed by a rotation.
CREATE TABLE receipt_key (
    id         UUID NOT NULL PRIMARY KEY,
    kid        VARCHAR(43) NOT NULL UNIQUE,
    x          VARCHAR(43) NOT NULL,
    created_at TIMESTAMP(6) WITH TIME ZONE NOT NULL,
    mac        ${bytes}
);
