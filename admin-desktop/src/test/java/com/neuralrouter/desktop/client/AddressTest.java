package com.neuralrouter.desktop.client;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AddressTest {

    @ParameterizedTest
    @CsvSource({
        "hq.bank.example,hq.bank.example:9443",
        " hq:7000 ,hq:7000",
        "https://hq.bank.example:7000/admin,hq.bank.example:7000",
        "10.1.2.3,10.1.2.3:9443",
        "[fd00::1]:7000,[fd00::1]:7000",
        "localhost,localhost:9443"
    })
    void readsWhatPeoplePaste(String typed, String understood) {
        assertThat(Address.read(typed, 9443).orElseThrow()).hasToString(understood);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "  ", "ho st", "hq:99999", "hq:0", "user@hq", "hq:x", "-"})
    void refusesWhatIsNoAddress(String typed) {
        assertThat(Address.read(typed, 9443)).isEmpty();
    }

    @Test
    void keepsTheHostWhenThePortChanges() {
        assertThat(new Address("fd00::1", 1).at(2)).hasToString("[fd00::1]:2");
    }
}
