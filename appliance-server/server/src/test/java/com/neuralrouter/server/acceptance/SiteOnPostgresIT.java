package com.neuralrouter.server.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.neuralrouter.contract.AdminApi;
import com.neuralrouter.contract.AuditEntry;
import com.neuralrouter.contract.RequestSummary;
import com.neuralrouter.server.bootstrap.SiteFolder;
import com.neuralrouter.server.listener.RawClient;
import com.neuralrouter.server.metric.PrometheusText;
import com.neuralrouter.server.store.Database;
import com.neuralrouter.server.store.StoreUnusable;
import com.neuralrouter.server.store.TestPostgres;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The whole appliance with its store in PostgreSQL, chosen by a line of appliance.yaml. */
@Tag("postgresql")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SiteOnPostgresIT {
    private static final String MODEL = "small-chat";

    private Path folder;
    private TestPostgres server;

    @BeforeAll
    void start(@TempDir Path temporary) {
        folder = temporary;
        server = TestPostgres.start(folder, Map.of());
        server.database("site", "");
        server.database("shared", "");
        server.database("lost", "");
    }

    @AfterAll
    void stop() {
        server.close();
    }

    @Test
    void isFoundedServesAndIsTheSameAfterARestart() throws IOException {
        Path site = folder.resolve("site");
        String key;
        try (RunningSite running = RunningSite.start(site, on("site"))) {
            key = running.openFor(MODEL);
            try (App app = running.app(key);
                    Administrator operator = running.operator()) {
                assertThat(app.ask(App.chat(MODEL, "hello")).status()).isEqualTo(200);
                assertThat(operator.all(AdminApi.AUDIT, AuditEntry.class))
                        .extracting(AuditEntry::action)
                        .contains("site.founded", "appliance.started");
            }
        }

        assertThat(site.resolve("data")).isEmptyDirectory();
        try (RunningSite again = RunningSite.startAgain(new SiteFolder(site));
                App app = again.app(key);
                Administrator operator = again.operator()) {
            assertThat(app.ask(App.chat(MODEL, "hello again")).status()).isEqualTo(200);
            List<RequestSummary> requests = operator.all(AdminApi.REQUESTS, RequestSummary.class);
            assertThat(requests).extracting(RequestSummary::model).contains(MODEL);
        }
    }

    @Test
    void aDatabaseServesOneSite() throws IOException {
        RunningSite.found(folder.resolve("first"), on("shared"));

        assertThatThrownBy(() -> RunningSite.found(folder.resolve("second"), on("shared")))
                .isInstanceOf(StoreUnusable.class)
                .hasMessageContaining("There is a store in database shared");
        assertThat(folder.resolve("second")).isEmptyDirectory();
        RunningSite.startAgain(new SiteFolder(folder.resolve("first"))).close();
    }

    /** What it knows may be revoked by then: a second process may have the store. */
    @Test
    void servesNothingWhileAnotherProcessHoldsItsDatabase() throws Exception {
        Path site = folder.resolve("lost");
        try (RunningSite running = RunningSite.start(site, on("lost"));
                App app = running.app(running.openFor(MODEL));
                Administrator operator = running.operator()) {
            assertThat(app.ask(App.chat(MODEL, "hello")).status()).isEqualTo(200);
            try (Database _ = server.takeOver("lost")) {
                App.Answer refused = awaitRefused(app);

                assertThat(refused.status()).isEqualTo(503);
                assertThat(refused.body()).contains("\"store_lost\"", "server_error");
                assertThat(health(running))
                        .startsWith("HTTP/1.1 503")
                        .endsWith("{\"status\":\"unavailable\",\"code\":\"store_lost\"}");
                PrometheusText told = PrometheusText.parse(operator.text(AdminApi.METRICS));
                assertThat(told.value("neural_router_ready")).isZero();
                assertThat(told.value("neural_router_metrics_missing"))
                        .as("providers and incidents are in the store")
                        .isEqualTo(2);
            }
            assertThat(app.ask(App.chat(MODEL, "hello")).status())
                    .as("the other one has written; nothing of that was read")
                    .isEqualTo(503);
        }
    }

    private static String health(RunningSite running) throws IOException {
        try (RawClient balancer =
                RawClient.tls(running.trust().context(), running.inferencePort())) {
            return balancer.send(
                            "GET /healthz HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n")
                    .receiveAll();
        }
    }

    private static App.Answer awaitRefused(App app) throws IOException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(15);
        App.Answer answer = app.ask(App.chat(MODEL, "hello"));
        while (answer.status() == 200 && System.nanoTime() < deadline) {
            answer = app.ask(App.chat(MODEL, "hello"));
        }
        return answer;
    }

    private Map<String, String> on(String database) {
        return Map.of(
                "store.postgresql",
                "postgresql://"
                        + TestPostgres.ROLE
                        + "@127.0.0.1:"
                        + server.port()
                        + "/"
                        + database,
                "store.password-file",
                server.passwordFile().toString(),
                "store.volume-encryption",
                "storage-array-aes-256");
    }
}
