package com.neuralrouter.server.site;

import com.neuralrouter.contract.ApiKeyDocument;
import com.neuralrouter.contract.CredentialDocument;
import com.neuralrouter.contract.Operation;
import com.neuralrouter.contract.SiteDocument;
import com.neuralrouter.contract.SiteDocument.PolicyDocument;
import com.neuralrouter.contract.SiteDocument.PriceDocument;
import com.neuralrouter.contract.SiteDocument.ProviderDocument;
import com.neuralrouter.contract.SiteDocument.RouteDocument;
import com.neuralrouter.contract.SiteDocument.UpstreamDocument;
import com.neuralrouter.contract.SiteDocument.WorkspaceDocument;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * Writes a site's document as the YAML file that {@link SiteYaml} reads. There are no secrets in
 * it: an exported document has none, and a comment says where each is to be named.
 */
public final class SiteYamlWriter {
    private final StringBuilder text = new StringBuilder();

    private SiteYamlWriter() {}

    public static String text(SiteDocument document) {
        var writer = new SiteYamlWriter();
        writer.write(document);
        return writer.text.toString();
    }

    private void write(SiteDocument document) {
        line(
                0,
                "# This site as a document: neural-router apply -f FILE makes a site what it"
                        + " says.");
        line(0, "# Secrets are not in it; name them by file or environment variable.");
        line(0, "# Described by docs/reference/site.schema.json.");
        line(0, "apiVersion: " + SiteDocument.API_VERSION);
        policy(0, document.policy());
        AllowanceYaml.lines(document.limits(), document.budgets()).forEach(each -> line(0, each));
        list(0, "providers", document.providers(), this::provider);
        list(0, "workspaces", document.workspaces(), this::workspace);
        list(0, "routes", document.routes(), this::route);
    }

    private void provider(int depth, ProviderDocument provider) {
        line(depth, "- name: " + quoted(provider.name()));
        field(depth + 1, "kind", provider.kind().name().toLowerCase(Locale.ROOT));
        quotedField(depth + 1, "baseUrl", provider.baseUrl());
        if (provider.authentication() != null) {
            field(depth + 1, "authentication", SiteYaml.lowerDashed(provider.authentication()));
        }
        if (provider.trustedCertificates() != null) {
            line(depth + 1, "trustedCertificates: |");
            provider.trustedCertificates().lines().forEach(pem -> line(depth + 2, pem));
        }
        quotedField(depth + 1, "jurisdiction", provider.jurisdiction());
        quotedField(depth + 1, "region", provider.region());
        if (provider.trainsOnData() != null) {
            field(depth + 1, "trainsOnData", provider.trainsOnData().toString());
        }
        quotedField(depth + 1, "retention", provider.retention());
        texts(depth + 1, "certificatePins", provider.certificatePins());
        List<Operation> operations = provider.operations();
        if (operations != null) {
            field(
                    depth + 1,
                    "operations",
                    operations.stream().map(Operation::wire).toList().toString());
        }
        quotedField(depth + 1, "apiVersion", provider.apiVersion());
        if (provider.service() != null) {
            field(depth + 1, "service", ServiceYaml.oneLine(provider.service()));
        }
    }

    private void workspace(int depth, WorkspaceDocument workspace) {
        line(depth, "- name: " + quoted(workspace.name()));
        quotedField(depth + 1, "description", workspace.description());
        if (workspace.state() != null) {
            field(depth + 1, "state", workspace.state().name().toLowerCase(Locale.ROOT));
        }
        policy(depth + 1, workspace.policy());
        AllowanceYaml.lines(workspace.limits(), workspace.budgets())
                .forEach(each -> line(depth + 1, each));
        list(depth + 1, "credentials", workspace.credentials(), this::credential);
        list(depth + 1, "apiKeys", workspace.apiKeys(), this::apiKey);
    }

    private void credential(int depth, CredentialDocument credential) {
        line(depth, "- provider: " + quoted(credential.provider()));
        quotedField(depth + 1, "label", credential.label());
        line(depth + 1, "# secret: {file: path}   or   secret: {env: NAME}; absent: as it is");
    }

