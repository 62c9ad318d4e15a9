/**
 * An HTTP/1.1 client (RFC 9112) for providers: blocking, made for virtual threads, and for a path
 * on which a client costs more than everything else together. Adapters use it; it knows no wire
 * format above HTTP. It follows no redirects and retries nothing but a request that could not have
 * been processed.
 *
 * <p>Start with {@link com.neuralrouter.server.provider.http.UpstreamPool}.
 */
@NullMarked
package com.neuralrouter.server.provider.http;

import org.jspecify.annotations.NullMarked;
