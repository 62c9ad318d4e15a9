package com.neuralrouter.server.identity;

import static org.assertj.core.api.Assertions.assertThat;

import com.neuralrouter.contract.ApiKeyId;
import com.neuralrouter.contract.ProblemCode;
import com.neuralrouter.contract.WorkspaceId;
import com.neuralrouter.server.apikey.ApiKeyFormat;
import com.neuralrouter.server.apikey.ApiKeyFormat.GeneratedKey;
import com.neuralrouter.server.identity.CredentialRefused.Reason;
import com.neuralrouter.server.snapshot.GatewaySnapshot;
import com.neuralrouter.server.snapshot.KeyEntry;

import org.junit.jupiter.api.Test;

import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.UUID;

class ApiKeyAuthenticatorTest {
    private static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");
    private static final ApiKeyId KEY = new ApiKeyId(new UUID(1, 1));
    private static final WorkspaceId WORKSPACE = new WorkspaceId(new UUID(2, 2));

    private final GeneratedKey key = ApiKeyFormat.generate(new SecureRandom());
    private final ApiKeyAuthenticator authenticator =
            new ApiKeyAuthenticator(Clock.fixed(NOW, ZoneOffset.UTC));

    @Test
    void knowsTheCallerByItsKey() {
        assertThat(authenticate(active(), List.of("Bearer " + key.text()), List.of()))
                .isEqualTo(new Caller(KEY, "app", WORKSPACE));
    }

    @Test
    void takesTheSchemeInAnyCase() {
        assertThat(authenticate(active(), List.of("bearer " + key.text()), List.of()))
                .isInstanceOf(Caller.class);
    }

    @Test
    void asksForACredentialWhereThereIsNone() {
        assertRefused(List.of(), List.of(), ProblemCode.CREDENTIAL_MISSING, Reason.MISSING);
        assertRefused(
                List.of("Basic YTpi"), List.of(), ProblemCode.CREDENTIAL_MISSING, Reason.MISSING);
    }

    @Test
    void takesTheKeyFromTheHeadersOfOtherApisToo() {
        assertThat(authenticate(active(), List.of(), List.of(key.text())))
                .isInstanceOf(Caller.class);
    }

    @Test
    void refusesSeveralCredentialsEvenIfTheyAreTheSame() {
        String bearer = "Bearer " + key.text();

        assertRefused(
                List.of(bearer, bearer),
                List.of(),
                ProblemCode.SEVERAL_CREDENTIALS,
                Reason.SEVERAL);
        assertRefused(
                List.of(bearer),
                List.of(key.text()),
                ProblemCode.SEVERAL_CREDENTIALS,
                Reason.SEVERAL);
        assertRefused(
                List.of(),
                List.of(key.text(), key.text()),
                ProblemCode.SEVERAL_CREDENTIALS,
                Reason.SEVERAL);
    }

    @Test
    void tellsTheSameOfEveryKeyThatIsNotValid() {
        GeneratedKey stranger = ApiKeyFormat.generate(new SecureRandom());

        assertKeyRefused(active(), "nr_something", Reason.NOT_A_KEY);
        assertKeyRefused(active(), "", Reason.NOT_A_KEY);
        assertKeyRefused(active(), stranger.text(), Reason.UNKNOWN);
        assertKeyRefused(entry(Long.MAX_VALUE, true), key.text(), Reason.REVOKED);
        assertKeyRefused(entry(NOW.toEpochMilli(), false), key.text(), Reason.EXPIRED);
    }

    @Test
    void refusesAKeyThatSharesOnlyTheKid() {
        var other =
                new KeyEntry(
                        KEY,
                        "app",
                        WORKSPACE,
                        ApiKeyFormat.generate(new SecureRandom()).reference(),
                        Long.MAX_VALUE,
                        false);

        assertKeyRefused(other, key.text(), Reason.UNKNOWN);
    }

    @Test
    void takesAKeyUntilTheMomentItExpires() {
        var authentication =
                authenticate(
                        entry(NOW.toEpochMilli() + 1, false),
                        List.of("Bearer " + key.text()),
                        List.of());

        assertThat(authentication).isInstanceOf(Caller.class);
    }

    @Test
    void showsNoCredentialInItsText() {
        assertThat(new PresentedCredentials(List.of(key.text()), List.of()).toString())
                .contains("redacted")
                .doesNotContain(key.text());
    }

    private void assertKeyRefused(KeyEntry entry, String text, Reason reason) {
        assertThat(authenticate(entry, List.of("Bearer " + text), List.of()))
                .isEqualTo(new CredentialRefused(ProblemCode.CREDENTIAL_REFUSED, reason));
    }

    private void assertRefused(
            List<String> authorization, List<String> others, ProblemCode problem, Reason reason) {
        assertThat(authenticate(active(), authorization, others))
                .isEqualTo(new CredentialRefused(problem, reason));
    }

    private Authentication authenticate(
            KeyEntry entry, List<String> authorization, List<String> others) {
        var snapshot = new GatewaySnapshot(1, Map.of(key.kid(), entry), Map.of(), Map.of());
        return authenticator.authenticate(
                snapshot, new PresentedCredentials(authorization, others));
    }

    private KeyEntry active() {
        return entry(Long.MAX_VALUE, false);
    }

    private KeyEntry entry(long expiresAtMillis, boolean revoked) {
        return new KeyEntry(KEY, "app", WORKSPACE, key.reference(), expiresAtMillis, revoked);
    }
}
