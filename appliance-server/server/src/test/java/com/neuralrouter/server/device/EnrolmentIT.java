package com.neuralrouter.server.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.neuralrouter.certs.ca.ClientName;
import com.neuralrouter.certs.csr.CertificateRequest;
import com.neuralrouter.certs.csr.DeviceKey;
import com.neuralrouter.certs.trust.EnrolmentCode;
import com.neuralrouter.certs.trust.Fingerprints;
import com.neuralrouter.certs.trust.Pem;
import com.neuralrouter.certs.trust.PinnedTrust;
import com.neuralrouter.certs.trust.TlsIdentity;
import com.neuralrouter.contract.AdminApi;
import com.neuralrouter.contract.AuditEntry.Outcome;
import com.neuralrouter.contract.CreateInvitation;
import com.neuralrouter.contract.Device;
import com.neuralrouter.contract.DeviceId;
import com.neuralrouter.contract.EnrolledDevice;
import com.neuralrouter.contract.Problem;
import com.neuralrouter.contract.ProblemCode;
import com.neuralrouter.contract.Role;
import com.neuralrouter.server.device.DeviceSite.Answer;
import com.neuralrouter.server.listener.Plane;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;

/** From the invitation to the first administrative request and to the revocation, over real TLS. */
@Tag("store")
class EnrolmentIT {
    private static final String REVOKE_OF = AdminApi.DEVICES + "/%s" + AdminApi.REVOKE;

    @TempDir Path folder;
    private DeviceSite site;

    @BeforeEach
    void start() throws IOException {
        site = new DeviceSite(folder);
    }

    @AfterEach
    void stop() {
        site.close();
    }

    @Test
    void aDeviceEnrolsWithNothingButItsCodeAndIsKnownAtOnce() throws Exception {
        EnrolmentCode code = site.invite("Alice's laptop", Role.MEMBER);
        DeviceKey key = DeviceKey.generate();

        Answer answer = site.enrol(code, key);

        assertThat(answer.status()).as(answer.body()).isEqualTo(201);
        EnrolledDevice enrolled = answer.as(EnrolledDevice.class);
        assertThat(enrolled.name()).isEqualTo("Alice's laptop");
        assertThat(enrolled.role()).isEqualTo(Role.MEMBER);
        assertThat(enrolled.applianceName()).isEqualTo("appliance-1");
        assertThat(enrolled.adminPort()).isEqualTo(site.port(Plane.ADMIN));
        assertThat(Fingerprints.pin(Pem.certificate(enrolled.rootCertificate())))
                .isEqualTo(code.pin());
        TlsIdentity device = identity(key, enrolled);
        assertThat(device.chain()).hasSize(2);
        Answer list = site.get(site.client(device), AdminApi.DEVICES);
        assertThat(list.status()).isEqualTo(200);
        assertThat(list.body()).contains(Fingerprints.of(device.leaf()), "Operator");
    }

    @Test
    void allFailuresLookTheSameToTheirSenderAndAreToldApartInTheTrail() throws Exception {
        EnrolmentCode used = site.invite("Used", Role.MEMBER);
        site.enrol(used, DeviceKey.generate());
        EnrolmentCode open = site.invite("Open", Role.MEMBER);
        byte[] wrong = open.token();
        wrong[15] ^= 1;
        EnrolmentCode expired = site.invite("Expired", Role.MEMBER);
        String request = CertificateRequest.of(DeviceKey.generate()).pem();

        List<Answer> answers = new ArrayList<>();
        answers.add(site.enrol(open, "no token at all", request));
        answers.add(site.enrol(open, text(new byte[16]), request));
        answers.add(site.enrol(open, text(wrong), request));
        answers.add(site.enrol(open, open.tokenText(), "no request"));
        answers.add(site.enrol(used, DeviceKey.generate()));
        site.clock.advance(Duration.ofMinutes(15));
        answers.add(site.enrol(expired, DeviceKey.generate()));

        assertThat(answers)
                .allSatisfy(answer -> {
                    assertThat(answer.status()).isEqualTo(403);
                    Problem problem = answer.as(Problem.class);
                    assertThat(problem.code()).isEqualTo(ProblemCode.INVITATION_REFUSED);
                    assertThat(answer.body().replace(problem.requestId(), ""))
                            .isEqualTo(withoutId(answers.getFirst()));
                });
        assertThat(reasons())
                .containsExactly(
                        "unknown",
                        "unknown",
                        "wrong_token",
                        "Expected exactly one PEM block 'CERTIFICATE REQUEST', found [].",
                        "used",
                        "expired");
    }

    @Test
    void anInvitationIsBurntByThreeFailures() throws Exception {
        EnrolmentCode code = site.invite("Alice", Role.MEMBER);
        byte[] wrong = code.token();
        wrong[15] ^= 1;
        for (int i = 0; i < 3; i++) {
            site.enrol(code, text(wrong), CertificateRequest.of(DeviceKey.generate()).pem());
        }

        Answer answer = site.enrol(code, DeviceKey.generate());

        assertThat(answer.status()).isEqualTo(403);
        assertThat(reasons()).endsWith("tried_too_often");
    }

