package com.neuralrouter.server.bootstrap;

import com.neuralrouter.server.store.H2File;
import com.neuralrouter.server.store.Postgres;
import com.neuralrouter.server.store.PostgresAddress;
import com.neuralrouter.server.store.StoreLocation;
import com.neuralrouter.server.store.VolumeEncryption;

import org.jspecify.annotations.Nullable;

import java.nio.file.Files;
import java.nio.file.Path;

/** Where a site's store is, according to its {@code appliance.yaml}. */
public final class StoreChoice {
    /** The credential of systemd (systemd.exec(5), LoadCredential=) that is the password. */
    private static final String CREDENTIAL = "postgresql-password";

    private StoreChoice() {}

    /**
     * The place to open.
     *
     * @param here the file in the site's folder, for a site that chose no other place
     */
    public static StoreLocation of(SiteFolder site, ApplianceConfig config, H2File here) {
        return of(site, config.store(), here, System.getenv("CREDENTIALS_DIRECTORY"));
    }

    static StoreLocation of(
            SiteFolder site,
            ApplianceConfig.Store store,
            H2File here,
            @Nullable String credentials) {
        if (store.postgresql().isEmpty()) {
            return here;
        }
        return new Postgres(
                PostgresAddress.parse(store.postgresql()),
                password(site, store, credentials),
                store.caFile().isEmpty()
                        ? new Postgres.ThisMachine()
                        : new Postgres.Authority(site.root().resolve(store.caFile())),
                VolumeEncryption.of(store.volumeEncryption()).orElseThrow());
    }

    private static Postgres.Password password(
            SiteFolder site, ApplianceConfig.Store store, @Nullable String credentials) {
        if (!store.passwordFile().isEmpty()) {
            return new Postgres.PasswordFile(site.root().resolve(store.passwordFile()));
        }
        if (credentials != null) {
            Path credential = Path.of(credentials).resolve(CREDENTIAL);
            if (Files.exists(credential)) {
                return new Postgres.PasswordFile(credential);
            }
        }
        return new Postgres.NoPassword();
    }
}
