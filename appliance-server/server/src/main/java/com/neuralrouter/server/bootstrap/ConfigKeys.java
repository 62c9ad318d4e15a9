package com.neuralrouter.server.bootstrap;

import com.neuralrouter.server.bootstrap.ApplianceConfig.Limits;
import com.neuralrouter.server.bootstrap.ApplianceConfig.Timeouts;
import com.neuralrouter.server.bootstrap.ConfigKey.Form;
import com.neuralrouter.server.store.VolumeEncryption;
import com.neuralrouter.server.usage.UsageSums;

import java.time.Duration;
import java.util.List;

/** Every key of {@code appliance.yaml}, in the order of the file. */
final class ConfigKeys {
    private static final long SECOND = 1_000;
    private static final long MINUTE = 60 * SECOND;
    private static final long HOUR = 60 * MINUTE;
    private static final long DAY = 24 * HOUR;
    private static final UsageSums.Keeping USAGE = ApplianceConfig.DEFAULT_USAGE;
    private static final ApplianceConfig.Backup BACKUP = ApplianceConfig.DEFAULT_BACKUP;
    private static final ApplianceConfig.Forward FORWARD = ApplianceConfig.DEFAULT_AUDIT.forward();
    private static final ApplianceConfig.Timestamp TIMESTAMP =
            ApplianceConfig.DEFAULT_AUDIT.timestamp();
    private static final Limits LIMITS = ApplianceConfig.DEFAULT_LIMITS;
    private static final Timeouts TIMEOUTS = ApplianceConfig.DEFAULT_TIMEOUTS;