    @Test
    void oneCodeEnrolsOneDeviceHoweverManyAskAtOnce() throws Exception {
        EnrolmentCode code = site.invite("Alice", Role.MEMBER);
        List<Callable<Answer>> racers = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            racers.add(() -> site.enrol(code, DeviceKey.generate()));
        }
        List<Integer> statuses = new ArrayList<>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var racer : threads.invokeAll(racers)) {
                statuses.add(racer.get().status());
            }
        }

        assertThat(statuses).containsOnlyOnce(201).contains(403);
    }

    @Test
    void aKeyIsEnrolledOnlyOnce() throws Exception {
        DeviceKey key = DeviceKey.generate();
        site.enrol(site.invite("First", Role.MEMBER), key);

        Answer second = site.enrol(site.invite("Second", Role.OWNER), key);

        assertThat(second.status()).isEqualTo(403);
        assertThat(reasons()).containsExactly("key_enrolled_before");
    }

    @Test
    void anAddressThatKeepsFailingIsSlowedDownAndFillsNoTrail() throws Exception {
        EnrolmentCode code = site.invite("Alice", Role.MEMBER);
        List<Integer> statuses = new ArrayList<>();
        for (int i = 0; i < EnrolmentRate.ATTEMPTS + 2; i++) {
            statuses.add(site.enrol(code, text(new byte[16]), "no request").status());
        }

        assertThat(statuses.subList(0, EnrolmentRate.ATTEMPTS)).containsOnly(403);
        assertThat(statuses.subList(EnrolmentRate.ATTEMPTS, statuses.size())).containsOnly(429);
        assertThat(reasons()).hasSize(EnrolmentRate.ATTEMPTS);
        site.clock.advance(EnrolmentRate.WINDOW);
        assertThat(site.enrol(code, DeviceKey.generate()).status()).isEqualTo(201);
    }

    @Test
    void refusesARevokedDeviceEvenOnAnOpenConnection() throws Exception {
        EnrolledAs alice = enrolled("Alice", Role.ADMIN);
        HttpClient open = site.client(alice.identity());
        assertThat(site.get(open, AdminApi.DEVICES).status()).isEqualTo(200);

        Answer revoked =
                site.post(
                        site.client(site.operator),
                        Plane.ADMIN,
                        REVOKE_OF.formatted(alice.id()),
                        "");
        Answer after = site.get(open, AdminApi.DEVICES);

        assertThat(revoked.as(Device.class).revokedAt()).isNotNull();
        assertThat(after.status()).isEqualTo(403);
        assertThat(after.as(Problem.class).code()).isEqualTo(ProblemCode.CERTIFICATE_REFUSED);
    }

    @Test
    void refusesACertificateThatExpiredOnAnOpenConnection() throws Exception {
        HttpClient open = site.client(enrolled("Alice", Role.ADMIN).identity());
        assertThat(site.get(open, AdminApi.DEVICES).status()).isEqualTo(200);

        site.clock.advance(Duration.ofDays(91));

        assertThat(site.get(open, AdminApi.DEVICES).status()).isEqualTo(403);
    }

    @Test
    void refusesACertificateOfTheSiteThatIsNotEnrolled() throws Exception {
        DeviceKey key = DeviceKey.generate();
        var chain =
                site.entrance
                        .authority()
                        .issueClient(
                                CertificateRequest.of(key),
                                new ClientName("Ghost", site.ids.next(), site.ids.next()),
                                Duration.ofDays(1));

        HttpClient ghost = site.client(key.with(chain));
        for (int i = 0; i < 5; i++) {
            assertThat(site.get(ghost, AdminApi.DEVICES).status()).isEqualTo(403);
        }
        site.clock.advance(Duration.ofHours(1));
        site.get(ghost, AdminApi.DEVICES);

        assertThat(site.entries())
                .filteredOn(entry -> entry.action().equals("certificate.refused"))
                .allSatisfy(entry -> {
                    assertThat(entry.outcome()).isEqualTo(Outcome.REFUSED);
                    assertThat(entry.target())
                            .isEqualTo("certificate/" + Fingerprints.of(chain.getFirst()));
                    assertThat(entry.details().get("subject")).contains("Ghost");
                    assertThat(entry.details()).containsEntry("address", "127.0.0.1");
                })
                .extracting(entry -> entry.details().get("refusedSince"))
                .as("the first, and the first an hour later")
                .containsExactly("4", "0");
    }

    @Test
    void forgetsInvitationsThatExpiredLongAgoAndSaysSo() throws Exception {
        site.invite("Alice", Role.MEMBER);
        site.enrol(site.invite("Bob", Role.MEMBER), DeviceKey.generate());
        site.clock.advance(Invitation.KEPT);
        site.invite("Carol", Role.MEMBER);
        assertThat(invitations()).isEqualTo(3);

        site.clock.advance(Invitation.VALIDITY.plusSeconds(1));
        site.invite("Dan", Role.MEMBER);

        assertThat(invitations()).isEqualTo(2);
        assertThat(site.entries())
                .filteredOn(entry -> entry.action().equals("invitation.purged"))
                .singleElement()
                .satisfies(entry -> assertThat(entry.details()).containsEntry("expired", "2"));
    }

    private int invitations() {
        return site.database.read(tx ->
                tx.handle()
                        .createQuery("SELECT COUNT(*) FROM invitation")
                        .mapTo(Integer.class)
                        .one());
    }

    @Test
    void refusesWhatTheRoleLacks() throws Exception {
        HttpClient admin = site.client(enrolled("Alice", Role.ADMIN).identity());

        Answer answer =
                site.post(
                        admin,
                        Plane.ADMIN,
                        AdminApi.INVITATIONS,
                        new CreateInvitation("Eve", Role.OWNER));

        assertThat(answer.as(Problem.class).code()).isEqualTo(ProblemCode.PERMISSION_MISSING);
    }

    @Test
    void theLastOwnerCannotBeRevokedUntilThereIsAnother() throws Exception {
        enrolled("Bob", Role.ADMIN);
        String path = REVOKE_OF.formatted(site.operatorId);

        Answer refused = site.post(site.client(site.operator), Plane.ADMIN, path, "");
        EnrolledAs second = enrolled("Carol", Role.OWNER);
        Answer done = site.post(site.client(second.identity()), Plane.ADMIN, path, "");

        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.as(Problem.class).detail()).contains("last device with the role OWNER");
        assertThat(done.status()).isEqualTo(200);
        assertThat(site.entries())
                .anyMatch(entry ->
                        entry.action().equals("change.refused")
                                && entry.outcome() == Outcome.REFUSED);
    }

    @Test
    void pagesThroughDevicesNewestFirst() throws Exception {
        enrolled("Alice", Role.MEMBER);
        enrolled("Bob", Role.MEMBER);
        HttpClient client = site.client(site.operator);

        String first = site.get(client, AdminApi.DEVICES + "?limit=2").body();
        String cursor = first.replaceAll(".*\"nextCursor\":\"([^\"]+)\".*", "$1");
        String second = site.get(client, AdminApi.DEVICES + "?limit=2&cursor=" + cursor).body();

        assertThat(first).contains("Alice", "Bob").doesNotContain("Operator");
        assertThat(second).contains("Operator").doesNotContain("Alice", "Bob", "nextCursor");
        assertThat(site.get(client, AdminApi.DEVICES + "?cursor=x").status()).isEqualTo(400);
    }

    @Test
    void refusesANameThatNoCertificateCanCarry() throws Exception {
        Answer answer =
                site.post(
                        site.client(site.operator),
                        Plane.ADMIN,
                        AdminApi.INVITATIONS,
                        new CreateInvitation("x".repeat(65), Role.MEMBER));

        assertThat(answer.as(Problem.class).fieldErrors())
                .singleElement()
                .satisfies(error -> assertThat(error.field()).isEqualTo("name"));
    }

    @Test
    void anImpostorGetsNoToken() throws Exception {
        EnrolmentCode code = site.invite("Alice", Role.MEMBER);
        byte[] otherPin = code.pin();
        otherPin[0] ^= 1;
        HttpClient client = DeviceSite.client(PinnedTrust.ofPin(otherPin).context());

        assertThatThrownBy(() -> site.post(client, Plane.ENROLMENT, AdminApi.ENROL, "token"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("not the appliance");
    }

    @Test
    void theStoreHasNoTokenInTheClear() throws Exception {
        EnrolmentCode code = site.invite("Alice", Role.MEMBER);
        String row =
                site.database.read(tx ->
                        tx.handle()
                                .createQuery("SELECT selector, token_hash FROM invitation")
                                .map((found, _) ->
                                        found.getString(1)
                                                + new String(
                                                        found.getBytes(2),
                                                        StandardCharsets.ISO_8859_1))
                                .one());

        assertThat(row).hasSize(8 + 32);
        assertThat(row)
                .doesNotContain(new String(code.token(), 4, 12, StandardCharsets.ISO_8859_1));
    }

    private record EnrolledAs(DeviceId id, TlsIdentity identity) {}

    private EnrolledAs enrolled(String name, Role role) throws Exception {
        DeviceKey key = DeviceKey.generate();
        EnrolledDevice enrolled = site.enrol(site.invite(name, role), key).as(EnrolledDevice.class);
        return new EnrolledAs(enrolled.id(), identity(key, enrolled));
    }

    private static TlsIdentity identity(DeviceKey key, EnrolledDevice enrolled) {
        return key.with(Pem.certificates(enrolled.certificateChain()));
    }

    /** Why enrolments were refused, the first one first. */
    private List<String> reasons() {
        return site.entries().reversed().stream()
                .filter(entry -> entry.action().equals("enrolment.refused"))
                .map(entry -> entry.details().get("reason"))
                .toList();
    }

    private static String withoutId(Answer answer) {
        return answer.body().replace(answer.as(Problem.class).requestId(), "");
    }

    private static String text(byte[] token) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(token);
    }
}
