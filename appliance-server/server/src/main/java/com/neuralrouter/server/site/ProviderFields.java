package com.neuralrouter.server.site;

import com.neuralrouter.contract.ChangedField;
import com.neuralrouter.contract.Operation;
import com.neuralrouter.contract.ServiceDocument;
import com.neuralrouter.contract.ServiceDocument.ProbeDocument;
import com.neuralrouter.contract.ServiceDocument.SlaDocument;
import com.neuralrouter.contract.SiteDocument.ProviderDocument;
import com.neuralrouter.server.policy.Destination;
import com.neuralrouter.server.provider.Declarations;
import com.neuralrouter.server.provider.ProviderRules;

import org.jspecify.annotations.Nullable;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/**
 * All that is declared of a provider, field by field, by the names that site.yaml has for it. What
 * is left out and has a meaning has that one; of the service nothing is filled in.
 */
final class ProviderFields {
    private static final String PEM = "trustedCertificates";

    /** Every one is here, in the same order; without a value where there is none. */
    private final Map<String, @Nullable Object> all = new LinkedHashMap<>();

    private ProviderFields(ProviderDocument provider) {
        Destination place = Declarations.meaning(provider);
        put("kind", provider.kind());
        put("baseUrl", provider.baseUrl());
        put("authentication", ProviderRules.authentication(provider));
        put(PEM, pem(provider));
        put("jurisdiction", place.jurisdiction());
        put("region", place.region());
        put("trainsOnData", place.trainsOnData());
        put("retention", place.keeps());
        put("certificatePins", sorted(provider.certificatePins()));
        put("operations", operations(provider));
        put("apiVersion", provider.apiVersion());
        put(provider.service());
    }

    /** What is different. */
    static List<ChangedField> differences(ProviderDocument before, ProviderDocument after) {
        return differences(new ProviderFields(before).all, new ProviderFields(after).all);
    }

    /** What a new one declares, with nothing before. */
    static List<ChangedField> declared(ProviderDocument provider) {
        return differences(Map.of(), new ProviderFields(provider).all);
    }

    private static List<ChangedField> differences(
            Map<String, @Nullable Object> before, Map<String, @Nullable Object> after) {
        var found = new ArrayList<ChangedField>();
        after.forEach((name, value) -> {
            Object had = before.get(name);
            if (Objects.equals(had, value)) {
                return;
            }
            // A PEM would fill the screen: that it is another one is enough.
            found.add(
                    name.equals(PEM)
                            ? new ChangedField(name, null, null)
                            : new ChangedField(name, had, value));
        });
        return List.copyOf(found);
    }

    private void put(@Nullable ServiceDocument service) {
        put("service.maxConcurrent", service == null ? null : service.maxConcurrent());
        put("service.maxQueued", service == null ? null : service.maxQueued());
        put("service.queueMillis", service == null ? null : service.queueMillis());
        put("service.attemptMillis", service == null ? null : service.attemptMillis());
        put("service.connectMillis", service == null ? null : service.connectMillis());
        put("service.firstByteMillis", service == null ? null : service.firstByteMillis());
        put("service.betweenBytesMillis", service == null ? null : service.betweenBytesMillis());
        put(service == null ? null : service.sla());
        put(service == null ? null : service.probe());
    }

    private void put(@Nullable SlaDocument sla) {
        put("service.sla.windowSeconds", sla == null ? null : sla.windowSeconds());
        put("service.sla.minRequests", sla == null ? null : sla.minRequests());
        put("service.sla.availabilityPercent", sla == null ? null : sla.availabilityPercent());
        put("service.sla.errorPercent", sla == null ? null : sla.errorPercent());
        put("service.sla.firstTokenMillis", sla == null ? null : sla.firstTokenMillis());
        put("service.sla.tokensPerSecond", sla == null ? null : sla.tokensPerSecond());
        put("service.sla.onBreach", sla == null ? null : sla.onBreach());
    }

    private void put(@Nullable ProbeDocument probe) {
        put("service.probe.kind", probe == null ? null : probe.kind());
        put("service.probe.everySeconds", probe == null ? null : probe.everySeconds());
        put("service.probe.model", probe == null ? null : probe.model());
    }

    /** As JSON has it: what is no truth, number or list is a text. */
    private void put(String name, @Nullable Object value) {
        all.put(
                name,
                switch (value) {
                    case null -> null;
                    case Enum<?> constant -> constant.name().toLowerCase(Locale.ROOT);
                    case BigDecimal percent ->
                            new BigDecimal(percent.stripTrailingZeros().toPlainString());
                    case Boolean truth -> truth;
                    case Number number -> number;
                    case List<?> list -> list.isEmpty() ? null : list;
                    default -> value.toString();
                });
    }

    private static List<String> sorted(@Nullable List<String> names) {
        return names == null ? List.of() : names.stream().sorted().toList();
    }

    private static List<String> operations(ProviderDocument provider) {
        return Objects.requireNonNullElse(provider.operations(), List.<Operation>of()).stream()
                .sorted()
                .map(Operation::wire)
                .toList();
    }

    private static @Nullable String pem(ProviderDocument provider) {
        String pem = provider.trustedCertificates();
        return pem == null ? null : pem.replaceAll("\\s+", "\n").strip();
    }
}
