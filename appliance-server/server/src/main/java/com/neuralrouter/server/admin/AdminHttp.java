package com.neuralrouter.server.admin;

import com.neuralrouter.contract.AdminApi;
import com.neuralrouter.contract.Problem;
import com.neuralrouter.contract.ProblemCode;
import com.neuralrouter.contract.RequestId;
import com.neuralrouter.server.id.Ids;
import com.neuralrouter.server.listener.AnswerBody;

import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.Method;
import io.helidon.http.Status;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;

import org.jspecify.annotations.Nullable;

import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * JSON over HTTP, for the admin and the enrolment listener: the one place where a request gets its
 * id and its caller, where a body is read strictly, and where an answer or a {@link Problem} is
 * written. One instance for each listener, safe for all threads.
 */
public final class AdminHttp {
    private static final HeaderName REQUEST_ID = HeaderNames.create(AdminApi.REQUEST_ID_HEADER);

    private final Ids ids;
    private final @Nullable AdminPeers peers;
    private final @Nullable RefusedCertificates refusals;
    private final @Nullable Authorisation authorisation;

    private AdminHttp(
            Ids ids,
            @Nullable AdminPeers peers,
            @Nullable RefusedCertificates refusals,
            @Nullable Authorisation authorisation) {
        this.ids = ids;
        this.peers = peers;
        this.refusals = refusals;
        this.authorisation = authorisation;
    }

    /** For the admin listener: every request comes from an enrolled device, or is refused. */
    public static AdminHttp forAdministrators(
            Ids ids, AdminPeers peers, RefusedCertificates refusals, Authorisation authorisation) {
        return new AdminHttp(ids, peers, refusals, authorisation);
    }

    /** For the enrolment listener: nobody is known yet, and nothing can be authorised. */
    public static AdminHttp forAnyone(Ids ids) {
        return new AdminHttp(ids, null, null, null);
    }

    /**
     * The listener's routing: the endpoints' paths, {@code method_not_allowed} for another method
     * on them and {@code not_found} for all other paths.
     */
    public HttpRouting.Builder routing(List<? extends AdminEndpoints> endpoints) {
        var paths = new Paths();
        endpoints.forEach(each -> each.addTo(paths));
        HttpRouting.Builder routing = HttpRouting.builder();
        paths.byPattern.forEach((pattern, handlers) -> {
            handlers.forEach((method, handler) ->
                    routing.route(method, pattern, (req, res) -> run(req, res, handler)));
            routing.any(pattern, (req, res) -> run(req, res, _ -> methodNotAllowed(res, handlers)));
        });
        routing.any((req, res) -> run(req, res, _ -> nothingHere()));
        return routing;
    }

    private void run(ServerRequest req, ServerResponse res, AdminEndpoints.Handler handler) {
        RequestId id = ids.nextRequest();
        AdminAnswer answer;
        try {
            answer = handler.handle(new AdminHttpRequest(req, id, caller(req, id), authorisation));
        } catch (AdminRefused refused) {
            answer = Problems.refused(id, refused);
        } catch (RuntimeException | StackOverflowError failure) {
            answer = Problems.failed(id, failure);
        }
        write(req, res, id, answer);
    }

    private @Nullable AdminCaller caller(ServerRequest req, RequestId id) {
        if (peers == null || refusals == null) {
            return null;
        }
        List<X509Certificate> chain =
                req.remotePeer()
                        .tlsCertificates()
                        .map(certificates -> x509(certificates))
                        .orElse(List.of());
        if (chain.isEmpty()) {
            throw certificateRefused();
        }
        Optional<AdminCaller> caller = peers.of(chain, address(req));
        if (caller.isEmpty()) {
            refusals.refused(chain.getFirst(), address(req), id);
        }
        return caller.orElseThrow(AdminHttp::certificateRefused);
    }

    private static List<X509Certificate> x509(Certificate[] certificates) {
        return Arrays.stream(certificates).map(X509Certificate.class::cast).toList();
    }

    private static AdminRefused certificateRefused() {
        return new AdminRefused(
                ProblemCode.CERTIFICATE_REFUSED,
                "Enrol this device again, or ask an owner why it was revoked.");
    }

    /** The peer's address without a look-up of its name. */
    static String address(ServerRequest req) {
        SocketAddress address = req.remotePeer().address();
        return address instanceof InetSocketAddress inet && inet.getAddress() != null
                ? inet.getAddress().getHostAddress()
                : "unknown";
    }

    private static AdminAnswer methodNotAllowed(ServerResponse res, Map<Method, ?> handlers) {
        List<String> allowed = handlers.keySet().stream().map(Method::text).toList();
        res.header(HeaderNames.ALLOW, String.join(", ", allowed));
        throw new AdminRefused(
                ProblemCode.METHOD_NOT_ALLOWED,
                "Allowed here: " + String.join(", ", allowed) + ".");
    }

    private static AdminAnswer nothingHere() {
        throw new AdminRefused(
                ProblemCode.NOT_FOUND, "There is no such path; is the client of another version?");
    }

    /** The listener has set what every answer carries; no answer of it may be stored by anybody. */
    private static void write(
            ServerRequest req, ServerResponse res, RequestId id, AdminAnswer answer) {
        res.header(REQUEST_ID, id.toString());
        answer.etag().ifPresent(version -> res.header(HeaderNames.ETAG, "\"" + version + "\""));
        res.status(Status.create(answer.status()));
        Object body = answer.body();
        if (body == null) {
            res.send();
            return;
        }
        if (body instanceof AdminAnswer.PlainText(String type, String text)) {
            res.header(HeaderNames.CONTENT_TYPE, type);
            AnswerBody.send(req, res, text.getBytes(StandardCharsets.UTF_8));
            return;
        }
        res.header(
                HeaderNames.CONTENT_TYPE,
                body instanceof Problem ? "application/problem+json" : "application/json");
        AnswerBody.send(req, res, AdminJson.write(body));
    }

    /** Collects what the endpoints answer. */
    private static final class Paths implements AdminEndpoints.Routes {
        private final Map<String, Map<Method, AdminEndpoints.Handler>> byPattern =
                new LinkedHashMap<>();

        @Override
        public void get(String pattern, AdminEndpoints.Handler handler) {
            add(Method.GET, pattern, handler);
        }

        @Override
        public void post(String pattern, AdminEndpoints.Handler handler) {
            add(Method.POST, pattern, handler);
        }

        @Override
        public void delete(String pattern, AdminEndpoints.Handler handler) {
            add(Method.DELETE, pattern, handler);
        }

        private void add(Method method, String pattern, AdminEndpoints.Handler handler) {
            var before =
                    byPattern
                            .computeIfAbsent(pattern, _ -> new LinkedHashMap<>())
                            .put(method, handler);
            if (before != null) {
                throw new IllegalStateException("two handlers for " + method + " " + pattern);
            }
        }
    }
}
