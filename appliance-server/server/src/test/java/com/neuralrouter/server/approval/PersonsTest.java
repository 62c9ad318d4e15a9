package com.neuralrouter.server.approval;

import static org.assertj.core.api.Assertions.assertThat;

import com.neuralrouter.contract.Persons;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who could pass for a second person by writing the same name in another way can't. */
class PersonsTest {
    @ParameterizedTest
    @CsvSource({
        "Ana Ruiz, ana ruiz, true",
        "Ana Ruiz, '  ANA   Ruiz ', true",
        "José, Jose\u0301, true",
        "Strauß, STRAUSS, true",
        "Ana Ruiz, Ana Ruis, false",
    })
    void tellsWhetherTwoNamesAreOnePersons(String one, String other, boolean same) {
        assertThat(Persons.same(one, other)).isEqualTo(same);
    }
}
