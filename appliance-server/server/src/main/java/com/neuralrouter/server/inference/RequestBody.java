package com.neuralrouter.server.inference;

import com.neuralrouter.contract.ProblemCode;
import com.neuralrouter.server.content.Content;
import com.neuralrouter.server.dialect.Dialect;
import com.neuralrouter.server.dialect.InferenceRefused;
import com.neuralrouter.server.dialect.InferenceRequest;

import io.helidon.common.buffers.DataReader;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.http.ServerRequest;

import java.io.IOException;
import java.io.InputStream;
import java.util.function.Consumer;

/** Reads a request's body into one array of its size. The listener has limited it already. */
final class RequestBody {
    private RequestBody() {}

    /**
     * Throws {@link InferenceRefused} when it is of a type that is not taken, or can't be used.
     *
     * @param received is told what came
     */
    static InferenceRequest read(
            ServerRequest request, Dialect dialect, Consumer<Content> received) {
        String type = request.headers().first(HeaderNames.CONTENT_TYPE).orElse("");
        if (!dialect.takes(type)) {
            throw InferenceRefused.because(
                    ProblemCode.UNSUPPORTED_MEDIA_TYPE,
                    "The body must be " + dialect.mediaType() + ".");
        }
        byte[] body = bytes(request);
        received.accept(Content.of(body));
        return dialect.read(type, body);
    }

    private static byte[] bytes(ServerRequest request) {
        long length = request.headers().contentLength().orElse(-1);
        try (InputStream in = request.content().inputStream()) {
            return length < 0 ? in.readAllBytes() : exactly((int) length, in);
        } catch (IOException | DataReader.InsufficientDataAvailableException gone) {
            throw new CloseConnectionException(
                    "the client left before its request was whole", gone);
        }
    }

    private static byte[] exactly(int length, InputStream in) throws IOException {
        byte[] body = new byte[length];
        if (in.readNBytes(body, 0, length) < length) {
            throw new CloseConnectionException("the client left before its request was whole");
        }
        return body;
    }
}
