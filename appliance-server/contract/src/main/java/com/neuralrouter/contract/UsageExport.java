package com.neuralrouter.contract;

/**
 * A report of usage as a file.
 *
 * @param name what the file may be called
 * @param csv its text (RFC 4180), UTF-8
 */
public record UsageExport(String name, String csv) {}
