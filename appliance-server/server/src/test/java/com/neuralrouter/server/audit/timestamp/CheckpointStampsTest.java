package com.neuralrouter.server.audit.timestamp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.neuralrouter.server.audit.AuditEvent;
import com.neuralrouter.server.audit.log.EntryLog;
import com.neuralrouter.server.audit.log.EntryLogKeys;
import com.neuralrouter.server.audit.timestamp.LocalAuthority.Mood;
import com.neuralrouter.server.audit.timestamp.StampFolder.Stamped;
import com.neuralrouter.server.audit.timestamp.TimestampTrust.Unproven;
import com.neuralrouter.server.secret.TestVault;
import com.neuralrouter.server.secret.Vault;

import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** The log's checkpoints are stamped by an authority, and by nothing that only looks like one. */
class CheckpointStampsTest {
    @TempDir private Path folder;
    private final List<AuditEvent> told = new ArrayList<>();
    private Vault vault;
    private EntryLog log;
    private LocalAuthority authority;
    private StampFolder stamps;

    @BeforeEach
    void open() throws Exception {
        vault = TestVault.in(folder);
        log = EntryLog.create(folder.resolve("audit"), EntryLogKeys.of(vault), Clock.systemUTC());
        authority = new LocalAuthority();
        stamps = new StampFolder(folder.resolve("timestamps"));
    }

    @AfterEach
    void close() {
        authority.close();
        log.close();
        vault.close();
    }

    private CheckpointStamps stamping(TimestampTrust trust) {
        return new CheckpointStamps(
                new CheckpointStamps.Settings(authority.url(), trust, Duration.ofHours(1)),
                stamps,
                log::checkpointNow,
                told::add);
    }

    private void grow() {
        log.append(List.of((sequence, _) -> ("{\"n\":" + sequence + "}").getBytes()));
    }

    @Test
    void stampsTheNewestCheckpointWheneverTheLogHasGrown() throws Exception {
        Instant before = Instant.now(Clock.systemUTC()).minusSeconds(1);
        try (var stamping = stamping(authority.trust())) {
            stamping.stamp();
            grow();
            stamping.stamp();
            stamping.stamp();
            grow();
            stamping.stamp();
        }

        List<Stamped> kept = stamps.above(0, 10);
        assertThat(kept).extracting(Stamped::size).containsExactly(1L, 2L);
        for (Stamped each : kept) {
            assertThat(authority.trust().prove(each.token(), each.note()))
                    .isBetween(before, Instant.now(Clock.systemUTC()).plusSeconds(1));
        }
        assertThat(told)
                .extracting(AuditEvent::action)
                .containsExactly("audit.timestamped", "audit.timestamped");
        assertThat(stamps.above(1, 10)).extracting(Stamped::size).containsExactly(2L);
    }

    @Test
    void keepsNothingThatProvesNothingAndTellsItOnce() {
        grow();
        try (var stamping = stamping(authority.trust())) {
            for (Mood mood : Mood.values()) {
                if (mood != Mood.WELL) {
                    authority.is(mood);
                    stamping.stamp();
                }
            }
            assertThat(stamps.above(0, 10)).isEmpty();
            assertThat(told)
                    .extracting(AuditEvent::action)
                    .containsExactly("audit.timestamp_failing");

            authority.is(Mood.WELL);
            stamping.stamp();
            assertThat(stamps.above(0, 10)).hasSize(1);
        }
    }

    @Test
    void believesNoOtherAuthorityAndNoCertificateForAnotherPurpose() throws Exception {
        grow();
        try (var other = new LocalAuthority();
                var stamping = stamping(other.trust())) {
            stamping.stamp();
        }
        assertThat(stamps.above(0, 10)).isEmpty();

        authority.close();
        authority = new LocalAuthority(KeyPurposeId.id_kp_serverAuth);
        try (var stamping = stamping(authority.trust())) {
            stamping.stamp();
        }
        assertThat(stamps.above(0, 10)).isEmpty();
    }

    @Test
    void provesNothingOfChangedBytes() throws Exception {
        grow();
        try (var stamping = stamping(authority.trust())) {
            stamping.stamp();
        }
        Stamped kept = stamps.above(0, 1).getFirst();
        byte[] note = kept.note().clone();
        note[5] ^= 1;
        byte[] token = kept.token().clone();
        token[token.length - 5] ^= 1;

        assertThatThrownBy(() -> authority.trust().prove(kept.token(), note))
                .isInstanceOf(Unproven.class);
        assertThatThrownBy(() -> authority.trust().prove(token, kept.note()))
                .isInstanceOf(Unproven.class);
    }

    /** A program that is not ours: OpenSSL, which the long profile needs on the machine. */
    @Test
    @Tag("long")
    void opensslVerifiesTheStamp() throws Exception {
        grow();
        try (var stamping = stamping(authority.trust())) {
            stamping.stamp();
        }
        Path root = Files.writeString(folder.resolve("root.pem"), authority.pem());
        String name = "%020d".formatted(1);

        Process openssl =
                new ProcessBuilder(
                                "openssl",
                                "ts",
                                "-verify",
                                "-in",
                                stamps.root().resolve(name + ".tsr").toString(),
                                "-data",
                                stamps.root().resolve(name + ".note").toString(),
                                "-CAfile",
                                root.toString())
                        .redirectErrorStream(true)
                        .start();
        String output = new String(openssl.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(openssl.waitFor()).as(output).isZero();
        assertThat(output).contains("Verification: OK");
        System.out.println("openssl ts -verify: " + output.lines().reduce((_, last) -> last));
    }
}
