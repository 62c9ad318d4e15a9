package com.neuralrouter.server.budget;

import com.neuralrouter.contract.LimitLevel;
import com.neuralrouter.contract.Permission;
import com.neuralrouter.contract.WorkspaceId;
import com.neuralrouter.server.admin.Authorisation;
import com.neuralrouter.server.budget.Account.Window;
import com.neuralrouter.server.budget.BudgetCommands.Told;
import com.neuralrouter.server.id.Ids;
import com.neuralrouter.server.limit.Subject;
import com.neuralrouter.server.usage.BudgetUseStore;
import com.neuralrouter.server.usage.BudgetUseStore.Charge;
import com.neuralrouter.server.usage.BudgetUseStore.Origin;
import com.neuralrouter.server.usage.BudgetUseStore.Spent;
import com.neuralrouter.server.usage.BudgetUseStore.Use;
import com.neuralrouter.server.usage.RecentSums;
import com.neuralrouter.server.usage.UsageStore;

import org.jspecify.annotations.Nullable;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;

/**
 * Holds what is known of budgets in memory against what the request records say, and tells somebody
 * when much of one is spent. The records are added up in their order, each once, with the position
 * up to which that was done in the same transaction as the sums: so after a kill the sums begin
 * where they ended, and what was not added up is. Called by one thread at a time.
 */
public final class BudgetKeeper {
    private static final Logger LOG = System.getLogger(BudgetKeeper.class.getName());
    private static final int BATCH = 5_000;
    private static final int USED_UP = 100;

    /** Ticks between two looks at the records. */
    private static final int LOOK = 5;

    private final BudgetBook book;
    private final BudgetUseStore uses;
    private final RecentSums<Origin, Spent> recent;
    private final BudgetCommands commands;
    private final Function<WorkspaceId, String> names;
    private final Ids ids;
    private final Clock clock;

    private final Map<UUID, Sum> sums = new HashMap<>();
    private long position = -1;
    private int ticks;

    /** What the records say of one budget in the span that runs. */
    private static final class Sum {
        final Window window;
        long position;
        long tokens;
        long micros;
        int told;
        boolean changed;

        Sum(Window window, long position) {
            this.window = window;
            this.position = position;
        }

        Use use(UUID budget) {
            return new Use(budget, window.span.began(), tokens, micros, told);
        }
    }

    /**
     * @param records where requests are recorded
     * @param names what workspaces are called
     */
    public BudgetKeeper(
            BudgetBook book,
            BudgetUseStore uses,
            UsageStore records,
            BudgetCommands commands,
            Function<WorkspaceId, String> names,
            Ids ids,
            Clock clock) {
        this.book = book;
        this.uses = uses;
        this.recent = BudgetUseStore.recent(records);
        this.commands = commands;
        this.names = names;
        this.ids = ids;
        this.clock = clock;
    }

    /** About once a second. */
    public void tick() {
        try {
            boolean unknown =
                    book.all().stream()
                            .anyMatch(each -> {
                                Sum sum = sums.get(each.id());
                                return sum == null || sum.window != each.at(clock.millis());
                            });
            if (unknown || ticks++ % LOOK == 0) {
                fold();
            }
            tell();
        } catch (RuntimeException failure) {
            // The store refuses: what is spent is known in memory, and the next tick goes on.
            LOG.log(
                    Level.WARNING,
                    "budgets could not be held against the records cause={0}",
                    failure.getClass().getName());
        }
    }

    /** Adds up what was recorded since the last time, and raises what memory says to it. */
    public void fold() {
        long now = clock.millis();
        boolean first = position < 0;
        if (first) {
            position = uses.folded();
        }
        RecentSums.Part<Origin, Spent> part = recent.take();
        // Records that were added up may have been removed since.
        long last = Math.max(position, part.isEmpty() ? uses.last() : part.upTo());
        Map<UUID, Account> accounts = new HashMap<>();
        book.all().forEach(each -> accounts.put(each.id(), each));
        begin(accounts, now, last);
        if (first) {
            uses.all().forEach(this::forgetUnlessLive);
        }
        add(accounts, part, last);
        save(last);
        for (Sum sum : sums.values()) {
            sum.window.tokens.raiseTo(sum.tokens);
            sum.window.money.raiseTo(sum.micros);
        }
    }

    /** Sees to it that there is a sum for the running span of each budget, and none for others. */
    private void begin(Map<UUID, Account> accounts, long now, long last) {
        for (UUID id : List.copyOf(sums.keySet())) {
            Sum gone = accounts.containsKey(id) ? null : sums.remove(id);
            if (gone != null) {
                forget(id, gone);
            }
        }
        var firsts = new HashMap<Long, Long>();
        for (Account account : accounts.values()) {
            Window window = account.at(now);
            Sum before = sums.get(account.id());
            if (before == null) {
                sums.put(account.id(), begin(account, window, firsts, last));
            } else if (before.window != window) {
                forget(account.id(), before);
                sums.put(
                        account.id(),
                        before.window.span.ends() <= window.span.began()
                                ? counting(window, before.position)
                                : counting(window, first(window, firsts, last)));
            }
        }
    }

