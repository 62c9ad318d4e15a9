package com.neuralrouter.server.bootstrap;

import com.neuralrouter.server.control.ControlAnswer;
import com.neuralrouter.server.control.ControlRequest;
import com.neuralrouter.server.secret.Vault;
import com.neuralrouter.server.secret.VaultUnusable;
import com.neuralrouter.server.secret.seal.SealChoice;
import com.neuralrouter.server.secret.seal.SealKind;
import com.neuralrouter.server.secret.seal.SealMaterial;
import com.neuralrouter.server.secret.seal.SealRecord;
import com.neuralrouter.server.secret.seal.SealRefused;

import org.jspecify.annotations.Nullable;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Takes what unseals the vault while the appliance waits for it. One attempt is looked at at a
 * time, and none within a second of one that failed. Safe for all threads; the thread that starts
 * the appliance waits in {@link #await()}.
 */
final class Unsealing {
    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final Logger LOG = System.getLogger(Unsealing.class.getName());

    private final SiteVault here;
    private final Clock clock;
    private final ReentrantLock one = new ReentrantLock();
    private final Condition unsealed = one.newCondition();
    private final SharesEntered shares;
    private final Map<String, Integer> refusals = new TreeMap<>();
    private Instant lastRefusal = Instant.EPOCH;
    private @Nullable Opened opened;

    Unsealing(SiteVault here, Clock clock) {
        this.here = here;
        this.clock = clock;
        this.shares = new SharesEntered(clock);
    }

    /**
     * How it was unsealed, for the audit trail.
     *
     * @param account who gave what opened it
     * @param refusals how often something else was given before, by account
     */
    record Opened(Vault vault, String account, Map<String, Integer> refusals) {
        Opened {
            refusals = Map.copyOf(refusals);
        }
    }

    /** Waits until the vault is open; shares that nobody completed are forgotten meanwhile. */
    Opened await() throws InterruptedException {
        one.lock();
        try {
            Opened result = opened;
            while (result == null) {
                boolean _ = unsealed.await(10, TimeUnit.SECONDS);
                shares.dropOld();
                result = opened;
            }
            return result;
        } finally {
            shares.close();
            one.unlock();
        }
    }

    ControlAnswer health() {
        SealRecord seal = here.record().seal().record();
        Map<String, Object> facts = new TreeMap<>();
        facts.put("state", "sealed");
        facts.put("seal", seal.kind().text());
        if (seal.kind() == SealKind.SHARES) {
            one.lock();
            try {
                facts.put("sharesNeeded", shares.missing(here.seals(), seal));
            } finally {
                one.unlock();
            }
        }
        return ControlAnswer.facts(facts);
    }

    ControlAnswer forget() {
        one.lock();
        try {
            shares.close();
        } finally {
            one.unlock();
        }
        return health();
    }

    ControlAnswer unseal(ControlRequest request) {
        one.lock();
        try {
            if (opened != null) {
                return ControlAnswer.problem(409, "The appliance is unsealed already.");
            }
            if (clock.instant().isBefore(lastRefusal.plus(PAUSE))) {
                return ControlAnswer.problem(
                        429, "The last attempt failed less than a second ago; try again.");
            }
            return attempt(request);
        } catch (SealRefused refused) {
            return refused(request.account(), refused);
        } catch (VaultUnusable unusable) {
            return ControlAnswer.problem(503, String.valueOf(unusable.getMessage()));
        } finally {
            one.unlock();
        }
    }

    private ControlAnswer attempt(ControlRequest request) {
        SealRecord seal = here.record().seal().record();
        if (seal.kind() != SealKind.SHARES) {
            // The material is the request's body, which the socket wipes.
            return open(SealChoice.material(seal.kind(), request.body()), request.account());
        }
        int missing = shares.add(here.seals(), seal, request.body());
        if (missing > 0) {
            LOG.log(
                    Level.INFO,
                    "a share was entered account={0} needed={1}",
                    request.account(),
                    missing);
            return ControlAnswer.facts(Map.of("state", "sealed", "sharesNeeded", missing));
        }
        try {
            return open(shares.material(), request.account());
        } finally {
            shares.close();
        }
    }

    private ControlAnswer open(SealMaterial material, String account) {
        opened = new Opened(here.open(material), account, refusals);
        unsealed.signalAll();
        LOG.log(Level.INFO, "the vault was unsealed account={0}", account);
        return ControlAnswer.facts(Map.of("state", "starting"));
    }

    private ControlAnswer refused(String account, SealRefused refused) {
        lastRefusal = clock.instant();
        int count = refusals.merge(account, 1, Integer::sum);
        LOG.log(
                Level.WARNING,
                "an attempt to unseal was refused account={0} count={1}",
                account,
                count);
        return ControlAnswer.problem(403, String.valueOf(refused.getMessage()));
    }
}
