package com.neuralrouter.server.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.neuralrouter.server.secret.XtsPageCipher;
import com.neuralrouter.server.store.H2File;
import com.neuralrouter.server.store.PageCipher;
import com.neuralrouter.server.store.Postgres;
import com.neuralrouter.server.store.PostgresAddress;
import com.neuralrouter.server.store.VolumeEncryption;
import com.neuralrouter.server.yaml.YamlRefused;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

class StoreChoiceTest {
    private static final String ATTESTED = "  volume-encryption: luks2-aes-256-xts\n";

    private static final PageCipher PAGES = XtsPageCipher.of(twoKeys());

    @TempDir private Path folder;

    @Test
    void isAFileOfTheSiteUnlessALineSaysOtherwise() {
        assertThat(choice("{}", null)).isEqualTo(here());
    }

    @Test
    void isAServerElsewhereWithACheckedCertificate() {
        assertThat(
                        choice(
                                "store:\n"
                                        + "  postgresql: postgresql://router@db.example.org/site\n"
                                        + "  password-file: keys/password\n"
                                        + "  ca-file: /etc/ssl/db.pem\n"
                                        + ATTESTED,
                                null))
                .isEqualTo(
                        new Postgres(
                                new PostgresAddress("router", "db.example.org", 5432, "site"),
                                new Postgres.PasswordFile(folder.resolve("keys/password")),
                                new Postgres.Authority(Path.of("/etc/ssl/db.pem")),
                                VolumeEncryption.LUKS2_AES_256_XTS));
    }

    @Test
    void takesThePasswordThatSystemdHandsOver() throws IOException {
        Path credential = Files.writeString(folder.resolve("postgresql-password"), "p");
        String local = "store:\n  postgresql: postgresql://router@127.0.0.1:5433/site\n" + ATTESTED;

        assertThat(((Postgres) choice(local, folder.toString())).password())
                .isEqualTo(new Postgres.PasswordFile(credential));
        assertThat(((Postgres) choice(local, null)).password())
                .isEqualTo(new Postgres.NoPassword());
    }

    @ParameterizedTest
    @CsvSource({
        "postgresql://router@db.example.org/site,reached over a network",
        "postgresql://router:planted@localhost/site,a password goes into store.password-file",
        "jdbc:postgresql://localhost/site,not of the form postgresql://",
        "postgresql://router@localhost:70000/site,70000 is outside 1..65535"
    })
    void refusesAnAddressThatCannotBeUsedAndDoesNotRepeatIt(String written, String sentence) {
        assertThatThrownBy(() ->
                        choice("store:\n  postgresql: \"" + written + "\"\n" + ATTESTED, null))
                .isInstanceOf(YamlRefused.class)
                .hasMessageContaining("2:15")
                .hasMessageContaining(sentence)
                .hasMessageNotContaining("planted");
    }

    @Test
    void refusesADatabaseServerWhoseVolumeNobodyAttests() {
        assertThatThrownBy(() ->
                        choice(
                                "store:\n  postgresql: postgresql://router@localhost/site\n"
                                        + "  volume-encryption: rot13\n",
                                null))
                .isInstanceOf(YamlRefused.class)
                .hasMessageContaining("attest how in store.volume-encryption")
                .hasMessageContaining("luks2-aes-256-xts, self-encrypting-drive");
    }

    private Object choice(String yaml, String credentials) {
        ApplianceConfig config = ApplianceConfigReader.read("appliance.yaml", yaml);
        return StoreChoice.of(new SiteFolder(folder), config.store(), here(), credentials);
    }

    /** XTS wants two keys that differ. */
    private static byte[] twoKeys() {
        byte[] keys = new byte[XtsPageCipher.KEY_BYTES];
        keys[0] = 1;
        return keys;
    }

    private H2File here() {
        return new H2File(folder.resolve("data"), PAGES);
    }
}
