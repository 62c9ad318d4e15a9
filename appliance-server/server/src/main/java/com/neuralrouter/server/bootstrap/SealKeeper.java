package com.neuralrouter.server.bootstrap;

import com.neuralrouter.server.audit.AuditEvent;
import com.neuralrouter.server.control.ControlAnswer;
import com.neuralrouter.server.control.ControlRequest;
import com.neuralrouter.server.secret.SecretBytes;
import com.neuralrouter.server.secret.Vault;
import com.neuralrouter.server.secret.VaultUnusable;
import com.neuralrouter.server.secret.seal.NewSeal;
import com.neuralrouter.server.secret.seal.SealChoice;
import com.neuralrouter.server.secret.seal.SealKind;
import com.neuralrouter.server.secret.seal.SealMaterial;
import com.neuralrouter.server.secret.seal.SealRecord;
import com.neuralrouter.server.secret.seal.SealRefused;
import com.neuralrouter.server.secret.seal.SealSpec;

import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Changes the seal of a serving appliance and proves in a drill that what people keep still opens
 * it; both are audited. One at a time; safe for all threads.
 */
final class SealKeeper {
    private final SiteVault here;
    private final Vault vault;
    private final Appliance appliance;
    private final SharesEntered shares;
    private final ReentrantLock one = new ReentrantLock();

    SealKeeper(SiteVault here, Vault vault, Appliance appliance, Clock clock) {
        this.here = here;
        this.vault = vault;
        this.appliance = appliance;
        this.shares = new SharesEntered(clock);
    }

    ControlAnswer health() {
        return ControlAnswer.facts(
                Map.of(
                        "state",
                        "serving",
                        "seal",
                        inForce().kind().text(),
                        "store",
                        appliance.holdsItsStore() ? "held" : "lost"));
    }

    /**
     * Answers with the new seal's shares, one on a line; no line for any other kind. Shares that
     * did not arrive would be a vault that nobody opens: their seal waits for {@link #confirm}.
     */
    ControlAnswer change(ControlRequest request) {
        one.lock();
        try {
            SealSpec spec = SealChoice.of(request.query());
            Optional<SealMaterial> at = here.seals().automatic(spec);
            SealMaterial material =
                    at.orElseGet(() -> SealChoice.material(spec.kind(), request.body()));
            try (NewSeal made = here.seals().create(spec, material)) {
                offer(made);
                if (made.shares().isEmpty()) {
                    confirmOffered(request.account());
                }
                return ControlAnswer.secret(lines(made.shares()));
            } finally {
                at.ifPresent(SealMaterial::close);
            }
        } catch (SealRefused | VaultUnusable refused) {
            return ControlAnswer.problem(403, String.valueOf(refused.getMessage()));
        } finally {
            one.unlock();
        }
    }

    /** Puts the seal in force whose shares have arrived. */
    ControlAnswer confirm(ControlRequest request) {
        one.lock();
        try {
            confirmOffered(request.account());
            return health();
        } catch (VaultUnusable refused) {
            return ControlAnswer.problem(403, String.valueOf(refused.getMessage()));
        } finally {
            one.unlock();
        }
    }

    private void confirmOffered(String account) {
        String from = inForce().kind().text();
        vault.confirmSeal();
        audit(account, "vault.seal_changed", Map.of("from", from, "to", inForce().kind().text()));
    }

    private void offer(NewSeal made) {
        boolean taken = false;
        try {
            vault.offerSeal(made.seal());
            taken = true;
        } finally {
            if (!taken) {
                made.seal().close();
            }
        }
    }

    private static byte[] lines(List<SecretBytes> shares) {
        byte[] all = new byte[shares.stream().mapToInt(share -> share.length() + 1).sum()];
        int at = 0;
        for (SecretBytes share : shares) {
            at = share.copyTo(all, at);
            all[at++] = '\n';
        }
        return all;
    }

    /** Takes a passphrase, PIN, token or one share after another. */
    ControlAnswer prove(ControlRequest request) {
        one.lock();
        try {
            return proof(request);
        } catch (SealRefused | VaultUnusable refused) {
            AuditEvent failed =
                    AuditEvent.refused(
                            "vault.drill_failed", "vault", Map.of("seal", inForce().kind().text()));
            appliance.record(request.account(), failed);
            return ControlAnswer.problem(403, String.valueOf(refused.getMessage()));
        } finally {
            one.unlock();
        }
    }

    private ControlAnswer proof(ControlRequest request) {
        SealRecord seal = inForce();
        if (seal.kind() == SealKind.SHARES) {
            int missing = shares.add(here.seals(), seal, request.body());
            if (missing > 0) {
                return ControlAnswer.facts(Map.of("state", "drill", "sharesNeeded", missing));
            }
        }
        try {
            here.prove(
                    vault,
                    seal.kind() == SealKind.SHARES
                            ? shares.material()
                            : SealChoice.material(seal.kind(), request.body()));
        } finally {
            shares.close();
        }
        audit(request.account(), "vault.drill_passed", Map.of("seal", seal.kind().text()));
        return ControlAnswer.facts(Map.of("state", "passed", "seal", seal.kind().text()));
    }

    /** Forgets the shares of a drill that was not ended. */
    ControlAnswer forget() {
        one.lock();
        try {
            shares.close();
        } finally {
            one.unlock();
        }
        return health();
    }

    private SealRecord inForce() {
        return vault.record().seal().record();
    }

    private void audit(String account, String action, Map<String, String> details) {
        appliance.record(account, AuditEvent.done(action, "vault", details));
    }
}
