package com.neuralrouter.server.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.neuralrouter.certs.ca.ServerName;
import com.neuralrouter.certs.ca.SiteCertificateAuthority;
import com.neuralrouter.certs.trust.Pem;
import com.neuralrouter.certs.trust.PrivateFile;
import com.neuralrouter.certs.trust.TlsIdentity;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;

/** A server with a certificate for {@code localhost}, and who believes it. */
@Tag("postgresql")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PostgresTlsTest {
    private Path folder;
    private TestPostgres server;
    private Path authority;

    @BeforeAll
    void start(@TempDir Path temporary) throws IOException {
        folder = temporary;
        SiteCertificateAuthority issuer =
                SiteCertificateAuthority.create("Database", Clock.systemUTC()).authority();
        TlsIdentity identity = issuer.issueServer(List.of(new ServerName("localhost")));
        Path chain = Files.writeString(folder.resolve("server.pem"), Pem.write(identity.chain()));
        Path key = folder.resolve("server.key");
        PrivateFile.create(
                key,
                Pem.write("PRIVATE KEY", identity.key().getEncoded())
                        .getBytes(StandardCharsets.US_ASCII));
        authority = Files.writeString(folder.resolve("root.pem"), Pem.write(issuer.root()));
        server =
                TestPostgres.start(
                        folder,
                        Map.of(
                                "ssl", "on",
                                "ssl_cert_file", chain.toString(),
                                "ssl_key_file", key.toString()));
        server.database("secured", "");
    }

    @AfterAll
    void stop() {
        server.close();
    }

    @Test
    void speaksTlsWithAServerThatTheAuthorityVouchesFor() {
        try (Database database = Database.create(location("localhost", authority))) {
            assertThat(
                            database.<String>read(tx ->
                                    tx.handle()
                                            .createQuery(
                                                    """
                                                    SELECT version FROM pg_stat_ssl
                                                    WHERE pid = pg_backend_pid() AND ssl
                                                    """)
                                            .mapTo(String.class)
                                            .one()))
                    .startsWith("TLSv1.");
        }
    }

    @Test
    void refusesAnAuthorityThatDidNotIssueTheCertificate() throws IOException {
        var stranger = SiteCertificateAuthority.create("Other", Clock.systemUTC()).authority();
        Path other = Files.writeString(folder.resolve("other.pem"), Pem.write(stranger.root()));

        assertThatThrownBy(() -> Database.open(location("localhost", other)))
                .isInstanceOf(StoreUnusable.class)
                .hasMessageContaining("certificate is not one for localhost")
                .hasMessageNotContaining(TestPostgres.PASSWORD);
    }

    @Test
    void refusesACertificateForAnotherHost() {
        assertThatThrownBy(() -> Database.open(location("127.0.0.1", authority)))
                .isInstanceOf(StoreUnusable.class)
                .hasMessageContaining("certificate is not one for 127.0.0.1");
    }

    @Test
    void sendsNothingInTheClearOverANetwork() {
        assertThatThrownBy(() -> location("db.example.org", new Postgres.ThisMachine()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("store.ca-file");
    }

    private Postgres location(String host, Path trusted) {
        return location(host, new Postgres.Authority(trusted));
    }

    private Postgres location(String host, Postgres.Trust trust) {
        return new Postgres(
                new PostgresAddress(TestPostgres.ROLE, host, server.port(), "secured"),
                new Postgres.PasswordFile(server.passwordFile()),
                trust,
                VolumeEncryption.LUKS2_AES_256_XTS);
    }
}
