package com.neuralrouter.server.inference;

import com.neuralrouter.server.budget.Price;
import com.neuralrouter.server.catalogue.PriceBook;
import com.neuralrouter.server.catalogue.Rates;
import com.neuralrouter.server.route.Choice;
import com.neuralrouter.server.route.Route;
import com.neuralrouter.server.snapshot.GatewaySnapshot;

import org.jspecify.annotations.Nullable;

/** What upstreams cost at the most. Safe for all threads. */
interface Prices {

    /** What a route says that an upstream asks goes before what the catalogue says of its model. */
    static Prices of(GatewaySnapshot snapshot, long atMillis) {
        PriceBook book = snapshot.catalogue().prices();
        return upstream -> {
            Choice.Price price = upstream.choice().price();
            return price == null
                    ? dearest(book.rates(upstream.endpoint().name(), upstream.model(), atMillis))
                    : new Price(price.inputMicros(), price.outputMicros());
        };
    }

    /** Whatever kind the tokens are of. */
    private static @Nullable Price dearest(Rates rates) {
        return rates.input() < 0 || rates.output() < 0
                ? null
                : new Price(
                        Math.max(rates.input(), rates.cacheWrite()),
                        Math.max(rates.output(), rates.reasoning()));
    }

    /** Null if it is not known. */
    @Nullable Price of(Route.Upstream upstream);
}
