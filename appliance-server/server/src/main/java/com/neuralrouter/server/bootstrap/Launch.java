package com.neuralrouter.server.bootstrap;

import com.neuralrouter.server.audit.AuditEvent;
import com.neuralrouter.server.control.ControlAnswer;
import com.neuralrouter.server.control.ControlRequest;
import com.neuralrouter.server.control.ControlSocket;
import com.neuralrouter.server.secret.Vault;
import com.neuralrouter.server.secret.VaultUnusable;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Starts an appliance on a site: opens the control socket, unseals the vault, by itself or with
 * what a person gives over the socket, and only then starts everything else. Until then there is no
 * listener but that socket, and it answers health and unseal only.
 */
public final class Launch {
    private static final Logger LOG = System.getLogger(Launch.class.getName());

    private final Map<String, String> environment;

    /**
     * @param environment the process's, in which systemd says where its credentials are
     */
    public Launch(Map<String, String> environment) {
        this.environment = Map.copyOf(environment);
    }

    /** What the control socket answers at this time of the appliance's life. */
    private sealed interface Stage {
        record Sealed(Unsealing unsealing) implements Stage {}

        record Starting(String seal) implements Stage {}

        record Serving(SealKeeper keeper) implements Stage {}
    }

    /** The appliance and its control socket. */
    private record Controlled(Appliance appliance, ControlSocket socket)
            implements RunningAppliance {
        @Override
        public int inferencePort() {
            return appliance.inferencePort();
        }

        @Override
        public int adminPort() {
            return appliance.adminPort();
        }

        @Override
        public int enrolmentPort() {
            return appliance.enrolmentPort();
        }

        @Override
        public void close() {
            try {
                socket.close();
            } finally {
                appliance.close();
            }
        }
    }

    /**
     * Starts it on a site whose lock the caller holds; waits for a person if the seal takes one.
     * Throws what the part says that can't be started; its message is for the operator.
     */
    public RunningAppliance start(SiteFolder site, ApplianceConfig config, Clock clock) {
        var here = new SiteVault(site, environment, clock);
        Optional<Vault> atOnce = here.openByItself();
        var unsealing = new Unsealing(here, clock);
        var stage =
                new AtomicReference<Stage>(
                        atOnce.isPresent() ? starting(here) : new Stage.Sealed(unsealing));
        ControlSocket socket = socket(site, stage, atOnce);
        try {
            Unsealing.Opened opened =
                    atOnce.isPresent()
                            ? new Unsealing.Opened(atOnce.get(), "", Map.of())
                            : byAPerson(site, unsealing, socket);
            stage.set(starting(here));
            Appliance appliance = Appliance.start(site, config, opened.vault(), clock);
            try {
                record(appliance, opened);
            } catch (RuntimeException | Error failed) {
                appliance.close();
                throw failed;
            }
            stage.set(new Stage.Serving(new SealKeeper(here, opened.vault(), appliance, clock)));
            return new Controlled(appliance, socket);
        } catch (RuntimeException | Error failed) {
            socket.close();
            throw failed;
        }
    }

    private static ControlSocket socket(
            SiteFolder site, AtomicReference<Stage> stage, Optional<Vault> opened) {
        try {
            return ControlSocket.open(site.controlSocket(), request -> answer(stage, request));
        } catch (RuntimeException | Error failed) {
            opened.ifPresent(Vault::close);
            throw failed;
        }
    }

    private static Stage starting(SiteVault here) {
        return new Stage.Starting(here.record().seal().kind());
    }

    private static Unsealing.Opened byAPerson(
            SiteFolder site, Unsealing unsealing, ControlSocket socket) {
        LOG.log(
                Level.WARNING,
                "the appliance is sealed and serves nothing, to open it run: neural-router unseal"
                        + " --site {0}",
                site.root());
        // Told to end while it waits, the process has only the socket to take away.
        var end = new Thread(socket::close, "end-while-sealed");
        Runtime.getRuntime().addShutdownHook(end);
        try {
            return unsealing.await();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            throw new VaultUnusable("The start was interrupted while the appliance was sealed.");
        } finally {
            removeHook(end);
        }
    }

    private static void removeHook(Thread end) {
        try {
            Runtime.getRuntime().removeShutdownHook(end);
        } catch (IllegalStateException _) {
            // The process is ending, and the hook is at work.
        }
    }

    private static ControlAnswer answer(AtomicReference<Stage> stage, ControlRequest request) {
        return switch (stage.get()) {
            case Stage.Sealed sealed ->
                    switch (request.operation()) {
                        case "GET /health" -> sealed.unsealing().health();
                        case "POST /unseal" -> sealed.unsealing().unseal(request);
                        case "POST /unseal/forget" -> sealed.unsealing().forget();
                        default ->
                                notFound("The appliance is sealed and answers health and unseal.");
                    };
            case Stage.Starting starting ->
                    request.operation().equals("GET /health")
                            ? ControlAnswer.facts(
                                    Map.of("state", "starting", "seal", starting.seal()))
                            : notFound("The appliance is starting and answers health.");
            case Stage.Serving serving ->
                    switch (request.operation()) {
                        case "GET /health" -> serving.keeper().health();
                        case "POST /seal/change" -> serving.keeper().change(request);
                        case "POST /seal/confirm" -> serving.keeper().confirm(request);
                        case "POST /seal/prove" -> serving.keeper().prove(request);
                        case "POST /seal/prove/forget" -> serving.keeper().forget();
                        default -> notFound("The appliance is unsealed; this is not served here.");
                    };
        };
    }

    private static ControlAnswer notFound(String sentence) {
        return ControlAnswer.problem(404, sentence);
    }

    /** What happened while the audit trail was shut. */
    private static void record(Appliance appliance, Unsealing.Opened opened) {
        new TreeMap<>(opened.refusals())
                .forEach((account, count) ->
                        appliance.record(
                                account,
                                AuditEvent.refused(
                                        "vault.unseal_refused",
                                        "vault",
                                        Map.of("count", Integer.toString(count)))));
        if (!opened.account().isEmpty()) {
            String seal = opened.vault().record().seal().kind();
            appliance.record(
                    opened.account(),
                    AuditEvent.done("vault.unsealed", "vault", Map.of("seal", seal)));
        }
    }
}
