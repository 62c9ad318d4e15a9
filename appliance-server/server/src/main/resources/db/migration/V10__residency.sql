-- Where each provider is, as its administrators declare it, and the keys that its certificate may
-- have. What nobody declared is not there, and no policy that asks for it is content with that.
ALTER TABLE provider ADD COLUMN jurisdiction VARCHAR(16);
ALTER TABLE provider ADD COLUMN region VARCHAR(100);
ALTER TABLE provider ADD COLUMN trains_on_data BOOLEAN DEFAULT TRUE NOT NULL;
ALTER TABLE provider ADD COLUMN retention VARCHAR(16);
ALTER TABLE provider ADD COLUMN certificate_pins VARCHAR(2000);

-- Where a request was sent, and by which version of the policies.
ALTER TABLE request ADD COLUMN jurisdiction VARCHAR(100);
ALTER TABLE request ADD COLUMN region VARCHAR(100);
ALTER TABLE request ADD COLUMN policy_hash VARCHAR(64);
