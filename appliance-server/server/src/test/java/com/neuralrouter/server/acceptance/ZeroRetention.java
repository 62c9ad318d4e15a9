package com.neuralrouter.server.acceptance;

import com.neuralrouter.contract.AdminApi;
import com.neuralrouter.contract.BackupList;
import com.neuralrouter.contract.BackupRun;
import com.neuralrouter.contract.SiteDocument;
import com.neuralrouter.server.bootstrap.SiteFolder;
import com.neuralrouter.server.provider.FakeUpstream;

import tools.jackson.databind.JsonNode;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * A site whose every file is looked through after traffic with canaries: the folder, the process's
 * temporary folder, its log, the store's rows in the clear, what the admin API tells, backups.
 */
final class ZeroRetention {
    private final Path folder;
    private final SiteFolder site;
    private final Path temporary;
    private final Function<FakeUpstream, SiteDocument> document;

    /**
     * @param folder an empty one, of which all is searched
     */
    ZeroRetention(Path folder) throws IOException {
        this(folder, CanaryTraffic::document);
    }

    /** The same on another site. */
    ZeroRetention(Path folder, Function<FakeUpstream, SiteDocument> document) throws IOException {
        this.document = document;
        this.folder = folder;
        this.temporary = Files.createDirectory(folder.resolve("temporary"));
        this.site =
                RunningSite.found(
                        folder.resolve("site"),
                        Map.of(
                                "timeouts.upstream-first-byte", "300ms",
                                "limits.request-bytes", "1MiB"));
    }

    /**
     * Rounds of all paths, with a kill in the middle of requests after each but the last.
     *
     * @param before runs the server, as a tracer does
     * @return how many requests were sent
     */
    int run(int rounds, List<String> before) throws Exception {
        int sent = 0;
        String key = "";
        try (FakeUpstream upstream = FakeUpstream.start()) {
            for (int round = 0; round < rounds; round++) {
                try (var server = start(before);
                        var operator =
                                Administrator.operatorOf(site, server.running().adminPort())) {
                    if (round == 0) {
                        key =
                                operator.apply(document.apply(upstream))
                                        .createdKeys()
                                        .getFirst()
                                        .secret();
                    }
                    try (var traffic =
                            new CanaryTraffic(
                                    upstream,
                                    SiteTrust.of(site).context(),
                                    server.running().inferencePort(),
                                    key)) {
                        traffic.everyPath();
                        traffic.tooLarge();
                        if (round < rounds - 1) {
                            traffic.beginHanging();
                            upstream.forgetRequests();
                            server.kill();
                        } else {
                            tell(operator);
                            backUp(operator);
                        }
                        sent += traffic.sent();
                    }
                }
            }
        }
        try (StoppedSite stopped = StoppedSite.open(site)) {
            Files.write(folder.resolve("rows.sql"), stopped.script());
        }
        return sent;
    }

    private ServerProcess start(List<String> before) throws Exception {
        return ServerProcess.start(
                site,
                folder.resolve("server.log"),
                before,
                List.of("-Djava.io.tmpdir=" + temporary));
    }

    /** What administrators and auditors can read, in files that are searched as well. */
    private void tell(Administrator operator) throws IOException {
        for (String path :
                List.of(
                        AdminApi.REQUESTS + "?limit=500",
                        AdminApi.AUDIT + "?limit=500",
                        AdminApi.AUDIT_LEAVES + "?from=0&limit=500",
                        AdminApi.INCIDENTS + "?limit=500",
                        AdminApi.PROVIDER_HEALTH,
                        AdminApi.STATUS)) {
            Files.writeString(
                    folder.resolve("told-" + path.replaceAll("[^a-z]", "-")),
                    operator.get(path, JsonNode.class).toString());
        }
    }

    /** One after the traffic; the site makes one by itself when it begins. */
    private void backUp(Administrator operator) throws IOException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        int before = 0;
        boolean asked = false;
        while (!asked) {
            try {
                before = operator.get(AdminApi.BACKUPS, BackupList.class).backups().size();
                operator.post(AdminApi.BACKUPS, BackupRun.class);
                asked = true;
            } catch (AssertionError underWay) {
                demandTime(deadline, underWay);
            }
        }
        while (operator.get(AdminApi.BACKUPS, BackupList.class).backups().size() <= before) {
            demandTime(deadline, new AssertionError("no backup was made"));
        }
    }

    private static void demandTime(long deadline, AssertionError otherwise) {
        if (System.nanoTime() > deadline) {
            throw otherwise;
        }
        Thread.onSpinWait();
    }

    SiteFolder site() {
        return site;
    }

    Path folder() {
        return folder;
    }

    /** What of the canary is in any file, at the most a thousand findings. */
    List<String> findings() throws IOException {
        return new ByteSearch(CanaryTraffic.wanted())
                .findings(folder).stream().distinct().limit(1_000).toList();
    }
}
