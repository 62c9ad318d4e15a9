/**
 * The screen of providers: whether each is in service, what requests met there, what it promises;
 * taking one out of service and putting it back.
 *
 * <p>Start with {@link com.neuralrouter.desktop.health.HealthView}.
 */
@NullMarked
package com.neuralrouter.desktop.health;

import org.jspecify.annotations.NullMarked;
