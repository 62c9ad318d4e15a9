package com.neuralrouter.desktop.shell;

import static org.assertj.core.api.Assertions.assertThat;

import com.neuralrouter.contract.Role;
import com.neuralrouter.desktop.i18n.Messages;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.util.Locale;

class DestinationTest {

    @ParameterizedTest
    @EnumSource(Destination.class)
    void hasWordsInEveryLanguageAndIsVisibleToSomeRole(Destination destination) {
        for (Locale locale : new Locale[] {Locale.ENGLISH, Locale.GERMAN}) {
            var messages = new Messages(locale);
            assertThat(messages.text(destination.titleKey())).isNotBlank();
            assertThat(messages.text(destination.group().titleKey())).isNotBlank();
        }
        assertThat(Role.OWNER.may(destination.permission())).isTrue();
    }

    @Test
    void hasIdsThatDiffer() {
        assertThat(Destination.values()).extracting(Destination::id).doesNotHaveDuplicates();
    }
}
