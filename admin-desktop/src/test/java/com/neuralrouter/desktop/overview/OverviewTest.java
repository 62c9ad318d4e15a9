package com.neuralrouter.desktop.overview;

import static org.assertj.core.api.Assertions.assertThat;

import com.neuralrouter.contract.ProblemCode;
import com.neuralrouter.contract.Route.HealthState;
import com.neuralrouter.desktop.shell.Destination;
import com.neuralrouter.desktop.shell.Navigator;
import com.neuralrouter.desktop.support.Direct;
import com.neuralrouter.desktop.support.FakeAdminClient;
import com.neuralrouter.desktop.support.ManualTicker;
import com.neuralrouter.desktop.support.Samples;
import com.neuralrouter.desktop.task.Load;

import org.junit.jupiter.api.Test;

class OverviewTest {
    private final FakeAdminClient site = Samples.site();
    private final ManualTicker ticker = new ManualTicker();
    private final Navigator navigator = new Navigator();

    @Test
    void countsTheRequestsOfTheLastQuarterOfAnHour() {
        var overview = read(site);

        assertThat(overview.window()).hasSize(60);
        assertThat(overview.failures()).isEqualTo(5);
        assertThat(overview.firstByteMicros(0.5)).isBetween(84_000L, 130_000L);
        assertThat(overview.firstByteMicros(0.95))
                .isGreaterThanOrEqualTo(overview.firstByteMicros(0.5));
    }

    @Test
    void putsTheModelThatNobodyServesFirst() {
        var attention = read(site).attention();

        assertThat(attention)
                .extracting(Overview.Attention::key)
                .containsExactly(
                        "overview.attention.route_down",
                        "overview.attention.route_degraded",
                        "overview.attention.approvals",
                        "overview.attention.incident",
                        "overview.attention.certificate_expires");
        assertThat(attention.getFirst().values()).startsWith("bank-code");
    }

    @Test
    void saysNothingOfADeviceThatWasRevoked() {
        site.routes.clear();
        site.devices.removeIf(device -> device.revokedAt() == null);

        assertThat(read(site).attention())
                .extracting(Overview.Attention::key)
                .noneMatch(key -> key.contains("certificate"));
    }

    @Test
    void hasNoFiguresOnTheFirstDay() {
        var overview = read(new FakeAdminClient());

        assertThat(overview.firstByteMicros(0.5)).isZero();
        assertThat(overview.upstreams(HealthState.HEALTHY)).isZero();
        assertThat(overview.settled()).isFalse();
        assertThat(overview.checklist()).noneMatch(Overview.Task::done);
    }

    @Test
    void isSettledOnceAnAppGotAnAnswer() {
        assertThat(read(site).settled()).isTrue();
    }

    @Test
    void staysReadableWhenOneOfItsCallsIsRefused() {
        var model = model(site);
        model.start();
        site.failWith(FakeAdminClient.problem(ProblemCode.INTERNAL, "broken"));

        ticker.tick();

        assertThat(model.overview().state().get()).isInstanceOf(Load.Stale.class);
    }

    @Test
    void readsNoMoreOnceItIsLeft() {
        var model = model(site);
        model.start();

        model.stop();

        assertThat(ticker.active()).isZero();
    }

    @Test
    void goesToWhereItCanBeDealtWith() {
        model(site).go(Destination.ROUTES);

        assertThat(navigator.current().get()).isEqualTo(Destination.ROUTES);
    }

    private OverviewViewModel model(FakeAdminClient client) {
        return new OverviewViewModel(client, Direct.tasks(), ticker, navigator, Samples.CLOCK);
    }

    private Overview read(FakeAdminClient client) {
        var model = model(client);
        model.refresh();
        return model.overview().known().orElseThrow();
    }
}
