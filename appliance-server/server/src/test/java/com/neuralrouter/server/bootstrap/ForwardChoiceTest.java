package com.neuralrouter.server.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.neuralrouter.server.audit.forward.AuditForwarding;
import com.neuralrouter.server.audit.forward.ForwardUnusable;
import com.neuralrouter.server.audit.forward.ReceiverSettings;
import com.neuralrouter.server.audit.forward.Sender;
import com.neuralrouter.server.provider.TestAuthority;
import com.neuralrouter.server.yaml.YamlRefused;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.nio.file.Files;
import java.nio.file.Path;

/** What {@code audit.forward} may say, and what becomes of it. */
class ForwardChoiceTest {
    private static final Sender SENDER = new Sender("box", "log", "0.1.0");

    @TempDir Path folder;

    @Test
    void forwardsToNobodyUnlessTheFileSaysSo() {
        assertThat(settings("name: north").receivers()).isEmpty();
    }

    @Test
    void makesReceiversOfWhatTheFileSays() throws Exception {
        var authority = new TestAuthority("SIEM CA");
        Files.writeString(folder.resolve("ca.pem"), authority.pem());
        Files.write(
                folder.resolve("me.p12"), authority.identity().toPkcs12("secret".toCharArray()));
        Files.writeString(folder.resolve("me.password"), "secret\n");

        AuditForwarding.Settings settings =
                settings(
                        """
                        audit:
                          forward:
                            syslog: "[::1]:6514"
                            syslog-format: cef
                            syslog-acknowledged-by: tcp-end
                            syslog-ca-file: ca.pem
                            otlp: https://collector:4318/v1/logs
                            otlp-ca-file: ca.pem
                            identity-file: me.p12
                            identity-password-file: me.password
                            start: beginning
                        """);

        assertThat(settings.start()).isEqualTo(AuditForwarding.Start.BEGINNING);
        assertThat(settings.folder()).isEqualTo(folder.resolve("audit/forward"));
        assertThat(settings.receivers())
                .satisfiesExactly(
                        syslog -> {
                            assertThat(syslog.place()).isEqualTo("[::1]:6514");
                            var read = (ReceiverSettings.Syslog) syslog;
                            assertThat(read.payload()).isEqualTo(ReceiverSettings.Payload.CEF);
                            assertThat(read.end()).isEqualTo(ReceiverSettings.End.FIN);
                            assertThat(read.tls().identity()).isNotNull();
                        },
                        otlp -> assertThat(otlp.place()).isEqualTo("collector:4318"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "syslog: siem, syslog-ca-file: a; syslog: 'siem' is no receiver",
                "syslog: 'siem:0', syslog-ca-file: a; syslog: 'siem:0' is no receiver",
                "syslog: 'siem:65536', syslog-ca-file: a; syslog: 'siem:65536' is no receiver",
                "syslog: 'a b:1', syslog-ca-file: a; syslog: 'a b:1' is no receiver",
                "syslog: 'siem:6514'; syslog: needs audit.forward.syslog-ca-file",
                "syslog-format: leef; syslog-format: 'leef' is none of cef, rfc5424",
                "syslog-acknowledged-by: luck; acknowledged-by: 'luck' is none of close-notify,"
                        + " tcp-end",
                "otlp: 'http://a/v1/logs', otlp-ca-file: a; otlp: this is no OTLP receiver",
                "otlp: 'https://me:secret@a/', otlp-ca-file: a; otlp: this is no OTLP receiver",
                "otlp: 'https://a/v1/logs'; otlp: needs audit.forward.otlp-ca-file",
                "identity-file: a; identity-file: needs audit.forward.identity-password-file",
                "start: now; start: 'now' is none of beginning, end"
            })
    void refusesTheStartWithTheLine(String keys, String words) {
        assertThatThrownBy(() -> config("audit: {forward: {" + keys + "}}"))
                .isInstanceOf(YamlRefused.class)
                .hasMessageStartingWith("appliance.yaml:1:")
                .hasMessageContaining(words)
                .hasMessageNotContaining("secret");
    }

    @Test
    void refusesTheStartWithoutTheReceiversAuthorities() {
        String keys = "audit: {forward: {syslog: 'a:1', syslog-ca-file: ca.pem}}";

        assertThatThrownBy(() -> settings(keys))
                .isInstanceOf(ForwardUnusable.class)
                .hasMessageContaining(folder.resolve("ca.pem").toString());
    }

    @Test
    void refusesTheStartWithAnIdentityThatItsPasswordDoesNotOpen() throws Exception {
        var authority = new TestAuthority("SIEM CA");
        Files.writeString(folder.resolve("ca.pem"), authority.pem());
        Files.write(
                folder.resolve("me.p12"), authority.identity().toPkcs12("secret".toCharArray()));
        Files.writeString(folder.resolve("me.password"), "another");
        String keys =
                "audit: {forward: {otlp: 'https://a/', otlp-ca-file: ca.pem, identity-file: me.p12,"
                        + " identity-password-file: me.password}}";

        assertThatThrownBy(() -> settings(keys))
                .isInstanceOf(ForwardUnusable.class)
                .hasMessageContaining("me.p12")
                .hasMessageNotContaining("another");
    }

    private AuditForwarding.Settings settings(String yaml) {
        return ForwardChoice.of(new SiteFolder(folder), config(yaml).audit().forward(), SENDER);
    }

    private static ApplianceConfig config(String yaml) {
        return ApplianceConfigReader.read("appliance.yaml", yaml);
    }
}
