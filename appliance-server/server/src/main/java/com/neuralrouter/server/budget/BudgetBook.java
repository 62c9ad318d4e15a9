package com.neuralrouter.server.budget;

import java.util.Collection;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/**
 * All budgets of the site with what is spent of them: snapshots come and go, this stays. Changed by
 * who publishes, one at a time; read by anyone.
 */
public final class BudgetBook {
    private final Map<UUID, Account> byId = new ConcurrentHashMap<>();

    /** The budget says this from now on. */
    public Account put(StoredBudget stored) {
        Terms terms = Terms.of(stored.document(), stored.made());
        Account account =
                byId.computeIfAbsent(
                        stored.id(),
                        id -> new Account(id, stored.subject(), stored.document().name(), terms));
        account.say(terms);
        return account;
    }

    /** There is no such budget any more. */
    public void remove(UUID id) {
        byId.remove(id);
    }

    public Collection<Account> all() {
        return byId.values();
    }
}
