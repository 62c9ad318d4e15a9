package com.neuralrouter.server.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.neuralrouter.contract.AdminApi;
import com.neuralrouter.contract.LogProof;
import com.neuralrouter.contract.ReceiptKey;
import com.neuralrouter.server.acceptance.CommandProcess.Ran;
import com.neuralrouter.server.bootstrap.SiteFolder;
import com.neuralrouter.server.provider.FakeUpstream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import tools.jackson.databind.JsonNode;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * The way of a receipt: given to an app, checked offline, found in the log, and its key renewed.
 */
@Timeout(120)
class ReceiptIT {
    private static final String MODEL = "small-chat";

    @TempDir private Path folder;

    private Path file(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }

    private static String receipt(HttpResponse<String> answer) {
        return answer.headers().firstValue("nr-receipt").orElseThrow();
    }

    private Ran verify(SiteFolder site, Object... more) throws Exception {
        var arguments = new ArrayList<Object>();
        arguments.addAll(List.of("receipt", "verify", "--site", site.root()));
        arguments.addAll(List.of(more));
        return CommandProcess.run(folder, arguments.toArray());
    }

    @Test
    void isVerifiedOfflineFoundInTheLogAndOutlivesItsKey() throws Exception {
        SiteFolder site = RunningSite.found(folder.resolve("site"));
        String request = App.chat(MODEL, "Good morning?");
        HttpResponse<String> answer;
        List<ReceiptKey> renewed;
        String later;
        try (FakeUpstream upstream = FakeUpstream.start();
                var running = RunningSite.startAgain(site);
                Administrator operator = running.operator()) {
            upstream.always(Completions.asAsked(MODEL, "Good ", "morning."));
            try (App app = running.app(running.openFor(MODEL, upstream))) {
                answer = app.send(request, BodyHandlers.ofString());
                file("entry.json", leaf(operator, answer));
                List<ReceiptKey> before = operator.all(AdminApi.RECEIPT_KEYS, ReceiptKey.class);
                operator.post(AdminApi.RECEIPT_KEYS_ROTATE, JsonNode.class);
                renewed = operator.all(AdminApi.RECEIPT_KEYS, ReceiptKey.class);
                later = receipt(app.send(request, BodyHandlers.ofString()));
                assertThat(before).hasSize(1);
            }
        }
        Path first = file("first.jws", receipt(answer));
        Path second = file("second.jws", later);

        assertThat(renewed).extracting(ReceiptKey::signing).containsExactly(true, false);
        Ran whole =
                verify(
                        site,
                        first,
                        "--request",
                        file("request.json", request),
                        "--answer",
                        file("answer.json", answer.body()),
                        "--leaf",
                        folder.resolve("entry.json"));
        assertThat(whole.output())
                .contains("The receipt is genuine.")
                .contains("It is about this request.")
                .contains("It is about this answer.")
                .contains("The entry is about it");
        assertThat(whole.code()).isZero();
        assertThat(verify(site, second).code()).as("by the new key").isZero();
        Ran other = verify(site, second, "--leaf", folder.resolve("entry.json"));
        assertThat(other.code()).isEqualTo(1);
        assertThat(other.output()).contains("the entry is about another receipt");
    }

    /** The request's entry in the log; it is there within a second. */
    private static String leaf(Administrator operator, HttpResponse<String> answer)
            throws IOException {
        String path =
                AdminApi.REQUESTS
                        + "/"
                        + answer.headers().firstValue("x-request-id").orElseThrow()
                        + AdminApi.PROOF;
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (true) {
            try {
                return operator.get(path, LogProof.class).leaf();
            } catch (AssertionError notYet) {
                if (System.nanoTime() > deadline) {
                    throw notYet;
                }
            }
        }
    }

    @Test
    void isKeptByTheSiteAndRefusedForAnother() throws Exception {
        Path jws = folder.resolve("receipt.jws");
        SiteFolder ours = RunningSite.found(folder.resolve("ours"));
        SiteFolder theirs = RunningSite.found(folder.resolve("theirs"));
        try (var running = RunningSite.startAgain(ours)) {
            try (App app = running.app(running.openFor(MODEL))) {
                HttpResponse<String> answer =
                        app.send(App.chat(MODEL, "?"), BodyHandlers.ofString());
                Files.writeString(jws, receipt(answer));
            }
        }
        RunningSite.startAgain(theirs).close();
        RunningSite.startAgain(ours).close();

        assertThat(verify(ours, jws).code()).as("by our site, after a restart").isZero();
        Ran foreign = verify(theirs, jws);
        assertThat(foreign.code()).isEqualTo(1);
        assertThat(foreign.output()).contains("not genuine");
    }

    @Test
    void isNotGivenWhereTheSiteWantsNone() throws Exception {
        try (var running =
                RunningSite.start(folder.resolve("site"), Map.of("audit.receipts", "never"))) {
            try (App app = running.app(running.openFor(MODEL))) {
                HttpResponse<String> answer =
                        app.send(App.chat(MODEL, "?"), BodyHandlers.ofString());

                assertThat(answer.statusCode()).isEqualTo(200);
                assertThat(answer.headers().firstValue("nr-receipt")).isEmpty();
            }
        }
    }
}
