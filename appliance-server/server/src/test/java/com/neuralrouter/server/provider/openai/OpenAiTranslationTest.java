package com.neuralrouter.server.provider.openai;

import com.neuralrouter.contract.Operation;
import com.neuralrouter.contract.Provider.Authentication;
import com.neuralrouter.contract.ProviderKind;
import com.neuralrouter.server.provider.OpenAiFormatConformance;

import java.util.Set;

class OpenAiTranslationTest extends OpenAiFormatConformance {
    OpenAiTranslationTest() {
        super(ProviderKind.OPENAI, Authentication.BEARER, OpenAiAdapter::new);
    }

    @Override
    protected String credentialHeader() {
        return "authorization: Bearer " + CREDENTIAL;
    }

    @Override
    protected Set<Operation> passedOn() {
        return Set.of(
                Operation.CHAT_COMPLETIONS,
                Operation.COMPLETIONS,
                Operation.EMBEDDINGS,
                Operation.MODERATIONS,
                Operation.IMAGES,
                Operation.RERANK);
    }
}
