package com.neuralrouter.desktop.client;

import com.neuralrouter.contract.AdminApi;
import com.neuralrouter.contract.BudgetStatus;
import com.neuralrouter.contract.LimitStatus;
import com.neuralrouter.contract.Page;
import com.neuralrouter.contract.UsageExport;
import com.neuralrouter.contract.UsageQuery;
import com.neuralrouter.contract.UsageReport;

import tools.jackson.core.type.TypeReference;

/** Speaks through the exchange of an {@link HttpAdminClient}, and lives as long as that. */
record HttpUsageClient(JsonExchange exchange) implements UsageClient {

    @Override
    public Answer<Page<LimitStatus>> limits(String cursor) {
        return exchange.get(
                HttpAdminClient.page(AdminApi.LIMITS, cursor), new TypeReference<>() {});
    }

    @Override
    public Answer<Page<BudgetStatus>> budgets(String cursor) {
        return exchange.get(
                HttpAdminClient.page(AdminApi.BUDGETS, cursor), new TypeReference<>() {});
    }

    @Override
    public Answer<UsageReport> usage(UsageQuery query) {
        return exchange.ask(AdminApi.USAGE_QUERY, query, new TypeReference<>() {});
    }

    @Override
    public Answer<UsageExport> exportUsage(UsageQuery query) {
        return exchange.ask(AdminApi.USAGE_EXPORT, query, new TypeReference<>() {});
    }
}
