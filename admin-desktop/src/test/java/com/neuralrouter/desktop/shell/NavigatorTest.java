package com.neuralrouter.desktop.shell;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class NavigatorTest {
    private final Navigator navigator = new Navigator();

    @Test
    void goesBackAndForwardAsABrowserDoes() {
        navigator.go(Destination.WORKSPACES);
        navigator.go(Destination.API_KEYS);

        navigator.back();
        assertThat(navigator.current().get()).isEqualTo(Destination.WORKSPACES);
        navigator.back();
        assertThat(navigator.current().get()).isEqualTo(Destination.OVERVIEW);
        navigator.forward();
        assertThat(navigator.current().get()).isEqualTo(Destination.WORKSPACES);
    }

    @Test
    void forgetsTheWayForwardWhenAnotherIsTaken() {
        navigator.go(Destination.WORKSPACES);
        navigator.back();
        navigator.go(Destination.AUDIT);

        navigator.forward();

        assertThat(navigator.current().get()).isEqualTo(Destination.AUDIT);
    }

    @Test
    void staysWhereSomethingWouldBeLost() {
        navigator.go(Destination.WORKSPACES);
        navigator.guardedBy(() -> false);

        navigator.go(Destination.AUDIT);
        navigator.back();

        assertThat(navigator.current().get()).isEqualTo(Destination.WORKSPACES);
    }

    @Test
    void staysAtTheEndsOfItsHistory() {
        navigator.back();
        navigator.forward();

        assertThat(navigator.current().get()).isEqualTo(Destination.OVERVIEW);
    }
}