    static final List<ConfigKey> ALL =
            List.of(
                    new ConfigKey(
                            "name",
                            Form.TEXT,
                            1,
                            48,
                            ApplianceConfig.DEFAULT_NAME,
                            "What this appliance is called in the desktop and in its answers to"
                                    + " administrators."),
                    store(
                            "postgresql",
                            400,
                            "The PostgreSQL database that keeps the store, as"
                                    + " postgresql://USER@HOST:PORT/DATABASE; see"
                                    + " docs/how-to/use-postgresql.md. Empty for a file in the"
                                    + " site's folder."),
                    store(
                            "password-file",
                            1000,
                            "The file with the database password, readable by the appliance alone;"
                                    + " a relative path begins at the site's folder. Empty for"
                                    + " systemd's credential postgresql-password if there is one,"
                                    + " otherwise for a server that asks for no password."),
                    store(
                            "ca-file",
                            1000,
                            "The certificates (PEM) of the authority that issued the database"
                                    + " server's. Needed unless the server runs on this machine."),
                    store(
                            "volume-encryption",
                            40,
                            "How the volume of the database server is encrypted with AES-256. The"
                                    + " appliance can't see it, and refuses to keep a store on"
                                    + " PostgreSQL unless the site attests it here with one of "
                                    + String.join(", ", VolumeEncryption.keys())
                                    + "."),
                    address("inference", ApplianceConfig.DEFAULT_LISTENERS.inference()),
                    port("inference", ApplianceConfig.DEFAULT_LISTENERS.inference()),
                    address("admin", ApplianceConfig.DEFAULT_LISTENERS.admin()),
                    port("admin", ApplianceConfig.DEFAULT_LISTENERS.admin()),
                    address("enrolment", ApplianceConfig.DEFAULT_LISTENERS.enrolment()),
                    port("enrolment", ApplianceConfig.DEFAULT_LISTENERS.enrolment()),
                    size(
                            "request-bytes",
                            1 << 10,
                            1 << 30,
                            LIMITS.requestBytes(),
                            "The largest body of an inference request; a larger one is refused"
                                    + " with status 413."),
                    size(
                            "head-bytes",
                            1 << 10,
                            1 << 20,
                            LIMITS.headBytes(),
                            "The largest request line plus headers, on every listener."),
                    count(
                            "connections",
                            100_000,
                            LIMITS.connections(),
                            "How many connections the inference listener keeps at once; further"
                                    + " ones wait to be accepted."),
                    count(
                            "concurrent-requests",
                            100_000,
                            LIMITS.concurrentRequests(),
                            "How many inference requests run at once; a further one is refused"
                                    + " with status 429."),
                    timeout(
                            "handshake",
                            MINUTE,
                            TIMEOUTS.handshake(),
                            "For a client, from connecting to the end of the TLS handshake."),
                    timeout(
                            "request-head",
                            5 * MINUTE,
                            TIMEOUTS.requestHead(),
                            "For a client, to send the request line and the headers."),
                    timeout(
                            "request-body",
                            30 * MINUTE,
                            TIMEOUTS.requestBody(),
                            "For a client, to send the body."),
                    timeout(
                            "client-write",
                            30 * MINUTE,
                            TIMEOUTS.clientWrite(),
                            "For a client, to take what is written to it."),
                    timeout(
                            "idle",
                            HOUR,
                            TIMEOUTS.idle(),
                            "For a kept-alive connection without a request."),
                    timeout(
                            "upstream-connect",
                            MINUTE,
                            TIMEOUTS.upstreamConnect(),
                            "For a provider, to accept a connection and end the TLS handshake."),
                    timeout(
                            "upstream-first-byte",
                            HOUR,
                            TIMEOUTS.upstreamFirstByte(),
                            "For a provider, from the request to the head of its answer. A model"
                                    + " that answers without streaming needs all of its time"
                                    + " here."),
                    timeout(
                            "upstream-between-bytes",
                            HOUR,
                            TIMEOUTS.upstreamBetweenBytes(),
                            "For a provider, between two pieces of its answer."),
                    timeout(
                            "upstream-total",
                            6 * HOUR,
                            TIMEOUTS.upstreamTotal(),
                            "For a request as a whole, the attempts at all upstreams together."),
                    timeout(
                            "heartbeat",
                            5 * MINUTE,
                            TIMEOUTS.heartbeat(),
                            "How long a stream to a client may be silent before a comment line is"
                                    + " sent, by which a client that is gone is noticed."),
                    new ConfigKey(
                            "audit.requests-without-log",
                            Form.DURATION,
                            0,
                            HOUR,
                            written(ApplianceConfig.DEFAULT_AUDIT.requestsWithoutLog()),
                            "For how long inference requests are still taken while the audit log"
                                    + " can't be written; what they leave behind then waits in the"
                                    + " journal. 0s for not at all. Changes to the site are never"
                                    + " taken without it."),
                    new ConfigKey(
                            "audit.strict",
                            Form.TEXT,
                            0,
                            20,
                            ApplianceConfig.DEFAULT_AUDIT.strict(),
                            "Whether the record that a request begins is forced to the disk before"
                                    + " anything of it leaves for a provider: before-egress, or"
                                    + " never. Without it the record survives the end of the"
                                    + " process, and a loss of power may take those of the last"
                                    + " seconds."),
                    new ConfigKey(
                            "audit.counter-file",
                            Form.TEXT,
                            0,
                            1000,
                            ApplianceConfig.DEFAULT_AUDIT.counterFile(),
                            "A file on another disk that remembers how long the audit log is, so"
                                    + " that a copy of the whole machine that is put back is"
                                    + " noticed at its start. Empty for none."),
                    new ConfigKey(
                            "audit.receipts",
                            Form.TEXT,
                            0,
                            20,
                            ApplianceConfig.DEFAULT_AUDIT.receipts(),
                            "Whether apps get a signed receipt with each answer: always, or"
                                    + " never."),
                    new ConfigKey(
                            "audit.keep",
                            Form.DURATION,
                            0,
                            100 * 365 * DAY,
                            written(ApplianceConfig.DEFAULT_AUDIT.keep()),
                            "For how long the readable entries of the audit list are kept, but for"
                                    + " those under a legal hold; see"
                                    + " docs/how-to/keep-and-erase-audit-entries.md. The log"
                                    + " itself stays, and every proof with it. 0s for ever."),
                    timestamp(
                            "url",
                            TIMESTAMP.url(),
                            "The timestamp authority (RFC 3161) that stamps the log's checkpoints,"
                                    + " as a URL. Empty for none."),
                    timestamp(
                            "ca-file",
                            TIMESTAMP.caFile(),
                            "The certificates (PEM) of the authorities whose timestamps are"
                                    + " believed, and whose https if the URL is one; a relative"
                                    + " path begins at the site's folder."),
                    new ConfigKey(
                            "audit.timestamp.every",
                            Form.DURATION,
                            MINUTE,
                            365 * DAY,
                            written(TIMESTAMP.every()),
                            "How often a checkpoint is stamped."),
                    forward(
                            "syslog",
                            FORWARD.syslog(),
                            "The syslog receiver, as HOST:PORT; TLS (RFC 5425, port 6514) always."
                                    + " Empty for none."),
                    forward(
                            "syslog-format",
                            FORWARD.syslogFormat(),
                            "What a message carries: rfc5424 for the entry's JSON, cef for a line"
                                    + " of ArcSight's Common Event Format."),
                    forward(
                            "syslog-acknowledged-by",
                            FORWARD.syslogAcknowledgedBy(),
                            "What says that the receiver has read a connection to its end:"
                                    + " close-notify, as RFC 5425 demands, or tcp-end for a"
                                    + " receiver that never sends one; see"
                                    + " docs/how-to/forward-the-audit-log.md."),
                    forward(
                            "syslog-ca-file",
                            FORWARD.syslogCaFile(),
                            "The certificates (PEM) of the authority that issued the syslog"
                                    + " receiver's; a relative path begins at the site's"
                                    + " folder."),
                    forward(
                            "otlp",
                            FORWARD.otlp(),
                            "The OTLP/HTTP receiver of logs, as an https URL with its path"
                                    + " (/v1/logs). Empty for none."),
                    forward(
                            "otlp-ca-file",
                            FORWARD.otlpCaFile(),
                            "The certificates (PEM) of the authority that issued the OTLP"
                                    + " receiver's."),
                    forward(
                            "identity-file",
                            FORWARD.identityFile(),
                            "A key and its certificate (PKCS#12) for receivers that ask for one."
                                    + " Empty for none."),
                    forward(
                            "identity-password-file",
                            FORWARD.identityPasswordFile(),
                            "The file with the password of identity-file."),
                    forward(
                            "start",
                            FORWARD.start(),
                            "With which entry a receiver begins that has no position yet, or lost"
                                    + " it: end for those that come, beginning for all."),
                    folder("data", BACKUP.data(), "The folder of the backups of the data"),
                    every("data", BACKUP.data(), "a backup of the data"),
                    keep("data", BACKUP.data(), "the data"),
                    folder("keys", BACKUP.keys(), "The folder of the backups of the keys"),
                    every("keys", BACKUP.keys(), "a backup of the keys"),
                    keep("keys", BACKUP.keys(), "the keys"),
                    usage("records", USAGE.keepRecords(), "the record of each request is"),
                    usage("sums", USAGE.keepSums(), "the sums by hour and day, for reports, are"),
                    new ConfigKey(
                            "shutdown-notice",
                            Form.DURATION,
                            0,
                            10 * MINUTE,
                            written(ApplianceConfig.DEFAULT_SHUTDOWN_NOTICE),
                            "For how long an appliance that is told to stop still takes requests"
                                    + " while GET /healthz says that it is stopping, so that load"
                                    + " balancers send no more. 0s for not at all."),
                    new ConfigKey(
                            "shutdown-grace",
                            Form.DURATION,
                            SECOND,
                            HOUR,
                            written(ApplianceConfig.DEFAULT_SHUTDOWN_GRACE),
                            "How long a stopping appliance lets the requests under way end."));

