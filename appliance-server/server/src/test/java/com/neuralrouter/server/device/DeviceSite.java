package com.neuralrouter.server.device;

import com.neuralrouter.certs.ca.ClientName;
import com.neuralrouter.certs.ca.KeyLock;
import com.neuralrouter.certs.csr.CertificateRequest;
import com.neuralrouter.certs.csr.DeviceKey;
import com.neuralrouter.certs.trust.EnrolmentCode;
import com.neuralrouter.certs.trust.PinnedTrust;
import com.neuralrouter.certs.trust.TlsIdentity;
import com.neuralrouter.contract.AdminApi;
import com.neuralrouter.contract.AuditEntry;
import com.neuralrouter.contract.CreateInvitation;
import com.neuralrouter.contract.CreatedInvitation;
import com.neuralrouter.contract.Device;
import com.neuralrouter.contract.DeviceId;
import com.neuralrouter.contract.EnrolDevice;
import com.neuralrouter.contract.Permission;
import com.neuralrouter.contract.Role;
import com.neuralrouter.server.admin.AdminEndpoints;
import com.neuralrouter.server.admin.AdminHttp;
import com.neuralrouter.server.admin.AdminJson;
import com.neuralrouter.server.admin.AdminTransactions;
import com.neuralrouter.server.admin.Authorisation;
import com.neuralrouter.server.admin.RefusedCertificates;
import com.neuralrouter.server.admin.SiteReads;
import com.neuralrouter.server.admin.SiteStore;
import com.neuralrouter.server.admin.TamperingAlarm;
import com.neuralrouter.server.approval.ApprovalRulesStore;
import com.neuralrouter.server.approval.SecondPerson;
import com.neuralrouter.server.audit.AuditLog;
import com.neuralrouter.server.audit.AuditStore;
import com.neuralrouter.server.audit.Evidence;
import com.neuralrouter.server.certificate.ListenerIdentities;
import com.neuralrouter.server.certificate.SiteCertificates;
import com.neuralrouter.server.id.Ids;
import com.neuralrouter.server.integrity.SiteIntegrity;
import com.neuralrouter.server.listener.ClientDeadlines;
import com.neuralrouter.server.listener.ListenerLimits;
import com.neuralrouter.server.listener.ListenerSpec;
import com.neuralrouter.server.listener.Listeners;
import com.neuralrouter.server.listener.Plane;
import com.neuralrouter.server.listener.ProblemJson;
import com.neuralrouter.server.listener.TlsMaterial;
import com.neuralrouter.server.secret.MacKey;
import com.neuralrouter.server.store.Database;
import com.neuralrouter.server.store.TestStores;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

import javax.net.ssl.SSLContext;

/** The rooms that enrolment goes through, with real files, a real store and real TLS. */
final class DeviceSite implements AutoCloseable {
    private static final Duration TEN_SECONDS = Duration.ofSeconds(10);

    final Ids ids = new Ids(Clock.systemUTC());
    final MovingClock clock = new MovingClock();
    final SiteStore site = new SiteStore();
    final DeviceStore devices = new DeviceStore();
    final AuditStore audit = new AuditStore();
    final Database database;
    final DeviceCommands commands;
    final SiteEntrance entrance;
    final TlsIdentity operator;
    final DeviceId operatorId = new DeviceId(ids.next());
    private final SiteCertificates certificates;
    private final InvitationStore invitations = new InvitationStore();
    private final AdminTransactions transactions;
    private final Listeners listeners;

    /** Time that only goes on when a test says so, from the real one on. */
    static final class MovingClock extends Clock {
        private volatile Instant now = Instant.now(Clock.systemUTC());

        void advance(Duration by) {
            now = now.plus(by);
        }

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return Clock.systemUTC().getZone();
        }

