-- How much may be asked at a time. level: whose requests; workspace_id: of a workspace and a key;
-- name: of a key or a route, else empty. document: JSON, see LimitsDocument.
CREATE TABLE usage_limit (
    id           UUID PRIMARY KEY,
    level        VARCHAR(16) NOT NULL,
    workspace_id UUID,
    name         VARCHAR(200) NOT NULL,
    document     VARCHAR(1000) NOT NULL,
    changed_at   TIMESTAMP(6) WITH TIME ZONE NOT NULL,
    mac          ${bytes}
);

-- How much may be spent; one row for each budget of the same subjects. document: JSON, see
-- BudgetDocument.
CREATE TABLE budget (
    id           UUID PRIMARY KEY,
    level        VARCHAR(16) NOT NULL,
    workspace_id UUID,
    name         VARCHAR(200) NOT NULL,
    document     VARCHAR(2000) NOT NULL,
    made_at      TIMESTAMP(6) WITH TIME ZONE NOT NULL,
    mac          ${bytes}
);

-- What the table request says of each budget in each span of time, added up as far as
-- budget_fold.position; told: the highest percentage that somebody was told of. Nothing is decided
-- by it that the requests don't say.
CREATE TABLE budget_use (
    budget_id UUID NOT NULL,
    began_at  TIMESTAMP(6) WITH TIME ZONE NOT NULL,
    tokens    BIGINT NOT NULL,
    micros    BIGINT NOT NULL,
    told      INTEGER NOT NULL,
    PRIMARY KEY (budget_id, began_at)
);
CREATE TABLE budget_fold (
    id       INTEGER PRIMARY KEY,
    position BIGINT NOT NULL
);
