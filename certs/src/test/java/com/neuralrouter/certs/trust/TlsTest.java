package com.neuralrouter.certs.trust;

import static org.assertj.core.api.Assertions.assertThat;

import com.neuralrouter.certs.Handshake;
import com.neuralrouter.certs.Handshake.Outcome;
import com.neuralrouter.certs.Pki;

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

import java.time.Duration;

/** Real handshakes over loopback. */
class TlsTest {
    private final Pki site = Pki.now();
    private final PinnedTrust byPin = PinnedTrust.ofPin(Fingerprints.pin(site.root()));
    private final PinnedTrust byRoot = PinnedTrust.ofRoot(site.root());

    @Nested
    class DuringEnrolment {
        @Test
        void findsTheSiteByItsPin() throws Exception {
            Outcome outcome =
                    Handshake.between(
                            byPin.context(), "localhost", site.serverWithRoot("localhost"));

            assertThat(outcome.succeeded()).as(outcome.why()).isTrue();
        }

        @Test
        void leavesBeforeTheTokenIsSentToAnImpostor() throws Exception {
            Outcome outcome =
                    Handshake.between(
                            byPin.context(), "localhost", Pki.now().serverWithRoot("localhost"));

            assertThat(outcome.why()).contains("not the appliance");
            assertThat(outcome.received()).isZero();
        }

        @Test
        void isNotFooledByAnImpostorThatShowsTheRealRoot() throws Exception {
            Pki impostor = Pki.now();

            Outcome outcome =
                    Handshake.between(
                            byPin.context(),
                            "localhost",
                            site.withRoot(impostor.server("localhost")));

            assertThat(outcome.succeeded()).isFalse();
            assertThat(outcome.received()).isZero();
        }

        @Test
        void refusesAChainWithoutItsRoot() throws Exception {
            Outcome outcome =
                    Handshake.between(byPin.context(), "localhost", site.server("localhost"));

            assertThat(outcome.why()).contains("not the appliance");
        }

        @Test
        void refusesAnotherHostName() throws Exception {
            Outcome outcome =
                    Handshake.between(
                            byPin.context(), "localhost", site.serverWithRoot("other.test"));

            assertThat(outcome.why()).contains("localhost");
            assertThat(outcome.received()).isZero();
        }

        @Test
        void refusesAConnectionThatForgotTheNameCheck() throws Exception {
            Outcome outcome =
                    Handshake.withoutNameCheck(
                            byPin.context(), "localhost", site.serverWithRoot("localhost"));

            assertThat(outcome.why()).contains("without the name check");
        }
    }

    @Nested
    class Afterwards {
        @Test
        void trustsTheSiteByNameAndByAddress() throws Exception {
            TlsIdentity server = site.server("localhost", "127.0.0.1", "::1");

            assertThat(Handshake.between(byRoot.context(), "localhost", server).why()).isEmpty();
            assertThat(Handshake.between(byRoot.context(), "127.0.0.1", server).why()).isEmpty();
        }

        @Test
        void refusesAnotherSite() throws Exception {
            Outcome outcome =
                    Handshake.between(byRoot.context(), "localhost", Pki.now().server("localhost"));

            assertThat(outcome.succeeded()).isFalse();
            assertThat(outcome.received()).isZero();
        }

        @Test
        void refusesAnExpiredCertificate() throws Exception {
            Pki old = Pki.past(Duration.ofDays(398));

            Outcome outcome =
                    Handshake.between(
                            PinnedTrust.ofRoot(old.root()).context(),
                            "localhost",
                            old.server("localhost"));

            assertThat(outcome.why()).contains("expired");
        }

        @Test
        void refusesAServerThatShowsADevicesCertificate() throws Exception {
            Outcome outcome =
                    Handshake.between(byRoot.context(), "localhost", site.client("localhost"));

            assertThat(outcome.why()).contains("Extended key usage");
        }

        @Test
        void refusesAnotherAddress() throws Exception {
            Outcome outcome =
                    Handshake.between(byRoot.context(), "127.0.0.1", site.server("10.0.0.1"));

            assertThat(outcome.succeeded()).isFalse();
        }
    }

    @Nested
    class ClientsOfTheAdminListener {
        private final TlsIdentity server = site.server("localhost");

        private Outcome connect(TlsIdentity client) throws Exception {
            return Handshake.between(
                    byRoot.context(client),
                    "localhost",
                    server,
                    PinnedTrust.ofClients(site.root()));
        }

        @Test
        void areTakenWithACertificateOfTheSite() throws Exception {
            Outcome outcome = connect(site.client("Alice's laptop"));

            assertThat(outcome.succeeded()).as(outcome.why()).isTrue();
        }

        @Test
        void areRefusedWithoutACertificate() throws Exception {
            Outcome outcome =
                    Handshake.between(
                            byRoot.context(),
                            "localhost",
                            server,
                            PinnedTrust.ofClients(site.root()));

            assertThat(outcome.succeeded()).isFalse();
            assertThat(outcome.received()).isZero();
        }

        @Test
        void areRefusedWithACertificateOfAnotherSiteOfTheSameName() throws Exception {
            Outcome outcome = connect(Pki.now().client("Mallory"));

            assertThat(outcome.succeeded()).isFalse();
            assertThat(outcome.received()).isZero();
        }

        @Test
        void areRefusedWithAServersCertificate() throws Exception {
            Outcome outcome = connect(site.server("localhost"));

            assertThat(outcome.succeeded()).isFalse();
            assertThat(outcome.received()).isZero();
        }

        @Test
        void areRefusedWithAnExpiredCertificate() throws Exception {
            Pki old = Pki.past(Duration.ofDays(91));

            Outcome outcome =
                    Handshake.between(
                            PinnedTrust.ofRoot(old.root()).context(old.client("Bob")),
                            "localhost",
                            old.server("localhost"),
                            PinnedTrust.ofClients(old.root()));

            assertThat(outcome.succeeded()).isFalse();
            assertThat(outcome.received()).isZero();
        }
    }
}
