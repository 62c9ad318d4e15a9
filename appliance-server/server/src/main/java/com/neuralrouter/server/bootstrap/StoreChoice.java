package com.neuralrouter.server.bootstrap;

import com.neuralrouter.server.store.H2File;
import com.neuralrouter.server.store.Postgres;
import com.neuralrouter.server.store.PostgresAddress;
import com.neuralrouter.server.store.StoreLocation;
import com.neuralrouter.server.store.VolumeEncryption;

import org.jspecify.annotations.Nullable;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Function;

/** Where a site's store is, according to its {@code appliance.yaml}. */
public final class StoreChoice {
    /** The credential of systemd (systemd.exec(5), LoadCredential=) that is the password. */
    private static final String CREDENTIAL = "postgresql-password";

    private static final String CREDENTIALS = "CREDENTIALS_DIRECTORY";

    private StoreChoice() {}

    /**
     * The place to open.
     *
     * @param here the file in the site's folder, for a site that chose no other place
     */
    public static StoreLocation.OfSite of(SiteFolder site, ApplianceConfig config, H2File here) {
        return of(site, config.store(), here, System.getenv(CREDENTIALS));
    }

    /**
     * Where a site's store goes that is being restored: what its configuration names is in the
     * folder where it is being put together, or else where it will be.
     */
    static StoreLocation.OfSite ofRestored(
            SiteFolder scratch, SiteFolder site, ApplianceConfig config, H2File here) {
        return of(
                file -> {
                    Path restored = scratch.root().resolve(file);
                    return Files.exists(restored) ? restored : site.root().resolve(file);
                },
                config.store(),
                here,
                System.getenv(CREDENTIALS));
    }

    static StoreLocation.OfSite of(
            SiteFolder site,
            ApplianceConfig.Store store,
            H2File here,
            @Nullable String credentials) {
        return of(site.root()::resolve, store, here, credentials);
    }

    private static StoreLocation.OfSite of(
            Function<String, Path> named,
            ApplianceConfig.Store store,
            H2File here,
            @Nullable String credentials) {
        if (store.postgresql().isEmpty()) {
            return here;
        }
        return new Postgres(
                PostgresAddress.parse(store.postgresql()),
                password(named, store, credentials),
                store.caFile().isEmpty()
                        ? new Postgres.ThisMachine()
                        : new Postgres.Authority(named.apply(store.caFile())),
                VolumeEncryption.of(store.volumeEncryption()).orElseThrow());
    }

    private static Postgres.Password password(
            Function<String, Path> named,
            ApplianceConfig.Store store,
            @Nullable String credentials) {
        if (!store.passwordFile().isEmpty()) {
            return new Postgres.PasswordFile(named.apply(store.passwordFile()));
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
