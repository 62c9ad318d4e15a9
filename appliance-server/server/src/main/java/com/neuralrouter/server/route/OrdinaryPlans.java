package com.neuralrouter.server.route;

import com.neuralrouter.contract.RequestId;
import com.neuralrouter.server.provider.Connection;
import com.neuralrouter.server.route.Attempt.Standing;
import com.neuralrouter.server.route.Explanations.Decided;
import com.neuralrouter.server.route.Route.Upstream;
import com.neuralrouter.server.route.RoutePlan.Dropped;
import com.neuralrouter.server.route.RoutePlan.Reason;
import com.neuralrouter.server.route.Tried.Outcome;

import org.jspecify.annotations.Nullable;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * Plans of requests that the first upstream they asked has answered, as numbers: each upstream by
 * its place in the route. Whoever uses a place here has it alone.
 *
 * <pre>
 *   0 seed   8 asked at, µs   16 answered after, µs
 *  24 connection, of which the lookup, TCP and TLS, µs 4 each
 *  37 number of attempts, reserves, shadows, dropped
 *  41 of each attempt: upstream 1, standing 1, score 8
 *     of each reserve and shadow: upstream 1
 *     of each dropped one: upstream 1, reason 1
 * </pre>
 */
final class OrdinaryPlans {
    private static final int PLACE_BYTES = 144;
    private static final int COUNTS = 37;
    private static final int PARTS = 41;

    private final @Nullable Route[] routes;
    private final byte[] numbers;

    OrdinaryPlans(int places) {
        this.routes = new @Nullable Route[places];
        this.numbers = new byte[places * PLACE_BYTES];
    }

    /** False, and nothing is kept, if it is not ordinary or too large. */
    boolean keep(int place, RoutePlan plan, List<Tried> tried) {
        int bytes =
                PARTS
                        + 10 * plan.attempts().size()
                        + plan.reserves().size()
                        + plan.shadows().size()
                        + 2 * plan.dropped().size();
        if (bytes > PLACE_BYTES || !isOrdinary(plan, tried)) {
            return false;
        }
        ByteBuffer to = ByteBuffer.wrap(numbers, place * PLACE_BYTES, PLACE_BYTES);
        Tried answer = tried.getFirst();
        to.putLong(plan.seed()).putLong(answer.at()).putLong(answer.micros());
        put(to, answer.connection());
        to.put((byte) plan.attempts().size()).put((byte) plan.reserves().size());
        to.put((byte) plan.shadows().size()).put((byte) plan.dropped().size());
        if (!putUpstreams(to, plan)) {
            return false;
        }
        if (routes[place] != plan.route()) {
            routes[place] = plan.route();
        }
        return true;
    }

    private static void put(ByteBuffer to, Connection connection) {
        to.put((byte) connection.use().ordinal());
        to.putInt((int) connection.lookupMicros());
        to.putInt((int) connection.tcpMicros()).putInt((int) connection.tlsMicros());
    }

    private static Connection connection(ByteBuffer from) {
        return new Connection(
                Connection.Use.values()[from.get()], from.getInt(), from.getInt(), from.getInt());
    }

    private static boolean isOrdinary(RoutePlan plan, List<Tried> tried) {
        int upstreams = plan.route().upstreams().size();
        return tried.size() == 1
                && tried.getFirst().outcome() == Outcome.ANSWERED
                && tried.getFirst().attempt() == plan.attempts().getFirst()
                && upstreams <= Byte.MAX_VALUE
                && upstreams
                        == plan.attempts().size()
                                + plan.reserves().size()
                                + plan.shadows().size()
                                + plan.dropped().size();
    }

    /** False if one of them is not of the plan's route. */
    private static boolean putUpstreams(ByteBuffer to, RoutePlan plan) {
        List<Upstream> of = plan.route().upstreams();
        boolean whole = true;
        for (Attempt attempt : plan.attempts()) {
            whole &= put(to, of, attempt.upstream());
            to.put((byte) attempt.standing().ordinal()).putDouble(attempt.score());
        }
        for (Upstream reserve : plan.reserves()) {
            whole &= put(to, of, reserve);
        }
        for (Upstream shadow : plan.shadows()) {
            whole &= put(to, of, shadow);
        }
        for (Dropped dropped : plan.dropped()) {
            whole &= put(to, of, dropped.upstream());
            to.put((byte) dropped.reason().ordinal());
        }
        return whole;
    }

    private static boolean put(ByteBuffer to, List<Upstream> upstreams, Upstream wanted) {
        int place = upstreams.size() - 1;
        while (place >= 0 && upstreams.get(place) != wanted) {
            place--;
        }
        to.put((byte) place);
        return place >= 0;
    }

    /** What was kept there last; null if nothing was. */
    @Nullable Decided at(int place, RequestId request) {
        Route route = routes[place];
        if (route == null) {
            return null;
        }
        ByteBuffer from = ByteBuffer.wrap(numbers, place * PLACE_BYTES, PLACE_BYTES);
        int counts = place * PLACE_BYTES + COUNTS;
        long seed = from.getLong();
        long at = from.getLong();
        long micros = from.getLong();
        Connection connection = connection(from);
        from.position(place * PLACE_BYTES + PARTS);
        List<Attempt> attempts = new ArrayList<>();
        for (int i = 0; i < numbers[counts]; i++) {
            attempts.add(
                    new Attempt(
                            upstream(route, from),
                            Standing.values()[from.get()],
                            from.getDouble()));
        }
        List<Upstream> reserves = upstreams(route, from, numbers[counts + 1]);
        List<Upstream> shadows = upstreams(route, from, numbers[counts + 2]);
        List<Dropped> dropped = new ArrayList<>();
        for (int i = 0; i < numbers[counts + 3]; i++) {
            dropped.add(new Dropped(upstream(route, from), Reason.values()[from.get()]));
        }
        return new Decided(
                request,
                new RoutePlan(route, seed, attempts, reserves, shadows, dropped),
                List.of(Tried.answered(attempts.getFirst(), at, micros, connection)));
    }

    private static List<Upstream> upstreams(Route route, ByteBuffer from, int count) {
        List<Upstream> upstreams = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            upstreams.add(upstream(route, from));
        }
        return upstreams;
    }

    private static Upstream upstream(Route route, ByteBuffer from) {
        return route.upstreams().get(from.get());
    }
}
