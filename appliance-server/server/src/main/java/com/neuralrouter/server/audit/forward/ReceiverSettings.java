package com.neuralrouter.server.audit.forward;

import com.neuralrouter.certs.trust.TlsIdentity;

import org.jspecify.annotations.Nullable;

import java.net.URI;
import java.security.cert.X509Certificate;
import java.util.List;

/** Where entries go, and in which form. An instance that exists can be connected to, or tried. */
public sealed interface ReceiverSettings {

    /** What its position file, its state and its log lines are called. */
    String name();

    /** Where it is, for people. */
    String place();

    /**
     * How TLS to it is checked.
     *
     * @param authorities who may have issued the receiver's certificate
     * @param identity what this appliance shows when it is asked for a certificate; null for none
     */
    record Tls(List<X509Certificate> authorities, @Nullable TlsIdentity identity) {
        public Tls {
            authorities = List.copyOf(authorities);
            if (authorities.isEmpty()) {
                throw new IllegalArgumentException("no authority is trusted");
            }
        }
    }

    /** Syslog over TLS. */
    record Syslog(String host, int port, Payload payload, End end, Tls tls)
            implements ReceiverSettings {
        public Syslog {
            if (host.isEmpty() || port < 1 || port > 65_535) {
                throw new IllegalArgumentException(
                        "'" + host + "' and port " + port + " are no syslog receiver");
            }
        }

        @Override
        public String name() {
            return "syslog";
        }

        @Override
        public String place() {
            return (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + port;
        }
    }

    /** OTLP/HTTP with JSON. */
    record Otlp(URI logs, Tls tls) implements ReceiverSettings {
        public Otlp {
            if (!"https".equals(logs.getScheme())
                    || logs.getHost() == null
                    || logs.getUserInfo() != null
                    || logs.getFragment() != null) {
                throw new IllegalArgumentException("no https URL of a host alone");
            }
        }

        @Override
        public String name() {
            return "otlp";
        }

        @Override
        public String place() {
            return logs.getHost() + (logs.getPort() < 0 ? "" : ":" + logs.getPort());
        }
    }

    /** What a syslog message carries. */
    enum Payload {
        /** The leaf's JSON as it is. */
        JSON,

        /** A line of CEF, with the leaf in one of its extensions. */
        CEF
    }

    /** What of a connection's end says that the receiver has read everything. */
    enum End {
        /** Its TLS close_notify, which RFC 5425, section 4.4, demands of it. */
        CLOSE_NOTIFY,

        /** That it ends the TCP connection in order; for receivers that break that rule. */
        FIN
    }
}
