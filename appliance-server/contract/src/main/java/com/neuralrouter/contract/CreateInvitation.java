package com.neuralrouter.contract;

import org.jspecify.annotations.Nullable;

/**
 * Asks for a one-time code with which one device can be enrolled.
 *
 * @param name what the device is called
 * @param person who will have it; absent means that it is called as its person is
 */
public record CreateInvitation(String name, Role role, @Nullable String person) {

    public CreateInvitation(String name, Role role) {
        this(name, role, null);
    }
}
