package com.neuralrouter.server.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.neuralrouter.contract.AuditEntry;
import com.neuralrouter.server.admin.TestSite;
import com.neuralrouter.server.audit.log.AuditLogDamaged;
import com.neuralrouter.server.store.Tx;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The store's entries come into the log, each once and in their order, whatever happens. */
class AuditFeedTest {
    @TempDir private Path folder;

    @Test
    void bringsAChangeIntoTheLogBeforeItIsAcknowledged() {
        try (var site = new TestSite(folder)) {
            site.workspace("research");

            JsonNode leaf = leaves(site).getLast();
            AuditEntry entry = site.entries().getFirst();
            assertThat(leaf.path("kind").asString()).isEqualTo("entry");
            assertThat(leaf.path("entry").asLong()).isEqualTo(entry.sequence());
            assertThat(leaf.path("action").asString()).isEqualTo("workspace.created");
            assertThat(leaf.path("target").asString()).isEqualTo(entry.target());
            assertThat(leaf.path("sequence").asLong()).isEqualTo(site.log.size() - 1);
            assertThat(site.log.outboxMark()).isEqualTo(entry.sequence());
        }
    }

    @Test
    void saysWhatTheSiteWasBeforeAndAfter() {
        try (var site = new TestSite(folder)) {
            site.workspace("a");
            site.workspace("b");

            List<JsonNode> leaves = leaves(site);
            JsonNode first = leaves.get(leaves.size() - 2).path("details");
            JsonNode second = leaves.getLast().path("details");
            assertThat(second.path("siteBefore").asString())
                    .hasSize(64)
                    .isEqualTo(first.path("siteAfter").asString())
                    .isNotEqualTo(second.path("siteAfter").asString());
            assertThat(second.path("siteVersion").asString()).isEqualTo("2");
        }
    }

    @Test
    void keepsWhatMayBePersonalOutOfTheLog() {
        try (var site = new TestSite(folder)) {
            site.workspace("oncology");

            String text = text(site);
            assertThat(site.entries().getFirst().toString()).contains("tester", "oncology");
            assertThat(text).doesNotContain("tester", "oncology");
            JsonNode first = leaves(site).getFirst();
            JsonNode last = leaves(site).getLast();
            assertThat(last.path("actor").path("name").asString())
                    .hasSize(43)
                    .isEqualTo(first.path("actor").path("name").asString());
        }
    }

    @Test
    void bringsWhatACrashHasLeftBehindExactlyOnce() {
        long committed;
        try (var site = new TestSite(folder)) {
            site.workspace("a");
            committed = commitWithoutTheLog(site, "left.behind");
            assertThat(site.log.outboxMark()).isLessThan(committed);
        }
        for (int start = 0; start < 2; start++) {
            try (var site = new TestSite(folder)) {
                assertThat(site.log.outboxMark()).isEqualTo(committed);
                assertThat(actions(site)).containsOnlyOnce("left.behind");
            }
        }
    }

    @Test
    void tellsOfAStoreThatWasPutBackAndGoesOnCounting() throws IOException {
        Path older = folder.resolve("older");
        try (var site = new TestSite(folder)) {
            site.workspace("a");
        }
        copy(folder.resolve("data"), older);
        long mark;
        try (var site = new TestSite(folder)) {
            site.workspace("b");
            mark = site.log.outboxMark();
        }
        delete(folder.resolve("data"));
        copy(older, folder.resolve("data"));

        try (var site = new TestSite(folder)) {
            assertThat(site.takenUp)
                    .extracting(AuditEvent::action)
                    .containsExactly("store.put_back");
            site.workspace("c");
            assertThat(site.entries().getFirst().sequence()).isEqualTo(mark + 1);
            assertThat(leaves(site).getLast().path("entry").asLong()).isEqualTo(mark + 1);
        }
    }

    @Test
    void refusesALogThatIsShorterThanTheStoreKnows() throws IOException {
        Path older = folder.resolve("older");
        try (var site = new TestSite(folder)) {
            site.workspace("a");
        }
        copy(folder.resolve("audit"), older);
        try (var site = new TestSite(folder)) {
            site.workspace("b");
            site.workspace("c");
        }
        delete(folder.resolve("audit"));
        copy(older, folder.resolve("audit"));

        assertThatThrownBy(() -> new TestSite(folder))
                .isInstanceOf(AuditLogDamaged.class)
                .hasMessageContaining("put back");
    }

    @Test
    void refusesToBeginAnewWhereThereWasALog() throws IOException {
        try (var site = new TestSite(folder)) {
            site.workspace("a");
            site.workspace("b");
        }
        delete(folder.resolve("audit"));

        assertThatThrownBy(() -> new TestSite(folder)).isInstanceOf(AuditLogDamaged.class);
    }

    private static long commitWithoutTheLog(TestSite site, String action) {
        var log = new AuditLog(site.auditStore, Evidence.AT_THE_FIRST_START, Clock.systemUTC());
        return site.database.write((Tx tx) ->
                log.append(
                        tx,
                        new Actor.Appliance("test"),
                        site.ids.nextRequest(),
                        List.of(AuditEvent.done(action, "thing/1", Map.of()))));
    }

    private static List<JsonNode> leaves(TestSite site) {
        var leaves = new ArrayList<JsonNode>();
        site.log.read(
                0, site.log.size(), (_, leaf, _) -> leaves.add(JsonMapper.shared().readTree(leaf)));
        return leaves;
    }

    private static List<String> actions(TestSite site) {
        return leaves(site).stream().map(leaf -> leaf.path("action").asString()).toList();
    }

    private static String text(TestSite site) {
        var text = new StringBuilder();
        site.log.read(
                0,
                site.log.size(),
                (_, leaf, _) -> text.append(new String(leaf, StandardCharsets.UTF_8)));
        return text.toString();
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path each : files.toList()) {
                Path target = to.resolve(from.relativize(each).toString());
                Files.createDirectories(target.getParent());
                Files.copy(each, target, StandardCopyOption.COPY_ATTRIBUTES);
            }
        }
    }

    private static void delete(Path root) throws IOException {
        try (Stream<Path> files = Files.walk(root)) {
            for (Path each : files.sorted((one, other) -> other.compareTo(one)).toList()) {
                Files.delete(each);
            }
        }
    }
}
