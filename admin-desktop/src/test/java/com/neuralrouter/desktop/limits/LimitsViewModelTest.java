package com.neuralrouter.desktop.limits;

import static org.assertj.core.api.Assertions.assertThat;

import com.neuralrouter.desktop.limits.Allowance.Kind;
import com.neuralrouter.desktop.limits.Allowance.Standing;
import com.neuralrouter.desktop.support.Direct;
import com.neuralrouter.desktop.support.FakeAdminClient;
import com.neuralrouter.desktop.support.ManualTicker;
import com.neuralrouter.desktop.support.Samples;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.util.List;

class LimitsViewModelTest {
    private final FakeAdminClient site = Samples.site();
    private final ManualTicker ticker = new ManualTicker();
    private final LimitsViewModel model =
            new LimitsViewModel(site, Direct.tasks(), ticker, Samples.CLOCK);

    @BeforeEach
    void show() {
        model.start();
    }

    @Test
    void listsTheFullestFirst() {
        assertThat(known()).hasSize(6);
        assertThat(known().getFirst().kind()).isEqualTo(Kind.REQUESTS);
        assertThat(known().getFirst().standing()).isEqualTo(Standing.USED_UP);
        assertThat(known()).extracting(Allowance::percent).isSortedAccordingTo((a, b) -> b - a);
    }

    @Test
    void countsWhatIsReservedAsUsed() {
        var money = of(Kind.BUDGET_MONEY);

        assertThat(money.used()).isEqualTo(431_500_000);
        assertThat(money.percent()).isEqualTo(86);
        assertThat(money.standing()).isEqualTo(Standing.NEARLY);
    }

    @Test
    void followsWhileItIsShown() {
        site.usage.budgets.clear();

        ticker.tick();
        assertThat(known()).hasSize(4);
        model.stop();
        site.usage.limits.clear();
        ticker.tick();

        assertThat(known()).hasSize(4);
    }

    @Test
    void findsByName() {
        model.search().set("RESEARCH");

        assertThat(model.rows(known())).hasSize(2);
    }

    private List<Allowance> known() {
        return model.loader().known().orElseThrow();
    }

    private Allowance of(Kind kind) {
        return known().stream().filter(each -> each.kind() == kind).findFirst().orElseThrow();
    }
}
