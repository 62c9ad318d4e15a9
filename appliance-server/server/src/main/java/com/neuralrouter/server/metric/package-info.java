/**
 * How rooms tell their numbers to a program that watches the appliance: families of metrics, and
 * Prometheus' text format. {@link com.neuralrouter.server.metric.Metrics} is to be read first. It
 * knows no other room, so that each can tell its own; labels hold names that administrators gave
 * and words of this program, never ids of keys or requests, and nothing that an app sends.
 */
@NullMarked
package com.neuralrouter.server.metric;

import org.jspecify.annotations.NullMarked;
