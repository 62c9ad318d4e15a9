package com.neuralrouter.desktop.usage;

import static org.assertj.core.api.Assertions.assertThat;

import com.neuralrouter.contract.ProblemCode;
import com.neuralrouter.contract.UsageQuery.Dimension;
import com.neuralrouter.contract.UsageQuery.Period;
import com.neuralrouter.contract.UsageReport;
import com.neuralrouter.contract.UsageReport.UsageRow;
import com.neuralrouter.desktop.support.Direct;
import com.neuralrouter.desktop.support.FakeAdminClient;
import com.neuralrouter.desktop.support.Samples;
import com.neuralrouter.desktop.ui.Notices;
import com.neuralrouter.desktop.usage.UsageViewModel.By;
import com.neuralrouter.desktop.usage.UsageViewModel.Range;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;

class UsageViewModelTest {
    private final FakeAdminClient site = Samples.site();
    private final Notices notices = new Notices(Samples.CLOCK);
    private final UsageViewModel model =
            new UsageViewModel(site, Direct.tasks(), notices, Samples.CLOCK);

    @BeforeEach
    void show() {
        model.start();
    }

    @Test
    void asksForThisMonthUpToTheNextFullHour() {
        assertThat(site.usage.asked).isNotNull();
        assertThat(site.usage.asked.since()).isEqualTo(Instant.parse("2026-11-01T00:00:00Z"));
        assertThat(site.usage.asked.until()).isEqualTo(Instant.parse("2026-11-23T15:00:00Z"));
        assertThat(site.usage.asked.by()).containsExactly(Dimension.WORKSPACE);
    }

    @Test
    void asksAnewWhenAnotherTimeOrCutIsChosen() {
        model.range().set(Range.LAST_MONTH);
        model.by().set(By.CHARGEBACK);
        model.period().set(Period.DAY);

        var query = model.query();
        assertThat(site.usage.asked).isEqualTo(query);
        assertThat(query.since()).isEqualTo(Instant.parse("2026-10-01T00:00:00Z"));
        assertThat(query.until()).isEqualTo(Instant.parse("2026-11-01T00:00:00Z"));
        assertThat(query.by())
                .containsExactly(Dimension.WORKSPACE, Dimension.API_KEY, Dimension.MODEL);
    }

    @Test
    void writesWhatIsShownAsAFile(@TempDir Path folder) throws IOException {
        var target = folder.resolve(model.fileName());

        model.export(target);

        assertThat(target.getFileName()).hasToString("usage-2026-11-01-workspace.csv");
        assertThat(Files.readString(target)).isEqualTo("workspace,cost\r\n");
        assertThat(notices.all()).extracting(Notices.Notice::key).containsExactly("usage.exported");
    }

    @Test
    void saysWhyItCouldNotBeExported(@TempDir Path folder) {
        site.refuseNext(FakeAdminClient.problem(ProblemCode.PERMISSION_MISSING, "Ask an owner."));

        model.export(folder.resolve("usage.csv"));

        assertThat(notices.all())
                .extracting(Notices.Notice::key)
                .containsExactly("usage.export.failed");
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void saysThatTheFileCouldNotBeWritten(@TempDir Path folder) {
        model.export(folder.resolve("nowhere").resolve("usage.csv"));

        assertThat(notices.all())
                .extracting(Notices.Notice::key)
                .containsExactly("usage.export.failed");
    }

    @Test
    void narrowsByAnyName() {
        model.search().set("code");

        assertThat(model.rows(known()))
                .extracting(UsageRow::workspace)
                .containsExactly("code-review");
    }

    private UsageReport known() {
        return model.loader().known().orElseThrow();
    }
}
