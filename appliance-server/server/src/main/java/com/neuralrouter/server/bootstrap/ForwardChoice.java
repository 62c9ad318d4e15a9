package com.neuralrouter.server.bootstrap;

import com.neuralrouter.certs.trust.CertificateProblem;
import com.neuralrouter.certs.trust.Pem;
import com.neuralrouter.certs.trust.TlsIdentity;
import com.neuralrouter.server.audit.forward.AuditForwarding;
import com.neuralrouter.server.audit.forward.ForwardUnusable;
import com.neuralrouter.server.audit.forward.ReceiverSettings;
import com.neuralrouter.server.audit.forward.ReceiverSettings.End;
import com.neuralrouter.server.audit.forward.ReceiverSettings.Payload;
import com.neuralrouter.server.audit.forward.ReceiverSettings.Tls;
import com.neuralrouter.server.audit.forward.Sender;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** To whom a site forwards its audit log, according to its {@code appliance.yaml}. */
final class ForwardChoice {
    private static final Pattern ADDRESS =
            Pattern.compile("(?:\\[([0-9A-Fa-f:.]+)]|([A-Za-z0-9._-]{1,253})):([0-9]{1,5})");
    private static final Map<String, AuditForwarding.Start> STARTS =
            Map.of("end", AuditForwarding.Start.END, "beginning", AuditForwarding.Start.BEGINNING);
    private static final Map<String, Payload> FORMATS =
            Map.of("rfc5424", Payload.JSON, "cef", Payload.CEF);
    private static final Map<String, End> ENDS =
            Map.of("close-notify", End.CLOSE_NOTIFY, "tcp-end", End.FIN);

    private ForwardChoice() {}

    /**
     * What to make the forwarding of. Throws {@link ForwardUnusable} if a file can't be used; what
     * is wrong in the configuration itself was refused when it was read.
     */
    static AuditForwarding.Settings of(
            SiteFolder site, ApplianceConfig.Forward config, Sender sender) {
        List<ReceiverSettings> receivers = new ArrayList<>();
        if (!config.syslog().isEmpty()) {
            Matcher address = address(config.syslog());
            receivers.add(
                    new ReceiverSettings.Syslog(
                            host(address),
                            port(address),
                            format(config.syslogFormat()),
                            end(config.syslogAcknowledgedBy()),
                            tls(site, config, config.syslogCaFile())));
        }
        if (!config.otlp().isEmpty()) {
            receivers.add(
                    new ReceiverSettings.Otlp(
                            otlp(config.otlp()), tls(site, config, config.otlpCaFile())));
        }
        return new AuditForwarding.Settings(
                receivers,
                start(config.start()),
                sender,
                site.root().resolve("audit").resolve("forward"));
    }

    static AuditForwarding.Start start(String written) {
        return oneOf(STARTS, written);
    }

    static Payload format(String written) {
        return oneOf(FORMATS, written);
    }

    static End end(String written) {
        return oneOf(ENDS, written);
    }

    /** Host and port; throws {@link IllegalArgumentException} for anything else. */
    static Matcher address(String written) {
        Matcher address = ADDRESS.matcher(written);
        if (!address.matches() || port(address) < 1 || port(address) > 65_535) {
            throw new IllegalArgumentException(
                    "'"
                            + written
                            + "' is no receiver; write HOST:PORT, as in siem.example.org:6514");
        }
        return address;
    }

    static URI otlp(String written) {
        try {
            URI uri = new URI(written);
            boolean secure = "https".equalsIgnoreCase(uri.getScheme()) && uri.getHost() != null;
            if (secure && uri.getUserInfo() == null && uri.getFragment() == null) {
                return uri;
            }
        } catch (URISyntaxException _) {
            // Told below, as everything else that is none.
        }
        throw new IllegalArgumentException(
                "this is no OTLP receiver; write an https URL without a name or a password in it,"
                        + " as in https://collector.example.org:4318/v1/logs");
    }

    private static String host(Matcher address) {
        return address.group(1) == null ? address.group(2) : address.group(1);
    }

    private static int port(Matcher address) {
        return Integer.parseInt(address.group(3));
    }

    private static <T> T oneOf(Map<String, T> words, String written) {
        T found = words.get(written);
        if (found == null) {
            throw new IllegalArgumentException(
                    "'"
                            + written
                            + "' is none of "
                            + String.join(", ", words.keySet().stream().sorted().toList()));
        }
        return found;
    }

    private static Tls tls(SiteFolder site, ApplianceConfig.Forward config, String caFile) {
        Path authorities = site.root().resolve(caFile);
        try {
            return new Tls(Pem.certificates(Files.readString(authorities)), identity(site, config));
        } catch (IOException | CertificateProblem failure) {
            throw new ForwardUnusable(
                    "The receiver's authorities can't be read from '%s'; put their certificates there as PEM."
                            .formatted(authorities),
                    failure);
        }
    }

    private static @Nullable TlsIdentity identity(SiteFolder site, ApplianceConfig.Forward config) {
        if (config.identityFile().isEmpty()) {
            return null;
        }
        Path file = site.root().resolve(config.identityFile());
        Path password = site.root().resolve(config.identityPasswordFile());
        char[] secret = new char[0];
        try {
            secret = Files.readString(password).strip().toCharArray();
            return TlsIdentity.ofPkcs12(Files.readAllBytes(file), secret);
        } catch (IOException | CertificateProblem failure) {
            throw new ForwardUnusable(
                    "This appliance's identity for receivers can't be opened: '%s' must be PKCS#12 with the password in '%s'."
                            .formatted(file, password),
                    failure);
        } finally {
            Arrays.fill(secret, '\0');
        }
    }
}
