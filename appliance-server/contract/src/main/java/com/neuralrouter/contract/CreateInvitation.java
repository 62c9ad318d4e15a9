package com.neuralrouter.contract;

/** Asks for a one-time code with which one device can be enrolled. */
public record CreateInvitation(String name, Role role) {}
