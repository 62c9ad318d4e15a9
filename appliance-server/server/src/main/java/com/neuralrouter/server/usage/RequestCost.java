package com.neuralrouter.server.usage;

import com.neuralrouter.server.catalogue.PriceBook;

import java.util.OptionalLong;

/**
 * What a request cost, by which book of prices.
 *
 * @param micros in millionths of the currency; -1 if it is not known
 * @param currency three letters; empty if it is not known
 * @param priceBook the book's version; empty if there was none
 * @param overtakenTokens those of an upstream that was asked for the same and cut off; 0 if none
 *     was. They are in the money, and in no count of what the app was told
 */
public record RequestCost(long micros, String currency, String priceBook, long overtakenTokens) {
    /** Of which nothing is known. */
    public static final RequestCost UNKNOWN = new RequestCost(-1, "", "");

    /** Of what went nowhere. */
    public static final RequestCost NOTHING = new RequestCost(0, "", "");

    /** Of a request for which nobody was cut off. */
    public RequestCost(long micros, String currency, String priceBook) {
        this(micros, currency, priceBook, 0);
    }

    /**
     * With what one costs that was cut off, by the same book; unknown if one of both is.
     *
     * @param tokens that it is taken to have used
     */
    public RequestCost withOvertaken(RequestCost other, TokenCounts tokens) {
        boolean known = micros >= 0 && other.micros >= 0;
        return new RequestCost(
                known ? micros + other.micros : -1, currency, priceBook, tokens.total());
    }

    public static RequestCost by(PriceBook book, OptionalLong micros) {
        return new RequestCost(micros.orElse(-1), book.currency(), book.version());
    }
}