    private Sum begin(Account account, Window window, Map<Long, Long> firsts, long last) {
        var stored = uses.find(account.id(), window.span.began());
        if (stored.isEmpty()) {
            return counting(window, first(window, firsts, last));
        }
        var sum = new Sum(window, position);
        sum.tokens = stored.get().tokens();
        sum.micros = stored.get().micros();
        sum.told = stored.get().told();
        return sum;
    }

    private static Sum counting(Window window, long from) {
        var sum = new Sum(window, from);
        sum.changed = true;
        return sum;
    }

    private long first(Window window, Map<Long, Long> firsts, long last) {
        return Math.min(firsts.computeIfAbsent(window.span.began(), uses::firstSince) - 1, last);
    }

    /** A sum that is not kept up must not be taken for one that is, should its span run again. */
    private void forget(UUID budget, Sum sum) {
        uses.forget(budget, sum.window.span.began());
    }

    private void forgetUnlessLive(Use use) {
        Sum sum = sums.get(use.budget());
        if (sum == null || sum.window.span.began() != use.beganMillis()) {
            uses.forget(use.budget(), use.beganMillis());
        }
    }

    private void add(Map<UUID, Account> accounts, RecentSums.Part<Origin, Spent> part, long last) {
        long from = sums.values().stream().mapToLong(sum -> sum.position).min().orElse(last);
        Map<Subject, List<Sum>> bySubject = new HashMap<>();
        accounts.values()
                .forEach(account ->
                        bySubject
                                .computeIfAbsent(account.subject(), _ -> new ArrayList<>())
                                .add(sums.get(account.id())));
        long furthest = sums.values().stream().mapToLong(sum -> sum.position).max().orElse(last);
        if (!part.isEmpty() && part.after() == from && from == furthest) {
            uses.charges(part).forEach(charge -> add(bySubject, charge));
            from = last;
        }
        while (from < last) {
            List<Charge> charges = uses.charges(from, last, BATCH);
            charges.forEach(charge -> add(bySubject, charge));
            from = charges.size() < BATCH ? last : charges.getLast().position();
        }
        sums.values().forEach(sum -> sum.position = last);
    }

    private static void add(Map<Subject, List<Sum>> bySubject, Charge charge) {
        add(bySubject.get(Subject.SITE), charge);
        add(bySubject.get(Subject.workspace(charge.workspace())), charge);
        String key = charge.key();
        if (key != null) {
            add(bySubject.get(Subject.key(charge.workspace(), key)), charge);
        }
    }

    private static void add(@Nullable List<Sum> sums, Charge charge) {
        if (sums == null) {
            return;
        }
        for (Sum sum : sums) {
            // Each record comes once, but to a sum that begins further on.
            if (sum.position < charge.position() && sum.window.span.has(charge.startedMillis())) {
                sum.tokens += charge.tokens();
                sum.micros += charge.micros();
                sum.changed = true;
            }
        }
    }

    private void save(long last) {
        var changed = new ArrayList<Use>();
        sums.forEach((id, sum) -> {
            if (sum.changed) {
                changed.add(sum.use(id));
            }
        });
        if (!changed.isEmpty() || position != last && !sums.isEmpty()) {
            uses.save(last, changed);
            position = last;
            sums.values().forEach(sum -> sum.changed = false);
        }
    }

    private void tell() {
        for (Account account : book.all()) {
            Sum sum = sums.get(account.id());
            if (sum == null) {
                continue;
            }
            int reached = reached(account.terms(), sum.window);
            if (reached > sum.told) {
                commands.told(
                        Authorisation.ofAppliance(
                                "budgets", Permission.INCIDENTS_MANAGE, ids.nextRequest()),
                        sum.use(account.id()),
                        told(account, sum.window),
                        reached);
                sum.told = reached;
            }
        }
    }

    /** The highest percentage of which somebody is to be told; 0 if there is none. */
    private static int reached(Terms terms, Window window) {
        if (window.usedUp) {
            return USED_UP;
        }
        double share =
                Math.max(
                        share(window.money.spent(), terms.money()),
                        share(window.tokens.spent(), terms.tokens()));
        return terms.warnAt().stream()
                .mapToInt(Integer::intValue)
                .filter(percent -> share >= percent)
                .max()
                .orElse(0);
    }

    private static double share(long spent, long limit) {
        return limit == Terms.ANY ? 0 : 100.0 * spent / limit;
    }

    private Told told(Account account, Window window) {
        Terms terms = account.terms();
        var spent = new ArrayList<String>();
        if (terms.money() != Terms.ANY) {
            spent.add(amount(window.money.spent()) + " of " + amount(terms.money()));
        }
        if (terms.tokens() != Terms.ANY) {
            spent.add(window.tokens.spent() + " of " + terms.tokens() + " tokens");
        }
        Subject subject = account.subject();
        WorkspaceId workspace = subject.workspace();
        return new Told(
                subject,
                subject.level() == LimitLevel.SITE || workspace == null
                        ? null
                        : names.apply(workspace),
                account.name(),
                String.join(", ", spent));
    }

    private static String amount(long micros) {
        return BigDecimal.valueOf(micros, 6).setScale(2, RoundingMode.HALF_UP).toString();
    }
}
