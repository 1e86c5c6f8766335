package hallows.bench.compare;

import java.util.List;

/// What one turn of a load gave.
///
/// @param done how much, in how long
/// @param latency of each request, or of each record from its producer to its consumer
/// @param cost what the broker spent meanwhile
/// @param ticks how many requests were answered in each tenth of a second
public record Outcome(Done done, Latencies latency, Cost cost, List<Long> ticks) {
    private static final double MILLION = 1e6;
    private static final double GIGABYTE = 1e9;

    /// How much.
    ///
    /// @param seconds on the clock
    /// @param requests answered
    /// @param records in them
    /// @param bytes of batches in them
    /// @param stallMillis the longest time in which nothing came
    public record Done(
            double seconds, long requests, long records, long bytes, double stallMillis) {}

    double requestsPerSecond() {
        return done.requests / done.seconds;
    }

    double recordsPerSecond() {
        return done.records / done.seconds;
    }

    /// A million bytes each.
    public double megabytesPerSecond() {
        return done.bytes / MILLION / done.seconds;
    }

    /// Of who answers.
    public double cpuMicrosPerRequest() {
        return cost.cpuSeconds() * MILLION / done.requests;
    }

    /// Of who answers.
    public double cpuSecondsPerGigabyte() {
        return cost.cpuSeconds() / (done.bytes / GIGABYTE);
    }

    /// Some part of the cost, for a million records.
    double perMillionRecords(double spent) {
        return spent / (done.records / MILLION);
    }
}
