package com.neuralrouter.server.acceptance;

import com.neuralrouter.contract.ApiKeyDocument;
import com.neuralrouter.contract.AppliedSite;
import com.neuralrouter.contract.CreatedApiKey;
import com.neuralrouter.contract.Provider;
import com.neuralrouter.contract.ProviderKind;
import com.neuralrouter.contract.SiteDocument;
import com.neuralrouter.contract.SiteDocument.ProviderDocument;
import com.neuralrouter.contract.SiteDocument.RouteDocument;
import com.neuralrouter.contract.SiteDocument.UpstreamDocument;
import com.neuralrouter.contract.SiteDocument.WorkspaceDocument;
import com.neuralrouter.server.bootstrap.Appliance;
import com.neuralrouter.server.bootstrap.ApplianceConfigReader;
import com.neuralrouter.server.bootstrap.ConfigFile;
import com.neuralrouter.server.bootstrap.SiteFolder;
import com.neuralrouter.server.bootstrap.SiteMaker;
import com.neuralrouter.server.bootstrap.SiteVault;
import com.neuralrouter.server.provider.FakeUpstream;
import com.neuralrouter.server.secret.seal.SealMaterial;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A new site in a folder and the whole appliance that runs on it, in this process, on ports that
 * the system chose. {@link #openFor} makes it one with a workspace, a route and an app's key.
 */
final class RunningSite implements AutoCloseable {
    static final String WORKSPACE = "research";

    private final SiteFolder folder;
    private final Appliance appliance;

    private RunningSite(SiteFolder folder, Appliance appliance) {
        this.folder = folder;
        this.appliance = appliance;
    }

    /** Founds a site in the folder and starts it. */
    static RunningSite start(Path folder) throws IOException {
        return start(folder, Map.of());
    }

    /** The same with more lines in {@code appliance.yaml}, by their paths. */
    static RunningSite start(Path folder, Map<String, String> more) throws IOException {
        found(folder, more);
        return startAgain(new SiteFolder(folder));
    }

    /** Starts a site that was founded before. */
    static RunningSite startAgain(SiteFolder site) throws IOException {
        return new RunningSite(
                site,
                Appliance.start(
                        site,
                        ApplianceConfigReader.read(site.config()),
                        vault(site).openByItself().orElseThrow(),
                        Clock.systemUTC()));
    }

    /** Founds a site and leaves it at that. */
    static SiteFolder found(Path folder) throws IOException {
        return found(folder, Map.of());
    }

    static SiteFolder found(Path folder, Map<String, String> more) throws IOException {
        var site = new SiteFolder(folder);
        new SiteMaker(site, Clock.systemUTC())
                .make(
                        "proof",
                        List.of("localhost"),
                        config(more),
                        "tester",
                        () ->
                                vault(site)
                                        .seals()
                                        .create(SiteVault.KEY_FILE, new SealMaterial.Nothing())
                                        .seal());
        return site;
    }

    /** What {@code appliance.yaml} says, on ports that the system chooses. */
    static String config(Map<String, String> more) {
        Map<String, String> settings = new TreeMap<>(Map.of("shutdown-grace", "1s"));
        for (String listener : List.of("inference", "admin", "enrolment")) {
            settings.put("listeners." + listener + ".host", "127.0.0.1");
            settings.put("listeners." + listener + ".port", "0");
        }
        settings.putAll(more);
        return ConfigFile.text(settings);
    }

    static SiteVault vault(SiteFolder site) {
        return new SiteVault(site, Map.of(), Clock.systemUTC());
    }

    SiteFolder folder() {
        return folder;
    }

    int adminPort() {
        return appliance.adminPort();
    }

    int enrolmentPort() {
        return appliance.enrolmentPort();
    }

    /** Where apps send requests, without the path {@code /v1}. */
    String inferenceUrl() {
        return "https://localhost:" + appliance.inferencePort();
    }

    int inferencePort() {
        return appliance.inferencePort();
    }

    /** What trusts this site and nothing else, as an app is told to by {@code root.pem}. */
    SiteTrust trust() throws IOException {
        return SiteTrust.of(folder);
    }

    /** The operator on this box. */
    Administrator operator() throws IOException {
        return Administrator.operatorOf(folder, adminPort());
    }

    /** An app with that key. */
    App app(String key) throws IOException {
        return new App(inferenceUrl(), key, trust().context());
    }

    /**
     * Makes a workspace and a route for the model to these upstreams in their order, or to the
     * built-in loopback if there are none.
     *
     * @return the key of an app in that workspace
     */
    String openFor(String model, FakeUpstream... upstreams) throws IOException {
        var providers = new ArrayList<ProviderDocument>();
        for (FakeUpstream upstream : upstreams) {
            providers.add(
                    new ProviderDocument(
                            "upstream-" + (providers.size() + 1),
                            ProviderKind.OPENAI,
                            upstream.baseUrl().toString(),
                            Provider.Authentication.NONE,
                            null));
        }
        if (providers.isEmpty()) {
            providers.add(
                    new ProviderDocument("loopback", ProviderKind.LOOPBACK, null, null, null));
        }
        return openFor(model, providers);
    }

    /** The same with providers of any kind. */
    String openFor(String model, List<ProviderDocument> providers) throws IOException {
        try (Administrator operator = operator()) {
            return onlyKey(operator.apply(document(model, providers)));
        }
    }

    static SiteDocument document(String model, List<ProviderDocument> providers) {
        return document(
                providers,
                List.of(
                        new RouteDocument(
                                "route",
                                model,
                                List.of(WORKSPACE),
                                providers.stream()
                                        .map(one -> new UpstreamDocument(one.name(), null))
                                        .toList())));
    }

    /** A site with a workspace, an app's key, and these. */
    static SiteDocument document(List<ProviderDocument> providers, List<RouteDocument> routes) {
        return new SiteDocument(
                SiteDocument.API_VERSION,
                null,
                providers,
                List.of(
                        new WorkspaceDocument(
                                WORKSPACE,
                                "For proofs",
                                null,
                                null,
                                List.of(),
                                List.of(new ApiKeyDocument("app", null, null)))),
                routes);
    }

    static String onlyKey(AppliedSite applied) {
        List<CreatedApiKey> keys = applied.createdKeys();
        if (keys.size() != 1) {
            throw new AssertionError("one key was to be made, not " + keys.size());
        }
        return keys.getFirst().secret();
    }

    @Override
    public void close() {
        appliance.close();
    }
}
