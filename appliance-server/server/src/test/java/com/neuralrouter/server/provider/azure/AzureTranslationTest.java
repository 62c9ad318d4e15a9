package com.neuralrouter.server.provider.azure;

import com.neuralrouter.contract.Operation;
import com.neuralrouter.contract.Provider.Authentication;
import com.neuralrouter.contract.ProviderKind;
import com.neuralrouter.server.provider.OpenAiFormatConformance;

import java.util.Set;

class AzureTranslationTest extends OpenAiFormatConformance {
    AzureTranslationTest() {
        super(ProviderKind.AZURE, Authentication.API_KEY, AzureAdapter::new);
    }

    @Override
    protected String credentialHeader() {
        return "api-key: " + CREDENTIAL;
    }

    @Override
    protected Set<Operation> passedOn() {
        return Set.of(Operation.CHAT_COMPLETIONS);
    }
}
