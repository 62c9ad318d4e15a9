package com.neuralrouter.server.identity;

/** What came of {@link ApiKeyAuthenticator#authenticate}. */
public sealed interface Authentication permits Caller, CredentialRefused {}
