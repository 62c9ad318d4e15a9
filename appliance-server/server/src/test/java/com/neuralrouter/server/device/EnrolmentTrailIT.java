package com.neuralrouter.server.device;

import static org.assertj.core.api.Assertions.assertThat;

import com.neuralrouter.certs.csr.DeviceKey;
import com.neuralrouter.certs.trust.EnrolmentCode;
import com.neuralrouter.contract.AdminApi;
import com.neuralrouter.contract.AuditEntry;
import com.neuralrouter.contract.EnrolledDevice;
import com.neuralrouter.contract.Role;
import com.neuralrouter.server.listener.Plane;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Path;

/** What the audit trail tells of a device's way in and out. */
@Tag("store")
class EnrolmentTrailIT {
    private static final String REVOKE_OF = AdminApi.DEVICES + "/%s" + AdminApi.REVOKE;

    @TempDir private Path folder;
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
    void everyStepLeavesItsAuditEntry() throws Exception {
        EnrolmentCode code = site.invite("Alice", Role.MEMBER);
        EnrolledDevice enrolled = site.enrol(code, DeviceKey.generate()).as(EnrolledDevice.class);
        site.post(site.client(site.operator), Plane.ADMIN, REVOKE_OF.formatted(enrolled.id()), "");

        assertThat(site.entries())
                .extracting(AuditEntry::action)
                .containsExactly(
                        "device.revoked",
                        "device.enrolled",
                        "device.invited",
                        "device.signed_in",
                        "device.enrolled");
        AuditEntry entry = site.entries().get(1);
        assertThat(entry.target()).isEqualTo("device/" + enrolled.id());
        assertThat(entry.details()).containsEntry("address", "127.0.0.1").containsKey("invitation");
    }
}
