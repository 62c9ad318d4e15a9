package com.neuralrouter.desktop.task;

import com.neuralrouter.desktop.client.Trouble;

import java.time.Instant;
import java.util.Optional;

/**
 * What a screen knows of something it reads from the appliance. {@code ui.StateView} shows each
 * case, so that no screen can forget one.
 */
public sealed interface Load<T> {

    /** Not asked for yet. */
    record Idle<T>() implements Load<T> {}

    /** Asked for the first time. */
    record Loading<T>() implements Load<T> {}

    /** Here, as it was at that moment. */
    record Loaded<T>(T value, Instant at) implements Load<T> {}

    /** As it was at that moment; asking again failed. It stays readable. */
    record Stale<T>(T value, Instant at, Trouble trouble) implements Load<T> {}

    /** Never here. */
    record Failed<T>(Trouble trouble) implements Load<T> {}

    /** The value if there is one, fresh or stale. */
    default Optional<T> known() {
        return switch (this) {
            case Loaded<T>(T value, Instant _) -> Optional.of(value);
            case Stale<T>(T value, Instant _, Trouble _) -> Optional.of(value);
            case Idle<T> _, Loading<T> _, Failed<T> _ -> Optional.empty();
        };
    }
}
