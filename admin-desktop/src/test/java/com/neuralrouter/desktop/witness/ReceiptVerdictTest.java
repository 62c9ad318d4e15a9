package com.neuralrouter.desktop.witness;

import static org.assertj.core.api.Assertions.assertThat;

import com.neuralrouter.contract.RequestSummary;
import com.neuralrouter.desktop.client.ChangeGate;
import com.neuralrouter.desktop.client.Trouble;
import com.neuralrouter.desktop.support.Samples;
import com.neuralrouter.desktop.support.TestLog;
import com.neuralrouter.desktop.support.TestReceipts;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.util.Optional;

/** A request is in the log as it is shown, and a receipt is the one that was given, or neither. */
class ReceiptVerdictTest {
    private static final RequestSummary REQUEST = Samples.request(59);
    private static final RequestSummary OTHER = Samples.request(58);

    @TempDir private Path folder;
    private final TestLog log = TestLog.ofOneKey("log.bank.example").grow(3);
    private final TestReceipts signer = new TestReceipts("one");
    private final String receipt = signer.sign(REQUEST);

    @BeforeEach
    void fill() {
        log.receiptKeys.add(new TestReceipts("older").key());
        log.receiptKeys.add(signer.key());
        log.add(REQUEST, TestReceipts.hash(receipt));
        log.add(OTHER, "");
    }

    @Test
    void provesThatARequestIsInTheLogAsItIsShown() {
        assertThat(witness().prove(REQUEST))
                .isInstanceOfSatisfying(
                        EntryProof.Proven.class,
                        proven -> {
                            assertThat(proven.index()).isEqualTo(3);
                            assertThat(ReceiptVerdict.hashIn(proven.leaf()))
                                    .contains(TestReceipts.hash(receipt));
                        });
        assertThat(witness().prove(OTHER))
                .isInstanceOfSatisfying(
                        EntryProof.Proven.class,
                        proven -> assertThat(ReceiptVerdict.hashIn(proven.leaf())).isEmpty());
    }

    @Test
    void saysWhereTheLogHasItOtherwise() {
        var older = Samples.request(57);
        log.add(as(older, "mistral"), "");

        assertThat(witness().prove(older)).isInstanceOf(EntryProof.Differs.class);
        assertThat(witness().prove(Samples.request(1))).isInstanceOf(EntryProof.Unavailable.class);
    }

    @Test
    void knowsTheReceiptThatWasGiven() {
        var verdict = witness().check("\n " + receipt + " \n", REQUEST);

        assertThat(verdict)
                .isInstanceOfSatisfying(
                        ReceiptVerdict.Genuine.class,
                        genuine -> {
                            assertThat(genuine.receipt().request())
                                    .isEqualTo(REQUEST.id().toString());
                            assertThat(genuine.receipt().served())
                                    .map(Receipt.Place::jurisdiction)
                                    .isEqualTo(Optional.of("DE"));
                            assertThat(genuine.receipt().retention()).isEqualTo("zero");
                        });
    }

    @Test
    void takesNothingForAReceiptThatNoKeyOfTheSiteSigned() {
        var witness = witness();
        var changed = receipt.substring(0, receipt.length() - 6) + "AAAAAA";

        assertThat(witness.check(new TestReceipts("one").sign(REQUEST), REQUEST))
                .isEqualTo(new ReceiptVerdict.Forged());
        assertThat(witness.check(new TestReceipts("unknown").sign(REQUEST), REQUEST))
                .isEqualTo(new ReceiptVerdict.Forged());
        assertThat(witness.check(changed, REQUEST)).isEqualTo(new ReceiptVerdict.Forged());
        assertThat(witness.check("a.b.c", REQUEST)).isEqualTo(new ReceiptVerdict.Forged());
        assertThat(witness.check("no receipt", REQUEST)).isEqualTo(new ReceiptVerdict.Forged());
    }

    @Test
    void tellsAReceiptOfAnotherRequestAndOneThatTheLogDoesNotHave() {
        var witness = witness();

        assertThat(witness.check(receipt, OTHER))
                .isEqualTo(new ReceiptVerdict.OfAnother(REQUEST.id().toString()));
        assertThat(witness.check(signer.sign(OTHER), OTHER))
                .isEqualTo(new ReceiptVerdict.NotInLog());
    }

    @Test
    void comparesNothingWithARecordThatIsNotProven() {
        var witness = witness();
        log.down = Optional.of(new Trouble.Unreachable("hq:9443", "refused"));

        assertThat(witness.check(receipt, REQUEST)).isEqualTo(new ReceiptVerdict.Unproven());
    }

    private Witness witness() {
        return new Witness(log, new ChangeGate(), folder.resolve("witness"), Samples.CLOCK);
    }

    /** The same request, as if another model had been asked for. */
    private static RequestSummary as(RequestSummary each, String model) {
        return new RequestSummary(
                each.position(),
                each.id(),
                each.startedAt(),
                each.workspaceId(),
                each.workspaceName(),
                each.apiKeyId(),
                each.apiKeyName(),
                model,
                each.provider(),
                each.servedModel(),
                each.outcome(),
                each.status(),
                each.problem(),
                each.stream(),
                each.attempts(),
                each.firstByteMicros(),
                each.durationMicros(),
                each.inputTokens(),
                each.outputTokens(),
                each.tokensEstimated(),
                each.jurisdiction(),
                each.region(),
                each.policy(),
                each.guardrails(),
                each.costs());
    }
}
