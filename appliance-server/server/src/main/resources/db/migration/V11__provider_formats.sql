-- What a provider serves in the apps' own formats beside what its kind does, as a list of operations;
-- and the version of Azure's API. Null where it is as usual.
ALTER TABLE provider ADD COLUMN operations VARCHAR(400);
ALTER TABLE provider ADD COLUMN api_version VARCHAR(40);
