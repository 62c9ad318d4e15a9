package bench;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.cloud.gateway.route.RouteLocator;
import org.springframework.cloud.gateway.route.builder.RouteLocatorBuilder;
import org.springframework.context.annotation.Bean;
import org.springframework.http.HttpStatus;

import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * What a Java shop would pick: Spring Cloud Gateway (WebFlux), one route, key check, model and
 * stream read from the cached JSON body.
 */
@SpringBootApplication
public class SpringPeer {
    static final Map<String, String> KEYS =
            IntStream.range(0, 1000)
                    .boxed()
                    .collect(Collectors.toMap(i -> sha("nr-key-" + i), i -> "app-" + i));

    static String sha(String k) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(k.getBytes()));
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    public static void main(String[] args) {
        System.setProperty("server.port", System.getProperty("port", "9460"));
        System.setProperty("server.address", "127.0.0.1");
        System.setProperty("server.ssl.key-store", System.getProperty("keystore", "ks.p12"));
        System.setProperty("server.ssl.key-store-password", "changeit");
        System.setProperty("server.ssl.key-store-type", "PKCS12");
        SpringApplication.run(SpringPeer.class, args);
    }

    @Bean
    RouteLocator routes(RouteLocatorBuilder b) {
        return b.routes()
                .route(
                        "chat",
                        r ->
                                r.path("/v1/chat/completions")
                                        .and()
                                        .readBody(
                                                Map.class,
                                                m ->
                                                        m.get("model") instanceof String
                                                                && m.getOrDefault("stream", false)
                                                                        instanceof Boolean)
                                        .filters(f ->
                                                f.filter(
                                                                (x, chain) -> {
                                                                    String a =
                                                                            x.getRequest()
                                                                                    .getHeaders()
                                                                                    .getFirst(
                                                                                            "Authorization");
                                                                    if (a != null
                                                                            && a.startsWith(
                                                                                    "Bearer ")
                                                                            && KEYS.containsKey(
                                                                                    sha(
                                                                                            a
                                                                                                    .substring(
                                                                                                            7))))
                                                                        return chain.filter(x);
                                                                    x.getResponse()
                                                                            .setStatusCode(
                                                                                    HttpStatus
                                                                                            .UNAUTHORIZED);
                                                                    return x.getResponse()
                                                                            .setComplete();
                                                                })
                                                        .setRequestHeader(
                                                                "Authorization",
                                                                "Bearer sk-upstream-secret"))
                                        .uri("http://127.0.0.1:9100"))
                .build();
    }
}
