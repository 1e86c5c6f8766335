package hallows.bench.compare;

/// What a broker has spent.
///
/// @param cpuSeconds on processors
/// @param switches of threads
/// @param allocatedBytes on the heap
/// @param pauseMillis all pauses of its collector
/// @param longestPauseMillis the longest of them
public record Cost(
        double cpuSeconds,
        double switches,
        double allocatedBytes,
        double pauseMillis,
        double longestPauseMillis) {
    /// Of a program of which only that is looked at.
    public static Cost ofCpu(double seconds) {
        return new Cost(seconds, Double.NaN, Double.NaN, Double.NaN, Double.NaN);
    }
}
