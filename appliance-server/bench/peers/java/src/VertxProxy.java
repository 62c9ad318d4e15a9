import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.*;
import io.vertx.core.net.*;

/** The same job on Vert.x 5 (Netty), one event loop a core. -Dtls=jdk|openssl */
public final class VertxProxy extends io.vertx.core.VerticleBase {
    static void main() {
        int loops = Integer.getInteger("loops", Runtime.getRuntime().availableProcessors());
        var vertx =
                Vertx.vertx(
                        new VertxOptions()
                                .setEventLoopPoolSize(loops)
                                .setPreferNativeTransport(true));
        vertx.deployVerticle(
                        VertxProxy.class, new io.vertx.core.DeploymentOptions().setInstances(loops))
                .onFailure(e -> {
                    e.printStackTrace();
                    System.exit(1);
                });
    }

    @Override
    public io.vertx.core.Future<?> start() {
        var client =
                vertx.createHttpClient(
                        new HttpClientOptions()
                                .setDefaultHost(Common.UP_HOST)
                                .setDefaultPort(Common.UP_PORT)
                                .setTcpNoDelay(true),
                        new PoolOptions().setHttp1MaxSize(4096).setMaxWaitQueueSize(-1));
        var o =
                new HttpServerOptions()
                        .setTcpNoDelay(true)
                        .setAcceptBacklog(4096)
                        .setUseAlpn(false)
                        .setSsl(true)
                        .setKeyCertOptions(
                                new PfxOptions()
                                        .setPath(System.getProperty("keystore", "ks.p12"))
                                        .setPassword("changeit"));
        o.setSslEngineOptions(
                "openssl".equals(System.getProperty("tls"))
                        ? new OpenSSLEngineOptions()
                        : new JdkSSLEngineOptions());
        return vertx.createHttpServer(o)
                .requestHandler(req -> {
                    if (Common.caller(req.getHeader(HttpHeaders.AUTHORIZATION)) == null) {
                        req.response().setStatusCode(401).end();
                        return;
                    }
                    req.body()
                            .onSuccess(body -> {
                                byte[] bytes = body.getBytes();
                                var call = Common.Call.scan(bytes, bytes.length);
                                if (call.model() == null) {
                                    req.response().setStatusCode(400).end();
                                    return;
                                }
                                client.request(HttpMethod.POST, "/v1/chat/completions")
                                        .compose(q ->
                                                q.putHeader(
                                                                HttpHeaders.CONTENT_TYPE,
                                                                "application/json")
                                                        .putHeader(
                                                                HttpHeaders.AUTHORIZATION,
                                                                Common.UP_AUTH)
                                                        .send(body))
                                        .onSuccess(r -> {
                                            var out =
                                                    req.response()
                                                            .setStatusCode(r.statusCode())
                                                            .putHeader(
                                                                    HttpHeaders.CONTENT_TYPE,
                                                                    r.getHeader(
                                                                            HttpHeaders
                                                                                    .CONTENT_TYPE));
                                            String len = r.getHeader(HttpHeaders.CONTENT_LENGTH);
                                            if (len != null)
                                                out.putHeader(HttpHeaders.CONTENT_LENGTH, len);
                                            else out.setChunked(true);
                                            r.pipeTo(out);
                                        })
                                        .onFailure(e -> req.response().setStatusCode(502).end());
                            });
                })
                .listen(Common.PORT, "127.0.0.1");
    }
}
