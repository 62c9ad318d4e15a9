package com.neuralrouter.server.bootstrap;

import com.neuralrouter.server.usage.UsageSums;

import java.time.Duration;

/**
 * How the box runs: {@code appliance.yaml}, read once at start. What an administrator edits is not
 * here but in the store. An instance that exists is valid; {@code ApplianceConfigReader} says which
 * line of the file is not.
 */
public record ApplianceConfig(
        String name,
        Store store,
        Listeners listeners,
        Limits limits,
        Timeouts timeouts,
        Audit audit,
        Backup backup,
        UsageSums.Keeping usage,
        Duration shutdownNotice,
        Duration shutdownGrace) {

    public ApplianceConfig {
        if (name.isBlank()) {
            throw new IllegalArgumentException("the appliance has no name");
        }
        if (shutdownNotice.isNegative()) {
            throw new IllegalArgumentException("'shutdown-notice' is negative");
        }
        checkPositive("shutdown-grace", shutdownGrace);
    }

    /**
     * Which database keeps the store; {@link StoreChoice} makes a place of it.
     *
     * @param postgresql the address of a PostgreSQL database; empty for a file in the site's folder
     * @param passwordFile where its password is; empty for none, or for systemd's credential
     * @param caFile who issued its certificate, PEM; empty for no TLS on this machine
     * @param volumeEncryption how the site attests that its volume is encrypted
     */
    public record Store(
            String postgresql, String passwordFile, String caFile, String volumeEncryption) {}

    /** The three sockets. A port of 0 lets the system choose. */
    public record Listeners(Listener inference, Listener admin, Listener enrolment) {}

    /** One socket: {@code host} is the address it binds to. */
    public record Listener(String host, int port) {
        public Listener {
            if (host.isBlank() || port < 0 || port > 65_535) {
                throw new IllegalArgumentException(
                        "'" + host + "' and port " + port + " are nothing to listen on");
            }
        }
    }

    /**
     * What a client may cost.
     *
     * @param requestBytes the largest body of an inference request
     * @param headBytes the largest request line plus headers
     * @param connections how many connections the inference listener keeps at once
     * @param concurrentRequests how many inference requests run at once
     */
    public record Limits(int requestBytes, int headBytes, int connections, int concurrentRequests) {
        public Limits {
            if (Math.min(
                            Math.min(requestBytes, headBytes),
                            Math.min(connections, concurrentRequests))
                    < 1) {
                throw new IllegalArgumentException("a limit is below 1");
            }
        }
    }

    /**
     * How long anybody may take.
     *
     * @param handshake for a client, from connecting to the end of the TLS handshake
     * @param requestHead for a client, from the first byte allowed to the end of the headers
     * @param requestBody for a client, for the body
     * @param clientWrite for a client, to take what is written to it
     * @param idle for a kept-alive connection without a request
     * @param upstreamConnect for a provider, to accept a connection and end the handshake
     * @param upstreamFirstByte for a provider, from the request to the head of its answer
     * @param upstreamBetweenBytes for a provider, between two pieces of its answer
     * @param upstreamTotal for a request as a whole, all attempts together
     * @param heartbeat how long a stream to a client may be silent before a comment is sent, by
     *     which a client that is gone is noticed
     */
    public record Timeouts(
            Duration handshake,
            Duration requestHead,
            Duration requestBody,
            Duration clientWrite,
            Duration idle,
            Duration upstreamConnect,
            Duration upstreamFirstByte,
            Duration upstreamBetweenBytes,
            Duration upstreamTotal,
            Duration heartbeat) {
        public Timeouts {
            checkPositive("handshake", handshake);
            checkPositive("request-head", requestHead);
            checkPositive("request-body", requestBody);
            checkPositive("client-write", clientWrite);
            checkPositive("idle", idle);
            checkPositive("upstream-connect", upstreamConnect);
            checkPositive("upstream-first-byte", upstreamFirstByte);
            checkPositive("upstream-between-bytes", upstreamBetweenBytes);
            checkPositive("upstream-total", upstreamTotal);
            checkPositive("heartbeat", heartbeat);
        }
    }

    /**
     * What happens when the audit log can't be written, and what it is compared with.
     *
     * @param requestsWithoutLog for how long inference goes on; zero for not at all
     * @param strict whether a request's beginning is on the disk before anything leaves; {@link
     *     StrictChoice}
     * @param counterFile what remembers the log's length elsewhere; empty for nothing
     * @param receipts whether apps get a signed receipt with each answer; {@link ReceiptChoice}
     * @param keep for how long readable entries are kept; zero for ever
     * @param forward who gets the log as it grows
     * @param timestamp who stamps its checkpoints
     */
    public record Audit(
            Duration requestsWithoutLog,
            String strict,
            String counterFile,
            String receipts,
            Duration keep,
            Forward forward,
            Timestamp timestamp) {}

    /**
     * Who stamps the audit log's checkpoints (RFC 3161).
     *
     * @param url empty for nobody
     * @param caFile the authorities whose timestamps, and whose https, are believed
     */
    public record Timestamp(String url, String caFile, Duration every) {}

    /**
     * Who gets the audit log as it grows; {@link ForwardChoice} makes receivers of it.
     *
     * @param start with which entry a receiver begins that had none yet
     * @param syslog host and port; empty for none
     * @param otlp a URL; empty for none
     * @param identityFile what receivers are shown that ask for a certificate; empty for none
     */
    public record Forward(
            String start,
            String syslog,
            String syslogFormat,
            String syslogAcknowledgedBy,
            String syslogCaFile,
            String otlp,
            String otlpCaFile,
            String identityFile,
            String identityPasswordFile) {}

    /** What holds where the file says nothing: nobody. */
    public static final Forward DEFAULT_FORWARD =
            new Forward("end", "", "rfc5424", "close-notify", "", "", "", "", "");

    /** What holds where the file says nothing: nobody. */
    public static final Timestamp DEFAULT_TIMESTAMP = new Timestamp("", "", Duration.ofHours(24));

    /** What holds where the file says nothing: nothing goes unrecorded, and all is kept. */
    public static final Audit DEFAULT_AUDIT =
            new Audit(
                    Duration.ZERO,
                    StrictChoice.NEVER,
                    "",
                    ReceiptChoice.ALWAYS,
                    Duration.ZERO,
                    DEFAULT_FORWARD,
                    DEFAULT_TIMESTAMP);

    /** When backups are made, for each kind. */
    public record Backup(Backups data, Backups keys) {}

    /**
     * The backups of one kind.
     *
     * @param folder below the site's if it is relative
     * @param every zero for never
     * @param keep for how long one stays
     */
    public record Backups(String folder, Duration every, Duration keep) {}

    /** What holds where the file says nothing. */
    public static final Backup DEFAULT_BACKUP =
            new Backup(
                    new Backups("backups", Duration.ofHours(24), Duration.ofDays(30)),
                    new Backups("key-backups", Duration.ofHours(24), Duration.ofDays(30)));

    /** What holds where the file says nothing. */
    public static final UsageSums.Keeping DEFAULT_USAGE =
            new UsageSums.Keeping(Duration.ofDays(90), Duration.ofDays(3 * 365));

    /** What holds where the file says nothing. */
    public static final String DEFAULT_NAME = "neural-router";

    /** What holds where the file says nothing: a file in the site's folder. */
    public static final Store DEFAULT_STORE = new Store("", "", "", "");

    /** What holds where the file says nothing: reachable from the network, on all of IPv4. */
    public static final Listeners DEFAULT_LISTENERS =
            new Listeners(
                    new Listener("0.0.0.0", 8443),
                    new Listener("0.0.0.0", 9443),
                    new Listener("0.0.0.0", 9444));

    /** What holds where the file says nothing. */
    public static final Limits DEFAULT_LIMITS = new Limits(20 << 20, 32 << 10, 10_000, 5_000);

    /** What holds where the file says nothing. */
    public static final Timeouts DEFAULT_TIMEOUTS =
            new Timeouts(
                    Duration.ofSeconds(10),
                    Duration.ofSeconds(15),
                    Duration.ofSeconds(60),
                    Duration.ofSeconds(30),
                    Duration.ofMinutes(2),
                    Duration.ofSeconds(5),
                    Duration.ofMinutes(2),
                    Duration.ofMinutes(1),
                    Duration.ofMinutes(10),
                    Duration.ofSeconds(3));

    /** What holds where the file says nothing. */
    public static final Duration DEFAULT_SHUTDOWN_NOTICE = Duration.ZERO;

    /** What holds where the file says nothing. */
    public static final Duration DEFAULT_SHUTDOWN_GRACE = Duration.ofSeconds(30);

    private static void checkPositive(String name, Duration duration) {
        if (!duration.isPositive()) {
            throw new IllegalArgumentException(name + " of " + duration + " is not positive");
        }
    }
}
