package com.neuralrouter.server.inference;

import com.neuralrouter.server.catalogue.PriceBook;
import com.neuralrouter.server.receipt.Receipt;
import com.neuralrouter.server.route.Attempt;
import com.neuralrouter.server.usage.RequestCost;
import com.neuralrouter.server.usage.TokenCounts;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;

/**
 * Whom one request was sent to, who serves it, and who was cut off because another one answered
 * first. Owned by the request's thread.
 */
final class SentTo {
    private final List<Attempt> all = new ArrayList<>();
    private @Nullable Attempt serving;
    private @Nullable Attempt overtaken;
    private boolean answered;

    void add(Attempt attempt) {
        all.add(attempt);
        serving = attempt;
    }

    /** That one was asked for the same, and is cut off; null if nobody was. */
    void overtook(@Nullable Attempt late) {
        overtaken = late;
    }

    /** This one's answer is what the app gets. */
    void servedBy(Attempt attempt) {
        serving = attempt;
        answered = true;
    }

    boolean nobody() {
        return all.isEmpty();
    }

    int count() {
        return all.size();
    }

    /** Who was asked last, or has answered; null if nobody was asked. */
    @Nullable Attempt serving() {
        return serving;
    }

    /** Everybody, in their order. */
    List<Receipt.Place> places() {
        return all.stream().map(SentTo::place).toList();
    }

    /** Whose answer the app gets; null if it gets nobody's. */
    Receipt.@Nullable Place answering() {
        return answered && serving != null ? place(serving) : null;
    }

    /**
     * What it comes to, who was cut off included.
     *
     * @param served who served it; null if nobody did
     */
    RequestCost cost(
            PriceBook book, @Nullable Attempt served, long startedAtMillis, TokenCounts tokens) {
        return Costs.ofHedge(book, served, overtaken, startedAtMillis, tokens);
    }

    private static Receipt.Place place(Attempt attempt) {
        return new Receipt.Place(attempt.model(), attempt.endpoint().destination());
    }
}
