package com.neuralrouter.server.usage;

import com.neuralrouter.server.catalogue.PriceBook;

import java.util.OptionalLong;

/**
 * What a request cost, by which book of prices.
 *
 * @param micros in millionths of the currency; -1 if it is not known
 * @param currency three letters; empty if it is not known
 * @param priceBook the book's version; empty if there was none
 */
public record RequestCost(long micros, String currency, String priceBook) {
    /** Of which nothing is known. */
    public static final RequestCost UNKNOWN = new RequestCost(-1, "", "");

    /** With what else the request cost by the same book; unknown if one of both is. */
    public RequestCost plus(RequestCost other) {
        boolean known = micros >= 0 && other.micros >= 0;
        return new RequestCost(known ? micros + other.micros : -1, currency, priceBook);
    }

    public static RequestCost by(PriceBook book, OptionalLong micros) {
        return new RequestCost(micros.orElse(-1), book.currency(), book.version());
    }
}
