package com.neuralrouter.server.provider;

import com.neuralrouter.contract.ServiceDocument;
import com.neuralrouter.contract.ServiceDocument.ProbeDocument;
import com.neuralrouter.contract.ServiceDocument.SlaDocument;

import org.jspecify.annotations.Nullable;

import java.math.BigDecimal;
import java.util.function.BiConsumer;

/** What a document may declare of a provider's service. */
public final class ServiceChecks {
    private static final int MOST = 100_000;
    private static final int LONGEST_MILLIS = 3_600_000;

    private ServiceChecks() {}

    /**
     * Tells all that is wrong.
     *
     * @param findings told the field's path below the service, and a message
     */
    public static void wrong(ServiceDocument service, BiConsumer<String, String> findings) {
        number("maxConcurrent", service.maxConcurrent(), 1, MOST, findings);
        number("maxQueued", service.maxQueued(), 0, MOST, findings);
        number("queueMillis", service.queueMillis(), 0, LONGEST_MILLIS, findings);
        number("attemptMillis", service.attemptMillis(), 1, LONGEST_MILLIS, findings);
        number("connectMillis", service.connectMillis(), 1, LONGEST_MILLIS, findings);
        number("firstByteMillis", service.firstByteMillis(), 1, LONGEST_MILLIS, findings);
        number("betweenBytesMillis", service.betweenBytesMillis(), 1, LONGEST_MILLIS, findings);
        SlaDocument sla = service.sla();
        if (sla != null) {
            number("sla.windowSeconds", sla.windowSeconds(), 10, 600, findings);
            number("sla.minRequests", sla.minRequests(), 1, 1_000_000, findings);
            percent("sla.availabilityPercent", sla.availabilityPercent(), findings);
            percent("sla.errorPercent", sla.errorPercent(), findings);
            number("sla.firstTokenMillis", sla.firstTokenMillis(), 1, 60_000, findings);
            number("sla.tokensPerSecond", sla.tokensPerSecond(), 1, 1_000_000, findings);
        }
        ProbeDocument probe = service.probe();
        if (probe != null) {
            if (probe.kind() == null) {
                findings.accept("probe.kind", "must be one of models, completion");
            }
            number("probe.everySeconds", probe.everySeconds(), 1, 86_400, findings);
            if (probe.model() != null
                    && (probe.model().isBlank() || probe.model().length() > 200)) {
                findings.accept("probe.model", "must be 1 to 200 characters");
            }
        }
    }

    private static void number(
            String path,
            @Nullable Integer value,
            int least,
            int most,
            BiConsumer<String, String> findings) {
        if (value != null && (value < least || value > most)) {
            findings.accept(path, "must be from " + least + " to " + most);
        }
    }

    /** Above nothing and up to 100, with one decimal place. */
    private static void percent(
            String path, @Nullable BigDecimal value, BiConsumer<String, String> findings) {
        if (value != null
                && (value.signum() <= 0
                        || value.compareTo(BigDecimal.valueOf(100)) > 0
                        || value.stripTrailingZeros().scale() > 1)) {
            findings.accept(path, "must be above 0 and up to 100, with one decimal place");
        }
    }
}
