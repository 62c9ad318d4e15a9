package com.neuralrouter.server.inference;

import com.neuralrouter.contract.ProblemCode;
import com.neuralrouter.contract.RequestId;
import com.neuralrouter.server.dialect.ApiErrors;
import com.neuralrouter.server.dialect.Dialect;
import com.neuralrouter.server.dialect.Dialects;
import com.neuralrouter.server.dialect.InferenceRefused;
import com.neuralrouter.server.identity.PresentedCredentials;
import com.neuralrouter.server.inference.ModelList.Form;
import com.neuralrouter.server.listener.AnswerBody;
import com.neuralrouter.server.listener.RequestIds;
import com.neuralrouter.server.policy.PolicyFacts.Origin;
import com.neuralrouter.server.policy.RequestDeclaration;
import com.neuralrouter.server.route.Route;

import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.HttpException;
import io.helidon.http.Method;
import io.helidon.http.RequestException;
import io.helidon.http.ServerRequestHeaders;
import io.helidon.http.Status;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;

import org.jspecify.annotations.Nullable;

import java.lang.System.Logger.Level;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The inference API: every operation of {@link Dialects}, and the list of models. Every refusal
 * leaves through here, in the error format of the API that was spoken. Safe for all threads.
 */
public final class InferenceEndpoints {
    private static final System.Logger LOGGER =
            System.getLogger(InferenceEndpoints.class.getName());

    private static final String HEALTH = "/healthz";
    private static final String MODELS = "/v1/models";
    private static final String MESSAGES = "/v1/messages";
    private static final HeaderName ANTHROPIC_VERSION = HeaderNames.create("anthropic-version");
    private static final String RECEIPT_KEYS = "/.well-known/jwks.json";
    private static final HeaderName DECLARATION = HeaderNames.create(RequestDeclaration.HEADER);
    private static final List<HeaderName> OTHER_CREDENTIALS =
            List.of(HeaderNames.create("x-api-key"), HeaderNames.create("api-key"));

    private final InferencePipeline pipeline;
    private final Traces traces;
    private final Readiness readiness;
    private final Dialects dialects;
    private final ApiErrors anthropic;
    private final Clock clock;
    private final ModelList models = new ModelList();
    private final Strangers strangers = new Strangers();

    public InferenceEndpoints(
            InferencePipeline pipeline,
            Traces traces,
            Readiness readiness,
            Dialects dialects,
            Clock clock) {
        this.pipeline = pipeline;
        this.traces = traces;
        this.readiness = readiness;
        this.dialects = dialects;
        this.anthropic = dialects.errors(MESSAGES);
        this.clock = clock;
    }

    /** Who was refused without a good key. */
    public Strangers strangers() {
        return strangers;
    }

    /** What the inference listener serves. */
    public HttpRouting.Builder routing() {
        return HttpRouting.builder().any(this::serve);
    }

    private void serve(ServerRequest request, ServerResponse response) {
        RequestId id = RequestIds.of(response);
        String path = request.prologue().uriPath().path();
        Optional<Dialect> dialect = dialects.at(path);
        Form form = form(request);
        ApiErrors errors = dialect.map(Dialect::errors).orElseGet(() -> errors(path, form));
        if (!errors.requestIdHeader().isEmpty()) {
            response.header(errors.requestIdHeader(), id.toString());
        }
        try {
            if (dialect.isPresent()) {
                boolean anthropic = form == Form.ANTHROPIC || path.startsWith(MESSAGES);
                requireCall(
                        request,
                        response,
                        Method.POST,
                        anthropic ? QueryParameters.OF_ANTHROPIC : QueryParameters.NONE);
                infer(dialect.get(), request, response, id);
            } else {
                others(path, form, request, response);
            }
        } catch (InferenceRefused refused) {
            if (Strangers.isOne(refused.code())) {
                strangers.refused(address(request), refused.code());
            }
            refuse(request, response, refused, errors, id);
        } catch (CloseConnectionException | RequestException | HttpException ofTheListener) {
            throw ofTheListener;
        } catch (RuntimeException bug) {
            logBug(bug, id);
            refuse(request, response, InferenceRefused.because(ProblemCode.INTERNAL), errors, id);
        }
    }

    /** An app that speaks Anthropic's API says which version of it; no other has that header. */
    private static Form form(ServerRequest request) {
        return request.headers().contains(ANTHROPIC_VERSION) ? Form.ANTHROPIC : Form.OPENAI;
    }

    private ApiErrors errors(String path, Form form) {
        return form == Form.ANTHROPIC ? anthropic : dialects.errors(path);
    }

    private void others(String path, Form form, ServerRequest request, ServerResponse response) {
        if (path.equals(HEALTH)) {
            health(request, response);
        } else if (path.equals(RECEIPT_KEYS)) {
            requireCall(request, response, Method.GET, QueryParameters.NONE);
            sendJson(request, response, traces.receipts().keys().jwks());
        } else if (path.equals(MODELS)) {
            requireCall(request, response, Method.GET, parametersOfModels(form));
            OfferedModels offered = pipeline.models(arrival(request));
            ModelPage page = ModelPage.of(offered.routes(), request.prologue().query());
            sendJson(request, response, models.all(offered, page, form));
        } else if (path.startsWith(MODELS + "/")) {
            requireCall(request, response, Method.GET, parametersOfModels(form));
            OfferedModels offered = pipeline.models(arrival(request));
            Route asked =
                    offered.find(path.substring(MODELS.length() + 1))
                            .orElseThrow(
                                    () -> InferenceRefused.because(ProblemCode.MODEL_NOT_FOUND));
            sendJson(request, response, models.one(offered, asked, form));
        } else {
            throw InferenceRefused.because(
                    ProblemCode.NOT_FOUND,
                    "There is no such path. There are: GET /v1/models, and POST to "
                            + dialects.list().stream()
                                    .map(Dialect::path)
                                    .collect(Collectors.joining(", "))
                            + ".");
        }
    }