        @Override
        public Clock withZone(ZoneId zone) {
            throw new UnsupportedOperationException("only the instant is used");
        }
    }

    DeviceSite(Path folder) throws IOException {
        certificates =
                new SiteCertificates(folder.resolve("certs"), KeyLock.ofKey(new byte[32]), clock);
        certificates.create("Test Site", List.of());
        database = TestStores.create(folder.resolve("data"));
        UUID installation = ids.next();
        var integrity = new SiteIntegrity(MacKey.owning(new byte[MacKey.BYTES]));
        database.write(tx -> {
            site.found(tx, installation, clock.instant());
            integrity.signAll(tx);
            return installation;
        });
        var log = new AuditLog(audit, Evidence.AT_THE_FIRST_START, clock);
        transactions =
                new AdminTransactions(
                        database,
                        site,
                        log,
                        integrity,
                        new TamperingAlarm(database, log, ids),
                        () -> {});
        commands =
                new DeviceCommands(
                        transactions,
                        devices,
                        invitations,
                        new SecondPerson(new ApprovalRulesStore()),
                        ids,
                        clock);
        operator = enrolOperator(folder, installation);
        entrance =
                new SiteEntrance(
                        "appliance-1",
                        certificates.authority(),
                        () -> port(Plane.ENROLMENT),
                        () -> port(Plane.ADMIN));
        listeners =
                Listeners.start(
                        List.of(adminListener(), enrolmentListener()),
                        new ClientDeadlines(
                                TEN_SECONDS, TEN_SECONDS, TEN_SECONDS, TEN_SECONDS, TEN_SECONDS),
                        Duration.ofMillis(50),
                        ids);
    }

    /** What init does. */
    private TlsIdentity enrolOperator(Path folder, UUID installation) throws IOException {
        Path keyStore = folder.resolve("operator.p12");
        Path password = folder.resolve("operator.password");
        var certificate =
                certificates.createOperator(
                        new ClientName("Operator", installation, operatorId.value()),
                        keyStore,
                        password);
        commands.enrolOperator(
                Authorisation.onThisBox("root", Permission.DEVICES_MANAGE, ids.nextRequest()),
                operatorId,
                "Operator",
                certificate);
        return TlsIdentity.ofPkcs12(
                Files.readAllBytes(keyStore), Files.readString(password).toCharArray());
    }

    private ListenerSpec adminListener() {
        SiteReads reads = new SiteReads(database);
        AdminHttp http =
                AdminHttp.forAdministrators(
                        ids,
                        new EnrolledPeers(this::enrolled, clock),
                        new RefusedCertificates(transactions, clock),
                        new Authorisation(transactions, clock));
        ListenerIdentities identities = certificates.load();
        return spec(
                Plane.ADMIN,
                identities.admin(),
                List.of(identities.clientRoot()),
                http,
                new DeviceEndpoints(commands, devices, reads, entrance));
    }

    /** What the snapshot has after each change. */
    private Optional<Device> enrolled(String fingerprint) {
        return database.read(devices::active).stream()
                .filter(device -> device.fingerprint().equals(fingerprint))
                .findFirst();
    }

    private ListenerSpec enrolmentListener() {
        Enrolment enrolment =
                new Enrolment(
                        transactions,
                        new SiteReads(database),
                        site,
                        devices,
                        invitations,
                        entrance,
                        ids,
                        clock);
        return spec(
                Plane.ENROLMENT,
                certificates.load().enrolment(),
                List.of(),
                AdminHttp.forAnyone(ids),
                new EnrolmentEndpoints(enrolment, new EnrolmentRate(clock)));
    }

    private static ListenerSpec spec(
            Plane plane,
            TlsIdentity identity,
            List<X509Certificate> anchors,
            AdminHttp http,
            AdminEndpoints endpoints) {
        return new ListenerSpec(
                plane,
                "127.0.0.1",
                0,
                new TlsMaterial(identity.key(), identity.chain(), anchors),
                new ListenerLimits(1 << 20, 1 << 14, 100, 100),
                _ -> new ProblemJson(),
                http.routing(List.of(endpoints)));
    }

    int port(Plane plane) {
        return listeners.port(plane);
    }

    /** An answer: what a test needs of it. */
    record Answer(int status, String body) {
        <T> T as(Class<T> type) {
            return AdminJson.read(body.getBytes(StandardCharsets.UTF_8), type);
        }
    }

    static HttpClient client(SSLContext tls) {
        return HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(TEN_SECONDS)
                .sslContext(tls)
                .build();
    }

    HttpClient client(TlsIdentity identity) {
        return client(PinnedTrust.ofRoot(entrance.authority().root()).context(identity));
    }

    Answer get(HttpClient client, String path) throws IOException, InterruptedException {
        return send(client, request(Plane.ADMIN, path).GET().build());
    }

    Answer post(HttpClient client, Plane plane, String path, Object body)
            throws IOException, InterruptedException {
        return send(
                client,
                request(plane, path)
                        .header("content-type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofByteArray(AdminJson.write(body)))
                        .build());
    }

    private HttpRequest.Builder request(Plane plane, String path) {
        return HttpRequest.newBuilder(URI.create("https://localhost:" + port(plane) + path))
                .timeout(TEN_SECONDS);
    }

    private static Answer send(HttpClient client, HttpRequest request)
            throws IOException, InterruptedException {
        HttpResponse<String> response = client.send(request, HttpResponse.BodyHandlers.ofString());
        return new Answer(response.statusCode(), response.body());
    }

    /** What an owner does on the admin listener. */
    EnrolmentCode invite(String name, Role role) throws IOException, InterruptedException {
        Answer answer =
                post(
                        client(operator),
                        Plane.ADMIN,
                        AdminApi.INVITATIONS,
                        new CreateInvitation(name, role));
        var reading = EnrolmentCode.read(answer.as(CreatedInvitation.class).code());
        return ((EnrolmentCode.Readable) reading).code();
    }

    /** What a device does, with nothing but the code. */
    Answer enrol(EnrolmentCode code, String token, String request)
            throws IOException, InterruptedException {
        return post(
                client(PinnedTrust.ofPin(code.pin()).context()),
                Plane.ENROLMENT,
                AdminApi.ENROL,
                new EnrolDevice(token, request));
    }

    Answer enrol(EnrolmentCode code, DeviceKey key) throws IOException, InterruptedException {
        return enrol(code, code.tokenText(), CertificateRequest.of(key).pem());
    }

    List<AuditEntry> entries() {
        return database.read(tx -> audit.before(tx, Long.MAX_VALUE, 1000));
    }

    @Override
    public void close() {
        listeners.close();
        database.close();
    }
}
