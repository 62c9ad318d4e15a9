package com.neuralrouter.desktop.requests;

import static org.assertj.core.api.Assertions.assertThat;

import com.neuralrouter.contract.KeptContent;
import com.neuralrouter.contract.ProblemCode;
import com.neuralrouter.contract.ReadContent;
import com.neuralrouter.contract.RequestSummary;
import com.neuralrouter.contract.RequestSummary.Outcome;
import com.neuralrouter.desktop.client.ChangeGate;
import com.neuralrouter.desktop.client.Trouble;
import com.neuralrouter.desktop.support.Direct;
import com.neuralrouter.desktop.support.FakeAdminClient;
import com.neuralrouter.desktop.support.ManualTicker;
import com.neuralrouter.desktop.support.Samples;
import com.neuralrouter.desktop.support.TestLog;
import com.neuralrouter.desktop.support.TestWindow;
import com.neuralrouter.desktop.task.Load;
import com.neuralrouter.desktop.witness.Witness;
import com.neuralrouter.desktop.witness.WitnessModel;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

class RequestsViewModelTest {
    private final FakeAdminClient site = Samples.site();
    private final ManualTicker ticker = new ManualTicker();
    private final RequestsViewModel model =
            new RequestsViewModel(
                    site,
                    Direct.tasks(),
                    ticker,
                    Samples.CLOCK,
                    new WitnessModel(
                            new Witness(
                                    TestLog.ofOneKey("log.bank.example"),
                                    new ChangeGate(),
                                    TestWindow.newFolder(),
                                    Samples.CLOCK),
                            Direct.tasks(),
                            ticker,
                            Samples.CLOCK));

    @Test
    void readsWhatIsKeptAndSaysWhereNothingIs() {
        var request = Samples.request(59);
        var read = new ArrayList<Optional<KeptContent>>();

        model.readContent(model.submission(), request, " complaint 7 ", read::add);
        site.refuseNext(FakeAdminClient.problem(ProblemCode.NOT_FOUND, "no content"));
        model.readContent(model.submission(), request, "complaint 7", read::add);

        assertThat(read.getFirst()).map(content -> content.head().request()).hasValue(request.id());
        assertThat(read.getLast()).isEmpty();
        assertThat(site.governance.contentRead)
                .isEqualTo(new ReadContent(request.id(), "complaint 7"));
        assertThat(RequestsViewModel.reasonProblem(" ")).isPresent();
        assertThat(RequestsViewModel.reasonProblem("x".repeat(501))).isPresent();
    }

    @Test
    void showsTheNewestOnTopAndAddsWhatComesAboveThem() {
        model.start();
        assertThat(positions()).startsWith(5059L).endsWith(5000L);

        site.requests.add(Samples.request(60));
        site.requests.add(Samples.request(61));
        ticker.tick();

        assertThat(positions())
                .startsWith(5061L, 5060L, 5059L)
                .isSortedAccordingTo(Comparator.reverseOrder())
                .hasSize(62);
    }

    @Test
    void findsTheFirstRequestOfAnApplianceThatHadNone() {
        site.requests.clear();
        model.start();
        assertThat(positions()).isEmpty();

        site.requests.add(Samples.request(0));
        ticker.tick();

        assertThat(positions()).containsExactly(5000L);
    }

    @Test
    void keepsTheNewestThousandAndNoMore() {
        model.start();
        for (int i = 60; i < 1_300; i++) {
            site.requests.add(Samples.request(i));
        }

        ticker.tick();
        ticker.tick();
        ticker.tick();

        assertThat(positions()).hasSize(RequestsViewModel.MOST).startsWith(6299L).endsWith(5300L);
    }

    @Test
    void standsStillWhilePausedAndCatchesUpWhenResumed() {
        model.start();
        model.paused().set(true);
        site.requests.add(Samples.request(60));

        ticker.tick();
        assertThat(positions()).startsWith(5059L);

        model.paused().set(false);
        assertThat(positions()).startsWith(5060L);
    }

    @Test
    void asksNothingWhileItIsNotShown() {
        model.start();
        model.stop();
        int calls = site.calls.size();

        ticker.tick();

        assertThat(ticker.active()).isZero();
        assertThat(site.calls).hasSize(calls);
    }

    @Test
    void keepsTheListReadableAndGoesOnWhenTheApplianceIsBack() {
        model.start();
        site.failWith(new Trouble.Unreachable("hq:9443", "connection refused"));
        ticker.tick();
        assertThat(model.loader().state().get()).isInstanceOf(Load.Stale.class);

        site.recover();
        site.requests.add(Samples.request(60));
        ticker.tick();

        assertThat(model.loader().state().get()).isInstanceOf(Load.Loaded.class);
        assertThat(positions()).startsWith(5060L);
    }

    @Test
    void doesNotFlickerAtEachPoll() {
        model.start();
        var busy = new boolean[1];
        model.loader().busy().addListener((_, _, now) -> busy[0] |= now);

        ticker.tick();

        assertThat(busy[0]).isFalse();
    }

    @Test
    void narrowsToAnOutcomeAndToAText() {
        model.start();

        model.outcome().set(Optional.of(Outcome.FAILED));
        assertThat(matching())
                .isNotEmpty()
                .allSatisfy(each -> assertThat(each.outcome()).isEqualTo(Outcome.FAILED));

        model.search().set(" CI-Reviewer ");
        assertThat(matching())
                .isNotEmpty()
                .allSatisfy(each -> assertThat(each.apiKeyName()).isEqualTo("ci-reviewer"));
    }

    @Test
    void findsARequestByItsId() {
        model.start();

        model.search().set(Samples.request(7).id().toString());

        assertThat(matching()).extracting(RequestSummary::position).containsExactly(5007L);
    }

    private List<RequestSummary> matching() {
        return model.rows(model.loader().known().orElseThrow());
    }

    private List<Long> positions() {
        return model.loader().known().orElseThrow().stream().map(RequestSummary::position).toList();
    }
}
