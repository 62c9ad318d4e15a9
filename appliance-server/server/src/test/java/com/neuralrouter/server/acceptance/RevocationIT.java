package com.neuralrouter.server.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.neuralrouter.contract.AdminApi;
import com.neuralrouter.contract.ApiKey;
import com.neuralrouter.contract.CreateApiKey;
import com.neuralrouter.contract.CreatedApiKey;
import com.neuralrouter.contract.Device;
import com.neuralrouter.contract.SiteDocument;
import com.neuralrouter.contract.SiteDocument.WorkspaceDocument;
import com.neuralrouter.contract.Workspace;
import com.neuralrouter.contract.Workspace.State;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What was taken away is gone for the next request after the answer to the revocation, on
 * connections too that were let in before and are kept open.
 */
class RevocationIT {
    private static final String MODEL = "small-chat";
    private static final String MODELS = "/v1/models";
    private static final String CHAT = "/v1/chat/completions";

    @TempDir private static Path folder;
    private static RunningSite site;
    private static Administrator operator;
    private static String key;
    private static String workspace;

    @BeforeAll
    static void start() throws IOException {
        site = RunningSite.start(folder.resolve("site"));
        operator = site.operator();
        key = site.openFor(MODEL);
        workspace = operator.all(AdminApi.WORKSPACES, Workspace.class).getFirst().id().toString();
    }

    @AfterAll
    static void stop() {
        operator.close();
        site.close();
    }

    @Test
    void aRevokedKeyIsRefusedByTheNextRequestOnEveryKeptConnection() throws IOException {
        List<KeptConnection> connections = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            connections.add(KeptConnection.ofApp(site, key));
        }

        for (int round = 0; round < 25; round++) {
            CreatedApiKey made = newKey("kept-" + round);
            for (KeptConnection connection : connections) {
                assertThat(chat(connection.withKey(made.secret())).status()).isEqualTo(200);
            }

            revoke(made);

            for (KeptConnection connection : connections) {
                assertThat(chat(connection.withKey(made.secret())))
                        .as("round " + round)
                        .satisfies(
                                answer -> assertThat(answer.status()).isEqualTo(401),
                                answer -> assertThat(answer.body()).contains("invalid_api_key"));
                assertThat(connection.get(MODELS).status())
                        .as("another key on the same connection")
                        .isEqualTo(200);
            }
        }
        for (KeptConnection connection : connections) {
            connection.close();
        }
    }

    @Test
    void noRequestThatBeginsAfterTheAnswerIsServedUnderLoadEither() throws Exception {
        for (int round = 0; round < 8; round++) {
            CreatedApiKey made = newKey("load-" + round);
            var acknowledged = new AtomicLong(Long.MAX_VALUE);
            var running = new CountDownLatch(4);
            ExecutorService apps = Executors.newFixedThreadPool(4);
            try {
                List<Future<Integer>> series = new ArrayList<>();
                for (int i = 0; i < 4; i++) {
                    series.add(
                            apps.submit(
                                    (Callable<Integer>)
                                            () -> askUntilAfter(made, acknowledged, running)));
                }
                assertThat(running.await(60, TimeUnit.SECONDS)).isTrue();

                revoke(made);
                acknowledged.set(System.nanoTime());

                for (Future<Integer> one : series) {
                    assertThat(one.get(60, TimeUnit.SECONDS))
                            .as("status of the first request after the revocation")
                            .isEqualTo(401);
                }
            } finally {
                apps.shutdownNow();
            }
        }
    }

    @Test
    void aSuspendedWorkspaceIsRefusedByTheNextRequestAndServedAgainWhenItIsNot()
            throws IOException {
        try (var connection = KeptConnection.ofApp(site, newKey("suspended").secret())) {
            for (int round = 0; round < 5; round++) {
                assertThat(chat(connection).status()).isEqualTo(200);

                setState(State.SUSPENDED);

                assertThat(chat(connection))
                        .satisfies(
                                answer -> assertThat(answer.status()).isEqualTo(403),
                                answer ->
                                        assertThat(answer.body()).contains("workspace_suspended"));

                setState(State.ACTIVE);
            }
            assertThat(chat(connection).status()).isEqualTo(200);
        }
    }

    @Test
    void aRevokedDeviceIsRefusedByTheNextRequestOnItsOpenConnection() throws IOException {
        for (int round = 0; round < 3; round++) {
            Enrolled second =
                    Enrolled.in(site.folder(), site.enrolmentPort(), operator, "second-" + round);
            try (var connection =
                    KeptConnection.ofAdministrator(
                            site.trust().contextShowing(second.identity()), site.adminPort())) {
                assertThat(connection.get(AdminApi.STATUS).status()).isEqualTo(200);

                operator.post(
                        AdminApi.DEVICES + "/" + second.device() + AdminApi.REVOKE, Device.class);

                assertThat(connection.get(AdminApi.STATUS))
                        .satisfies(
                                answer -> assertThat(answer.status()).isEqualTo(403),
                                answer ->
                                        assertThat(answer.body()).contains("certificate_refused"));
            }
        }
    }

    /** The status of the first request that begins after the revocation was acknowledged. */
    private static int askUntilAfter(
            CreatedApiKey made, AtomicLong acknowledged, CountDownLatch running)
            throws IOException {
        try (var connection = KeptConnection.ofApp(site, made.secret())) {
            assertThat(connection.get(MODELS).status()).isEqualTo(200);
            running.countDown();
            while (!Thread.interrupted()) {
                boolean after = acknowledged.get() < System.nanoTime();
                int status = connection.get(MODELS).status();
                if (after) {
                    return status;
                }
            }
            throw new AssertionError("nobody revoked the key");
        }
    }

    private static KeptConnection.Answer chat(KeptConnection connection) throws IOException {
        return connection.post(CHAT, App.chat(MODEL, "Are you there?"));
    }

    private static CreatedApiKey newKey(String name) throws IOException {
        return operator.post(
                AdminApi.WORKSPACES + "/" + workspace + AdminApi.API_KEYS_OF_WORKSPACE,
                new CreateApiKey(name, null),
                CreatedApiKey.class);
    }

    private static void revoke(CreatedApiKey made) throws IOException {
        ApiKey revoked =
                operator.post(
                        AdminApi.API_KEYS + "/" + made.key().id() + AdminApi.REVOKE, ApiKey.class);
        assertThat(revoked.state()).isEqualTo(ApiKey.State.REVOKED);
    }

    private static void setState(State state) throws IOException {
        operator.apply(
                new SiteDocument(
                        SiteDocument.API_VERSION,
                        null,
                        List.of(),
                        List.of(
                                new WorkspaceDocument(
                                        RunningSite.WORKSPACE,
                                        "For proofs",
                                        state,
                                        null,
                                        List.of(),
                                        List.of())),
                        List.of()));
    }
}
