package com.neuralrouter.desktop.client;

import com.neuralrouter.contract.AdminApi;
import com.neuralrouter.contract.UsageExport;
import com.neuralrouter.contract.UsageQuery;
import com.neuralrouter.contract.UsageReport;

import tools.jackson.core.type.TypeReference;

/** Speaks through the exchange of an {@link HttpAdminClient}, and lives as long as that. */
record HttpUsageClient(JsonExchange exchange) implements UsageClient {

    @Override
    public Answer<UsageReport> usage(UsageQuery query) {
        return exchange.ask(AdminApi.USAGE_QUERY, query, new TypeReference<>() {});
    }

    @Override
    public Answer<UsageExport> exportUsage(UsageQuery query) {
        return exchange.ask(AdminApi.USAGE_EXPORT, query, new TypeReference<>() {});
    }
}
