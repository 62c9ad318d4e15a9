package com.neuralrouter.server.inference;

import com.neuralrouter.contract.ProblemCode;
import com.neuralrouter.server.dialect.InferenceRefused;
import com.neuralrouter.server.provider.ProviderFailure;
import com.neuralrouter.server.provider.ProviderFailure.Cancelled;
import com.neuralrouter.server.provider.ProviderFailure.NotServed;
import com.neuralrouter.server.provider.ProviderFailure.RequestRefused;
import com.neuralrouter.server.provider.ProviderFailure.Throttled;
import com.neuralrouter.server.provider.ProviderFailure.TimedOut;
import com.neuralrouter.server.provider.ProviderFailure.Untranslatable;
import com.neuralrouter.server.route.RoutePlan;
import com.neuralrouter.server.route.RoutePlan.Dropped;
import com.neuralrouter.server.route.Tried;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** What became of the attempts of one request, for as long as all of them failed. */
final class UpstreamFailures {
    private final List<Failed> failed = new ArrayList<>(2);

    private record Failed(String provider, ProviderFailure failure) {

        @Override
        public String toString() {
            return provider + ": " + failure.reason();
        }
    }

    void add(String provider, ProviderFailure failure) {
        failed.add(new Failed(provider, failure));
    }

    /** Whether no further attempt can help: we gave up ourselves, or the request is at fault. */
    boolean pointless() {
        return failed.stream()
                .map(Failed::failure)
                .anyMatch(one -> one instanceof Cancelled || one instanceof RequestRefused);
    }

    /** What the app is told: who was tried and what happened, in words without content. */
    InferenceRefused refusal(RoutePlan plan, List<Tried> tried) {
        if (failed.isEmpty() && !tried.isEmpty()) {
            return InferenceRefused.because(
                    ProblemCode.NO_ROUTE, ProblemCode.NO_ROUTE.title() + whyNotAsked(tried));
        }
        if (failed.isEmpty()) {
            return InferenceRefused.because(
                    ProblemCode.NO_ROUTE, ProblemCode.NO_ROUTE.title() + whyNobody(plan));
        }
        if (failed.getLast().failure() instanceof Cancelled) {
            return InferenceRefused.because(ProblemCode.STOPPING);
        }
        if (failed.getLast().failure() instanceof RequestRefused refused) {
            return theirs(refused);
        }
        if (all(Untranslatable.class) || all(NotServed.class)) {
            return unsupported();
        }
        String what =
                failed.stream().map(Failed::toString).collect(Collectors.joining("; ", " ", "."));
        if (all(Throttled.class)) {
            return InferenceRefused.retryLater(
                    ProblemCode.TOO_MANY_REQUESTS,
                    "Every provider for this model asks to wait." + what,
                    shortestWait());
        }
        ProblemCode code =
                all(TimedOut.class) ? ProblemCode.UPSTREAM_TIMED_OUT : ProblemCode.UPSTREAM_FAILED;
        return InferenceRefused.because(code, code.title() + what);
    }

    /** The provider's own words, for the app that asked. */
    private static InferenceRefused theirs(RequestRefused refused) {
        String words = refused.message().isEmpty() ? refused.reason() : refused.message();
        return InferenceRefused.because(
                refused.status() == ProblemCode.TOO_LARGE.status()
                        ? ProblemCode.TOO_LARGE
                        : ProblemCode.UPSTREAM_REFUSED,
                "The model's provider refuses the request: " + words);
    }

    private InferenceRefused unsupported() {
        Failed first = failed.getFirst();
        String provider = "The model's provider '" + first.provider() + "': ";
        return first.failure() instanceof Untranslatable missing
                ? InferenceRefused.field(
                        ProblemCode.UNSUPPORTED_FEATURE,
                        missing.field(),
                        provider + missing.reason() + ".")
                : InferenceRefused.because(
                        ProblemCode.UNSUPPORTED_FEATURE, provider + first.failure().reason() + ".");
    }

    private boolean all(Class<? extends ProviderFailure> kind) {
        return failed.stream().allMatch(one -> kind.isInstance(one.failure()));
    }

    private long shortestWait() {
        return failed.stream()
                .map(Failed::failure)
                .map(ProviderFailure::retryAfter)
                .mapToLong(wait -> wait == null ? InferenceRefused.NO_HINT : wait)
                .filter(wait -> wait >= 0)
                .min()
                .orElse(InferenceRefused.NO_HINT);
    }

    private static String whyNotAsked(List<Tried> tried) {
        return tried.stream()
                .map(step -> step.attempt().endpoint().name() + ": " + step.result())
                .collect(Collectors.joining("; ", " ", "."));
    }

    private static String whyNobody(RoutePlan plan) {
        return plan.dropped().stream()
                .map(UpstreamFailures::words)
                .collect(Collectors.joining("; ", " ", "."));
    }

    private static String words(Dropped dropped) {
        return dropped.upstream().endpoint().name()
                + ": "
                + switch (dropped.reason()) {
                    case PROVIDER_NOT_ALLOWED -> "a policy does not allow it";
                    case JURISDICTION_NOT_ALLOWED ->
                            "a policy does not let the request leave for where it is";
                    case REGION_NOT_ALLOWED -> "a policy does not allow its region";
                    case MAY_TRAIN -> "it may train on what it is sent, and a policy forbids that";
                    case KEEPS_TOO_LONG -> "it keeps content longer than a policy allows";
                    case SHADOW_NOT_ALLOWED -> "policies do not allow it a copy of the request";
                    case CREDENTIAL_MISSING -> "the workspace has no credential for it";
                    case CONDITION_NOT_MET -> "the route's condition does not hold";
                    case CIRCUIT_OPEN -> "it fails again and again, and is left alone for now";
                    case SUSPENDED -> "it is suspended";
                    case RETURNING -> "it has just come back, and gets a share of the requests";
                    case NOT_IN_SHARE -> "it gets copies of requests only";
                };
    }
}
