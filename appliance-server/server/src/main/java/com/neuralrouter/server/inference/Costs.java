package com.neuralrouter.server.inference;

import com.neuralrouter.server.catalogue.PriceBook;
import com.neuralrouter.server.catalogue.Rates;
import com.neuralrouter.server.route.Attempt;
import com.neuralrouter.server.route.Choice;
import com.neuralrouter.server.route.Route;
import com.neuralrouter.server.usage.RequestCost;
import com.neuralrouter.server.usage.TokenCounts;

import org.jspecify.annotations.Nullable;

import java.util.OptionalLong;

/** What requests cost. */
final class Costs {
    private Costs() {}

    /**
     * The same where another one was asked as well and cut off: its provider has the request and
     * says no more what that comes to, so it is taken to use the same tokens, and costs what it
     * asks for them.
     */
    static RequestCost ofHedge(
            PriceBook book,
            @Nullable Attempt served,
            @Nullable Attempt overtaken,
            long startedAtMillis,
            TokenCounts tokens) {
        RequestCost own =
                of(book, served == null ? null : served.upstream(), startedAtMillis, tokens);
        return overtaken == null
                ? own
                : own.withOvertaken(
                        of(book, overtaken.upstream(), startedAtMillis, tokens), tokens);
    }

    /**
     * By the book that was in force when the request began.
     *
     * @param served who served it; null if nobody did, which costs nothing
     */
    static RequestCost of(
            PriceBook book,
            Route.@Nullable Upstream served,
            long startedAtMillis,
            TokenCounts tokens) {
        OptionalLong micros =
                served == null
                        ? OptionalLong.of(0)
                        : rates(book, served, startedAtMillis).cost(tokens.priced());
        return RequestCost.by(book, micros);
    }

    /**
     * What an upstream asks: what the route says of it, else what the catalogue says of its model.
     */
    private static Rates rates(PriceBook book, Route.Upstream to, long atMillis) {
        Choice.Price price = to.choice().price();
        return price == null
                ? book.rates(to.endpoint().name(), to.model(), atMillis)
                : Rates.of(price.inputMicros(), price.outputMicros());
    }
}
