package com.neuralrouter.desktop.enrol;

import static org.assertj.core.api.Assertions.assertThat;

import com.neuralrouter.certs.csr.CertificateRequest;
import com.neuralrouter.certs.trust.EnrolmentCode;
import com.neuralrouter.certs.trust.Fingerprints;
import com.neuralrouter.certs.trust.Pem;
import com.neuralrouter.contract.DeviceId;
import com.neuralrouter.contract.EnrolDevice;
import com.neuralrouter.contract.EnrolledDevice;
import com.neuralrouter.contract.ProblemCode;
import com.neuralrouter.contract.Role;
import com.neuralrouter.desktop.client.Answer;
import com.neuralrouter.desktop.client.Trouble;
import com.neuralrouter.desktop.support.Golden;
import com.neuralrouter.desktop.support.Samples;
import com.neuralrouter.desktop.support.TlsSite;
import com.sun.net.httpserver.HttpHandler;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import tools.jackson.databind.json.JsonMapper;

import java.security.cert.X509Certificate;
import java.time.Duration;

/** Real handshakes with a stand-in for the enrolment listener. */
class EnrolmentFlowTest {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final byte[] TOKEN = new byte[EnrolmentCode.TOKEN_BYTES];

    private final TlsSite site = new TlsSite();

    @AfterEach
    void close() {
        site.close();
    }

    @Test
    void getsACertificateOverAKeyThatWasMadeHere() {
        var address = site.enrolmentServer(issuing(site, site.root()));

        var answer = new EnrolmentFlow().enrol("localhost", code(address.port(), site.pin()));

        assertThat(answer)
                .isInstanceOfSatisfying(
                        Answer.Ok.class,
                        ok ->
                                assertThat(ok.value())
                                        .isInstanceOfSatisfying(
                                                EnrolmentFlow.Enrolled.class,
                                                enrolled -> {
                                                    assertThat(enrolled.admin())
                                                            .hasToString("localhost:9443");
                                                    assertThat(enrolled.root())
                                                            .isEqualTo(site.root());
                                                    assertThat(
                                                                    Fingerprints.of(
                                                                            enrolled.identity()
                                                                                    .leaf()))
                                                            .isNotEmpty();
                                                }));
    }

    @Test
    void sendsNoTokenToAnApplianceThatIsNotThePinnedOne() {
        try (var stranger = new TlsSite()) {
            var address = stranger.enrolmentServer(issuing(stranger, stranger.root()));

            var answer = new EnrolmentFlow().enrol("localhost", code(address.port(), site.pin()));

            assertThat(trouble(answer)).isInstanceOf(Trouble.ServerNotTrusted.class);
            assertThat(stranger.requests).isEmpty();
        }
    }

    @Test
    void refusesAnAnswerThatBringsAnotherRoot() {
        try (var stranger = new TlsSite()) {
            var address = site.enrolmentServer(issuing(site, stranger.root()));

            var answer = new EnrolmentFlow().enrol("localhost", code(address.port(), site.pin()));

            assertThat(trouble(answer)).isInstanceOf(Trouble.ServerNotTrusted.class);
        }
    }

    @Test
    void refusesACertificateOverAnotherKey() {
        var foreign = site.device(Duration.ofDays(1)).chain();
        var address =
                site.enrolmentServer(
                        TlsSite.answering(
                                201,
                                JSON.writeValueAsString(
                                        enrolled(Pem.write(foreign), site.root()))));

        var answer = new EnrolmentFlow().enrol("localhost", code(address.port(), site.pin()));

        assertThat(trouble(answer)).isInstanceOf(Trouble.NotUnderstood.class);
    }

    @Test
    void tellsThatTheInvitationIsRefused() {
        var problem = Golden.text("Problem").replace("\"invalid_field\"", "\"invitation_refused\"");
        var address = site.enrolmentServer(TlsSite.answering(403, problem));

        var answer = new EnrolmentFlow().enrol("localhost", code(address.port(), site.pin()));

        assertThat(trouble(answer))
                .isInstanceOfSatisfying(
                        Trouble.ByAppliance.class,
                        refusal ->
                                assertThat(refusal.problem().code())
                                        .isEqualTo(ProblemCode.INVITATION_REFUSED));
    }

    @Test
    void tellsThatNobodyIsThere() {
        var address = site.enrolmentServer(issuing(site, site.root()));
        site.close();

        var answer = new EnrolmentFlow().enrol("localhost", code(address.port(), site.pin()));

        assertThat(trouble(answer)).isInstanceOf(Trouble.Unreachable.class);
    }

    private static EnrolmentCode code(int port, byte[] pin) {
        return new EnrolmentCode(port, TOKEN, pin);
    }

    private static HttpHandler issuing(TlsSite site, X509Certificate root) {
        return exchange -> {
            var asked = JSON.readValue(exchange.getRequestBody().readAllBytes(), EnrolDevice.class);
            var request = CertificateRequest.read(asked.certificateRequest());
            var chain = Pem.write(site.sign(request, Duration.ofDays(90)));
            TlsSite.answer(exchange, 201, JSON.writeValueAsString(enrolled(chain, root)));
        };
    }

    private static EnrolledDevice enrolled(String chain, X509Certificate root) {
        return new EnrolledDevice(
                Samples.id(DeviceId::of, 1),
                "Ana Ruiz",
                Role.OWNER,
                "hq-appliance",
                chain,
                Pem.write(root),
                9443);
    }

    private static Trouble trouble(Answer<?> answer) {
        return switch (answer) {
            case Answer.Refused<?>(Trouble trouble) -> trouble;
            case Answer.Ok<?>(var value) -> throw new AssertionError("was enrolled: " + value);
        };
    }
}
