package hallows.bench;

import java.util.Locale;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/// One benchmark with one competitor. Each turn runs in a fresh JVM with this one's flags, so that
/// no turn profits or suffers from what was compiled for another.
///
/// @param benchmark its class
/// @param method its method
/// @param parameter which parameter names the competitor
/// @param competitor which one, as the parameter has it
record Trial(Class<?> benchmark, String method, String parameter, Enum<?> competitor) {
    /// What one turn gave: the score, the 50th and 99th percentile (those of the iterations' means,
    /// unless the benchmark samples), and what all threads allocated for each operation: that of
    /// the middle iteration, because now and then the harness and the JDK have something to set up.
    record Turn(double score, double median, double p99, double bytes) {}

    Turn run(Effort effort) {
        try {
            return turn(new Runner(options(effort)).runSingle());
        } catch (RunnerException failed) {
            throw new IllegalStateException("cannot measure " + this, failed);
        }
    }

    private Options options(Effort effort) {
        TimeValue time = TimeValue.milliseconds(effort.iterationMillis());
        return new OptionsBuilder()
                .include(benchmark.getName().replace(".", "\\.") + "\\." + method + "$")
                .param(parameter, competitor.name())
                .forks(1)
                .warmupIterations(effort.warmups())
                .warmupTime(time)
                .measurementIterations(effort.iterations())
                .measurementTime(time)
                .addProfiler(GCProfiler.class)
                .shouldFailOnError(true)
                .verbosity(VerboseMode.SILENT)
                .build();
    }

    private static Turn turn(RunResult result) {
        Result<?> primary = result.getPrimaryResult();
        Result<?> bytes = result.getSecondaryResults().get("gc.alloc.rate.norm");
        return new Turn(
                primary.getScore(),
                primary.getStatistics().getPercentile(50),
                primary.getStatistics().getPercentile(99),
                bytes == null ? Double.NaN : bytes.getStatistics().getPercentile(50));
    }

    @Override
    public String toString() {
        return method + " " + competitor.name().toLowerCase(Locale.ROOT);
    }
}
