package com.neuralrouter.desktop.audit;

import static org.assertj.core.api.Assertions.assertThat;

import com.neuralrouter.contract.AuditEntry;
import com.neuralrouter.desktop.client.Trouble;
import com.neuralrouter.desktop.support.Direct;
import com.neuralrouter.desktop.support.FakeAdminClient;
import com.neuralrouter.desktop.support.Samples;
import com.neuralrouter.desktop.task.Load;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.List;
import java.util.Map;

class AuditViewModelTest {
    private final FakeAdminClient site = Samples.site();
    private final AuditViewModel model = new AuditViewModel(site, Direct.tasks(), Samples.CLOCK);

    @Test
    void showsTheNewestEntryFirst() {
        model.refresh();

        assertThat(sequences()).containsExactly(1280L, 1279L, 1278L, 1277L, 1276L);
        assertThat(known().older()).isEmpty();
    }

    @Test
    void readsOlderEntriesPageByPageWithoutAGapOrARepeat() {
        olderEntries(250);
        model.refresh();
        assertThat(sequences()).hasSize(AuditViewModel.PAGE).startsWith(1280L);

        model.older();
        model.older();

        assertThat(sequences()).hasSize(255).startsWith(1280L).endsWith(1026L);
        assertThat(sequences()).doesNotHaveDuplicates();
        assertThat(known().older()).isEmpty();
    }

    @Test
    void keepsWhatWasReadWhenOlderEntriesCannotBe() {
        olderEntries(250);
        model.refresh();
        site.failWith(new Trouble.Unreachable("hq:9443", "connection refused"));

        model.older();

        assertThat(model.loader().state().get()).isInstanceOf(Load.Stale.class);
        assertThat(sequences()).hasSize(AuditViewModel.PAGE);
    }

    @Test
    void narrowsByActionActorAndTarget() {
        model.refresh();

        model.action().set("REVOKED");
        assertThat(matching()).containsExactly(1279L);

        model.action().set("");
        model.actor().set("10.20.4.17");
        model.target().set("claims-assistant");
        assertThat(matching()).containsExactly(1280L, 1278L);
    }

    private void olderEntries(int count) {
        for (int i = 1; i <= count; i++) {
            site.audit.add(
                    new AuditEntry(
                            1276L - i,
                            Samples.NOW.minus(Duration.ofHours(6L + i)),
                            new AuditEntry.Actor("system", "appliance", "appliance", null),
                            "appliance.started",
                            "appliance",
                            null,
                            AuditEntry.Outcome.DONE,
                            "0199c5a2-7b1e-7000-8000-0000000beef0",
                            Map.of()));
        }
    }

    private Trail known() {
        return model.loader().known().orElseThrow();
    }

    private List<Long> sequences() {
        return known().entries().stream().map(AuditEntry::sequence).toList();
    }

    private List<Long> matching() {
        return model.rows(known()).stream().map(AuditEntry::sequence).toList();
    }
}
