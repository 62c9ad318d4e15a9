package com.neuralrouter.server.provider;

/** What came of {@link ProviderAdapter#open}. */
public sealed interface OpenResult permits ProviderAnswer, ProviderReply, ProviderFailure {}
