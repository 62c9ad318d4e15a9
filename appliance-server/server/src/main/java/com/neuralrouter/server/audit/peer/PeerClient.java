package com.neuralrouter.server.audit.peer;

import com.neuralrouter.contract.AdminApi;
import com.neuralrouter.contract.CosignCheckpoint;
import com.neuralrouter.contract.LogAlarm;
import com.neuralrouter.contract.LogCheckpoint;
import com.neuralrouter.contract.LogConsistency;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

import javax.net.ssl.SSLContext;

/** Another site's admin API, as far as a witness needs it. For one thread. */
final class PeerClient implements AutoCloseable {
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final int LONGEST_ANSWER = 1 << 20;

    private final URI address;
    private final HttpClient http;

    /** The peer has answered, and refuses. */
    static final class Denied extends IOException {
        private static final long serialVersionUID = 1;
        private final int status;

        Denied(int status) {
            super("the peer answers with status " + status);
            this.status = status;
        }

        /** Who has signed a size can't say that there is no such size. */
        boolean contradicts() {
            return status == 400 || status == 404 || status == 405;
        }
    }

    PeerClient(URI address, SSLContext tls) {
        this.address = address;
        this.http =
                HttpClient.newBuilder()
                        .version(HttpClient.Version.HTTP_1_1)
                        .followRedirects(HttpClient.Redirect.NEVER)
                        .proxy(HttpClient.Builder.NO_PROXY)
                        .connectTimeout(PATIENCE)
                        .sslContext(tls)
                        .build();
    }

    LogCheckpoint checkpoint() throws IOException {
        return read(send(request(AdminApi.AUDIT_CHECKPOINT).GET()), LogCheckpoint.class);
    }

    LogConsistency consistency(long from, long to) throws IOException {
        return read(
                send(request(AdminApi.AUDIT_CONSISTENCY + "?from=" + from + "&to=" + to).GET()),
                LogConsistency.class);
    }

    void cosign(CosignCheckpoint signature) throws IOException {
        post(AdminApi.AUDIT_COSIGNATURES, signature);
    }

    void tell(LogAlarm alarm) throws IOException {
        post(AdminApi.AUDIT_ALARMS, alarm);
    }

    private void post(String path, Object body) throws IOException {
        send(
                request(path)
                        .header("content-type", "application/json")
                        .POST(BodyPublishers.ofByteArray(JSON.writeValueAsBytes(body))));
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(address.resolve(path)).timeout(PATIENCE);
    }

    private static <T> T read(byte[] answer, Class<T> type) throws IOException {
        try {
            return JSON.readValue(answer, type);
        } catch (JacksonException unlike) {
            throw new IOException("the peer's answer can't be read", unlike);
        }
    }

    private byte[] send(HttpRequest.Builder request) throws IOException {
        try {
            HttpResponse<byte[]> answer =
                    http.send(
                            request.build(),
                            BodyHandlers.limiting(BodyHandlers.ofByteArray(), LONGEST_ANSWER));
            if (answer.statusCode() / 100 != 2) {
                throw new Denied(answer.statusCode());
            }
            return answer.body();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IOException("not waited for: the appliance stops", interrupted);
        }
    }

    @Override
    public void close() {
        http.shutdownNow();
    }
}
