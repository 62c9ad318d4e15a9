package com.neuralrouter.server.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.net.InetAddress;

class NetworkTest {
    @ParameterizedTest
    @CsvSource({
        "10.0.0.0/8, 10.255.0.1, true",
        "10.0.0.0/8, 11.0.0.0, false",
        "0.0.0.0/0, 203.0.113.9, true",
        "0.0.0.0/0, ::1, false",
        "192.0.2.1, 192.0.2.1, true",
        "192.0.2.1/32, 192.0.2.2, false",
        "2001:db8::/32, 2001:db8:ffff::1, true",
        "2001:db8::/32, 2001:db9::1, false",
        "2001:db8:0:1::/65, 2001:db8:0:1:7fff::1, true",
        "2001:db8:0:1::/65, 2001:db8:0:1:8000::1, false",
        "::/0, fe80::1, true",
        "::1/128, ::1, true",
    })
    void containsWhatItsPrefixSays(String network, String address, boolean contained) {
        Network one = Network.only(InetAddress.ofLiteral(address));

        assertThat(Network.of(network).contains(one)).isEqualTo(contained);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "10/8",
                "10.0.0.0/33",
                "10.0.0.0/-1",
                "10.0.0.0/08",
                "10.0.0.1/8",
                "010.0.0.0/8",
                "0x0a.0.0.0/8",
                "167772160",
                "example.org",
                "10.0.0.0/8/8",
                "fd00::1/8",
                "fd00::/129",
                "fe80::1%eth0",
                "10.0.0.0 /8",
                "[::1]"
            })
    void refusesWhatIsNoNetwork(String text) {
        assertThatThrownBy(() -> Network.of(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void contains4In6OnlyAsItself() {
        assertThat(Network.of("::/0").contains(Network.of("10.0.0.0/8"))).isFalse();
    }
}
