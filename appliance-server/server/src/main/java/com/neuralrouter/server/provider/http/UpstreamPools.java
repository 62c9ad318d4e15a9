package com.neuralrouter.server.provider.http;

import com.neuralrouter.contract.ProviderId;
import com.neuralrouter.server.provider.Endpoint;
import com.neuralrouter.server.provider.http.UpstreamException.Kind;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The pools of all endpoints that an adapter has been asked for. A pool is kept for as long as its
 * endpoint stays the same; what is left of one that was removed expires. Safe for all threads.
 */
public final class UpstreamPools implements AutoCloseable {
    private final UpstreamTimeouts timeouts;
    private final HostResolver resolver = new HostResolver();
    private final DeadlineWatch watch = new DeadlineWatch();
    private final ConcurrentMap<ProviderId, UpstreamPool> pools = new ConcurrentHashMap<>();

    /** Held while a pool is made or everything is closed. */
    private final ReentrantLock changing = new ReentrantLock();

    private boolean closed; // guarded by changing

    public UpstreamPools(UpstreamTimeouts timeouts) {
        this.timeouts = timeouts;
    }

    public UpstreamPool of(Endpoint endpoint) throws UpstreamException {
        UpstreamPool pool = pools.get(endpoint.id());
        return pool != null && pool.isFor(endpoint) ? pool : replace(endpoint);
    }

    private UpstreamPool replace(Endpoint endpoint) throws UpstreamException {
        changing.lock();
        try {
            if (closed) {
                throw new UpstreamException(Kind.CANCELLED, "the appliance is stopping");
            }
            UpstreamPool old = pools.get(endpoint.id());
            if (old != null && old.isFor(endpoint)) {
                return old;
            }
            var pool = new UpstreamPool(endpoint, timeouts, resolver, watch);
            pools.put(endpoint.id(), pool);
            if (old != null) {
                old.close();
            }
            return pool;
        } finally {
            changing.unlock();
        }
    }

    /** Cuts every connection; exchanges in progress fail. */
    @Override
    public void close() {
        changing.lock();
        try {
            closed = true;
            pools.values().forEach(UpstreamPool::close);
            watch.close();
            resolver.close();
        } finally {
            changing.unlock();
        }
    }
}
