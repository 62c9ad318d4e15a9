package com.neuralrouter.server.certificate;

import com.neuralrouter.server.metric.Exposition;
import com.neuralrouter.server.metric.MetricFamily;
import com.neuralrouter.server.metric.Metrics;

import java.security.cert.X509Certificate;
import java.util.List;

/** When the certificates end that the listeners show and trust. */
public final class CertificateMetrics implements Metrics {
    private static final MetricFamily END =
            MetricFamily.gauge(
                    "certificate_expiry_timestamp_seconds",
                    "When a certificate ends, in Unix time.",
                    "certificate");

    public static final List<MetricFamily> FAMILIES = List.of(END);

    private static final double MILLIS = 1e3;

    private final ListenerIdentities identities;

    /**
     * @param identities as the listeners were started with them
     */
    public CertificateMetrics(ListenerIdentities identities) {
        this.identities = identities;
    }

    @Override
    public List<MetricFamily> families() {
        return FAMILIES;
    }

    @Override
    public void writeTo(Exposition to) {
        write("inference", identities.inference().leaf(), to);
        write("admin", identities.admin().leaf(), to);
        write("enrolment", identities.enrolment().leaf(), to);
        write("issuing_ca", identities.inference().chain().get(1), to);
        write("root_ca", identities.clientRoot(), to);
    }

    private static void write(String name, X509Certificate certificate, Exposition to) {
        to.add(END, certificate.getNotAfter().getTime() / MILLIS, name);
    }
}
