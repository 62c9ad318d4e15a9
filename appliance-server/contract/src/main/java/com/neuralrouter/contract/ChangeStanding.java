package com.neuralrouter.contract;

/** Takes a provider out of service, or puts it back, and says why. */
public record ChangeStanding(String reason) {}
