package com.neuralrouter.server.provider;

import com.neuralrouter.contract.FieldError;
import com.neuralrouter.contract.SiteDocument.ProviderDocument;
import com.neuralrouter.server.admin.AdminRefused;
import com.neuralrouter.server.policy.Destination;
import com.neuralrouter.server.policy.Jurisdictions;
import com.neuralrouter.server.policy.Retention;

import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Set;

/** What administrators declare of a provider, for policies to ask: checked, and what it means. */
public final class Declarations {
    private static final int REGION = 63;
    private static final int PINS = 20;
    private static final int SHA_256 = 32;

    private Declarations() {}

    /** What is wrong with them; paths are the provider's, as in {@code jurisdiction}. */
    public static List<FieldError> errors(ProviderDocument provider) {
        var errors = new ArrayList<FieldError>();
        String jurisdiction = provider.jurisdiction();
        if (jurisdiction != null) {
            check(errors, "jurisdiction", () -> Jurisdictions.demand(jurisdiction));
        }
        String retention = provider.retention();
        if (retention != null) {
            check(errors, "retention", () -> Retention.of(retention));
        }
        String region = provider.region();
        if (region != null
                && !region.matches("[A-Za-z0-9][A-Za-z0-9._-]{0," + (REGION - 1) + "}")) {
            errors.add(
                    new FieldError(
                            "region",
                            "must be 1 to " + REGION + " letters, digits, '.', '_' and '-'"));
        }
        List<String> pins = provider.certificatePins();
        if (pins != null) {
            pins(errors, provider, pins);
        }
        return List.copyOf(errors);
    }

    private static void pins(
            List<FieldError> errors, ProviderDocument provider, List<String> pins) {
        if (pins.isEmpty() || pins.size() > PINS) {
            errors.add(new FieldError("certificatePins", "must be 1 to " + PINS + ", or left out"));
        }
        String baseUrl = provider.baseUrl();
        if (baseUrl == null || !baseUrl.startsWith("https://")) {
            errors.add(
                    new FieldError("certificatePins", "need a baseUrl that begins with https://"));
        }
        for (int i = 0; i < pins.size(); i++) {
            if (!isPin(pins.get(i))) {
                errors.add(
                        new FieldError(
                                "certificatePins[" + i + "]",
                                "must be the SHA-256 of a public key (SubjectPublicKeyInfo) in"
                                        + " Base64, 44 characters"));
            }
        }
    }

    private static boolean isPin(String text) {
        try {
            return text.length() == 44 && Base64.getDecoder().decode(text).length == SHA_256;
        } catch (IllegalArgumentException _) {
            return false;
        }
    }

    private static void check(List<FieldError> errors, String field, Runnable demand) {
        try {
            demand.run();
        } catch (IllegalArgumentException wrong) {
            errors.add(new FieldError(field, String.valueOf(wrong.getMessage())));
        }
    }

    /** Throws {@link AdminRefused} for the first thing that is wrong. */
    static Destination destination(ProviderDocument provider) {
        for (FieldError wrong : errors(provider)) {
            throw AdminRefused.field(wrong.field(), wrong.message());
        }
        return meaning(provider);
    }

    /** What the document declares, with what it leaves out filled in; it has passed the checks. */
    public static Destination meaning(ProviderDocument provider) {
        return Destination.of(
                provider.name(),
                provider.jurisdiction(),
                provider.region(),
                provider.trainsOnData(),
                provider.retention() == null ? null : Retention.of(provider.retention()));
    }

    static Set<String> pins(ProviderDocument provider) {
        return provider.certificatePins() == null
                ? Set.of()
                : Set.copyOf(provider.certificatePins());
    }
}
