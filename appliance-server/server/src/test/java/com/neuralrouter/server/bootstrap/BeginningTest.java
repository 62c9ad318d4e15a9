package com.neuralrouter.server.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import com.neuralrouter.contract.Permission;
import com.neuralrouter.server.admin.Authorised;
import com.neuralrouter.server.admin.SiteReads;
import com.neuralrouter.server.admin.TestSite;
import com.neuralrouter.server.audit.AuditEvent;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A start tells the version and the configuration, and when they are others than before. */
class BeginningTest {
    @TempDir private Path folder;

    @Test
    void tellsAnUpdateAndAnotherConfigurationOnce() throws IOException {
        Path file = Files.writeString(folder.resolve("appliance.yaml"), "name: a");
        try (var site = new TestSite(folder)) {
            var beginning = new Beginning(new SiteReads(site.database), site.auditStore, file);

            assertThat(actions(start(site, beginning, "0.1"))).containsExactly("appliance.started");
            assertThat(actions(start(site, beginning, "0.1"))).containsExactly("appliance.started");
            Files.writeString(file, "name: b");
            List<AuditEvent> changed = start(site, beginning, "0.2");
            assertThat(actions(changed))
                    .containsExactly(
                            "appliance.started", "appliance.updated", "configuration.changed");
            assertThat(changed.get(1).details())
                    .containsEntry("from", "0.1")
                    .containsEntry("to", "0.2");
            assertThat(changed.get(2).details().get("from"))
                    .hasSize(64)
                    .isNotEqualTo(changed.get(2).details().get("to"));
            assertThat(actions(start(site, beginning, "0.2"))).containsExactly("appliance.started");
        }
    }

    private static List<AuditEvent> start(TestSite site, Beginning beginning, String version) {
        Authorised self = site.as(Permission.STATUS_READ);
        List<AuditEvent> told = beginning.told(version);
        told.forEach(event -> site.transactions.record(self.actor(), self.requestId(), event));
        return told;
    }

    private static List<String> actions(List<AuditEvent> events) {
        return events.stream().map(AuditEvent::action).toList();
    }
}
