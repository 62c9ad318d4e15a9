package com.neuralrouter.server.site;

import com.neuralrouter.contract.ApiKeyDocument;
import com.neuralrouter.contract.CredentialDocument;
import com.neuralrouter.contract.Operation;
import com.neuralrouter.contract.Provider.Authentication;
import com.neuralrouter.contract.ProviderKind;
import com.neuralrouter.contract.Route.Strategy;
import com.neuralrouter.contract.Route.Use;
import com.neuralrouter.contract.SiteDocument;
import com.neuralrouter.contract.SiteDocument.PolicyDocument;
import com.neuralrouter.contract.SiteDocument.PriceDocument;
import com.neuralrouter.contract.SiteDocument.ProviderDocument;
import com.neuralrouter.contract.SiteDocument.RouteDocument;
import com.neuralrouter.contract.SiteDocument.UpstreamDocument;
import com.neuralrouter.contract.SiteDocument.WorkspaceDocument;
import com.neuralrouter.contract.Workspace;
import com.neuralrouter.server.yaml.YamlFile;
import com.neuralrouter.server.yaml.YamlMapping;
import com.neuralrouter.server.yaml.YamlValue;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A site's document as a YAML file, described by {@code docs/reference/site.schema.json}: its keys
 * are the members of {@link SiteDocument}. Secrets are never in the file, which is meant to be kept
 * under version control: it names a file or an environment variable, and they are read here.
 */
public final class SiteYaml {
    static final Map<String, ProviderKind> KINDS = lowerDashed(ProviderKind.values());
    static final String KIND_NAMES = String.join(", ", KINDS.keySet().stream().sorted().toList());
    private static final Map<String, Authentication> AUTHENTICATIONS =
            lowerDashed(Authentication.values());
    private static final Map<String, Operation> OPERATIONS =
            Stream.of(Operation.values()).collect(Collectors.toMap(Operation::wire, one -> one));
    private static final Map<String, Workspace.State> STATES =
            Map.of("active", Workspace.State.ACTIVE, "suspended", Workspace.State.SUSPENDED);

    private static final Map<String, Strategy> STRATEGIES = lowerDashed(Strategy.values());
    private static final Map<String, Use> USES = lowerDashed(Use.values());

    private final YamlFile file;
    private final SecretSources secrets;
    private final SiteDocument document;

    private SiteYaml(YamlFile file, SecretSources secrets) {
        this.file = file;
        this.secrets = secrets;
        this.document = read(file.top());
        file.refuseIfWrong();
    }

    /**
     * Reads the file, and the files and variables that it names; relative paths start at the file's
     * own folder. Throws {@link com.neuralrouter.server.yaml.YamlRefused} with all that is wrong.
     *
     * @param environment answers null for a variable that is not set
     */
    public static SiteYaml read(Path path, Function<String, @Nullable String> environment)
            throws IOException {
        Path folder = path.toAbsolutePath().getParent();
        return new SiteYaml(
                new YamlFile(path.toString(), Files.readString(path)),
                new SecretSources(folder == null ? path : folder, environment));
    }

    public SiteDocument document() {
        return document;
    }

    /** The file, for telling what the appliance found wrong at the line where it stands. */
    public YamlFile file() {
        return file;
    }

    private SiteDocument read(YamlMapping top) {
        top.onlyKeys(
                List.of(
                        "apiVersion",
                        "policy",
                        "limits",
                        "budgets",
                        "providers",
                        "workspaces",
                        "routes"));
        top.required("apiVersion").ifPresent(SiteYaml::checkVersion);
        return new SiteDocument(
                SiteDocument.API_VERSION,
                policy(top),
                each(top, "providers", this::provider),
                each(top, "workspaces", this::workspace),
                each(top, "routes", this::route),
                AllowanceYaml.limits(top),
                AllowanceYaml.budgets(top));
    }

    private static void checkVersion(YamlValue value) {
        if (!value.text().orElse(SiteDocument.API_VERSION).equals(SiteDocument.API_VERSION)) {
            value.wrong("must be " + SiteDocument.API_VERSION + ", the one version there is");
        }
    }

    private ProviderDocument provider(YamlMapping map) {
        map.onlyKeys(
                List.of(
                        "name",
                        "kind",
                        "baseUrl",
                        "authentication",
                        "trustedCertificates",
                        "jurisdiction",
                        "region",
                        "trainsOnData",
                        "retention",
                        "certificatePins",
                        "operations",
                        "apiVersion",
                        "service"));
        return new ProviderDocument(
                required(map, "name"),
                choice(map.required("kind"), KINDS).orElse(ProviderKind.LOOPBACK),
                optional(map, "baseUrl"),
                choice(map.value("authentication"), AUTHENTICATIONS).orElse(null),
                map.value("trustedCertificates").flatMap(secrets::certificates).orElse(null),
                optional(map, "jurisdiction"),
                optional(map, "region"),
                map.value("trainsOnData").flatMap(YamlValue::truth).orElse(null),
                optional(map, "retention"),
                map.value("certificatePins").map(SiteYaml::texts).orElse(null),
                map.value("operations").map(SiteYaml::operations).orElse(null),
                optional(map, "apiVersion"),
                map.value("service")
                        .flatMap(YamlValue::mapping)
                        .map(ServiceYaml::read)
                        .orElse(null));
    }

    private static List<Operation> operations(YamlValue list) {
        return list.items().stream()
                .flatMap(item -> choice(Optional.of(item), OPERATIONS).stream())
                .toList();
    }

