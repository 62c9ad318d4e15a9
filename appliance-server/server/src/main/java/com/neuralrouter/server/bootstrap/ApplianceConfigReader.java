package com.neuralrouter.server.bootstrap;

import com.neuralrouter.server.bootstrap.ApplianceConfig.Audit;
import com.neuralrouter.server.bootstrap.ApplianceConfig.Backup;
import com.neuralrouter.server.bootstrap.ApplianceConfig.Backups;
import com.neuralrouter.server.bootstrap.ApplianceConfig.Forward;
import com.neuralrouter.server.bootstrap.ApplianceConfig.Limits;
import com.neuralrouter.server.bootstrap.ApplianceConfig.Listener;
import com.neuralrouter.server.bootstrap.ApplianceConfig.Listeners;
import com.neuralrouter.server.bootstrap.ApplianceConfig.Store;
import com.neuralrouter.server.bootstrap.ApplianceConfig.Timeouts;
import com.neuralrouter.server.bootstrap.ApplianceConfig.Timestamp;
import com.neuralrouter.server.store.PostgresAddress;
import com.neuralrouter.server.store.VolumeEncryption;
import com.neuralrouter.server.usage.UsageSums;
import com.neuralrouter.server.yaml.YamlFile;
import com.neuralrouter.server.yaml.YamlMapping;
import com.neuralrouter.server.yaml.YamlValue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Reads {@code appliance.yaml}. All that is wrong in the file is told at once, each with its line,
 * its column and what to do; see {@link ConfigKeys} for the keys.
 */
public final class ApplianceConfigReader {
    private final Map<String, Object> values = new HashMap<>();
    private final Map<String, YamlValue> written = new HashMap<>();

    private ApplianceConfigReader() {}

    /**
     * Reads the file. Throws {@link com.neuralrouter.server.yaml.YamlRefused} if anything in it is
     * wrong, and {@link IOException} if it is not there or can't be read.
     */
    public static ApplianceConfig read(Path file) throws IOException {
        return read(file.toString(), Files.readString(file));
    }

    /**
     * Reads a text.
     *
     * @param file what messages call it
     */
    public static ApplianceConfig read(String file, String text) {
        return new ApplianceConfigReader().config(new YamlFile(file, text));
    }

    private ApplianceConfig config(YamlFile file) {
        for (ConfigKey key : ConfigKeys.ALL) {
            values.put(key.path(), key.parse(key.standard()));
        }
        readSection(file.top());
        checkStore();
        checkForward();
        checkPorts();
        checkOrder("timeouts.upstream-connect", "timeouts.upstream-total");
        checkOrder("timeouts.upstream-first-byte", "timeouts.upstream-total");
        file.refuseIfWrong();
        return assembled();
    }

    private void readSection(YamlMapping section) {
        String path = section.path();
        var known = new LinkedHashSet<String>();
        for (ConfigKey key : ConfigKeys.ALL) {
            if (key.section().equals(path)) {
                known.add(key.name());
                section.value(key.name()).ifPresent(value -> readValue(key, value));
            }
        }
        for (String below : ConfigSections.ALL.keySet()) {
            int dot = below.lastIndexOf('.');
            if (path.equals(dot < 0 ? "" : below.substring(0, dot))) {
                String name = below.substring(dot + 1);
                known.add(name);
                section.value(name).flatMap(YamlValue::mapping).ifPresent(this::readSection);
            }
        }
        section.onlyKeys(known);
    }

    private void readValue(ConfigKey key, YamlValue value) {
        Optional<String> text = key.form() == ConfigKey.Form.TEXT ? value.text() : value.word();
        if (text.isPresent()) {
            try {
                values.put(key.path(), key.parse(text.get()));
                written.put(key.path(), value);
            } catch (IllegalArgumentException e) {
                value.wrong(String.valueOf(e.getMessage()));
            }
        }
    }

    /** Everything that would keep {@link StoreChoice} from making a place of it. */
    private void checkStore() {
        if (store().postgresql().isEmpty()) {
            return;
        }
        try {
            PostgresAddress address = PostgresAddress.parse(store().postgresql());
            if (!address.loopback() && store().caFile().isEmpty()) {
                complainOfStore(
                        "is reached over a network, so its certificate must be checked: name the"
                                + " authority that issued it in store.ca-file");
            }
        } catch (IllegalArgumentException unreadable) {
            complainOfStore(String.valueOf(unreadable.getMessage()));
        }
        if (VolumeEncryption.of(store().volumeEncryption()).isEmpty()) {
            complainOfStore(
                    "is kept on a volume that must be encrypted with AES-256; attest how in"
                            + " store.volume-encryption with one of "
                            + String.join(", ", VolumeEncryption.keys()));
        }
    }

    private void complainOfStore(String message) {
        YamlValue at = written.get("store.postgresql");
        if (at != null) {
            at.wrong(message);
        }
    }

    private Store store() {
        return new Store(
                (String) value("store.postgresql"),
                (String) value("store.password-file"),
                (String) value("store.ca-file"),
                (String) value("store.volume-encryption"));
    }

