package com.neuralrouter.server.cli;

import com.neuralrouter.certs.trust.Pem;
import com.neuralrouter.certs.trust.PinnedTrust;
import com.neuralrouter.server.bootstrap.ApplianceConfig;
import com.neuralrouter.server.bootstrap.SiteFolder;
import com.neuralrouter.server.bootstrap.SiteLock;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import tools.jackson.databind.json.JsonMapper;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;

/** {@code neural-router ask}: one chat request, the way that an app sends it. */
@Command(
        name = "ask",
        header = "Send one chat request through the running appliance, as an app would.",
        description = {
            "",
            "For seeing whether a model answers: over TLS with the site's root certificate, with"
                    + " an API key, through policy, route and provider. Prints the answer as it"
                    + " came.",
            ""
        },
        footer = {
            "",
            "Example:",
            "  neural-router ask --site /var/lib/neural-router --key-file key.txt \\",
            "      --model house-chat \"Say hello in one sentence.\"",
            "",
            "What happens next: the request is in the desktop's list of requests."
        },
        mixinStandardHelpOptions = true)
final class AskCommand implements Callable<Integer> {
    private static final Duration TO_CONNECT = Duration.ofSeconds(5);
    private static final Duration TO_ANSWER = Duration.ofMinutes(3);
    private static final int LONGEST_KEY = 1024;

    private final Terminal terminal;

    @Mixin private final SiteOption site;

    @Option(
            names = "--key-file",
            required = true,
            paramLabel = "FILE",
            description = "The file with the API key; - for the standard input.")
    private String keyFile = "-";

    @Option(
            names = "--model",
            required = true,
            paramLabel = "NAME",
            description = "The public model name, as a route has it.")
    private String model = "";

    @Parameters(paramLabel = "MESSAGE", description = "What to ask.")
    private String message = "";

    AskCommand(Terminal terminal) {
        this.terminal = terminal;
        this.site = new SiteOption(terminal.environment());
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        SiteFolder folder = site.existing();
        ApplianceConfig config = SiteOption.config(folder);
        SiteLock.Running running =
                SiteLock.running(folder)
                        .orElseThrow(() ->
                                new CommandFailed(
                                        ExitCode.UNREACHABLE,
                                        "No server runs on " + folder.root() + "."));
        String host = AdminClient.reachable(config.listeners().inference().host());
        URI url =
                URI.create(
                        "https://" + host + ":" + running.inferencePort() + "/v1/chat/completions");
        HttpRequest request =
                HttpRequest.newBuilder(url)
                        .timeout(TO_ANSWER)
                        .header("authorization", "Bearer " + key())
                        .header("content-type", "application/json")
                        .POST(BodyPublishers.ofByteArray(body()))
                        .build();
        try (HttpClient client = client(folder)) {
            HttpResponse<String> response = client.send(request, BodyHandlers.ofString());
            terminal.print(response.body());
            return response.statusCode() / 100 == 2 ? ExitCode.OK : ExitCode.FAILED;
        } catch (IOException e) {
            throw new CommandFailed(ExitCode.UNREACHABLE, "No answer came from " + url + ".");
        }
    }

    private static HttpClient client(SiteFolder folder) throws IOException {
        String root = Files.readString(folder.rootCertificate());
        return HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(TO_CONNECT)
                .sslContext(PinnedTrust.ofRoot(Pem.certificate(root)).context())
                .build();
    }

    private byte[] body() {
        return JsonMapper.shared()
                .writeValueAsBytes(
                        Map.of(
                                "model",
                                model,
                                "messages",
                                List.of(Map.of("role", "user", "content", message))));
    }

    private String key() throws IOException {
        byte[] bytes =
                keyFile.equals("-")
                        ? System.in.readNBytes(LONGEST_KEY)
                        : Files.readAllBytes(Path.of(keyFile));
        String key = new String(bytes, StandardCharsets.US_ASCII).strip();
        if (!key.matches("[!-~]+")) {
            throw new CommandFailed("There is no API key in it; write the key and nothing else.");
        }
        return key;
    }
}
