package com.neuralrouter.server.route;

/**
 * An upstream that one request may be sent to, while its place is being found. Owned by the
 * request's thread.
 */
final class Candidate {
    private final Route.Upstream upstream;
    private final UpstreamTrack track;
    private final Circuit.Position circuit;
    private double score;
    private double tie;

    Candidate(Route.Upstream upstream, UpstreamTrack track, Circuit.Position circuit) {
        this.upstream = upstream;
        this.track = track;
        this.circuit = circuit;
    }

    Route.Upstream upstream() {
        return upstream;
    }

    UpstreamTrack track() {
        return track;
    }

    Circuit.Position circuit() {
        return circuit;
    }

    int weight() {
        return upstream.choice().weight();
    }

    /** What it is ordered by: less is better. */
    double score() {
        return score;
    }

    /**
     * @param decidesTies between those of one score; less is better
     */
    void score(double value, double decidesTies) {
        score = value;
        tie = decidesTies;
    }

    boolean before(Candidate other) {
        int order = Double.compare(score, other.score);
        return order < 0 || order == 0 && tie < other.tie;
    }

    Attempt as(Attempt.Standing standing) {
        return new Attempt(upstream, standing, score);
    }
}