    private ConfigKeys() {}

    private static ConfigKey forward(String name, String standard, String about) {
        return new ConfigKey("audit.forward." + name, Form.TEXT, 0, 1000, standard, about);
    }

    private static ConfigKey timestamp(String name, String standard, String about) {
        return new ConfigKey("audit.timestamp." + name, Form.TEXT, 0, 1000, standard, about);
    }

    private static ConfigKey folder(String name, ApplianceConfig.Backups standard, String what) {
        return new ConfigKey(
                "backup." + name + ".folder",
                Form.TEXT,
                1,
                1000,
                standard.folder(),
                what
                        + "; one without a leading '/' is below the site's folder. Better on"
                        + " another disk.");
    }

    private static ConfigKey every(String name, ApplianceConfig.Backups standard, String what) {
        return new ConfigKey(
                "backup." + name + ".every",
                Form.DURATION,
                0,
                365 * DAY,
                written(standard.every()),
                "How often " + what + " is made; 0s for never.");
    }

    private static ConfigKey usage(String name, Duration standard, String what) {
        String about = "For how long " + what + " kept. 0s for ever.";
        return new ConfigKey(
                "usage.keep-" + name, Form.DURATION, 0, 100 * 365 * DAY, written(standard), about);
    }

    private static ConfigKey keep(String name, ApplianceConfig.Backups standard, String what) {
        return new ConfigKey(
                "backup." + name + ".keep",
                Form.DURATION,
                HOUR,
                3650 * DAY,
                written(standard.keep()),
                "For how long a backup of "
                        + what
                        + " stays; older ones are removed when a new one was made, the newest"
                        + " never.");
    }

    private static ConfigKey store(String name, long most, String about) {
        return new ConfigKey("store." + name, Form.TEXT, 0, most, "", about);
    }

    private static ConfigKey address(String listener, ApplianceConfig.Listener standard) {
        return new ConfigKey(
                "listeners." + listener + ".host",
                Form.ADDRESS,
                1,
                253,
                standard.host(),
                "The address it binds to: 0.0.0.0 for all of this machine's IPv4 addresses, '::'"
                        + " for all there are, 127.0.0.1 for this machine only.");
    }

    private static ConfigKey port(String listener, ApplianceConfig.Listener standard) {
        return new ConfigKey(
                "listeners." + listener + ".port",
                Form.NUMBER,
                0,
                65_535,
                "" + standard.port(),
                "The TCP port; 0 lets the system choose one that is free.");
    }

    private static ConfigKey size(String name, long least, long most, int standard, String about) {
        String written = ConfigKey.size(standard);
        return new ConfigKey("limits." + name, Form.SIZE, least, most, written, about);
    }

    private static ConfigKey count(String name, long most, int standard, String about) {
        return new ConfigKey("limits." + name, Form.NUMBER, 1, most, "" + standard, about);
    }

    private static ConfigKey timeout(String name, long most, Duration standard, String about) {
        return new ConfigKey(
                "timeouts." + name, Form.DURATION, 100, most, written(standard), about);
    }

    private static String written(Duration duration) {
        return ConfigKey.duration(duration.toMillis());
    }
}
