package com.neuralrouter.desktop.client;

import com.neuralrouter.contract.AccessList;
import com.neuralrouter.contract.AdminApi;
import com.neuralrouter.contract.ConfirmAccess;
import com.neuralrouter.contract.EraseFromTrail;
import com.neuralrouter.contract.ErasedFromTrail;
import com.neuralrouter.contract.KeptContent;
import com.neuralrouter.contract.LegalHold;
import com.neuralrouter.contract.LegalHoldId;
import com.neuralrouter.contract.Page;
import com.neuralrouter.contract.PlaceLegalHold;
import com.neuralrouter.contract.ReadContent;

import tools.jackson.core.type.TypeReference;

/** Speaks through the exchange of an {@link HttpAdminClient}, and lives as long as that. */
record HttpGovernanceClient(JsonExchange exchange) implements GovernanceClient {

    @Override
    public Answer<AccessList> access() {
        return exchange.get(AdminApi.ACCESS, new TypeReference<>() {});
    }

    @Override
    public Answer<AccessList> confirmAccess(ConfirmAccess confirmation) {
        return exchange.post(AdminApi.ACCESS_REVIEWS, confirmation, new TypeReference<>() {});
    }

    @Override
    public Answer<KeptContent> readContent(ReadContent wanted) {
        return exchange.ask(AdminApi.CONTENT_READ, wanted, new TypeReference<>() {});
    }

    @Override
    public Answer<Page<LegalHold>> legalHolds(String cursor) {
        return exchange.get(
                HttpAdminClient.page(AdminApi.AUDIT_HOLDS, cursor), new TypeReference<>() {});
    }

    @Override
    public Answer<LegalHold> placeLegalHold(PlaceLegalHold hold) {
        return exchange.post(AdminApi.AUDIT_HOLDS, hold, new TypeReference<>() {});
    }

    @Override
    public Answer<LegalHold> liftLegalHold(LegalHoldId hold) {
        return exchange.post(
                AdminApi.AUDIT_HOLDS + "/" + hold + AdminApi.LIFT, new TypeReference<>() {});
    }

    @Override
    public Answer<ErasedFromTrail> eraseFromTrail(EraseFromTrail erasure) {
        return exchange.post(AdminApi.AUDIT_ERASURES, erasure, new TypeReference<>() {});
    }
}
