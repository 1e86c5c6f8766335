package hallows.bench.compare;

/// What a broker has spent.
///
/// @param cpuSeconds on processors
/// @param switches of threads
/// @param allocatedBytes on the heap
/// @param pauseMillis all pauses of its collector
/// @param longestPauseMillis the longest of them
record Cost(
        double cpuSeconds,
        double switches,
        double allocatedBytes,
        double pauseMillis,
        double longestPauseMillis) {}