    /** Nobody needs a key for it, and nobody learns more than whether to send requests here. */
    private void health(ServerRequest request, ServerResponse response) {
        Method method = request.prologue().method();
        if (!method.equals(Method.GET) && !method.equals(Method.HEAD)) {
            response.header(HeaderNames.ALLOW, "GET, HEAD");
            throw InferenceRefused.because(ProblemCode.METHOD_NOT_ALLOWED, "Use GET or HEAD here.");
        }
        QueryParameters.require(request.prologue().query(), QueryParameters.NONE);
        Optional<ProblemCode> hindrance = readiness.hindrance();
        response.status(Status.create(hindrance.map(ProblemCode::status).orElse(200)));
        String json =
                hindrance
                        .map(code ->
                                "{\"status\":\"unavailable\",\"code\":\"" + code.wire() + "\"}")
                        .orElse("{\"status\":\"ok\"}");
        sendJson(request, response, json.getBytes(StandardCharsets.US_ASCII));
    }

    private void infer(
            Dialect dialect, ServerRequest request, ServerResponse response, RequestId id) {
        var exchange = new Exchange(traces, id, clock.millis());
        try {
            pipeline.handle(
                    dialect,
                    arrival(request),
                    () -> {
                        exchange.passesOn(PassedHeaders.of(request));
                        return RequestBody.read(request, dialect, exchange::received);
                    },
                    response,
                    exchange);
        } catch (InferenceRefused refused) {
            byte[] body = dialect.errors().body(refused, id);
            exchange.refused(refused.code(), dialect.errors().status(refused.code()), body)
                    .ifPresent(receipt -> response.headers().set(Relay.RECEIPT, receipt));
            throw refused;
        } catch (CloseConnectionException | RequestException ended) {
            throw ended;
        } catch (RuntimeException bug) {
            exchange.refused(ProblemCode.INTERNAL);
            throw bug;
        } finally {
            exchange.over();
        }
    }

    private static Set<String> parametersOfModels(Form form) {
        return form == Form.ANTHROPIC ? QueryParameters.OF_ITS_MODELS : QueryParameters.NONE;
    }

    private static void requireCall(
            ServerRequest request, ServerResponse response, Method method, Set<String> taken) {
        if (!request.prologue().method().equals(method)) {
            response.header(HeaderNames.ALLOW, method.text());
            throw InferenceRefused.because(
                    ProblemCode.METHOD_NOT_ALLOWED, "Use " + method.text() + " here.");
        }
        QueryParameters.require(request.prologue().query(), taken);
    }

    private Arrival arrival(ServerRequest request) {
        return new Arrival(
                credentials(request),
                request.headers().all(DECLARATION, List::of),
                new Origin(peer(request), clock.millis()),
                name -> request.headers().all(HeaderNames.create(name), List::of));
    }

    private static PresentedCredentials credentials(ServerRequest request) {
        ServerRequestHeaders headers = request.headers();
        return new PresentedCredentials(
                values(headers, HeaderNames.AUTHORIZATION),
                hasOthers(headers)
                        ? OTHER_CREDENTIALS.stream()
                                .flatMap(name -> values(headers, name).stream())
                                .toList()
                        : List.of());
    }

    private static boolean hasOthers(ServerRequestHeaders headers) {
        for (HeaderName name : OTHER_CREDENTIALS) {
            if (headers.contains(name)) {
                return true;
            }
        }
        return false;
    }

    /** A header may hold several, with commas in between (RFC 9110, section 5.3). */
    private static List<String> values(ServerRequestHeaders headers, HeaderName name) {
        List<String> lines = headers.all(name, List::of);
        return lines.size() == 1 && lines.getFirst().indexOf(',') < 0
                ? lines
                : headers.values(name);
    }

    private static void refuse(
            ServerRequest request,
            ServerResponse response,
            InferenceRefused refused,
            ApiErrors errors,
            RequestId id) {
        if (response.isSent()) {
            throw new CloseConnectionException("the answer had begun already");
        }
        response.status(Status.create(errors.status(refused.code())));
        if (refused.retryAfterMillis() >= 0) {
            long seconds = (refused.retryAfterMillis() + 999) / 1_000;
            response.header(HeaderNames.RETRY_AFTER, Long.toString(seconds));
        }
        response.header(HeaderNames.CONTENT_TYPE, errors.contentType());
        AnswerBody.send(request, response, errors.body(refused, id));
    }

    private static String address(ServerRequest request) {
        InetAddress peer = peer(request);
        return peer == null ? "unknown" : peer.getHostAddress();
    }

    private static @Nullable InetAddress peer(ServerRequest request) {
        return request.remotePeer().address() instanceof InetSocketAddress inet
                ? inet.getAddress()
                : null;
    }

    private static void sendJson(ServerRequest request, ServerResponse response, byte[] json) {
        response.header(HeaderNames.CONTENT_TYPE, "application/json");
        AnswerBody.send(request, response, json);
    }

    /** Neither the exception's message nor its causes': they may quote the request. */
    private static void logBug(RuntimeException bug, RequestId id) {
        StackTraceElement[] trace = bug.getStackTrace();
        LOGGER.log(
                Level.ERROR,
                "An inference request met a defect: requestId={0} exception={1} at={2}",
                id,
                bug.getClass().getName(),
                trace.length == 0 ? "unknown" : trace[0]);
    }
}
