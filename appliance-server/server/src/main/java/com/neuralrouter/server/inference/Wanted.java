package com.neuralrouter.server.inference;

import com.neuralrouter.contract.Operation;
import com.neuralrouter.server.dialect.InferenceRequest;
import com.neuralrouter.server.snapshot.WorkspaceView;

import java.util.Map;
import java.util.OptionalInt;

/**
 * What an app wants of whichever upstream answers. Nothing in it changes, so that several can be
 * asked at the same time.
 *
 * @param cap how many output tokens the request gets if it did not ask for a number
 * @param passed the app's headers that go on to a provider which speaks its format
 * @param workspace whose credentials are shown
 */
record Wanted(
        Operation operation,
        InferenceRequest request,
        OptionalInt cap,
        Map<String, String> passed,
        WorkspaceView workspace) {}
