package com.neuralrouter.desktop.client;

import com.neuralrouter.contract.BudgetStatus;
import com.neuralrouter.contract.LimitStatus;
import com.neuralrouter.contract.Page;
import com.neuralrouter.contract.UsageExport;
import com.neuralrouter.contract.UsageQuery;
import com.neuralrouter.contract.UsageReport;

/** The part of {@link AdminClient} about what requests came to, and what may still be used. */
public interface UsageClient {
    /** All of them, on one page. */
    Answer<Page<LimitStatus>> limits(String cursor);

    /** All of them, on one page. */
    Answer<Page<BudgetStatus>> budgets(String cursor);

    Answer<UsageReport> usage(UsageQuery query);

    /** The same as a file. */
    Answer<UsageExport> exportUsage(UsageQuery query);
}
