package com.neuralrouter.server.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.neuralrouter.contract.AuditEntry;
import com.neuralrouter.server.audit.AuditStore;
import com.neuralrouter.server.bootstrap.SiteFolder;
import com.neuralrouter.server.integrity.StoreTampered;
import com.neuralrouter.server.secret.Vault;
import com.neuralrouter.server.secret.XtsPageCipher;
import com.neuralrouter.server.store.Database;
import com.neuralrouter.server.store.H2File;
import com.neuralrouter.server.store.Tx;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;

/** The whole appliance on a store that somebody changed while it was stopped. */
class TamperedStoreIT {
    private static final String MODEL = "gpt";

    @TempDir private Path folder;

    @Test
    void doesNotStartUntilTheStoreIsAsItWas() throws IOException {
        SiteFolder site;
        try (RunningSite running = RunningSite.start(folder)) {
            running.openFor(MODEL);
            site = running.folder();
        }
        sql(site, "UPDATE route SET model = 'other'");

        assertThatThrownBy(() -> RunningSite.startAgain(site))
                .isInstanceOf(StoreTampered.class)
                .hasMessageContaining("route/")
                .hasMessageContaining("restore the last backup");

        assertThat(entries(site).getFirst().action()).isEqualTo("store.tampering_detected");
        assertThat(entries(site).getFirst().target()).startsWith("route/");
        sql(site, "UPDATE route SET model = '" + MODEL + "'");
        try (RunningSite again = RunningSite.startAgain(site)) {
            assertThat(again.inferencePort()).isPositive();
        }
    }

    private static void sql(SiteFolder site, String statement) {
        inStore(site, tx -> tx.handle().execute(statement));
    }

    private static List<AuditEntry> entries(SiteFolder site) {
        return inStore(site, tx -> new AuditStore().before(tx, Long.MAX_VALUE, 10));
    }

    /** What somebody can do who got at the store's pages in the clear, but not at its rows' key. */
    private static <T> T inStore(SiteFolder site, Function<Tx, T> body) {
        try (Vault vault = RunningSite.vault(site).openByItself().orElseThrow();
                XtsPageCipher pages = XtsPageCipher.under(vault);
                Database database = Database.open(new H2File(site.store(), pages))) {
            return database.write(body);
        }
    }
}
