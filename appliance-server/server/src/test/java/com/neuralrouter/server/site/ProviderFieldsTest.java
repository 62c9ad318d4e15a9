package com.neuralrouter.server.site;

import static org.assertj.core.api.Assertions.assertThat;

import com.neuralrouter.contract.ChangedField;
import com.neuralrouter.contract.Operation;
import com.neuralrouter.contract.Provider.Authentication;
import com.neuralrouter.contract.ProviderKind;
import com.neuralrouter.contract.ServiceDocument;
import com.neuralrouter.contract.ServiceDocument.OnBreach;
import com.neuralrouter.contract.ServiceDocument.ProbeDocument;
import com.neuralrouter.contract.ServiceDocument.ProbeKind;
import com.neuralrouter.contract.ServiceDocument.SlaDocument;
import com.neuralrouter.contract.SiteDocument.ProviderDocument;

import org.junit.jupiter.api.Test;

import java.math.BigDecimal;
import java.util.List;

class ProviderFieldsTest {
    private static final ProviderDocument PLAIN =
            new ProviderDocument("gpu", ProviderKind.OPENAI, "http://gpu/v1", null, null);

    private static final ProviderDocument DECLARED =
            new ProviderDocument(
                    "gpu",
                    ProviderKind.OPENAI,
                    "http://gpu/v1",
                    Authentication.NONE,
                    "-----BEGIN CERTIFICATE-----",
                    "DE",
                    "eu-central-1",
                    false,
                    "30d",
                    List.of("b", "a"),
                    List.of(Operation.RESPONSES),
                    null,
                    new ServiceDocument(
                            8,
                            null,
                            null,
                            null,
                            null,
                            null,
                            null,
                            new SlaDocument(
                                    null,
                                    null,
                                    new BigDecimal("99.50"),
                                    new BigDecimal("1E+1"),
                                    null,
                                    null,
                                    OnBreach.REPORT),
                            new ProbeDocument(ProbeKind.MODELS, 30, null)));

    @Test
    void findsNothingBetweenTheSame() {
        assertThat(ProviderFields.differences(DECLARED, DECLARED)).isEmpty();
        assertThat(ProviderFields.differences(PLAIN, PLAIN)).isEmpty();
    }

    @Test
    void tellsEachFieldByItself() {
        assertThat(ProviderFields.differences(PLAIN, DECLARED))
                .extracting(ChangedField::words)
                .containsExactly(
                        "authentication: bearer → none",
                        "trustedCertificates",
                        "jurisdiction: none → DE",
                        "region: none → eu-central-1",
                        "trainsOnData: true → false",
                        "retention: none → 30d",
                        "certificatePins: none → [a, b]",
                        "operations: none → [responses]",
                        "service.maxConcurrent: none → 8",
                        "service.sla.availabilityPercent: none → 99.5",
                        "service.sla.errorPercent: none → 10",
                        "service.sla.onBreach: none → report",
                        "service.probe.kind: none → models",
                        "service.probe.everySeconds: none → 30");
    }

    /** What is usual for its kind is declared by saying nothing. */
    @Test
    void tellsAllThatANewOneDeclares() {
        assertThat(ProviderFields.declared(PLAIN))
                .contains(
                        new ChangedField("kind", null, "openai"),
                        new ChangedField("baseUrl", null, "http://gpu/v1"),
                        new ChangedField("authentication", null, "bearer"),
                        new ChangedField("trainsOnData", null, true))
                .hasSize(4);
    }
}
