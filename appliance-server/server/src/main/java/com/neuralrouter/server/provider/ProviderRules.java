package com.neuralrouter.server.provider;

import com.neuralrouter.contract.FieldError;
import com.neuralrouter.contract.Operation;
import com.neuralrouter.contract.Provider.Authentication;
import com.neuralrouter.contract.ProviderKind;
import com.neuralrouter.contract.ServiceDocument;
import com.neuralrouter.contract.ServiceDocument.ProbeDocument;
import com.neuralrouter.contract.ServiceDocument.ProbeKind;
import com.neuralrouter.contract.SiteDocument.ProviderDocument;
import com.neuralrouter.server.provider.Endpoint.Options;
import com.neuralrouter.server.provider.Endpoint.Patience;

import org.jspecify.annotations.Nullable;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What a provider of some kind may be and what it is where a document does not say it. */
public final class ProviderRules {

    private static final Pattern REGION = Pattern.compile("[a-z]{2,4}(-[a-z]+)+-[0-9]{1,2}");

    private ProviderRules() {}

    /**
     * The region that requests to Amazon are signed for: the label of the host's name that is one,
     * as in {@code bedrock-runtime.eu-central-1.amazonaws.com}, else the declared one; empty if
     * there is neither.
     */
    public static String amazonRegion(URI address, @Nullable String declared) {
        String host = address.getHost() == null ? "" : address.getHost();
        for (String label : host.toLowerCase(Locale.ROOT).split("\\.", -1)) {
            if (REGION.matcher(label).matches()) {
                return label;
            }
        }
        return declared == null ? "" : declared;
    }

    /** What holds where a document does not say it. */
    public static Authentication authentication(ProviderDocument provider) {
        Authentication said = provider.authentication();
        return said != null ? said : usual(provider.kind());
    }

    private static Authentication usual(ProviderKind kind) {
        return switch (kind) {
            case OPENAI, COHERE -> Authentication.BEARER;
            case ANTHROPIC, AZURE, GEMINI -> Authentication.API_KEY;
            case BEDROCK -> Authentication.SIGNATURE;
            case OLLAMA, LOOPBACK -> Authentication.NONE;
        };
    }

    private static Set<Authentication> possible(ProviderKind kind) {
        return switch (kind) {
            case OPENAI, OLLAMA, COHERE -> Set.of(Authentication.NONE, Authentication.BEARER);
            case ANTHROPIC, AZURE, GEMINI ->
                    Set.of(Authentication.NONE, Authentication.BEARER, Authentication.API_KEY);
            case BEDROCK ->
                    Set.of(Authentication.NONE, Authentication.BEARER, Authentication.SIGNATURE);
            case LOOPBACK -> Set.of(Authentication.NONE);
        };
    }

    static Options options(ProviderDocument provider) {
        List<Operation> operations = provider.operations();
        String apiVersion = provider.apiVersion();
        return new Options(
                operations == null ? Set.of() : Set.copyOf(operations),
                apiVersion == null ? "" : apiVersion,
                Patience.of(provider.service()));
    }

    /**
     * What is wrong with how it differs from others of its kind; paths are the provider's, as in
     * {@code apiVersion}.
     */
    public static List<FieldError> errors(ProviderDocument provider) {
        var errors = new ArrayList<FieldError>();
        ProviderKind kind = provider.kind();
        if (!possible(kind).contains(authentication(provider))) {
            errors.add(new FieldError("authentication", "must be " + choices(kind)));
        }
        boolean speaksOpenAi = kind == ProviderKind.OPENAI || kind == ProviderKind.AZURE;
        List<Operation> operations = provider.operations();
        if (operations != null && !operations.isEmpty() && !speaksOpenAi) {
            errors.add(new FieldError("operations", "are only for the kinds openai and azure"));
        }
        String baseUrl = provider.baseUrl();
        if (kind == ProviderKind.AZURE && baseUrl != null && baseUrl.contains("/openai")) {
            errors.add(new FieldError("baseUrl", "must be the resource's, without /openai"));
        }
        if (authentication(provider) == Authentication.SIGNATURE && baseUrl != null) {
            region(errors, baseUrl, provider.region());
        }
        String apiVersion = provider.apiVersion();
        if (apiVersion != null) {
            apiVersion(errors, kind, apiVersion);
        }
        ServiceDocument service = provider.service();
        ProbeDocument probe = service == null ? null : service.probe();
        if (kind == ProviderKind.BEDROCK && probe != null && probe.kind() == ProbeKind.MODELS) {
            errors.add(
                    new FieldError(
                            "service.probe.kind",
                            "must be completion: Bedrock tells its models elsewhere"));
        }
        return List.copyOf(errors);
    }

    private static void region(List<FieldError> errors, String baseUrl, @Nullable String declared) {
        try {
            if (amazonRegion(new URI(baseUrl), declared).isEmpty()) {
                errors.add(
                        new FieldError(
                                "region",
                                "is missing: the host names none, and requests are signed for it"));
            }
        } catch (URISyntaxException _) {
            // It is refused for that.
        }
    }

    private static void apiVersion(List<FieldError> errors, ProviderKind kind, String apiVersion) {
        if (kind != ProviderKind.AZURE) {
            errors.add(new FieldError("apiVersion", "is only for the kind azure"));
        } else if (!apiVersion.matches("[0-9]{4}-[0-9]{2}-[0-9]{2}(-preview)?|preview")) {
            errors.add(
                    new FieldError(
                            "apiVersion",
                            "must be as in 2024-10-21, or preview for that of v1, or left out for"
                                    + " v1"));
        }
    }

    private static String choices(ProviderKind kind) {
        return possible(kind).stream()
                .sorted()
                .map(one -> one.name().toLowerCase(Locale.ROOT).replace('_', '-'))
                .collect(Collectors.joining(" or "));
    }
}
