package com.neuralrouter.server.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.neuralrouter.server.admin.TestSite;
import com.neuralrouter.server.audit.log.AuditLogDamaged;
import com.neuralrouter.server.secret.KeyPurpose;
import com.neuralrouter.server.secret.MacKey;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A machine that was put back as a whole is noticed by what another disk remembers. */
class SealedCounterTest {
    @TempDir private Path folder;
    @TempDir private Path otherFolder;
    @TempDir private Path elsewhere;
    private TestSite site;
    private MacKey key;
    private Path file;

    @BeforeEach
    void open() {
        site = new TestSite(folder);
        key = MacKey.owning(site.vault.key(KeyPurpose.AUDIT_COUNTER));
        file = elsewhere.resolve("counter");
    }

    @AfterEach
    void close() {
        key.close();
        site.close();
    }

    @Test
    void agreesWithALogThatOnlyGrew() {
        assertThat(counter().demandNotPutBack()).isFalse();
        for (int i = 0; i < 5; i++) {
            counter().count();
            site.workspace("w" + i);
            assertThat(counter().demandNotPutBack()).isTrue();
        }
    }

    @Test
    void noticesALogThatIsShorterThanItWas() {
        site.workspace("a");
        counter().count();

        try (var other = new TestSite(otherFolder)) {
            assertThatThrownBy(() -> new SealedCounter(file, key, other.log).demandNotPutBack())
                    .isInstanceOf(AuditLogDamaged.class)
                    .hasMessageContaining("put back");
        }
    }

    @Test
    void noticesEachByteThatWasAltered() throws IOException {
        counter().count();
        byte[] sound = Files.readAllBytes(file);
        for (int i = 0; i < sound.length - 1; i++) {
            byte[] altered = sound.clone();
            altered[i] ^= 1;
            Files.write(file, altered);
            assertThatThrownBy(() -> counter().demandNotPutBack())
                    .isInstanceOf(AuditLogDamaged.class);
        }
    }

    private SealedCounter counter() {
        return new SealedCounter(file, key, site.log);
    }
}
