package com.neuralrouter.desktop.client;

import com.neuralrouter.contract.Problem;

/**
 * Everything that can come between the desktop and an answer. Each case has its own sentence and
 * advice in the {@code trouble} messages; the details here are what an operator would want to read
 * in a report, and never carry a secret.
 */
public sealed interface Trouble {

    /** The appliance answered, and refused or failed. */
    record ByAppliance(Problem problem) implements Trouble {}

    /** Nobody answers at the address: wrong host or port, appliance stopped, firewall. */
    record Unreachable(String address, String reason) implements Trouble {}

    /** The connection stood, but the answer did not come in time. */
    record TimedOut(String address, long seconds) implements Trouble {}

    /**
     * The appliance ended the TLS handshake because of our certificate: revoked, expired, unknown.
     */
    record CertificateRefused(String address, String reason) implements Trouble {}

    /** Whoever answers has no certificate from the site's CA: another site, or an interceptor. */
    record ServerNotTrusted(String address, String reason) implements Trouble {}

    /** The certificate is the site's, but not for the name by which we called. */
    record ServerNameMismatch(String address, String reason) implements Trouble {}

    /** The answer is not one that this version understands. */
    record NotUnderstood(String address, String reason) implements Trouble {}

    /** The call was given up, by the user or because a newer one took its place. */
    record Cancelled() implements Trouble {}

    /** Not sent: the audit log contradicts what this desktop remembers of it. */
    record ChangesStopped() implements Trouble {}

    /** A defect of the desktop itself. */
    record Defect(String reason) implements Trouble {}

    /** Whether the same call may work when it is made again. */
    default boolean retryable() {
        return switch (this) {
            case ByAppliance(Problem problem) -> problem.code().retryable();
            case Unreachable _, TimedOut _, Cancelled _, Defect _ -> true;
            case CertificateRefused _, ServerNotTrusted _, ServerNameMismatch _, NotUnderstood _ ->
                    true;
            case ChangesStopped _ -> false;
        };
    }

    /** Whether it says that the appliance can't be reached, so that what is shown grows old. */
    default boolean disconnects() {
        return switch (this) {
            case Unreachable _,
                    TimedOut _,
                    CertificateRefused _,
                    ServerNotTrusted _,
                    ServerNameMismatch _ ->
                    true;
            case ByAppliance _, NotUnderstood _, Cancelled _, ChangesStopped _, Defect _ -> false;
        };
    }
}
