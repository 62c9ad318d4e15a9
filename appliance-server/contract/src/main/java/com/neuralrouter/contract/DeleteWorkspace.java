package com.neuralrouter.contract;

/**
 * The deletion of a workspace, which can't be undone: its keys are destroyed.
 *
 * @param name the workspace's name once more, so that nobody deletes another one by mistake
 */
public record DeleteWorkspace(String name) {}
