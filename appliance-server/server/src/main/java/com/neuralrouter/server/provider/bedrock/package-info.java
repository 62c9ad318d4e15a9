/**
 * Amazon Bedrock's Converse API with its signatures and its binary event streams. Start with {@link
 * com.neuralrouter.server.provider.bedrock.BedrockAdapter}; only {@code bootstrap} names it (rule
 * R7).
 */
@NullMarked
package com.neuralrouter.server.provider.bedrock;

import org.jspecify.annotations.NullMarked;
