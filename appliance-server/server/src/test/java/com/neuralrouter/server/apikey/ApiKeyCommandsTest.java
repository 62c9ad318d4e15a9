package com.neuralrouter.server.apikey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.neuralrouter.contract.ApiKey;
import com.neuralrouter.contract.CreateApiKey;
import com.neuralrouter.contract.CreatedApiKey;
import com.neuralrouter.contract.Permission;
import com.neuralrouter.contract.WorkspaceId;
import com.neuralrouter.server.admin.AdminRefused;
import com.neuralrouter.server.admin.TestSite;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;

/** A key is shown once, and revoked for good. */
@Tag("store")
class ApiKeyCommandsTest {
    @TempDir private Path folder;
    private TestSite site;
    private WorkspaceId workspace;

    @BeforeEach
    void found() {
        site = new TestSite(folder);
        workspace = site.workspace("research").id();
    }

    @AfterEach
    void close() {
        site.close();
    }

    @Test
    void keepsAOneWayReferenceOnly() throws NoSuchAlgorithmException {
        CreatedApiKey made = create("app", null);

        StoredApiKey stored =
                site.reads.read(tx -> site.apiKeyStore.find(tx, made.key().id())).orElseThrow();
        assertThat(stored.reference())
                .isEqualTo(
                        MessageDigest.getInstance("SHA-256")
                                .digest(made.secret().getBytes(StandardCharsets.US_ASCII)));
        assertThat(ApiKeyFormat.kid(made.secret())).contains(stored.kid());
        assertThat(made.toString()).doesNotContain(made.secret());
    }

    @Test
    void refusesASecondActiveKeyOfOneNameAndAllowsItAfterTheRevocation() {
        CreatedApiKey first = create("app", null);
        assertThatThrownBy(() -> create("app", null)).isInstanceOf(AdminRefused.class);

        site.apiKeys.revoke(site.as(Permission.API_KEYS_MANAGE), first.key().id());

        assertThat(create("app", null).key().state()).isEqualTo(ApiKey.State.ACTIVE);
    }

    @Test
    void staysRevokedAtTheTimeItWasRevokedFirst() {
        CreatedApiKey made = create("app", null);

        ApiKey once = site.apiKeys.revoke(site.as(Permission.API_KEYS_MANAGE), made.key().id());
        ApiKey twice = site.apiKeys.revoke(site.as(Permission.API_KEYS_MANAGE), made.key().id());

        assertThat(twice.revokedAt()).isEqualTo(once.revokedAt());
        assertThat(site.entries().getFirst().details()).containsEntry("again", "true");
    }

    @Test
    void refusesAnExpiryInThePast() {
        assertThatThrownBy(() -> create("app", Instant.EPOCH))
                .isInstanceOf(AdminRefused.class)
                .hasMessageStartingWith("expiresAt");
    }

    @Test
    void isExpiredFromItsExpiryOn() {
        Instant expiry = Instant.parse("2100-01-01T00:00:00Z");
        CreatedApiKey made = create("app", expiry);

        StoredApiKey key =
                site.reads.read(tx -> site.apiKeyStore.find(tx, made.key().id())).orElseThrow();

        assertThat(key.state(expiry.minusMillis(1))).isEqualTo(ApiKey.State.ACTIVE);
        assertThat(key.state(expiry)).isEqualTo(ApiKey.State.EXPIRED);
    }

    private CreatedApiKey create(String name, Instant expiresAt) {
        return site.apiKeys.create(
                site.as(Permission.API_KEYS_MANAGE), workspace, new CreateApiKey(name, expiresAt));
    }
}
