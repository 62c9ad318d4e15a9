package com.neuralrouter.server.secret;

/** A secret as it lies in a column, with the place it was sealed for. */
public record SealedRow(SecretPlace place, SealedSecret sealed) {}
