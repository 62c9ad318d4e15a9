package com.neuralrouter.contract;

import org.jspecify.annotations.Nullable;

import java.math.BigDecimal;
import java.util.List;

/**
 * How much may be spent in a time, of money or of tokens or of both. A request is taken while none
 * of the budgets of the site, of its workspace and of its key is used up.
 *
 * @param name by which it is known among those of its owner; it keeps what it has spent as long as
 *     it keeps its name
 * @param per absent means {@link Per#MONTH}
 * @param zone in which days, weeks and months begin, as in Europe/Berlin; absent means UTC
 * @param amount in the site's currency, to the millionth; absent means that money does not matter
 * @param tokens input and output together; absent means that tokens do not matter
 * @param warnAt at which percentages of it somebody is told; absent means 80 and 95
 */
public record BudgetDocument(
        String name,
        @Nullable Per per,
        @Nullable String zone,
        @Nullable BigDecimal amount,
        @Nullable Long tokens,
        @Nullable List<Integer> warnAt) {

    public BudgetDocument {
        warnAt = warnAt == null ? null : List.copyOf(warnAt);
    }

    /** After which time it is whole again. */
    public enum Per {
        DAY,
        /** From Monday to Sunday. */
        WEEK,
        MONTH,
        /** Never. */
        TOTAL
    }
}
