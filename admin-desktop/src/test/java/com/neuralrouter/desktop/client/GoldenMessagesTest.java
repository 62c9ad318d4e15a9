package com.neuralrouter.desktop.client;

import static org.assertj.core.api.Assertions.assertThat;

import com.neuralrouter.contract.AccessList;
import com.neuralrouter.contract.ApiKey;
import com.neuralrouter.contract.ApplianceStatus;
import com.neuralrouter.contract.Approval;
import com.neuralrouter.contract.AuditEntry;
import com.neuralrouter.contract.BackupList;
import com.neuralrouter.contract.BackupRun;
import com.neuralrouter.contract.BudgetStatus;
import com.neuralrouter.contract.CreatedApiKey;
import com.neuralrouter.contract.CreatedInvitation;
import com.neuralrouter.contract.Credential;
import com.neuralrouter.contract.DecidedApproval;
import com.neuralrouter.contract.Device;
import com.neuralrouter.contract.EnrolledDevice;
import com.neuralrouter.contract.ErasedFromTrail;
import com.neuralrouter.contract.Explanation;
import com.neuralrouter.contract.Incident;
import com.neuralrouter.contract.LegalHold;
import com.neuralrouter.contract.LimitStatus;
import com.neuralrouter.contract.Page;
import com.neuralrouter.contract.PolicyDiff;
import com.neuralrouter.contract.PolicyTrial;
import com.neuralrouter.contract.PolicyVersion;
import com.neuralrouter.contract.Problem;
import com.neuralrouter.contract.Provider;
import com.neuralrouter.contract.ProviderHealth;
import com.neuralrouter.contract.RequestSummary;
import com.neuralrouter.contract.Route;
import com.neuralrouter.contract.UsageReport;
import com.neuralrouter.contract.VaultStatus;
import com.neuralrouter.contract.Workspace;
import com.neuralrouter.desktop.support.Golden;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

import java.util.stream.Stream;

/** The desktop reads what the server's tests write: a renamed field breaks one of the two. */
class GoldenMessagesTest {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    @ParameterizedTest
    @MethodSource("messages")
    void readsAndWritesTheSame(String name, Class<?> type) {
        var golden = Golden.text(name);

        var value = JSON.readValue(golden, type);

        assertThat(JSON.readValue(JSON.writeValueAsString(value), type)).isEqualTo(value);
    }

    @Test
    void readsAPageOfWorkspaces() {
        Page<Object> page = JSON.readValue(Golden.text("Page"), new TypeReference<>() {});

        assertThat(page.items()).isNotEmpty();
        assertThat(page.nextCursor()).isNotNull();
    }

    /** An appliance of before tells differences in words alone. */
    @Test
    void readsWhatAnOlderApplianceTells() {
        var older =
                JSON.readValue(
                        "{\"target\":{},\"from\":1,\"to\":2,\"differences\":[\"noImages\"]}",
                        PolicyDiff.class);

        assertThat(older.differences()).containsExactly("noImages");
        assertThat(older.fields()).isEmpty();
    }

    static Stream<Arguments> messages() {
        return Stream.of(
                Arguments.of("AccessList", AccessList.class),
                Arguments.of("ApiKey", ApiKey.class),
                Arguments.of("ApiKey-revoked", ApiKey.class),
                Arguments.of("ApplianceStatus", ApplianceStatus.class),
                Arguments.of("AuditEntry", AuditEntry.class),
                Arguments.of("AuditEntry-local", AuditEntry.class),
                Arguments.of("BackupList", BackupList.class),
                Arguments.of("BackupRun", BackupRun.class),
                Arguments.of("CreatedApiKey", CreatedApiKey.class),
                Arguments.of("CreatedInvitation", CreatedInvitation.class),
                Arguments.of("Credential", Credential.class),
                Arguments.of("Device", Device.class),
                Arguments.of("Device-revoked", Device.class),
                Arguments.of("EnrolledDevice", EnrolledDevice.class),
                Arguments.of("Approval", Approval.class),
                Arguments.of("BudgetStatus", BudgetStatus.class),
                Arguments.of("LimitStatus", LimitStatus.class),
                Arguments.of("DecidedApproval", DecidedApproval.class),
                Arguments.of("PolicyDiff", PolicyDiff.class),
                Arguments.of("PolicyTrial", PolicyTrial.class),
                Arguments.of("PolicyVersion", PolicyVersion.class),
                Arguments.of("Problem", Problem.class),
                Arguments.of("Problem-changed", Problem.class),
                Arguments.of("Explanation", Explanation.class),
                Arguments.of("ErasedFromTrail", ErasedFromTrail.class),
                Arguments.of("Incident", Incident.class),
                Arguments.of("LegalHold", LegalHold.class),
                Arguments.of("Provider", Provider.class),
                Arguments.of("ProviderHealth", ProviderHealth.class),
                Arguments.of("ProviderHealth-undeclared", ProviderHealth.class),
                Arguments.of("Provider-loopback", Provider.class),
                Arguments.of("RequestSummary", RequestSummary.class),
                Arguments.of("RequestSummary-failed", RequestSummary.class),
                Arguments.of("Route", Route.class),
                Arguments.of("UsageReport", UsageReport.class),
                Arguments.of("VaultStatus", VaultStatus.class),
                Arguments.of("Workspace", Workspace.class));
    }
}
