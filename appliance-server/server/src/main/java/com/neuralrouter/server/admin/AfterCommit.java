package com.neuralrouter.server.admin;

/**
 * What is done between a change's commit and its acknowledgement: publishing the site's new state
 * to the inference plane. Implemented by {@code snapshot.SnapshotPublisher}.
 */
public interface AfterCommit {

    /**
     * Returns once every new request is decided by what was committed before this call. Throws when
     * it can't: the change is then in the store, and its caller is told that the appliance failed.
     */
    void publish();
}
