package com.neuralrouter.server.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.neuralrouter.server.yaml.YamlRefused;

import org.junit.jupiter.api.Test;

import java.time.Duration;

class ApplianceConfigReaderTest {

    @Test
    void whatTheFileDoesNotSayHasItsDefault() {
        ApplianceConfig config = ApplianceConfigReader.read("appliance.yaml", "name: north\n");

        assertThat(config.name()).isEqualTo("north");
        assertThat(config.listeners()).isEqualTo(ApplianceConfig.DEFAULT_LISTENERS);
        assertThat(config.limits()).isEqualTo(ApplianceConfig.DEFAULT_LIMITS);
        assertThat(config.timeouts()).isEqualTo(ApplianceConfig.DEFAULT_TIMEOUTS);
        assertThat(config.shutdownGrace()).isEqualTo(ApplianceConfig.DEFAULT_SHUTDOWN_GRACE);
    }

    @Test
    void readsPortsSizesAndDurationsInTheirUnits() {
        ApplianceConfig config =
                ApplianceConfigReader.read(
                        "appliance.yaml",
                        """
                        listeners:
                          inference: {host: "::", port: 18443}
                        limits:
                          request-bytes: 64KiB
                          head-bytes: 2048
                        timeouts:
                          heartbeat: 1500ms
                          upstream-total: 1h
                        shutdown-grace: 5m
                        """);

        assertThat(config.listeners().inference())
                .isEqualTo(new ApplianceConfig.Listener("::", 18443));
        assertThat(config.limits().requestBytes()).isEqualTo(64 << 10);
        assertThat(config.limits().headBytes()).isEqualTo(2048);
        assertThat(config.timeouts().heartbeat()).isEqualTo(Duration.ofMillis(1500));
        assertThat(config.timeouts().upstreamTotal()).isEqualTo(Duration.ofHours(1));
        assertThat(config.shutdownGrace()).isEqualTo(Duration.ofMinutes(5));
    }

    @Test
    void tellsAllThatIsWrongAtOnceEachWithItsLineAndColumn() {
        String message =
                refusal(
                        """
                        nam: north
                        listeners:
                          inference:
                            port: 70000
                            hots: 0.0.0.0
                        limits:
                          request-bytes: 20 megabytes
                          connections:
                        timeouts:
                          idle: 30
                        shutdown-grace: 30s
                        shutdown-grace: 31s
                        """);

        assertThat(message.lines())
                .satisfiesExactly(
                        line -> isAt(line, "1:1", "unknown key 'nam'; did you mean 'name'?"),
                        line -> isAt(line, "4:11", "70000 is outside the range 0 to 65535"),
                        line -> isAt(line, "5:5", "did you mean 'host'?"),
                        line -> isAt(line, "7:18", "is no size; write a number and B, KiB"),
                        line -> isAt(line, "8:15", "limits.connections: has no value"),
                        line -> isAt(line, "10:9", "'30' is no duration; write a number and ms"),
                        line ->
                                isAt(
                                        line,
                                        "12:1",
                                        "'shutdown-grace' is here twice, first on line 11"));
    }

    @Test
    void refusesOnePortForTwoListeners() {
        String message = refusal("listeners: {admin: {port: 8443}}\n");

        assertThat(message)
                .contains(
                        "appliance.yaml:1:27: listeners.admin.port: port 8443 is taken by"
                                + " listeners.inference.port already");
    }

    @Test
    void letsTheSystemChooseSeveralPorts() {
        ApplianceConfig config =
                ApplianceConfigReader.read(
                        "appliance.yaml", "listeners: {admin: {port: 0}, inference: {port: 0}}");

        assertThat(config.listeners().admin().port()).isZero();
    }

    @Test
    void refusesATimeoutThatCouldNeverPass() {
        assertThat(refusal("timeouts: {upstream-total: 90s}"))
                .contains(
                        "timeouts.upstream-total: does not go together with"
                                + " timeouts.upstream-first-byte");
        assertThat(refusal("timeouts: {upstream-first-byte: 20m}"))
                .contains("is longer than timeouts.upstream-total");
    }

    @Test
    void refusesWhatIsNoYamlOrNoMapping() {
        assertThat(refusal("name: [north")).startsWith("appliance.yaml:").contains("not YAML");
        assertThat(refusal("")).contains("the file is empty");
        assertThat(refusal("- name")).contains("must begin with keys");
        assertThat(refusal("name: north\n---\nname: south")).contains("not YAML");
    }

    private static void isAt(String line, String place, String words) {
        assertThat(line).startsWith("appliance.yaml:" + place + ": ").contains(words);
    }

    private static String refusal(String text) {
        YamlRefused refused =
                catchThrowableOfType(
                        YamlRefused.class,
                        () -> ApplianceConfigReader.read("appliance.yaml", text));
        assertThat(refused).isNotNull();
        return String.valueOf(refused.getMessage());
    }
}
