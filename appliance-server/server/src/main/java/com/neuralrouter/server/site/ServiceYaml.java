package com.neuralrouter.server.site;

import com.neuralrouter.contract.ServiceDocument;
import com.neuralrouter.contract.ServiceDocument.OnBreach;
import com.neuralrouter.contract.ServiceDocument.ProbeDocument;
import com.neuralrouter.contract.ServiceDocument.ProbeKind;
import com.neuralrouter.contract.ServiceDocument.SlaDocument;
import com.neuralrouter.server.yaml.YamlMapping;
import com.neuralrouter.server.yaml.YamlValue;

import org.jspecify.annotations.Nullable;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The part {@code service} of a provider in a site's YAML, read and written. */
final class ServiceYaml {
    private static final Map<String, OnBreach> ON_BREACH = SiteYaml.lowerDashed(OnBreach.values());
    private static final Map<String, ProbeKind> PROBES = SiteYaml.lowerDashed(ProbeKind.values());

    private ServiceYaml() {}

    static ServiceDocument read(YamlMapping map) {
        map.onlyKeys(
                List.of(
                        "maxConcurrent",
                        "maxQueued",
                        "queueMillis",
                        "attemptMillis",
                        "connectMillis",
                        "firstByteMillis",
                        "betweenBytesMillis",
                        "sla",
                        "probe"));
        return new ServiceDocument(
                number(map, "maxConcurrent"),
                number(map, "maxQueued"),
                number(map, "queueMillis"),
                number(map, "attemptMillis"),
                number(map, "connectMillis"),
                number(map, "firstByteMillis"),
                number(map, "betweenBytesMillis"),
                map.value("sla").flatMap(YamlValue::mapping).map(ServiceYaml::sla).orElse(null),
                map.value("probe")
                        .flatMap(YamlValue::mapping)
                        .map(ServiceYaml::probe)
                        .orElse(null));
    }

    private static SlaDocument sla(YamlMapping map) {
        map.onlyKeys(
                List.of(
                        "windowSeconds",
                        "minRequests",
                        "availabilityPercent",
                        "errorPercent",
                        "firstTokenMillis",
                        "tokensPerSecond",
                        "onBreach"));
        return new SlaDocument(
                number(map, "windowSeconds"),
                number(map, "minRequests"),
                percent(map, "availabilityPercent"),
                percent(map, "errorPercent"),
                number(map, "firstTokenMillis"),
                number(map, "tokensPerSecond"),
                SiteYaml.choice(map.value("onBreach"), ON_BREACH).orElse(null));
    }

    private static ProbeDocument probe(YamlMapping map) {
        map.onlyKeys(List.of("kind", "everySeconds", "model"));
        return new ProbeDocument(
                SiteYaml.choice(map.required("kind"), PROBES).orElse(ProbeKind.MODELS),
                number(map, "everySeconds"),
                SiteYaml.optional(map, "model"));
    }

    private static @Nullable Integer number(YamlMapping map, String key) {
        return map.value(key).flatMap(ServiceYaml::number).orElse(null);
    }

    /** Not below 0; the rest is checked with the document. */
    private static Optional<Integer> number(YamlValue value) {
        Optional<Long> number = value.number();
        if (number.isPresent() && (number.get() < 0 || number.get() > Integer.MAX_VALUE)) {
            value.wrong("must be from 0 to " + Integer.MAX_VALUE);
            return Optional.empty();
        }
        return number.map(Math::toIntExact);
    }

    private static @Nullable BigDecimal percent(YamlMapping map, String key) {
        return map.value(key).flatMap(SiteYaml::amount).orElse(null);
    }

    /** As YAML on one line, with what is said and nothing else. */
    static String oneLine(ServiceDocument service) {
        var parts = new ArrayList<String>();
        add(parts, "maxConcurrent", service.maxConcurrent());
        add(parts, "maxQueued", service.maxQueued());
        add(parts, "queueMillis", service.queueMillis());
        add(parts, "attemptMillis", service.attemptMillis());
        add(parts, "connectMillis", service.connectMillis());
        add(parts, "firstByteMillis", service.firstByteMillis());
        add(parts, "betweenBytesMillis", service.betweenBytesMillis());
        SlaDocument sla = service.sla();
        if (sla != null) {
            add(parts, "sla", oneLine(sla));
        }
        ProbeDocument probe = service.probe();
        if (probe != null) {
            add(parts, "probe", oneLine(probe));
        }
        return braces(parts);
    }

    static String oneLine(SlaDocument sla) {
        var parts = new ArrayList<String>();
        add(parts, "windowSeconds", sla.windowSeconds());
        add(parts, "minRequests", sla.minRequests());
        add(parts, "availabilityPercent", plain(sla.availabilityPercent()));
        add(parts, "errorPercent", plain(sla.errorPercent()));
        add(parts, "firstTokenMillis", sla.firstTokenMillis());
        add(parts, "tokensPerSecond", sla.tokensPerSecond());
        if (sla.onBreach() != null) {
            add(parts, "onBreach", SiteYaml.lowerDashed(sla.onBreach()));
        }
        return braces(parts);
    }

    static String oneLine(ProbeDocument probe) {
        var parts = new ArrayList<String>();
        add(parts, "kind", SiteYaml.lowerDashed(probe.kind()));
        add(parts, "everySeconds", probe.everySeconds());
        if (probe.model() != null) {
            add(parts, "model", SiteYamlWriter.quoted(probe.model()));
        }
        return braces(parts);
    }

    private static @Nullable String plain(@Nullable BigDecimal value) {
        return value == null ? null : value.toPlainString();
    }

    private static void add(List<String> parts, String key, @Nullable Object value) {
        if (value != null) {
            parts.add(key + ": " + value);
        }
    }

    private static String braces(List<String> parts) {
        return "{" + String.join(", ", parts) + "}";
    }
}