    /**
     * Everything that would keep {@link ForwardChoice} from making receivers of it, and {@link
     * TimestampChoice} an authority.
     */
    private void checkForward() {
        Forward forward = forward();
        checkWord("audit.strict", StrictChoice::of);
        checkWord("audit.receipts", ReceiptChoice::wanted);
        checkWord("audit.forward.start", ForwardChoice::start);
        checkWord("audit.forward.syslog-format", ForwardChoice::format);
        checkWord("audit.forward.syslog-acknowledged-by", ForwardChoice::end);
        if (!forward.syslog().isEmpty()) {
            checkWord("audit.forward.syslog", ForwardChoice::address);
            checkGoesWith("audit.forward.syslog", "audit.forward.syslog-ca-file");
        }
        if (!forward.otlp().isEmpty()) {
            checkWord("audit.forward.otlp", ForwardChoice::otlp);
            checkGoesWith("audit.forward.otlp", "audit.forward.otlp-ca-file");
        }
        if (!timestamp().url().isEmpty()) {
            checkWord("audit.timestamp.url", TimestampChoice::url);
            checkGoesWith("audit.timestamp.url", "audit.timestamp.ca-file");
        }
        if (!forward.identityFile().isEmpty()) {
            checkGoesWith("audit.forward.identity-file", "audit.forward.identity-password-file");
        }
    }

    private void checkWord(String path, Consumer<String> reads) {
        try {
            reads.accept((String) value(path));
        } catch (IllegalArgumentException wrong) {
            YamlValue at = written.get(path);
            if (at != null) {
                at.wrong(String.valueOf(wrong.getMessage()));
            }
        }
    }

    private void checkGoesWith(String path, String other) {
        YamlValue at = written.get(path);
        if (at != null && ((String) value(other)).isEmpty()) {
            at.wrong("needs " + other + " as well");
        }
    }

    /**
     * Two listeners can't have one port, whatever address each binds to: apps would mix them up.
     */
    private void checkPorts() {
        var taken = new HashMap<Integer, String>();
        for (String listener : List.of("inference", "admin", "enrolment")) {
            String path = "listeners." + listener + ".port";
            String before = number(path) == 0 ? null : taken.putIfAbsent(number(path), path);
            if (before != null) {
                complain(
                        path,
                        before,
                        "port " + number(path) + " is taken by %s already; give each its own");
            }
        }
    }

    private void checkOrder(String shorter, String longer) {
        if (duration(shorter).compareTo(duration(longer)) > 0) {
            complain(shorter, longer, "is longer than %s, so it could never pass; shorten it");
        }
    }

    /** Tells it at the first of the two keys that is written in the file. */
    private void complain(String path, String other, String message) {
        YamlValue at = written.get(path);
        YamlValue otherAt = written.get(other);
        if (at != null) {
            at.wrong(message.formatted(other));
        } else if (otherAt != null) {
            otherAt.wrong("does not go together with " + path + ", which is left at its default");
        }
    }

    private ApplianceConfig assembled() {
        return new ApplianceConfig(
                (String) value("name"),
                store(),
                new Listeners(listener("inference"), listener("admin"), listener("enrolment")),
                new Limits(
                        number("limits.request-bytes"),
                        number("limits.head-bytes"),
                        number("limits.connections"),
                        number("limits.concurrent-requests")),
                new Timeouts(
                        duration("timeouts.handshake"),
                        duration("timeouts.request-head"),
                        duration("timeouts.request-body"),
                        duration("timeouts.client-write"),
                        duration("timeouts.idle"),
                        duration("timeouts.upstream-connect"),
                        duration("timeouts.upstream-first-byte"),
                        duration("timeouts.upstream-between-bytes"),
                        duration("timeouts.upstream-total"),
                        duration("timeouts.heartbeat")),
                new Audit(
                        duration("audit.requests-without-log"),
                        (String) value("audit.strict"),
                        (String) value("audit.counter-file"),
                        (String) value("audit.receipts"),
                        duration("audit.keep"),
                        forward(),
                        timestamp()),
                new Backup(backups("data"), backups("keys")),
                new UsageSums.Keeping(duration("usage.keep-records"), duration("usage.keep-sums")),
                duration("shutdown-notice"),
                duration("shutdown-grace"));
    }

    private Forward forward() {
        return new Forward(
                (String) value("audit.forward.start"),
                (String) value("audit.forward.syslog"),
                (String) value("audit.forward.syslog-format"),
                (String) value("audit.forward.syslog-acknowledged-by"),
                (String) value("audit.forward.syslog-ca-file"),
                (String) value("audit.forward.otlp"),
                (String) value("audit.forward.otlp-ca-file"),
                (String) value("audit.forward.identity-file"),
                (String) value("audit.forward.identity-password-file"));
    }

    private Timestamp timestamp() {
        return new Timestamp(
                (String) value("audit.timestamp.url"),
                (String) value("audit.timestamp.ca-file"),
                duration("audit.timestamp.every"));
    }

    private Backups backups(String kind) {
        return new Backups(
                (String) value("backup." + kind + ".folder"),
                duration("backup." + kind + ".every"),
                duration("backup." + kind + ".keep"));
    }

    private Listener listener(String name) {
        return new Listener(
                (String) value("listeners." + name + ".host"),
                number("listeners." + name + ".port"));
    }

    private int number(String path) {
        return (Integer) value(path);
    }

    private Duration duration(String path) {
        return (Duration) value(path);
    }

    private Object value(String path) {
        return Objects.requireNonNull(values.get(path), path);
    }
}
