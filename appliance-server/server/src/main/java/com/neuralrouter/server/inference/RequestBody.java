package com.neuralrouter.server.inference;

import com.neuralrouter.contract.ProblemCode;

import io.helidon.common.buffers.DataReader;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.http.ServerRequest;

import java.io.IOException;
import java.io.InputStream;

/** Reads a request's body into one array of its size. The listener has limited it already. */
final class RequestBody {
    private static final String JSON = "application/json";

    private RequestBody() {}

    /** Throws {@link InferenceRefused} when it is not said to be JSON. */
    static byte[] json(ServerRequest request) {
        String type = request.headers().first(HeaderNames.CONTENT_TYPE).orElse("");
        if (!isJson(type)) {
            throw InferenceRefused.because(ProblemCode.UNSUPPORTED_MEDIA_TYPE);
        }
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

    private static boolean isJson(String type) {
        int end = JSON.length();
        return type.regionMatches(true, 0, JSON, 0, end)
                && (type.length() == end || type.charAt(end) == ';' || type.charAt(end) == ' ');
    }
}
