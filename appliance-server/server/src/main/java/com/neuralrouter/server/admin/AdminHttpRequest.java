package com.neuralrouter.server.admin;

import com.neuralrouter.contract.AdminApi;
import com.neuralrouter.contract.Permission;
import com.neuralrouter.contract.ProblemCode;
import com.neuralrouter.contract.RequestId;

import io.helidon.http.HeaderNames;
import io.helidon.http.HttpMediaType;
import io.helidon.webserver.http.ServerRequest;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.function.Function;

/** A request to the admin API, as an endpoint sees it. Belongs to the request's thread. */
public final class AdminHttpRequest {
    private static final int BODY_BYTES = 1 << 20;
    private static final int SITE_BYTES = 4 << 20;

    private final ServerRequest request;
    private final RequestId id;
    private final @Nullable AdminCaller caller;
    private final @Nullable Authorisation authorisation;

    AdminHttpRequest(
            ServerRequest request,
            RequestId id,
            @Nullable AdminCaller caller,
            @Nullable Authorisation authorisation) {
        this.request = request;
        this.id = id;
        this.caller = caller;
        this.authorisation = authorisation;
    }

    public RequestId id() {
        return id;
    }

    /** Who asks. Throws {@link IllegalStateException} on a listener without client certificates. */
    public AdminCaller caller() {
        if (caller == null) {
            throw new IllegalStateException("this listener knows no caller");
        }
        return caller;
    }

    /** Where the request came from, without the port. */
    public String address() {
        return AdminHttp.address(request);
    }

    /** An endpoint's first line. Throws {@link AdminRefused} when the caller may not. */
    public Authorised authorise(Permission permission) {
        if (authorisation == null) {
            throw new IllegalStateException("nobody can be authorised on this listener");
        }
        return authorisation.check(caller(), permission, request.path().path(), id);
    }

    /**
     * The id in the path under that name of the pattern, as in {@code id("id", ApiKeyId::new)}. One
     * that is no UUID names nothing, so it is refused with {@code not_found}.
     */
    public <T> T id(String name, Function<UUID, T> type) {
        String text = request.path().pathParameters().get(name);
        try {
            return type.apply(UUID.fromString(text));
        } catch (IllegalArgumentException _) {
            throw new AdminRefused(
                    ProblemCode.NOT_FOUND, "The id in the path is not a UUID; check the address.");
        }
    }

    /** What the path has under that name of the pattern. */
    public String path(String name) {
        return request.path().pathParameters().get(name);
    }

    public Optional<String> query(String name) {
        return request.query().first(name).asOptional();
    }

    /** {@code ?name=true}; absent means false. */
    public boolean flag(String name) {
        String text = query(name).orElse("false");
        if (!text.equals("true") && !text.equals("false")) {
            throw AdminRefused.field(name, "must be true or false");
        }
        return text.equals("true");
    }

    /** A position or cursor, if the query has it. */
    public OptionalLong number(String name) {
        Optional<String> text = query(name);
        if (text.isEmpty()) {
            return OptionalLong.empty();
        }
        try {
            return OptionalLong.of(Long.parseLong(text.get()));
        } catch (NumberFormatException _) {
            throw AdminRefused.field(name, "must be a whole number");
        }
    }

    /** The cursor of a list that is paged by id, if the query has one. */
    public Optional<UUID> cursor() {
        try {
            return query("cursor").map(UUID::fromString);
        } catch (IllegalArgumentException _) {
            throw AdminRefused.field("cursor", "must be the nextCursor of the page before");
        }
    }

    /** How many items the page may have. */
    public int limit() {
        long limit = number("limit").orElse(AdminApi.DEFAULT_LIMIT);
        if (limit < 1 || limit > AdminApi.MAX_LIMIT) {
            throw AdminRefused.field("limit", "must be 1 to " + AdminApi.MAX_LIMIT);
        }
        return (int) limit;
    }

    /** The version that the caller means to change ({@code If-Match}), if it says one. */
    public OptionalLong ifMatch() {
        Optional<String> header = request.headers().first(HeaderNames.IF_MATCH);
        if (header.isEmpty()) {
            return OptionalLong.empty();
        }
        try {
            return OptionalLong.of(Long.parseLong(header.get().replace("\"", "")));
        } catch (NumberFormatException _) {
            throw AdminRefused.field("If-Match", "must be a version as in \"3\"");
        }
    }

    /** The body, at the most 1 MiB. */
    public <T> T body(Class<T> type) {
        return body(type, BODY_BYTES);
    }

    /** The body of a whole site, at the most 4 MiB. */
    public <T> T siteBody(Class<T> type) {
        return body(type, SITE_BYTES);
    }

    private <T> T body(Class<T> type, int limit) {
        boolean json =
                request.headers()
                        .contentType()
                        .map(HttpMediaType::text)
                        .filter(text -> text.split(";", 2)[0].trim().equals("application/json"))
                        .isPresent();
        if (!json) {
            throw new AdminRefused(
                    ProblemCode.UNSUPPORTED_MEDIA_TYPE, "Send content-type: application/json.");
        }
        byte[] bytes = bytes(limit + 1);
        if (bytes.length > limit) {
            throw new AdminRefused(
                    ProblemCode.TOO_LARGE, "The body is larger than " + limit + " bytes.");
        }
        return AdminJson.read(bytes, type);
    }

    private byte[] bytes(int most) {
        try (InputStream in = request.content().inputStream()) {
            return in.readNBytes(most);
        } catch (IOException | UncheckedIOException _) {
            throw new AdminRefused(
                    ProblemCode.MALFORMED_REQUEST, "The body ended before it was whole.");
        }
    }
}
