/**
 * OpenAI's API as Azure has it: its own paths and its own header for a key. Start with {@link
 * com.neuralrouter.server.provider.azure.AzureAdapter}; only {@code bootstrap} names it (rule R7).
 */
@NullMarked
package com.neuralrouter.server.provider.azure;

import org.jspecify.annotations.NullMarked;
