package com.neuralrouter.desktop.client;

import com.neuralrouter.contract.UsageExport;
import com.neuralrouter.contract.UsageQuery;
import com.neuralrouter.contract.UsageReport;

/** The part of {@link AdminClient} about what requests came to. */
public interface UsageClient {
    Answer<UsageReport> usage(UsageQuery query);

    /** The same as a file. */
    Answer<UsageExport> exportUsage(UsageQuery query);
}
