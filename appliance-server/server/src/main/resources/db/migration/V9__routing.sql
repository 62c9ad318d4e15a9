-- What a route says beyond where it leads, as JSON with its members in the code's order; null where
-- it says nothing.
ALTER TABLE route ADD COLUMN options VARCHAR(10000);
ALTER TABLE route_upstream ADD COLUMN options VARCHAR(10000);
