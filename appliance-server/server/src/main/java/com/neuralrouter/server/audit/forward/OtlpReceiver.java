package com.neuralrouter.server.audit.forward;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Delivers to an OTLP/HTTP receiver: one request after the other, each acknowledged by its answer.
 * A batch whose answer did not arrive is sent again, so that it may be doubled, as the protocol's
 * "Duplicate Data" says; the attribute {@code audit.sequence} tells it.
 *
 * <p>Apart from the protocol in one point: it wants a client to drop what is refused with a status
 * that is not to be tried again (400, 401, 404 …). An audit trail drops nothing: such a batch is
 * kept, tried again in the pace of the backoff, and told to the operator, who can mend what is
 * wrong. What a receiver refuses in a partial success is not sent again, and counted.
 */
final class OtlpReceiver implements Receiver {
    private static final Logger LOG = System.getLogger(OtlpReceiver.class.getName());
    private static final int MOST = 500;
    private static final long MOST_BYTES = 2 << 20;
    private static final long MAX_ANSWER_BYTES = 64 * 1024;
    private static final Duration CONNECT = Duration.ofSeconds(10);

    private final ReceiverSettings.Otlp settings;
    private final OtlpLogs logs;
    private final Duration patience;
    private final Clock clock;
    private final HttpClient http;

    /** How many go at once; less after the receiver found that too large. Of its thread. */
    private int most = MOST;

    private volatile long refused;

    /**
     * @param patience how long a request may take as a whole
     */
    OtlpReceiver(ReceiverSettings.Otlp settings, Sender sender, Duration patience, Clock clock) {
        this.settings = settings;
        this.logs = new OtlpLogs(sender);
        this.patience = patience;
        this.clock = clock;
        this.http =
                HttpClient.newBuilder()
                        .version(HttpClient.Version.HTTP_1_1)
                        .followRedirects(HttpClient.Redirect.NEVER)
                        .proxy(HttpClient.Builder.NO_PROXY)
                        .connectTimeout(CONNECT.compareTo(patience) < 0 ? CONNECT : patience)
                        .sslContext(ReceiverTls.context(settings.tls()))
                        .sslParameters(ReceiverTls.parameters())
                        .build();
    }

    @Override
    public long deliver(long from, LeafSource log, Stopping stopping) throws DeliveryFailed {
        List<Leaf> leaves = Leaf.from(log, from, most, MOST_BYTES);
        HttpResponse<byte[]> answer = post(logs.of(leaves));
        int status = answer.statusCode();
        if (status == 413 && leaves.size() > 1) {
            most = leaves.size() / 2;
            throw failed("finds %d entries at once too large".formatted(leaves.size()), null);
        }
        if (status != 200 && status != 204) {
            throw new DeliveryFailed(sentence(meaning(status)), pause(answer, clock), null);
        }
        OptionalLong rejected = OtlpLogs.refused(answer.body());
        if (rejected.isEmpty()) {
            throw failed("answers with something that is not OTLP; is it the right URL?", null);
        }
        if (rejected.getAsLong() > 0) {
            refused += rejected.getAsLong();
            LOG.log(
                    Level.ERROR,
                    "a receiver refuses entries for good receiver={0} refused={1} from={2} to={3}",
                    settings.place(),
                    String.valueOf(rejected.getAsLong()),
                    String.valueOf(from),
                    String.valueOf(from + leaves.size() - 1));
        }
        return from + leaves.size();
    }

    @Override
    public long refused() {
        return refused;
    }

    private HttpResponse<byte[]> post(byte[] body) throws DeliveryFailed {
        CompletableFuture<HttpResponse<byte[]>> answer =
                http.sendAsync(
                        HttpRequest.newBuilder(settings.logs())
                                .timeout(patience)
                                .header("Content-Type", "application/json")
                                .header("Accept", "application/json")
                                .header("User-Agent", Sender.PRODUCT)
                                .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                                .build(),
                        BodyHandlers.limiting(BodyHandlers.ofByteArray(), MAX_ANSWER_BYTES));
        try {
            return answer.get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException failure) {
            throw failed(
                    failure.getCause() instanceof IOException cause
                            ? Trouble.of(cause)
                            : "can't be asked",
                    failure);
        } catch (TimeoutException timeout) {
            answer.cancel(true);
            throw failed("does not answer in time", timeout);
        } catch (InterruptedException interrupted) {
            answer.cancel(true);
            Thread.currentThread().interrupt();
            throw failed("was not waited for: the appliance stops", interrupted);
        }
    }

    private static String meaning(int status) {
        return switch (status) {
            case 401, 403 -> "does not let this appliance in (%d)".formatted(status);
            case 404, 405 -> "takes no logs at this URL (%d)".formatted(status);
            case 429, 502, 503, 504 -> "is overloaded or away (%d)".formatted(status);
            default -> "refuses the entries (%d)".formatted(status);
        };
    }

    /** RFC 9110, section 10.2.3; zero for none that can be understood. */
    private static Duration pause(HttpResponse<byte[]> answer, Clock clock) {
        String asked = answer.headers().firstValue("Retry-After").orElse("");
        try {
            if (asked.matches("[0-9]{1,9}")) {
                return Duration.ofSeconds(Long.parseLong(asked));
            }
            if (asked.isEmpty()) {
                return Duration.ZERO;
            }
            ZonedDateTime date = ZonedDateTime.parse(asked, DateTimeFormatter.RFC_1123_DATE_TIME);
            Duration until = Duration.between(clock.instant(), date);
            return until.isNegative() ? Duration.ZERO : until;
        } catch (DateTimeException _) {
            return Duration.ZERO;
        }
    }

    private DeliveryFailed failed(String what, @Nullable Throwable cause) {
        return new DeliveryFailed(sentence(what), cause);
    }

    private String sentence(String what) {
        String sentence = "The OTLP receiver at %s %s".formatted(settings.place(), what);
        return sentence.endsWith("?") ? sentence : sentence + ".";
    }

    @Override
    public void close() {
        http.shutdownNow();
    }
}
