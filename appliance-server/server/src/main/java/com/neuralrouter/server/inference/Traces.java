package com.neuralrouter.server.inference;

import com.neuralrouter.server.content.ContentJournal;
import com.neuralrouter.server.receipt.Receipts;
import com.neuralrouter.server.usage.RequestJournal;

/**
 * What requests leave behind.
 *
 * @param journal their records
 * @param receipts what apps get
 * @param content what a workspace keeps of prompts and answers
 */
public record Traces(RequestJournal journal, Receipts receipts, ContentJournal content) {}
