-- What is known of models beside what came with the appliance, each as the file that it was: 1 is
-- the newest signed catalogue that was imported, 2 the site's own.
CREATE TABLE model_catalogue (
    id          INTEGER PRIMARY KEY,
    document    VARCHAR(1000000) NOT NULL,
    signature   VARCHAR(200),
    imported_at TIMESTAMP(6) WITH TIME ZONE NOT NULL,
    mac         ${bytes}
);
