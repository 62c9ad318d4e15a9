package com.neuralrouter.server.inference;

import com.neuralrouter.server.dialect.InferenceRequest;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

import java.util.concurrent.TimeUnit;

/** Planning and limiting a request together, at 1,000 routes and 100,000 keys with limits each. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class AdmissionBenchmark {
    private final LargeSite site = new LargeSite(LargeSite.WIDE, false);
    private final InferenceRequest request = LargeSite.request(2_000);
    private int number;

    @Benchmark
    public int planAndAdmit() {
        site.serve(request, number);
        number = (number + 1) & 0xffff;
        return number;
    }
}