    private WorkspaceDocument workspace(YamlMapping map) {
        map.onlyKeys(
                List.of(
                        "name",
                        "description",
                        "state",
                        "policy",
                        "limits",
                        "budgets",
                        "credentials",
                        "apiKeys"));
        return new WorkspaceDocument(
                required(map, "name"),
                optional(map, "description"),
                choice(map.value("state"), STATES).orElse(null),
                policy(map),
                each(map, "credentials", this::credential),
                each(map, "apiKeys", SiteYaml::apiKey),
                AllowanceYaml.limits(map),
                AllowanceYaml.budgets(map));
    }

    private CredentialDocument credential(YamlMapping map) {
        map.onlyKeys(List.of("provider", "label", "secret"));
        return new CredentialDocument(
                required(map, "provider"),
                optional(map, "label"),
                map.value("secret").flatMap(secrets::secret).orElse(null));
    }

    private static ApiKeyDocument apiKey(YamlMapping map) {
        map.onlyKeys(List.of("name", "expiresAt", "policy", "limits", "budgets"));
        return new ApiKeyDocument(
                required(map, "name"),
                map.value("expiresAt").flatMap(SiteYaml::instant).orElse(null),
                policy(map),
                AllowanceYaml.limits(map),
                AllowanceYaml.budgets(map));
    }

    private RouteDocument route(YamlMapping map) {
        map.onlyKeys(
                List.of(
                        "name",
                        "model",
                        "workspaces",
                        "upstreams",
                        "strategy",
                        "headers",
                        "hedgeAfterMillis",
                        "totalMillis",
                        "limits"));
        return new RouteDocument(
                required(map, "name"),
                required(map, "model"),
                map.required("workspaces").map(SiteYaml::texts).orElse(List.of()),
                map.required("upstreams").isPresent()
                        ? each(map, "upstreams", SiteYaml::upstream)
                        : List.of(),
                choice(map.value("strategy"), STRATEGIES).orElse(null),
                map.value("headers").map(SiteYaml::texts).orElse(null),
                map.value("hedgeAfterMillis").flatMap(SiteYaml::positive).orElse(null),
                map.value("totalMillis").flatMap(SiteYaml::positive).orElse(null),
                AllowanceYaml.limits(map));
    }

    private static UpstreamDocument upstream(YamlMapping map) {
        map.onlyKeys(List.of("provider", "model", "weight", "when", "use", "percent", "price"));
        return new UpstreamDocument(
                required(map, "provider"),
                optional(map, "model"),
                map.value("weight").flatMap(SiteYaml::positive).orElse(null),
                optional(map, "when"),
                choice(map.value("use"), USES).orElse(null),
                map.value("percent").flatMap(SiteYaml::positive).orElse(null),
                map.value("price").flatMap(YamlValue::mapping).map(SiteYaml::price).orElse(null));
    }

    private static PriceDocument price(YamlMapping map) {
        map.onlyKeys(List.of("inputPerMillion", "outputPerMillion"));
        return new PriceDocument(amount(map, "inputPerMillion"), amount(map, "outputPerMillion"));
    }

    private static BigDecimal amount(YamlMapping map, String key) {
        return map.required(key).flatMap(SiteYaml::amount).orElse(BigDecimal.ZERO);
    }

    static Optional<BigDecimal> amount(YamlValue value) {
        Optional<String> word = value.word();
        if (word.isPresent() && !word.get().matches("[0-9]{1,9}(\\.[0-9]{1,6})?")) {
            value.wrong("must be an amount, as in 0.15");
            return Optional.empty();
        }
        return word.map(BigDecimal::new);
    }

    private static @Nullable PolicyDocument policy(YamlMapping above) {
        return above.value("policy")
                .flatMap(YamlValue::mapping)
                .map(PolicyYaml::rules)
                .orElse(null);
    }

    private static <T> List<T> each(YamlMapping map, String key, Function<YamlMapping, T> read) {
        var all = new ArrayList<T>();
        for (YamlValue item : map.value(key).map(YamlValue::items).orElse(List.of())) {
            item.mapping().map(read).ifPresent(all::add);
        }
        return all;
    }

    private static String required(YamlMapping map, String key) {
        return map.required(key).flatMap(YamlValue::text).orElse("");
    }

    static @Nullable String optional(YamlMapping map, String key) {
        return map.value(key).flatMap(YamlValue::text).orElse(null);
    }

    private static List<String> texts(YamlValue list) {
        return list.items().stream().flatMap(item -> item.text().stream()).toList();
    }

    static Optional<Integer> positive(YamlValue value) {
        Optional<Long> number = value.number();
        if (number.isPresent() && (number.get() < 1 || number.get() > Integer.MAX_VALUE)) {
            value.wrong("must be from 1 to " + Integer.MAX_VALUE);
            return Optional.empty();
        }
        return number.map(Math::toIntExact);
    }

    private static Optional<Instant> instant(YamlValue value) {
        Optional<String> text = value.text();
        try {
            return text.map(Instant::parse);
        } catch (DateTimeException e) {
            value.wrong("must be a time in UTC, as in 2027-06-30T00:00:00Z");
            return Optional.empty();
        }
    }

    static String lowerDashed(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static <T extends Enum<T>> Map<String, T> lowerDashed(T[] constants) {
        return Stream.of(constants).collect(Collectors.toMap(SiteYaml::lowerDashed, one -> one));
    }

    static <T> Optional<T> choice(Optional<YamlValue> value, Map<String, T> choices) {
        if (value.isEmpty()) {
            return Optional.empty();
        }
        Optional<String> text = value.get().text();
        if (text.isPresent() && !choices.containsKey(text.get())) {
            value.get()
                    .wrong(
                            "must be one of "
                                    + String.join(
                                            ", ", choices.keySet().stream().sorted().toList()));
        }
        return text.flatMap(chosen -> Optional.ofNullable(choices.get(chosen)));
    }
}
