package com.neuralrouter.server.limit;

import static org.assertj.core.api.Assertions.assertThat;

import com.neuralrouter.contract.FieldError;
import com.neuralrouter.contract.LimitsDocument;

import org.junit.jupiter.api.Test;

class LimitChecksTest {
    @Test
    void takesTheMostThatThereIsOfEach() {
        assertThat(LimitChecks.errors("l", new LimitsDocument(50_000_000, 1_000_000_000, 1)))
                .isEmpty();
    }

    @Test
    void namesEachThatIsNone() {
        assertThat(LimitChecks.errors("l", new LimitsDocument(0, 1_000_000_001, 50_000_001)))
                .extracting(FieldError::field)
                .containsExactly(
                        "l.requestsPerMinute", "l.tokensPerMinute", "l.concurrentRequests");
    }
}
