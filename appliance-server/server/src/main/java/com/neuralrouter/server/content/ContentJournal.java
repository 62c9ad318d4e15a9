package com.neuralrouter.server.content;

/**
 * Where the content of requests goes that is to be kept, with room for so much that waits. Safe for
 * all threads; never blocks.
 */
public interface ContentJournal {
    /** Nothing is kept of anybody's. */
    ContentJournal NONE =
            new ContentJournal() {
                @Override
                public boolean reserve(int bytes) {
                    return false;
                }

                @Override
                public void release(int bytes) {}

                @Override
                public void keep(FinishedExchange exchange) {
                    throw new IllegalStateException("there was no room for it");
                }
            };

    /** Makes room for so much; false if there is none. */
    boolean reserve(int bytes);

    /** Gives back room that was made, for what is not to be kept after all. */
    void release(int bytes);

    /** Takes what there is room for, and with it the room. */
    void keep(FinishedExchange exchange);
}
