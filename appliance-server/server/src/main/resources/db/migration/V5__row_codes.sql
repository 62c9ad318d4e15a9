-- How the appliance knows the rows by which it decides for its own (ADR 0020): mac is a row's
-- authentication code, site.digest says which rows there are. A row without a code is refused.
ALTER TABLE site ADD COLUMN digest ${bytes};
ALTER TABLE root_key ADD COLUMN mac ${bytes};
ALTER TABLE workspace ADD COLUMN mac ${bytes};
ALTER TABLE workspace_key ADD COLUMN mac ${bytes};
ALTER TABLE destroyed_workspace_key ADD COLUMN mac ${bytes};
ALTER TABLE api_key ADD COLUMN mac ${bytes};
ALTER TABLE provider ADD COLUMN mac ${bytes};
ALTER TABLE credential ADD COLUMN mac ${bytes};
ALTER TABLE route ADD COLUMN mac ${bytes};
ALTER TABLE route_workspace ADD COLUMN mac ${bytes};
ALTER TABLE route_upstream ADD COLUMN mac ${bytes};
ALTER TABLE site_policy ADD COLUMN mac ${bytes};
ALTER TABLE workspace_policy ADD COLUMN mac ${bytes};
ALTER TABLE device ADD COLUMN mac ${bytes};
ALTER TABLE invitation ADD COLUMN mac ${bytes};
