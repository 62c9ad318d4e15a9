package com.neuralrouter.desktop.shell;

import static org.assertj.core.api.Assertions.assertThat;

import com.neuralrouter.contract.Permission;
import com.neuralrouter.contract.ProblemCode;
import com.neuralrouter.contract.Role;
import com.neuralrouter.desktop.client.Trouble;
import com.neuralrouter.desktop.support.Direct;
import com.neuralrouter.desktop.support.FakeAdminClient;
import com.neuralrouter.desktop.support.ManualTicker;
import com.neuralrouter.desktop.support.Samples;

import org.junit.jupiter.api.Test;

class ConnectionModelTest {
    private static final Trouble LOST = new Trouble.Unreachable("hq:9443", "refused");

    private final FakeAdminClient site = Samples.site();
    private final ManualTicker ticker = new ManualTicker();
    private final ConnectionModel model =
            new ConnectionModel(site, Direct.tasks(), ticker, Samples.CLOCK);

    @Test
    void isOnlineWhenTheApplianceAnswers() {
        model.start();

        assertThat(model.state().get()).isEqualTo(new Connection.Online(Samples.NOW));
    }

    @Test
    void reconnectsWhileNobodyAnswersAndComesBackByItself() {
        model.start();
        site.failWith(LOST);

        ticker.tick();
        ticker.tick();

        assertThat(model.state().get()).isEqualTo(new Connection.Reconnecting(LOST));
        assertThat(model.status().known()).isPresent();

        site.recover();
        ticker.tick();

        assertThat(model.state().get()).isInstanceOf(Connection.Online.class);
    }

    @Test
    void tellsARevokedDeviceFromALostLine() {
        model.start();

        site.failWith(FakeAdminClient.problem(ProblemCode.CERTIFICATE_REFUSED, "revoked"));
        ticker.tick();
        assertThat(model.state().get()).isInstanceOf(Connection.Refused.class);

        site.failWith(new Trouble.CertificateRefused("hq:9443", "certificate_expired"));
        ticker.tick();
        assertThat(model.state().get()).isInstanceOf(Connection.Refused.class);
    }

    @Test
    void followsAChangeOfRole() {
        site.as(Role.OWNER);
        model.start();
        var mayManage = model.may(Permission.DEVICES_MANAGE);
        assertThat(mayManage.get()).isTrue();

        site.as(Role.MEMBER);
        ticker.tick();

        assertThat(mayManage.get()).isFalse();
    }

    @Test
    void allowsNothingBeforeTheFirstAnswer() {
        assertThat(model.may(Permission.STATUS_READ).get()).isFalse();
    }

    @Test
    void asksNoMoreWhenItIsStopped() {
        model.start();
        int before = site.calls.size();

        model.stop();
        ticker.tick();

        assertThat(site.calls).hasSize(before);
        assertThat(ticker.active()).isZero();
    }
}