    private void apiKey(int depth, ApiKeyDocument key) {
        line(depth, "- name: " + quoted(key.name()));
        if (key.expiresAt() != null) {
            quotedField(depth + 1, "expiresAt", key.expiresAt().toString());
        }
        policy(depth + 1, key.policy());
        AllowanceYaml.lines(key.limits(), key.budgets()).forEach(each -> line(depth + 1, each));
    }

    private void route(int depth, RouteDocument route) {
        line(depth, "- name: " + quoted(route.name()));
        quotedField(depth + 1, "model", route.model());
        texts(depth + 1, "workspaces", route.workspaces());
        constant(depth + 1, "strategy", route.strategy());
        texts(depth + 1, "headers", route.headers());
        number(depth + 1, "hedgeAfterMillis", route.hedgeAfterMillis());
        number(depth + 1, "totalMillis", route.totalMillis());
        AllowanceYaml.lines(route.limits(), null).forEach(each -> line(depth + 1, each));
        list(depth + 1, "upstreams", route.upstreams(), this::upstream);
    }

    private void upstream(int depth, UpstreamDocument upstream) {
        line(depth, "- provider: " + quoted(upstream.provider()));
        quotedField(depth + 1, "model", upstream.model());
        constant(depth + 1, "use", upstream.use());
        number(depth + 1, "percent", upstream.percent());
        number(depth + 1, "weight", upstream.weight());
        quotedField(depth + 1, "when", upstream.when());
        PriceDocument price = upstream.price();
        if (price != null) {
            field(
                    depth + 1,
                    "price",
                    "{inputPerMillion: %s, outputPerMillion: %s}"
                            .formatted(
                                    price.inputPerMillion().toPlainString(),
                                    price.outputPerMillion().toPlainString()));
        }
    }

    private void constant(int depth, String key, @Nullable Enum<?> value) {
        if (value != null) {
            field(depth, key, SiteYaml.lowerDashed(value));
        }
    }

    private void policy(int depth, @Nullable PolicyDocument policy) {
        if (policy == null || policy.equals(PolicyDocument.NONE)) {
            return;
        }
        line(depth, "policy:");
        PolicyYamlWriter.lines(policy).forEach(rule -> line(depth + 1, rule));
    }

    private interface Item<T> {
        void write(int depth, T item);
    }

    private <T> void list(int depth, String key, List<T> items, Item<T> item) {
        if (!items.isEmpty()) {
            line(depth, key + ":");
            items.forEach(each -> item.write(depth + 1, each));
        }
    }

    private void texts(int depth, String key, @Nullable List<String> values) {
        if (values != null) {
            field(
                    depth,
                    key,
                    values.stream()
                            .map(SiteYamlWriter::quoted)
                            .collect(Collectors.joining(", ", "[", "]")));
        }
    }

    private void number(int depth, String key, @Nullable Integer value) {
        if (value != null) {
            field(depth, key, value.toString());
        }
    }

    private void quotedField(int depth, String key, @Nullable String value) {
        if (value != null && !value.isEmpty()) {
            field(depth, key, quoted(value));
        }
    }

    private void field(int depth, String key, String value) {
        line(depth, key + ": " + value);
    }

    private void line(int depth, String content) {
        text.append("  ".repeat(depth)).append(content).append('\n');
    }

    /**
     * A double-quoted scalar (YAML 1.2.2, 7.3.1) unless the word can't be taken for anything else.
     */
    static String quoted(String value) {
        if (value.matches("[a-z][a-z0-9-]*") && !value.matches("true|false|null|yes|no|on|off")) {
            return value;
        }
        var quoted = new StringBuilder("\"");
        value.codePoints()
                .forEach(point -> {
                    if (point == '"' || point == '\\') {
                        quoted.append('\\').appendCodePoint(point);
                    } else if (point < 0x20 || point == 0x7f || point > 0xfffd) {
                        quoted.append("\\U%08x".formatted(point));
                    } else {
                        quoted.appendCodePoint(point);
                    }
                });
        return quoted.append('"').toString();
    }
}
